"""From a file to the blanks of a form, whatever kind of file it is."""

from functools import lru_cache

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.matching.measures import MONEY
from yibenzhang.superior_forms.docx_reading import DOCUMENT, footers_of, read_docx
from yibenzhang.superior_forms.gate import XLSX, FormFileError
from yibenzhang.superior_forms.grid import Grid
from yibenzhang.superior_forms.layout import Layout, layout_of
from yibenzhang.superior_forms.package import BROKEN, Package
from yibenzhang.superior_forms.wording import period_in
from yibenzhang.superior_forms.xlsx_reading import read_xlsx

MOST_FIELDS = 2_000


def read_form(kind: str, data: bytes, *, year: int = 0) -> Layout:
    """The layout of a form; `year` is what 本年 means on it, by default the year its title names.

    Raises FormFileError when nothing on it can be filled, or the file cannot be opened.
    """
    grids = grids_of(kind, data)
    layout = layout_of(grids, year=year or 1, measures=known_measures())
    if not year and (code := period_in(layout.title)):
        layout = layout_of(grids, year=int(code[:4]), measures=known_measures())
    if not layout.fields:
        raise FormFileError(
            "没有找到要填的格子。请核对表头和行名是否都在，表是否已填满或全被保护；图片里的表读不了。"
        )
    if len(layout.fields) > MOST_FIELDS:
        raise FormFileError(f"要填的格子有 {len(layout.fields)} 个，最多 {MOST_FIELDS} 个，请拆成几张表。")
    return layout


def grids_of(kind: str, data: bytes) -> list[Grid]:
    """The tables of a file; the footers of a document stand in a last one. Raises FormFileError."""
    try:
        return _grids(kind, Package(data))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        # Attributes and references a hostile or half-written file may hold are too many to check one by one.
        raise FormFileError(BROKEN) from error


def _grids(kind: str, package: Package) -> list[Grid]:
    if kind == XLSX:
        return [grid for _, grid in read_xlsx(package)]
    document = package.parse(DOCUMENT)
    return [word.grid for word in (*read_docx(document), *footers_of(document))]


@lru_cache(maxsize=1)
def known_measures() -> frozenset[str]:
    """Counting words that a form may state: those of the catalogue, and the usual others."""
    catalogue = current_catalogue()
    words = {account.measure for account in catalogue.accounts.values()}
    words |= {each.display_measure or each.measure for each in catalogue.indicators.values()}
    return frozenset(
        {*words, *MONEY, "%", "名", "人", "个", "项", "家", "次", "场", "期", "篇", "份", "人次"}
    )

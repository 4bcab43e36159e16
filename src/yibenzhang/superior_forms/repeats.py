"""Figures that are asked twice: in the same form, or again by the same superior in another one (减负)."""

from collections import defaultdict
from dataclasses import dataclass

from yibenzhang.superior_forms.answers import Answer
from yibenzhang.superior_forms.models import Decision, EditionCell, SuperiorForm

Asked = tuple[str, str, str, str]


@dataclass(frozen=True)
class Repeat:
    """A figure asked more than once. `cells` are those of this form, `elsewhere` the title of another form with its value."""

    name: str
    cells: tuple[int, ...]
    elsewhere: str = ""
    shown: str = ""

    @property
    def text(self) -> str:
        """The repeat in a sentence."""
        if self.elsewhere:
            return f"“{self.name}”已在《{self.elsewhere}》里报过：{self.shown}。"
        return f"“{self.name}”在本表问了 {len(self.cells)} 次。"


def repeats(form: SuperiorForm, answers: list[Answer]) -> list[Repeat]:
    """Figures of this form asked twice in it, and those sent to the same superior for the same period before."""
    groups: dict[Asked, list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer.cell.kind == Decision.Kind.FIGURE and answer.indicator is not None:
            cell = answer.cell
            groups[cell.indicator, cell.programme, cell.rule, cell.target].append(answer)
    found = [
        Repeat(_name(group), tuple(each.cell.number for each in group))
        for group in groups.values()
        if len(group) > 1
    ]
    sent = EditionCell.objects.filter(
        edition__form__unit=form.unit, edition__form__superior=form.superior, edition__form__period=form.period,
        indicator__in={key[0] for key in groups},
    ).exclude(edition__form__series=form.series).exclude(shown="")  # fmt: skip
    seen: set[Asked] = set()
    for row in sent.select_related("edition__form").order_by("-edition_id", "number"):
        key = (row.indicator, row.programme, row.rule, row.target)
        if key in groups and key not in seen:
            seen.add(key)
            cells = tuple(each.cell.number for each in groups[key])
            found.append(Repeat(_name(groups[key]), cells, row.edition.form.title, row.shown))
    return found


def _name(group: list[Answer]) -> str:
    indicator = group[0].indicator
    return indicator.name if indicator else ""

"""Tables in texts, pages and documents: what a bare number counts and in which unit."""

import pytest

from yibenzhang.reading import read_page

TABS = "支部\t主题党日（次）\t参加人次\t占比\n一支部\t12\t240\t48.0%\n二支部\t13\t260\t52.0%\n合计\t25\t500\t100%"
BLANKS = TABS.replace("\t", "    ")
BARS = "\n".join(f"| {' | '.join(row.split(chr(9)))} |" for row in TABS.split("\n"))
ROWS = "".join(
    f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split(chr(9)))}</tr>" for row in TABS.split("\n")
)
PAGE = f"<html><body><h1>党建台账</h1><div><p>各支部情况如下，全年工作均已完成。</p><table>{ROWS}</table></div></body></html>"


@pytest.mark.parametrize("table", [TABS, BLANKS, BARS])
def test_tables_in_texts(table: str) -> None:
    assert_read(f"党建台账\n\n各支部情况如下，全年工作均已完成。\n{table}")


def test_tables_in_pages() -> None:
    assert_read(PAGE)


def assert_read(page: str) -> None:
    reading = read_page(page)
    assert reading.clean_text.endswith(TABS)
    assert [(c.value, c.unit) for c in reading.claims[:3]] == [(12, "次"), (240, "人次"), (48, "%")]
    assert reading.claims[1].measure == "一支部参加人次"
    assert reading.inconsistencies == ()


@pytest.mark.parametrize(
    ("table", "figures"),
    [
        ("单位：次、人\n支部\t党课\t党员\n一支部\t4\t21", [(4, "次"), (21, "人")]),
        ("单位：万元\n项目\t投入\n道路\t35.6", [(35.6, "万元")]),
        ("序号\t项目\t单位\t数量\n1\t党课\t场\t12\n2\t培训\t期\t8", [(12, "场"), (8, "期")]),
        ("指标\t2023年\t2024年\n主题党日（次）\t110\t124", [(110, "次"), (124, "次")]),
        ("支部\t党员数（含预备）\n一支部\t21", [(21, "名")]),
    ],
)
def test_where_units_are_written(table: str, figures: list[tuple[float, str]]) -> None:
    page = f"党建台账\n\n各支部情况如下，全年工作均已完成。\n{table}"
    assert [(claim.value, claim.unit) for claim in read_page(page).claims] == figures


def test_a_total_that_does_not_add_up() -> None:
    page = f"党建台账\n\n各支部情况如下，全年工作均已完成。\n{TABS.replace('25', '27')}"
    assert [one.why for one in read_page(page).inconsistencies] == ["表中一列12+13=25次，合计写27次"]

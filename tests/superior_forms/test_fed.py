"""Which units' vouchers the cells of an issued form came from."""

from tests.superior_forms.conftest import Desk
from tests.superior_forms.sheets import plain
from yibenzhang.kernel.periods import parse_period
from yibenzhang.superior_forms.editions import issue_form
from yibenzhang.superior_forms.fed import fed_by_forms
from yibenzhang.superior_forms.services import accept_sure


def test_each_filled_cell_counts_for_the_units_whose_vouchers_it_rests_on(desk: Desk) -> None:
    """中心组学习 rests on the committee's three vouchers, 主题党日 on the branches'; nobody records 电视片."""
    units = desk.bureau.units
    form = desk.form(plain(("中心组理论学习", "次"), ("主题党日", "次"), ("制作电视片", "部")))
    accept_sure(form, actor=desk.clerk)
    period = parse_period("2023")
    assert fed_by_forms(units.values(), period) == []  # nothing was sent yet
    issue_form(form, actor=desk.chief)
    found = {each.unit: each.figures for each in fed_by_forms(units.values(), period)}
    assert found == {units[code].pk: 1 for code in ("committee", "a", "b")}
    assert fed_by_forms([units["bureau"]], period) == []

"""Contradictions that must be found, and look-alikes that must not."""

import pytest

from yibenzhang.reading import read_page


def found(sentence: str) -> list[str]:
    return [one.type for one in read_page(f"一篇短文\n\n    {sentence}").inconsistencies]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("党员100名，其中在职党员61名、退休党员29名。", "sum"),
        ("投入538.6万元，其中自筹资金96.5万元，财政资金320万元，社会捐助112.1万元。", "sum"),
        ("食堂采购74.3万元，职工自购12.9万元，合计88.2万元。", "sum"),
        ("改建公厕12座（其中新建7座、改建6座）。", "sum"),
        ("制定措施52条，已落实47条，落实率92.3%。", "percent"),
        ("全年发展党员436名。其中，一线262名，占60.1%；大专及以上学历298名，占71.3%。", "percent"),
        ("志愿者由86人增加到231人，增长200.6%。", "percent"),
        ("全系统52个党支部全部达标。\n    让全系统54个党支部都成为堡垒。", "dup"),
        ("全局党员265名。\n    在全局268名党员中开展评选。", "dup"),
    ],
)
def test_contradictions_are_found(sentence: str, kind: str) -> None:
    assert found(sentence) == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "党员86名，其中在职党员61名、退休党员25名。",
        "24名党员、14个党支部荣获表彰，其中1名党员获全国表彰。",
        "创排作品7件，其中2件获省奖，1件入选全国展演。",
        "村民412户、1,536人，其中脱贫户87户、301人，监测对象6户、19人。",
        "党员12人，其中女党员5人，少数民族党员3人，大专以上学历9人。",
        "主题教育中兴办民生实事133项。\n    班子成员领办民生实事128项。",
        "18个问题中已完成整改16个、需长期坚持2个，整改完成率88.9%。",
        "完成抽检2,150批次，合格2,107批次，合格率98%。",
        "组织学习11次、研讨4次，委员讲党课五次，学习参与率96%。",
        "党员24,618名，比上年净增412名，增幅为1.7%。",
        "认领微心愿2,345个，完成2,301个。",
        "全局党支部5个。全市党支部1,197个。",
        "上半年开展志愿服务活动12场。\n    全年开展志愿服务活动30场。",
        "机关党支部开展主题党日12次。\n    老干部党支部开展主题党日10次。",
    ],
)
def test_relations_that_hold_are_left_alone(sentence: str) -> None:
    assert found(sentence) == []


def test_a_reason_names_both_values() -> None:
    (one,) = read_page("一篇短文\n\n    制定措施52条，已落实47条，落实率92.3%。").inconsistencies
    assert one.why == "落实率：47/52=90.4%，文中写92.3%"

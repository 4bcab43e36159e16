"""The lines above and below an article, in the shapes that sites and offices give them."""

import pytest

from yibenzhang.reading import Reading, read_page

TITLE = "把红色档案讲给群众听"
BODY = (
    "　　2024年，岫宁市档案局党总支坚持党建引领，推动档案事业发展。全局现有党支部5个、党员86名。\n"
    "　　开展主题党日48次、专题党课12场，参加1,260人次。"
)

HEADS = (
    ("{T}\n2024年12月25日08:16 | 来源：岫宁日报\n", "岫宁日报"),
    ("{T}\n来源：岫宁日报 2024-12-25 08:16:33\n", "岫宁日报"),
    ("{T}\n信息来源：岫宁市档案局  发布日期：2024/12/25  阅读次数：305\n", "岫宁市档案局"),
    ("{T}\n文章来源：岫宁市档案局　　发布时间：2024.12.25　　作者：林一舟　　点击：33\n", "岫宁市档案局"),
    ("{T}\n[来源：岫宁市档案局] [作者：林一舟] [日期：2024-12-25] [热度：31]\n", "岫宁市档案局"),
    ("{T}\n日期：2024-12-25　来源：岫宁市档案局　字体：【大】【中】【小】\n", "岫宁市档案局"),
    ("当前栏目：首页 > 党建\n{T}\n2024-12-25\n来源: 岫宁市档案局\n浏览量: 1,024\n", "岫宁市档案局"),
    ("{T}\n（2024年12月25日）\n\n", None),
    ("{T}\n岫宁市档案局\n（2024年12月25日）\n\n", "岫宁市档案局"),
    ("岫宁市人民政府 www.xiuning.example.cn 2024-12-25 来源：岫宁市档案局\n\n{T}\n", "岫宁市档案局"),
    ("发布时间：2024-12-25 来源：岫宁市档案局\n{T}\n", "岫宁市档案局"),
    (
        "索 引 号：001-2024-001\n发布机构：岫宁市档案局\n发文日期：2024年12月25日\n名    称：把红色档案讲给群众听\n\n{T}\n",
        "岫宁市档案局",
    ),
    ("标题：{T}\n时间：2024-12-25\n来源：岫宁市档案局\n", "岫宁市档案局"),
)
TAILS = (
    ("责任编辑：周小禾", "周小禾"),
    ("（责任编辑：周小禾 林一舟）", "周小禾 林一舟"),
    ("责编：周小禾、林一舟", "周小禾、林一舟"),
    ("编辑：周小禾　　责任编辑：林一舟　　审核：祝小满", "林一舟"),
    ("[责任编辑：周小禾]", "周小禾"),
    ("责任编辑 周小禾", "周小禾"),
    ("【编辑:周小禾】", "周小禾"),
    ("编辑/周小禾  校对/林一舟", "周小禾"),
    ("(作者：林一舟  责编：周小禾)", "周小禾"),
    ("文字：林一舟\n图片：祝小满\n编辑：周小禾\n审核：林一舟", "周小禾"),
    ("撰稿 | 林一舟\n责编 | 周小禾", "周小禾"),
    ("（林一舟）", None),
    ("（岫宁市档案局 林一舟）", None),
    ("(来源：岫宁市档案局)\n(责任编辑：周小禾)", "周小禾"),
    ("责任编辑：周小禾 [打印] [关闭]", "周小禾"),
    ("网络编辑：林一舟\n责任编辑：周小禾", "周小禾"),
    ("责任编辑：", None),
)


def assert_only_the_body_is_left(reading: Reading) -> None:
    assert reading.clean_text == BODY.replace("　　", "")


@pytest.mark.parametrize(("head", "source"), HEADS)
def test_heads(head: str, source: str | None) -> None:
    reading = read_page(head.format(T=TITLE) + BODY)
    assert (reading.title, reading.date, reading.source) == (TITLE, "2024-12-25", source)
    assert_only_the_body_is_left(reading)


@pytest.mark.parametrize(("tail", "editor"), TAILS)
def test_tails(tail: str, editor: str | None) -> None:
    head = f"{TITLE}\n发布时间：2024-12-25 来源：岫宁市档案局\n"
    reading = read_page(f"{head}{BODY}\n{tail}\n上一篇：甲\n下一篇：乙\n版权所有")
    assert (reading.title, reading.source, reading.editor) == (TITLE, "岫宁市档案局", editor)
    assert_only_the_body_is_left(reading)


def test_the_editor_in_the_head() -> None:
    head = f"{TITLE}\n发布时间：2024-12-25 08:16 来源：岫宁市档案局 作者：林一舟 责任编辑：周小禾\n"
    assert read_page(head + BODY).editor == "周小禾"


def test_text_about_related_articles_is_left_out() -> None:
    other = "岫宁市召开会议，部署12项任务，投入资金3,000万元，覆盖全市。"
    reading = read_page(f"{TITLE}\n发布时间：2024-12-25 来源：岫宁市档案局\n{BODY}\n相关阅读\n{other}")
    assert_only_the_body_is_left(reading)


def test_a_paragraph_is_no_button() -> None:
    paragraph = "举报办结率达到100%，本站设立党员先锋岗12个，全年接待来访群众三百余人次，群众满意度和政策知晓率都有明显提高，各项工作受到好评。"
    assert read_page(f"{TITLE}\n\n　　{paragraph}").clean_text == paragraph


def test_shapes_of_portals_and_papers() -> None:
    for head, source in (
        (f"岫宁网 >新闻中心 >机关频道 >党建新闻\n{TITLE}\n岫宁晚报\n2024-12-25 15:35\n", "岫宁晚报"),
        (f"{TITLE}\n2024-12-25 15:31 岫宁在线\n岫宁在线记者 林一舟 周小禾 岫宁报道\n", "岫宁在线"),
        (
            f"{TITLE}\n\n  • 索引号:\n\n    0001/2024-2\n  • 发文机构:\n\n    岫宁市档案局\n  • 发布日期:\n\n    2024年12月25日 16:34\n\n{TITLE}\n\n",
            "岫宁市档案局",
        ),
        (
            f"首页 > 统计\n{TITLE}\n作者:林一舟 | 发布时间:2024年12月25日 | 来源:岫宁在线2024年12月24日\n{TITLE}\n岫宁市档案局\n",
            "岫宁在线",
        ),
    ):
        reading = read_page(head + BODY)
        assert (reading.title, reading.date, reading.source) == (TITLE, "2024-12-25", source)
        assert_only_the_body_is_left(reading)


def test_a_credit_at_the_end_of_the_last_paragraph() -> None:
    reading = read_page(f"{TITLE}\n\n{BODY}(图文:林一舟;一审:周小禾;二审:祝小满)")
    assert_only_the_body_is_left(reading)


PARAGRAPH = "　　全局现有党支部5个、党员86名，开展主题党日48次，专题党课12场，参加1,260人次。"


def test_a_line_at_the_margin_under_a_paragraph_is_a_caption() -> None:
    reading = read_page(f"{TITLE}\n2024-12-25\n{PARAGRAPH}\n党员在库房整理红色档案\n{PARAGRAPH}")
    assert reading.captions == ("党员在库房整理红色档案",)


def test_regular_lines_at_the_margin_are_headings() -> None:
    headings = ("学习走深走实", "组织更加有力", "作风持续向好")
    text = "\n".join(f"{heading}\n{PARAGRAPH}" for heading in headings)
    reading = read_page(f"{TITLE}\n2024-12-25\n{PARAGRAPH}\n{text}")
    assert reading.captions == ()
    assert [claim.section for claim in reading.claims[::5]] == ["", *headings]


def test_figures_of_captions_are_no_claims() -> None:
    page = f"{TITLE}\n2024-12-25\n{PARAGRAPH}\n图1 32名党员参加活动\n{PARAGRAPH}"
    assert 32 not in [claim.value for claim in read_page(page).claims]


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("2024-12-25 作者：岫宁市档案局", ""),
        ("2024-12-25", "来源 | 岫宁市档案局\n编辑 | 林一舟"),
        ("2024-12-25", "供稿：岫宁市档案局"),
        ("2024-12-25", "（岫宁市档案局供稿）"),
        (
            "2024-12-25 作者：林一舟",
            "　　　　　　　　　　　　　　　岫宁市档案局\n　　　　　　　　　　　　　　　2024年12月20日",
        ),
    ],
)
def test_the_source_where_no_label_names_it(head: str, tail: str) -> None:
    reading = read_page(f"{TITLE}\n{head}\n{BODY}\n{tail}")
    assert (reading.date, reading.source) == ("2024-12-25", "岫宁市档案局")
    assert_only_the_body_is_left(reading)

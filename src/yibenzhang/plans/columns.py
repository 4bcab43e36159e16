"""What a plan of each sort is written in: the columns of its form, of pasted lines and of its workbook."""

from dataclasses import dataclass

from yibenzhang.plans.models import Plan


@dataclass(frozen=True)
class Column:
    """A column: code, heading, an example or hint, how wide it is in a workbook, and whether it must be filled.

    `is_long` asks for more room in a form; what `is_aside` most rows leave empty.
    """

    code: str
    heading: str
    hint: str = ""
    width: int = 16
    required: bool = False
    is_long: bool = False
    is_aside: bool = False


def _text(heading: str, hint: str = "") -> Column:
    return Column("text", heading, hint, 44, required=True, is_long=True)


def _due(heading: str, hint: str) -> Column:
    return Column("due", heading, hint, 14, required=True)


_LEAD = Column("lead", "牵头单位", "写简称、全称或代码；不写是本单位", 20)
_SUPPORTING = Column("supporting", "配合单位", "几个单位用顿号隔开", 28)
_KIND = Column("kind", "办结凭证", "例如：制度文件；不写是任一种", 18)
_PROGRAMMES = Column("programmes", "专题", "几个专题用顿号隔开", 18, is_aside=True)

COLUMNS: dict[str, list[Column]] = {
    Plan.Sort.KEY_POINTS: [
        _text("任务", "写清做什么，一行一件"),
        _LEAD,
        _SUPPORTING,
        _due("完成时限", "2024-10-31，或只写 10月"),
        _KIND,
        Column("times", "次数", "要做几次写几；不写是一次", 8, is_aside=True),
        _PROGRAMMES,
        Column("milestones", "节点", "06-30 完成调研；09-30 印发文件", 32, is_long=True, is_aside=True),
        Column("origin", "来源文件", "上级的文号和标题；不写是本计划的文号", 30, is_long=True, is_aside=True),
    ],
    Plan.Sort.CENTRE_GROUP: [
        _due("月份", "3月，或写到日：2024-03-20"),
        _text("学习专题", "例如：党的二十届三中全会精神"),
        Column("people", "重点发言人", "几个人用顿号隔开", 20),
        Column("materials", "学习材料", "文件、著作、讲话的名称", 40, is_long=True),
        _PROGRAMMES,
    ],
    Plan.Sort.TRAINING: [
        _text("班名", "例如：党支部书记培训班"),
        _due("月份", "6月，或写到日：2024-06-11"),
        Column("audience", "对象", "例如：党组织书记", 14),
        Column("expected", "计划人数", "写数字", 10),
        Column("days", "天数", "写数字", 8),
        Column("host", "承办单位", "办班或主办的单位", 20, is_aside=True),
        Column("place", "地点", "", 18, is_aside=True),
        Column("kind", "办结凭证", "举办培训班，或选送参训；不写是举办培训班", 16, is_aside=True),
        _PROGRAMMES,
    ],
}

# The kind of voucher that fulfils an item when its row names none; empty stands for any kind.
USUAL_KIND: dict[str, str] = {
    Plan.Sort.KEY_POINTS: "",
    Plan.Sort.CENTRE_GROUP: "centre_group_study",
    Plan.Sort.TRAINING: "training_course",
}

# Records of these kinds that no item asked for are shown beside the plan (计划外); key points are no list of all work.
WATCHED_KINDS: dict[str, tuple[str, ...]] = {
    Plan.Sort.KEY_POINTS: (),
    Plan.Sort.CENTRE_GROUP: ("centre_group_study",),
    Plan.Sort.TRAINING: ("training_course",),
}


def column_of(sort: str, code: str) -> Column:
    """The column of that code in plans of a sort."""
    return next(column for column in COLUMNS[sort] if column.code == code)

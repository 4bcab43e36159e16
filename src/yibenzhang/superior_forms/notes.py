"""What is noted at a cell: the indicator, its definition, period and scope, where the ledger stood, on how many records it rests."""

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.superior_forms.answers import DECLARED, FILLED, LEFT, Answer
from yibenzhang.superior_forms.fields import FOOTER
from yibenzhang.superior_forms.wording import CHANGE, RATE, RULE_WORDS


def note_lines(answer: Answer, position: int) -> list[str]:
    """The lines of a cell's note; none for footers and cells left empty by choice."""
    if answer.field.kind == FOOTER or answer.state == LEFT:
        return []
    if answer.state == DECLARED:
        return ["人工核定", f"理由：{answer.cell.reason}", f"出处：{answer.cell.source}"]
    if answer.state != FILLED:
        return [f"{answer.word}：{answer.why}"]
    return [
        f"指标：{name_of(answer)}",
        f"口径：{answer.indicator.definition if answer.indicator else ''}",
        f"期间和范围：{scope_of(answer)}",
        f"截至入账：第{position}笔",
        f"凭证：{answer.vouchers}笔",
    ]


def name_of(answer: Answer) -> str:
    """The indicator with its programme: 民生实事（主题教育）."""
    if answer.indicator is None:
        return ""
    programme = current_catalogue().programmes.get(answer.cell.programme)
    return answer.indicator.name + (f"（{programme.name}）" if programme else "")


def scope_of(answer: Answer) -> str:
    """Period, unit and how a change is reckoned: 2023年，省地质局，比上年增减."""
    if answer.question is None:
        return ""
    said = [answer.question.period.label, str(answer.question.unit)]
    if answer.cell.rule in {CHANGE, RATE}:
        said.append(RULE_WORDS[answer.cell.rule])
    return "，".join(said)

"""Suggestions of the demo year in all states, dropped in and answered through the same services."""

from dataclasses import dataclass
from datetime import date

from yibenzhang.access.models import User
from yibenzhang.organisation.models import Book, Unit
from yibenzhang.relief.models import Suggestion
from yibenzhang.relief.services import answer, drop_in, take_up


@dataclass(frozen=True)
class DemoSuggestion:
    """A suggestion to a bureau: its words, on which day, and how far it has come."""

    bureau: str
    handler: str
    day: date
    category: str
    text: str
    unit: str = ""
    taken_up: bool = False
    answer: str = ""
    answered_on: date | None = None


SUGGESTIONS = [
    DemoSuggestion(
        "meteorology", "meteo-admin", date(2024, 4, 9), Suggestion.Category.REPEATED,
        "季度末既要在台账记主题党日，又要另填一张纸质汇总表交机关党委，内容一样，能不能只留一处？",
        taken_up=True, answer="纸质汇总表自4月起停用，机关党委直接从台账取数。各支部不用再交。", answered_on=date(2024, 4, 12),
    ),
    DemoSuggestion(
        "meteorology", "meteo-committee", date(2024, 8, 20), Suggestion.Category.DEFINITION,
        "两个支部联合开展的主题党日，参加人次两边都记，会不会算两遍？",
        taken_up=True, answer="不会。联合开展的由一个支部记一笔、写明参加单位，次数按活动只算一次，人次各计各的。", answered_on=date(2024, 8, 23),
    ),
    DemoSuggestion(
        "meteorology", "meteo-admin", date(2024, 11, 12), Suggestion.Category.SYSTEM,
        "批量导入发展党员记录时，姓名有重名要一个个选，希望能带上出生年月一起认。", taken_up=True,
    ),
    DemoSuggestion(
        "meteorology", "meteo-committee", date(2024, 11, 19), Suggestion.Category.REPEATED,
        "培训结业人数已经在培训班凭证里，通知又要报一遍，希望在凭证上加一栏就够了。",
    ),
    DemoSuggestion(
        "geology", "geo-admin", date(2023, 10, 16), Suggestion.Category.OTHER,
        "驻村工作队没有电脑，能否由大队代记？", unit="geology_village_team",
        taken_up=True, answer="可以。驻村的活动由大队党委填报人代记，工作队只需打电话说明时间、人员和做了什么。", answered_on=date(2023, 10, 18),
    ),
    DemoSuggestion(
        "geology", "geo-committee", date(2023, 12, 11), Suggestion.Category.REPEATED,
        "述职评议还要交一份数字表，和台账一样，建议直接取数。", taken_up=True,
    ),
]  # fmt: skip


def prepare_suggestions() -> None:
    """Fill the boxes of a demo book; does nothing when there is anything in them."""
    if Suggestion.objects.exists():
        return
    for spec in SUGGESTIONS:
        book = Book.objects.get(unit__code=spec.bureau)
        unit = Unit.objects.filter(code=spec.unit).first() if spec.unit else None
        kept = drop_in(book=book, category=spec.category, text=spec.text, unit=unit)
        user = User.objects.get(username=spec.handler)
        if spec.taken_up:
            take_up(kept, actor=user)
        if spec.answer:
            answer(kept, text=spec.answer, actor=user)
        # The box dates by the book's fixed day; the demo year had these over its course.
        Suggestion.objects.filter(pk=kept.pk).update(day=spec.day, answered_on=spec.answered_on)

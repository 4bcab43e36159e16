"""How items stand as of a day: computed on read from duties, figures, matters and plans, or stated by the responsible.

The words are those of duties (glossary). What is only somebody's word is called 自述 and never 按期.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from yibenzhang.organisation.memory import standing_still
from yibenzhang.organisation.queries import todays
from yibenzhang.responsibility import by_duty, by_figure, by_matter, by_plan, by_word
from yibenzhang.responsibility.models import ItemVersion, ResponsibilityItem
from yibenzhang.responsibility.standing import NOT_APPLICABLE, NOT_YET, Progress, dated
from yibenzhang.responsibility.wording import ShownBy

__all__ = ["Progress", "assess"]
Asked = tuple[ResponsibilityItem, ItemVersion]


def assess(items: Iterable[ResponsibilityItem], *, as_of: date | None = None) -> dict[int, Progress]:
    """The progress of issued items by key, as of a day (each book's today by default).

    Items should come with their list's unit, versions and statements; see `queries.with_wording`. Vouchers posted and
    statements made after the day change nothing.
    """
    asked = [item for item in items if item.list.unit_id is not None]
    days = {} if as_of else todays(item.list.unit_id or 0 for item in asked)
    by_day: dict[date, list[ResponsibilityItem]] = defaultdict(list)
    for item in asked:
        by_day[as_of or days[item.list.unit_id or 0]].append(item)
    found: dict[int, Progress] = {}
    with standing_still():
        for day, own in by_day.items():
            found |= _on_day(own, day)
    return found


def _on_day(items: list[ResponsibilityItem], day: date) -> dict[int, Progress]:
    found: dict[int, Progress] = {}
    ways: dict[str, list[Asked]] = defaultdict(list)
    for item in items:
        version, issued_on = item.version_on(day), item.list.issued_on
        if issued_on is None or day < issued_on:
            found[item.pk] = Progress(NOT_YET, version.deadline, "清单还没有印发。")
        elif version.is_dropped:
            why = f"{dated(version.valid_from)}起不再要求：{version.reason}。"
            found[item.pk] = Progress(NOT_APPLICABLE, version.deadline, why)
        else:
            ways[version.shown_by].append((item, version))
    found |= by_duty.assess(ways[ShownBy.REQUIREMENT], day)
    found |= by_figure.assess(ways[ShownBy.INDICATOR], day)
    found |= by_matter.assess(ways[ShownBy.MATTER], day)
    found |= by_plan.assess(ways[ShownBy.PLAN], day)
    return found | by_word.assess(ways[ShownBy.STATED], day)

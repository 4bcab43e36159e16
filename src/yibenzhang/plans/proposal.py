"""From an item to the beginning of its voucher: what the plan knows already need not be typed again."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Kind
from yibenzhang.organisation.models import Person
from yibenzhang.plans.models import PlanItem

SPEAKERS = ("speakers", "lecturer")
TOPICS = ("topic", "theme")


@dataclass(frozen=True)
class Proposal:
    """Answers a voucher can begin with; values and people by field of the kind."""

    title: str
    day: date
    values: dict[str, str] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=dict)
    programmes: tuple[str, ...] = ()


def proposal_for(item: PlanItem, kind: Kind, today: date) -> Proposal:
    """What the item says about a voucher of this kind. The day is today within the planned month, else its last day.

    A day in the future is never proposed; programmes are those under way on the day.
    """
    values = {code: str(value) for code, value in item.values.items()}
    values["organiser"] = values.get("host", "")
    values["materials"] = "\n".join(text for text in (item.text, values.get("materials", "")) if text)
    values |= dict.fromkeys(TOPICS, item.text)
    codes = {
        spec.code for spec in kind.fields if spec.type not in {"person", "people", "attendance", "matter"}
    }
    speakers = next((code for code in SPEAKERS if kind.field(code)), "")
    people = list(item.people.all())
    day = _day(item, today)
    return Proposal(
        title=f"{kind.name}：{item.text}"[:120] if kind.code == "centre_group_study" else item.text[:120],
        day=day,
        values={code: value for code, value in values.items() if value and code in codes},
        people={speakers: people} if speakers and people else {},
        programmes=tuple(code for code in item.programmes if _is_under_way(code, day)),
    )


def _day(item: PlanItem, today: date) -> date:
    start = item.starts_on
    last = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return min(today, item.deadline or last)


def _is_under_way(code: str, day: date) -> bool:
    programme = current_catalogue().programmes.get(code)
    return (
        programme is not None
        and programme.starts <= day
        and (programme.ends is None or day <= programme.ends)
    )

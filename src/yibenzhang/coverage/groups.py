"""Into which group a member falls (两头带中间): leaders, the young, and all others; each member into exactly one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yibenzhang.organisation.models import Membership, Post, Unit
from yibenzhang.organisation.models.dated import on_day

LEADERS, YOUNG, OTHERS = "leaders", "young", "others"
LEADING_AUDIENCES = {"leading_official", "division_level_official"}
YOUNG_AUDIENCES = {"young_official"}
GOVERNING = {"leading_party_group", "party_committee"}
MEMBER_STATES = (Membership.FULL, Membership.PROBATIONARY)


@dataclass(frozen=True)
class Group:
    """A group with its name and how it is told, in words for the page."""

    code: str
    name: str
    told_by: str


GROUPS = (
    Group(LEADERS, "领导干部", "党组（党委）成员、登记了“领导干部”职务，或人员类别含“领导干部”“处级干部”"),
    Group(YOUNG, "青年", "人员类别含“青年干部”（35岁以下，由本单位登记；账上不存出生日期），领导干部除外"),
    Group(OTHERS, "其他", "上面两类以外的党员"),
)


@dataclass(frozen=True)
class Member:
    """A member on a day: the unit whose roster counts them, and their group."""

    person: int
    unit: int
    group: str


def members(units: QuerySet[Unit], day: date) -> list[Member]:
    """Full and probationary members of the units on the day, with those who hold a Party post there; each once.

    Somebody on a branch's roster counts there, whatever posts they hold elsewhere. Two queries, however many units.
    """
    keys = units.order_by().values("pk")
    rows = Membership.objects.filter(on_day(day), unit__in=keys, state__in=MEMBER_STATES).order_by("id")
    stays = list(rows.values_list("person_id", "unit_id", "person__audiences"))
    posts = list(
        Post.objects.filter(on_day(day), unit__in=keys)
        .order_by("id")
        .values_list("person_id", "unit_id", "person__audiences", "title", "unit__unit_type")
    )
    leading = {
        person for person, _, _, title, kind in posts if title == Post.LEADING_OFFICIAL or kind in GOVERNING
    }
    found: dict[int, Member] = {}
    for person, unit, audiences in [*stays, *(row[:3] for row in posts)]:
        if person not in found:
            found[person] = Member(person, unit, _group(person in leading, audiences))
    return list(found.values())


def _group(leads: bool, audiences: Iterable[str]) -> str:
    own = set(audiences)
    if leads or own & LEADING_AUDIENCES:
        return LEADERS
    return YOUNG if own & YOUNG_AUDIENCES else OTHERS

"""A bureau whose branch lags behind, and the shortest way to a follow-up about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from tests.worlds import World, small_world
from yibenzhang.access.models import User
from yibenzhang.access.scope import Actor, actor_for
from yibenzhang.followups.models import DUTY, FollowUp
from yibenzhang.followups.services import open_follow_up
from yibenzhang.organisation.models import Person, Unit

GAP = "ZB-06/2023-10"  # 主题党日 of October 2023, overdue since 5 November
TODAY = date(2023, 12, 27)


@dataclass
class Followed:
    """The world with a day that can be moved; `secretary` records for branch one, `reviewer` is its superior."""

    world: World

    def actor(self, username: str) -> Actor:
        """One of the world's users."""
        return actor_for(User.objects.get(username=username))

    def on(self, day: date) -> None:
        """Let the book stand at this day; None's place is taken by the calendar."""
        self.world.book.fixed_date = day
        self.world.book.save()

    def gap(self, **changes: Any) -> FollowUp:
        """A follow-up about the gap by the reviewer."""
        return self.open(**{"origin_kind": DUTY, "origin_ref": GAP, "title": "2023年10月主题党日", **changes})

    def open(self, **changes: Any) -> FollowUp:
        """A follow-up by hand to the secretary of branch one."""
        given: dict[str, Any] = {
            "actor": self.actor("reviewer"), "unit": self.world.branch, "recipient": self.world.members[0],
            "deadline": date(2024, 1, 3), "asked": "请补记一笔，或写明原因。", "title": "核对党员名册", **changes,
        }  # fmt: skip
        return open_follow_up(**given)

    @property
    def branch(self) -> Unit:
        """Branch one."""
        return self.world.branch

    @property
    def secretary(self) -> Person:
        """The secretary of branch one, as a person."""
        return self.world.members[0]


def followed() -> Followed:
    """Build it; needs a database."""
    return Followed(small_world())


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of a day, local time."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))

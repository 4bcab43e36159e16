"""How items stand as of a day never depends on what is recorded, reversed, said or amended after it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.responsibility.listed_book import issued_lists, worded
from tests.worlds import World, small_world
from yibenzhang.ledger.services import post_voucher, reverse_voucher
from yibenzhang.responsibility.issuing import amend_item
from yibenzhang.responsibility.models import ResponsibilityList
from yibenzhang.responsibility.progress import assess
from yibenzhang.responsibility.queries import items_of
from yibenzhang.responsibility.stating import state_progress
from yibenzhang.responsibility.wording import ShownBy
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.services import save_draft, submit_voucher

AS_OF, BEGIN = date(2023, 8, 10), date(2023, 2, 21)
acts = st.lists(
    st.tuples(
        st.integers(0, 300), st.sampled_from(["record", "submit", "post", "reverse", "say", "done", "amend"])
    ),
    max_size=12,
)


class AsOfADay(TestCase):
    """Each example is a stream of acts in order of time; the list is asked in the middle and again at the end."""

    world: ClassVar[World]
    given: ClassVar[ResponsibilityList]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = small_world()
        wordings = [
            worded("每月主题党日", date(2023, 12, 31), shown_by=ShownBy.REQUIREMENT, requirement="ZB-06"),
            worded("三次主题党日", date(2023, 7, 31), shown_by=ShownBy.INDICATOR, indicator="life.theme_party_days", needed=3),
            worded("走访", date(2023, 7, 31)),
        ]  # fmt: skip
        cls.given = issued_lists(cls.world, items=wordings)[0]

    def answers(self) -> list[tuple[object, ...]]:
        found = assess(items_of([self.given]), as_of=AS_OF)
        return [
            (key, each.state, each.found, each.needed, each.reason) for key, each in sorted(found.items())
        ]

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(acts)
    def test_nothing_later_matters(self, told: list[tuple[int, str]]) -> None:
        then = None
        for offset, act in sorted(told, key=lambda pair: pair[0]):
            day = BEGIN + timedelta(days=offset)
            if day > AS_OF and then is None:
                then = self.answers()
            self.do(act, day)
        if then is not None:
            assert self.answers() == then

    def do(self, act: str, day: date) -> None:
        """Do an act on a day, as far as there is something to do it to."""
        world, at = self.world, timezone.make_aware(datetime.combine(day, time(9)))
        said = items_of([self.given])[2]
        waiting = Voucher.objects.filter(state=Voucher.State.SUBMITTED).order_by("id").first()
        posted = Voucher.objects.filter(state=Voucher.State.POSTED).order_by("id").first()
        if act in {"record", "submit"}:
            entry = world.entry(day)
            voucher = save_draft(entry, preparer=world.secretary, at=at)
            submit_voucher(entry, voucher, actor=world.secretary, at=at)
            if act == "record":
                post_voucher(voucher, actor=world.reviewer, at=at)
        elif act == "post" and waiting is not None:
            post_voucher(waiting, actor=world.reviewer, at=at)
        elif act == "reverse" and posted is not None:
            reverse_voucher(posted, actor=world.reviewer, reason="记错", at=at)
        elif act in {"say", "done"}:
            proof = posted or waiting
            state_progress(
                said, text=f"{day}的进展", is_done=act == "done", voucher=proof, actor=world.secretary, on=day
            )
        elif act == "amend":
            wording = worded("走访", date(2023, 9, 30))
            amend_item(said, wording, reason="推迟", revision=said.revision, actor=world.reviewer, on=day)

"""The shelf gives every test what it expects, also around tests that commit."""

from __future__ import annotations

import pytest

from yibenzhang.audit.models import AuditEntry
from yibenzhang.ledger.verify import verify
from yibenzhang.organisation.models import Unit


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_committing_test_wrote_is_gone_in_the_next(demo_book: None, turn: int) -> None:
    assert not AuditEntry.objects.filter(verb="shelf.test").exists()
    AuditEntry.objects.create(verb="shelf.test", subject=str(turn))
    assert Unit.objects.filter(code="geology").exists()


@pytest.mark.django_db
def test_a_test_without_the_demo_finds_an_empty_book() -> None:
    assert not Unit.objects.exists()


@pytest.mark.django_db
def test_the_demo_comes_back_sound_with_its_evidence(demo_book: None) -> None:
    assert verify().damage is None

"""docs/requirements.md says what the packs say."""

from pathlib import Path

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.requirements.listing import listing

PAGE = Path(__file__).resolve().parents[2] / "docs" / "requirements.md"


def test_the_page_is_generated_from_the_packs() -> None:
    """Run `python -m yibenzhang.requirements.listing > docs/requirements.md` when this fails."""
    assert PAGE.read_text(encoding="utf-8") == listing(current_catalogue())


def test_enough_is_declared_and_nothing_unverified_is_on() -> None:
    """Sixty rules, forty of them on; what nobody verified, what has no number and what has no facts says so."""
    rules = list(current_catalogue().requirements.values())
    on = [rule for rule in rules if rule.is_on]
    assert len(rules) >= 60
    assert len(on) >= 40
    assert all(rule.verified and rule.measure and not rule.needs_facts for rule in on)
    assert all(rule.silent for rule in rules if not rule.is_on)


def test_numbers_without_a_national_text_stay_off() -> None:
    """The traps: quarterly lectures and half-yearly studies are local numbers, not the regulation's."""
    catalogue = current_catalogue()
    for code in ("ZB-04", "DZ-01", "DZ-02", "JG-02", "JG-05", "JG-09", "LX-01", "EL-06", "PX-10"):
        assert not catalogue.requirement(code).is_on, code


def test_the_book_records_no_barred_measure() -> None:
    """Likes, study time online, media counts and leaders' comments feed no rule (AF-03, AF-07)."""
    catalogue = current_catalogue()
    barred = {code for code, account in catalogue.accounts.items() if account.no_assessment}
    assert barred
    for rule in catalogue.requirements.values():
        if rule.measure and rule.measure.indicator:
            assert not barred & set(catalogue.indicator(rule.measure.indicator).all_accounts()), rule.code

"""What was exported comes back as it was: into an empty book the same, into its own book nothing new."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.worlds import FOUNDED, World, small_world
from yibenzhang.access.models import Grant, User
from yibenzhang.audit.models import AuditEntry
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.exchange.lookup import Reach
from yibenzhang.exchange.reading import read_workbook
from yibenzhang.exchange.services import bring_in, write_export
from yibenzhang.ledger.services import post_voucher, reverse_voucher
from yibenzhang.organisation.models import Book, Guidance, Membership, Person, Post, Unit
from yibenzhang.organisation.services import abolish_unit, found_unit, rehang_unit
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Matter, MatterLink, Voucher
from yibenzhang.vouchers.services import save_draft, submit_voucher

ROWS = {"units": Unit, "people": Person, "matters": Matter, "vouchers": Voucher}
# What a spreadsheet gives back as it got it: no control characters, and nothing that spaces around it would change.
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Co", "Cn"), exclude_characters="#；;｜|"),
    min_size=1, max_size=30,
).filter(lambda text: text.strip() == text)  # fmt: skip
NAMES = st.text("甲乙丙丁戊己庚辛同志建国", min_size=2, max_size=4)
DAYS = st.dates(date(2022, 1, 1), date(2023, 12, 20))
ONCE_MORE = settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # an example takes a second: shrinking would take minutes
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


class Undo(Exception):
    """Ends an example and leaves no trace."""


def write_all(folder: Path, kinds: tuple[str, ...]) -> dict[str, Path]:
    """Export these kinds."""
    files = {}
    for kind in kinds:
        files[kind] = folder / f"{kind}.xlsx"
        files[kind].unlink(missing_ok=True)
        write_export(files[kind], kind, ROWS[kind]._default_manager.all())
    return files


def contents(files: dict[str, Path], *, without: tuple[str, ...] = ("凭证号", "状态")) -> dict[str, object]:
    """All cells, but for the columns that tell what became of a row in its book."""
    told: dict[str, object] = {}
    for kind, path in files.items():
        for page in read_workbook(path):
            heads = [str(cell) for cell in page.rows[0][1]]
            keep = [at for at, head in enumerate(heads) if head not in without]
            rows = [
                tuple(cells[at] if at < len(cells) else None for at in keep) for _, cells in page.rows[1:]
            ]
            told[f"{kind}/{page.name}"] = sorted(map(repr, rows))
    return told


def empty_the_book() -> None:
    """Remove what an import brings in; users and the world's settings stay out of it too."""
    for model in (AuditEntry, MatterLink, Voucher, Matter, Membership, Post, Guidance, Grant, Book):
        model._default_manager.all().delete()
    User.objects.all().delete()
    from yibenzhang.organisation.models import Lineage, Placement, UnitEvent

    for model in (UnitEvent, Placement, Lineage, Person, Unit):
        model._default_manager.all().delete()


def there_and_back(world: World, *kinds: str) -> None:
    """Export, bring into an emptied book, export again: the same. And once more into that book: nothing."""
    packs = {book.unit.code: (book.packs, book.fixed_date) for book in Book.objects.all()}
    with TemporaryDirectory() as folder:
        first = write_all(Path(folder), kinds)
        before = contents(first)
        for kind, path in first.items():
            again = bring_in(path, kind, user=world.secretary, file_name="x.xlsx", reach=Reach.everything())
            assert again.added == 0, kind
        empty_the_book()
        user = User.objects.create(username="newcomer")
        for kind, path in first.items():
            bring_in(path, kind, user=user, file_name="x.xlsx", reach=Reach.everything())
            if kind == "units":
                for code, (adopted, day) in packs.items():
                    Book.objects.create(unit=Unit.objects.get(code=code), packs=adopted, fixed_date=day)
        with TemporaryDirectory() as other:
            assert contents(write_all(Path(other), kinds)) == before


@pytest.fixture
def world(db: None) -> World:
    """The small world."""
    return small_world()


@ONCE_MORE
@given(data=st.data())
def test_units(world: World, data: st.DataObject) -> None:
    types = list(current_catalogue().unit_types)
    with pytest.raises(Undo), transaction.atomic():
        for number in range(data.draw(st.integers(0, 5))):
            unit = found_unit(
                code=f"new-{number}",
                name=data.draw(WORDS),
                short_name=data.draw(st.just("") | WORDS),
                unit_type=data.draw(st.sampled_from(types)),
                nature=data.draw(st.sampled_from(["", *current_catalogue().natures])),
                parent=data.draw(st.sampled_from(list(Unit.objects.all()))),
                on=date(2022, 1, 1),
                position=data.draw(st.integers(0, 999)),
                note=data.draw(st.just("") | WORDS),
            )
            if data.draw(st.booleans()):
                rehang_unit(unit=unit, parent=world.committee, on=date(2022, 6, 1))
            if data.draw(st.booleans()):
                Guidance.objects.create(
                    superior=world.committee, subordinate=unit, kind=Guidance.GUIDES,
                    valid_from=date(2022, 6, 1), reviews=data.draw(st.booleans()),
                )  # fmt: skip
        bare = Unit.objects.filter(code__startswith="new-", child_placements=None).first()
        if bare is not None:
            abolish_unit(unit=bare, on=date(2023, 1, 1))
        there_and_back(world, "units")
        raise Undo


@ONCE_MORE
@given(data=st.data())
def test_people(world: World, data: st.DataObject) -> None:
    with pytest.raises(Undo), transaction.atomic():
        for _ in range(data.draw(st.integers(0, 5))):
            person = Person.objects.create(name=data.draw(NAMES), search_key="", audiences=data.draw(
                st.lists(st.sampled_from(["member", "secretary", "young_official"]), unique=True, max_size=2)))  # fmt: skip
            began = data.draw(DAYS)
            for place in data.draw(st.lists(st.sampled_from([world.branch, world.other_branch]), max_size=2)):
                until = began + timedelta(days=data.draw(st.integers(1, 99)))
                Membership.objects.create(
                    person=person, unit=place, valid_from=began, valid_to=until,
                    state=data.draw(st.sampled_from([code for code, _ in Membership.STATES])),
                )  # fmt: skip
                began = until
            if data.draw(st.booleans()) or not person.memberships.exists():
                Post.objects.create(
                    person=person, unit=world.committee, title=data.draw(st.sampled_from([c for c, _ in Post.TITLES])),
                    duty=data.draw(st.sampled_from(["", "组织", "宣传"])), valid_from=began,
                    valid_to=data.draw(st.none() | st.just(began + timedelta(days=9))),
                )  # fmt: skip
        there_and_back(world, "units", "people")
        raise Undo


@ONCE_MORE
@given(data=st.data())
def test_matters(world: World, data: st.DataObject) -> None:
    kinds = current_catalogue().matter_kinds
    with pytest.raises(Undo), transaction.atomic():
        line = world.branch.lineages.get()
        found: list[Matter] = []
        for title in data.draw(st.lists(WORDS, unique=True, max_size=6)):
            kind = data.draw(st.sampled_from(list(kinds)))
            matter = Matter.objects.create(
                kind=kind, unit=world.branch, lineage=line, title=title, search_key=title
            )
            for source in found:
                if kind in kinds[source.kind].links_to:
                    MatterLink.objects.create(source=source, target=matter)
            found.append(matter)
        if found:
            there_and_back(world, "units", "matters")
        raise Undo


@ONCE_MORE
@given(data=st.data())
def test_vouchers(world: World, data: st.DataObject) -> None:
    """Any kind with any values a branch or bureau may record, some posted, some reversed."""
    with pytest.raises(Undo), transaction.atomic():
        for number in range(data.draw(st.integers(1, 6))):
            entry = drawn_entry(world, data, number)
            if entry is None:
                continue
            voucher = submit_voucher(
                entry, save_draft(entry, preparer=world.secretary), actor=world.secretary
            )
            if data.draw(st.booleans()) and entry.kind.code == "theme_party_day":
                post_voucher(voucher, actor=world.reviewer)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "v.xlsx"
            if not Voucher.objects.exists():
                raise Undo
            write_export(path, "vouchers", Voucher.objects.all())
            before = contents({"vouchers": path})
            assert (
                bring_in(path, "vouchers", user=world.clerk, file_name="x", reach=Reach.everything()).added
                == 0
            )
            kept = Voucher.objects.count()
            forget_vouchers()
            brought = bring_in(path, "vouchers", user=world.clerk, file_name="x", reach=Reach.everything())
            assert brought.added == kept
            path.unlink()
            write_export(path, "vouchers", Voucher.objects.all())
            assert contents({"vouchers": path}) == before
        raise Undo


def forget_vouchers() -> None:
    """Take vouchers and matters away as if never recorded; the ledger's guard is lifted for it, the example is undone."""
    from django.db import connection

    from yibenzhang.ledger import triggers
    from yibenzhang.ledger.models import Entry as LedgerEntry
    from yibenzhang.ledger.models import Posting

    triggers.remove(connection)
    Posting.objects.all().delete()
    LedgerEntry.objects.all().delete()
    Voucher.objects.all().delete()
    Matter.objects.all().delete()


def drawn_entry(world: World, data: st.DataObject, number: int) -> Entry | None:
    """An entry of some kind with what that kind asks, drawn within what the form lets through."""
    catalogue = current_catalogue()
    unit = data.draw(st.sampled_from([world.branch, world.committee, world.bureau]))
    kinds = catalogue.kinds_for(unit.unit_type, ["base", "geology"])
    kind = data.draw(st.sampled_from(kinds))
    entry = Entry(unit=unit, kind=kind, title=f"{number}{data.draw(WORDS)}", event_date=data.draw(DAYS))
    if kind.spans_days and data.draw(st.booleans()):
        entry.end_date = entry.event_date + timedelta(days=1)
    if data.draw(st.booleans()):
        entry.programmes = [data.draw(st.sampled_from(list(catalogue.programmes)))]
    if kind.joint and data.draw(st.booleans()):
        entry.participants = [world.other_branch]
    everybody = [*world.members, *world.other_members]
    for spec in kind.fields:
        if not spec.required and data.draw(st.booleans()):
            continue
        options = [option.code for option in catalogue.options(spec)]
        match spec.type:
            case "text" | "paragraph":
                entry.values[spec.code] = data.draw(WORDS)
            case "integer" | "money":
                low = spec.minimum or 0
                entry.values[spec.code] = data.draw(st.integers(low, spec.maximum or low + 10**9))
            case "date":
                entry.values[spec.code] = data.draw(DAYS).isoformat()
            case "choice":
                entry.values[spec.code] = data.draw(st.sampled_from(options))
            case "choices":
                some = data.draw(st.sets(st.sampled_from(options), min_size=1))
                entry.values[spec.code] = [code for code in options if code in some]
            case "agenda":
                item = st.fixed_dictionaries({"text": WORDS, "kind": st.sampled_from(options)})
                entry.values[spec.code] = data.draw(st.lists(item, min_size=1, max_size=3))
            case "unit":
                entry.values[spec.code] = world.other_branch.code
            case "person":
                entry.people[spec.code] = [(data.draw(st.sampled_from(everybody)), "present")]
            case "people" | "attendance":
                hows = ["present"] if spec.type == "people" else ["present", "excused", "absent", "observer"]
                seats = st.lists(st.sampled_from(everybody), unique=True, min_size=1, max_size=4)
                entry.people[spec.code] = [
                    (person, data.draw(st.sampled_from(hows))) for person in data.draw(seats)
                ]
            case "matter" if spec.creates:
                entry.matters[spec.code] = f"事项{number}{data.draw(WORDS)}"
            case "matter":
                same = Matter.objects.filter(kind=spec.matter_kind).first()
                if same is not None:
                    entry.matters[spec.code] = same
                elif spec.required:
                    return None
    return entry


def test_a_reversed_voucher_is_exported_and_not_brought_back(world: World, tmp_path: Path) -> None:
    voucher = world.posted()
    reverse_voucher(voucher, actor=world.reviewer, reason="记错了")
    write_export(tmp_path / "v.xlsx", "vouchers", Voucher.objects.all())
    brought = bring_in(
        tmp_path / "v.xlsx", "vouchers", user=world.clerk, file_name="x", reach=Reach.everything()
    )
    assert brought.added == 0
    assert [outcome.word for outcome in brought.findings.outcomes] == ["不导入"]


def test_history_of_the_tree_comes_back(world: World, tmp_path: Path) -> None:
    rehang_unit(unit=world.other_branch, parent=world.bureau, on=date(2020, 5, 1))
    before = {line.valid_from: line.path.count("/") for line in world.other_branch.lineages.all()}
    there_and_back(world, "units")
    branch = Unit.objects.get(code="geo-branch-2")
    assert {line.valid_from: line.path.count("/") for line in branch.lineages.all()} == before
    assert branch.founded_on == FOUNDED

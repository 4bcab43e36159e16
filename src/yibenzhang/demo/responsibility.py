"""Responsibility lists of the demo year: four tiers from one origin, a post's list, the half-year review, one item overdue."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from yibenzhang.access.models import User
from yibenzhang.demo.cast import Cast
from yibenzhang.demo.responsibility_items import (
    AGENCY,
    BRANCH,
    BRANCHES,
    COMMITTEE,
    LEADING,
    LEADS,
    OWN_TOP,
    POST,
    TOP,
    WORDS,
    Task,
)
from yibenzhang.demo.units import geology, meteorology
from yibenzhang.demo.units.province import BookSpec
from yibenzhang.organisation.memory import standing_still
from yibenzhang.organisation.models import Unit
from yibenzhang.plans.models import PlanItem
from yibenzhang.responsibility.issuing import issue_list, review_list
from yibenzhang.responsibility.models import ResponsibilityItem, ResponsibilityList
from yibenzhang.responsibility.progress import assess
from yibenzhang.responsibility.queries import items_of
from yibenzhang.responsibility.services import add_item, create_draft, save_item
from yibenzhang.responsibility.splitting import split_items
from yibenzhang.responsibility.stating import state_progress
from yibenzhang.responsibility.wording import Milestone, ShownBy, Wording, wording_of
from yibenzhang.vouchers.models import Matter, Voucher

BRANCHES_SHOWN = 12
REVIEWED = (7, 5)


@dataclass(frozen=True)
class Chain:
    """The bodies of one bureau from the top, with the committee of a unit where there is one."""

    top: Unit
    leading: Unit
    agency: Unit
    branches: list[Unit]
    committee: Unit | None


def prepare_lists(book: BookSpec, cast: Cast) -> None:
    """Write the lists of a book's year; needs the year's vouchers, since items look at matters and duties."""
    with standing_still():
        chain, year = _chain(book), book.today.year
        top_tasks = [*TOP, *OWN_TOP[book.bureau]]
        title = f"{year}年全面从严治党主体责任清单"
        top = _issue(chain.top, title, top_tasks, date(year, 2, 22), cast)
        _issue(
            chain.top,
            f"{year}年{_noun(chain.top)}书记责任清单",
            list(POST),
            date(year, 2, 26),
            cast,
            post="书记",
        )
        tasks = tuple(task for task in top_tasks if task.down)
        pass_on = partial(_split, tasks=tasks, cast=cast)
        leading = pass_on(
            top, LEADING, [chain.leading], f"{year}年党建工作领导小组责任清单", date(year, 3, 4)
        )
        agency = pass_on(
            leading[0], COMMITTEE, [chain.agency], f"{year}年机关党委责任清单", date(year, 3, 8), own=AGENCY
        )
        title = f"{year}年党支部责任清单"
        branches = pass_on(agency[0], BRANCHES, chain.branches, title, date(year, 3, 15), own=BRANCH)
        middle = [*leading, *agency]
        if chain.committee is not None:
            below = pass_on(top, COMMITTEE, [chain.committee], f"{year}年队党委责任清单", date(year, 3, 11))
            middle += below
            branches += pass_on(
                below[0], BRANCHES, _branches_of(chain.committee), title, date(year, 3, 20), own=BRANCH
            )
        _speak_for_bodies(middle, tasks, cast)
        _speak_for_branches(branches, cast)
        for issued in (top, leading[0], agency[0]):
            _review(issued, date(year, *REVIEWED), cast)


def _approver(unit: Unit, cast: Cast) -> User:
    """Who approves for a body: its own approver, or that of the body that examines it."""
    superior = unit.guided_by.filter(reviews=True, valid_to=None).select_related("superior").first()
    codes = [unit.code, *([superior.superior.code] if superior else [])]
    return next(cast.approvers[code] for code in codes if code in cast.approvers)


def _noun(unit: Unit) -> str:
    return "党委" if unit.unit_type == "party_committee" else "党组"


def _chain(book: BookSpec) -> Chain:
    bodies = (meteorology.GROUP, meteorology.LEADING_GROUP) if book.bureau == meteorology.BUREAU else (
        geology.COMMITTEE, geology.LEADING_GROUP)  # fmt: skip
    top, leading = (Unit.objects.get(code=code) for code in bodies)
    agency = Unit.objects.get(code=book.agency)
    committee = (
        Unit.objects.filter(code="geo_t1_committee").first() if book.bureau == geology.BUREAU else None
    )
    return Chain(top, leading, agency, _branches_of(agency)[:BRANCHES_SHOWN], committee)


def _branches_of(committee: Unit) -> list[Unit]:
    rows = Unit.objects.filter(guided_by__superior=committee, unit_type="branch", abolished_on=None)
    return list(rows.distinct().order_by("position", "id"))


def _issue(
    unit: Unit, title: str, tasks: list[Task], on: date, cast: Cast, *, post: str = ""
) -> ResponsibilityList:
    """A list that the top body draws up for itself."""
    actor = _approver(unit, cast)
    draft = create_draft(issued_by=unit, year=on.year, title=title, recipients=[unit], actor=actor, post=post)
    _add(draft, tasks, actor)
    return _put_in_force(draft, on, actor, cast)[0]


def _split(
    received: ResponsibilityList, tier: int, units: list[Unit], title: str, on: date, *, tasks: tuple[Task, ...],
    cast: Cast, own: tuple[Task, ...] = (),
) -> list[ResponsibilityList]:  # fmt: skip
    """Pass on what goes down in the words of that tier, with the receiving unit's own items behind."""
    words = {text: task.down[tier] for task in tasks for text in (task.text, *task.down) if task.down}
    chosen = [item for item in items_of([received]) if item.current.text in words]
    actor = _approver(chosen[0].list.unit or received.issued_by, cast)
    draft = split_items(chosen, units=units, title=title, actor=actor)
    for item in items_of([draft]):
        wording = wording_of(item.current)
        new = replace(wording, text=words[wording.text], shown_by=ShownBy.STATED, basis="", lead=LEADS[tier])
        save_item(item, new, revision=item.revision, actor=actor)
    _add(draft, list(own), actor)
    return _put_in_force(draft, on, actor, cast)


def _add(draft: ResponsibilityList, tasks: list[Task], actor: User) -> None:
    for task in tasks:
        add_item(draft, _wording(task, draft), actor=actor)


def _put_in_force(draft: ResponsibilityList, on: date, actor: User, cast: Cast) -> list[ResponsibilityList]:
    draft.refresh_from_db()
    issued = issue_list(draft, revision=draft.revision, actor=actor, on=on)
    tasks = {task.text: task for own in (TOP, POST, *OWN_TOP.values()) for task in own}
    for item in items_of([issued[0]]):
        task = tasks.get(item.current.text)
        if task is not None and item.origin_id is None:
            _tell(item, task, cast)
    return issued


def _tell(item: ResponsibilityItem, task: Task, cast: Cast) -> None:
    """What the responsible said in the course of the year; with milestones, each word is about the next of them."""
    steps = [name for name, _, state in task.steps if not state]
    actor = cast.preparers[item.list.unit.code if item.list.unit else ""]
    for number, (day, text, is_done) in enumerate(task.said):
        step = steps[number] if is_done and steps else ""
        state_progress(
            item, text=text, actor=actor, is_done=is_done, milestone=step, on=date(item.list.year, *day)
        )


def _wording(task: Task, draft: ResponsibilityList) -> Wording:
    year = draft.year
    matter, business = _matter(task.matter, draft), _matter(task.business, draft)
    planned = PlanItem.objects.filter(text=task.planned, plan__year=year).select_related("plan").first()
    shown = ShownBy.STATED
    if task.requirement:
        shown = ShownBy.REQUIREMENT
    elif matter is not None:
        shown = ShownBy.MATTER
    elif planned is not None:
        shown = ShownBy.PLAN
    return Wording(
        text=task.text, basis=task.basis, lead=task.lead, deadline=task.deadline(year), shown_by=shown, requirement=task.requirement,
        matter=matter, plan_item=planned, business_goal=task.goal, business_matter=business,
        milestones=tuple(Milestone(name, date(year, *due), state) for name, due, state in task.steps),
    )  # fmt: skip


def _matter(title: str, draft: ResponsibilityList) -> Matter | None:
    rows = Matter.objects.filter(title=title, opened_on__year=draft.year)
    return rows.first() if title else None


def _speak_for_bodies(issued: list[ResponsibilityList], tasks: tuple[Task, ...], cast: Cast) -> None:
    """Leading group and committees tell what is done; the task left undone is told by nobody."""
    by_text = {text: task for task in tasks for text in task.down}
    for place, item in enumerate(items_of(issued)):
        task, unit = by_text.get(item.current.text), item.list.unit
        if task is None or task.is_left_undone or unit is None:
            continue
        last = task.due != (12, 31)
        proof = Voucher.objects.filter(title=task.proof, unit=unit, state=Voucher.State.POSTED).first()
        state_progress(
            item, text=WORDS[place % len(WORDS)] if last else "上半年已做一轮，下半年继续。", actor=cast.preparers[unit.code],
            is_done=last, voucher=proof if last else None, on=_told_on(item, place),
        )  # fmt: skip


def _told_on(item: ResponsibilityItem, place: int) -> date:
    due = item.current.deadline
    return date(due.year, min(due.month, 11), 3 + place * 3 % 17)


def _speak_for_branches(issued: list[ResponsibilityList], cast: Cast) -> None:
    """Most branches say what they have done; one in eight says nothing yet."""
    stated: dict[str, list[ResponsibilityItem]] = {}
    for item in items_of(issued):
        if item.current.shown_by == ShownBy.STATED and item.list.unit is not None:
            stated.setdefault(item.list.unit.code, []).append(item)
    for number, (code, own) in enumerate(stated.items()):
        if number % 8 == 5:
            continue
        for place, item in enumerate(own):
            words = WORDS[(number + place) % len(WORDS)]
            day = _told_on(item, number * 5 + place)
            state_progress(item, text=words, actor=cast.preparers[code], is_done=True, on=day)


def _review(issued: ResponsibilityList, on: date, cast: Cast) -> None:
    items = items_of([issued])
    found = assess(items, as_of=on)
    notes = {
        item.pk: "上半年还没有落实，请三季度补上。" if found[item.pk].is_overdue else "按计划推进。"
        for item in items
    }
    review_list(issued, notes, actor=_approver(issued.issued_by, cast), on=on)

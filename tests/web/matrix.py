"""The table of permissions: one row for each URL and method. Whoever adds a URL adds its row.

A row names the roles that are answered with `status`; every other signed-in role gets 404, and who is not signed in is
sent to the sign-in page. `outsider` works in a foreign bureau: rows about an object leave it out, lists let it in because
it sees its own. Arguments are taken from `Things`, so that the same row can be asked about objects that do not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tests.checking.checked import checked
from tests.notices.sent import draft_notice, issued_notice
from tests.plans.planned_book import draft_plan, issued_plan, item_of
from tests.responsibility.listed_book import draft_list, issued_lists
from tests.superior_forms.sheets import small_form
from tests.worlds import World
from yibenzhang.access.scope import actor_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.checking.models import AliasProposal
from yibenzhang.followups.services import open_follow_up
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.services import post_voucher
from yibenzhang.relief.services import drop_in
from yibenzhang.reports.models import ReceivedPage
from yibenzhang.reports.services import create_report
from yibenzhang.requirements.calendar_keys import make_calendar_key
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.evidence import attach
from yibenzhang.vouchers.services import submit_voucher

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"

EVERYONE = ("secretary", "clerk", "reviewer", "leader", "administrator", "outsider")
INSIDE = ("secretary", "clerk", "reviewer", "leader", "administrator")
ABOVE = ("clerk", "reviewer", "leader", "administrator")
ADMINISTRATORS = ("administrator",)
# The clerk's grant covers the committee and what hangs below it; the bureau itself it does not.
PREPARERS = ("secretary", "clerk", "outsider")


@dataclass(frozen=True)
class Things:
    """Objects of the world that URLs point at; all of them lie in the bureau, of branch one where it has a choice."""

    unit: str = ""
    bureau: str = ""
    person: str = ""
    membership: int = 0
    post: int = 0
    posted: int = 0
    submitted: int = 0
    draft: int = 0
    matter: int = 0
    attachment: int = 0
    article: int = 0
    claim: str = ""
    alias: int = 0
    account: int = 0
    grant: int = 0
    report: int = 0
    form: int = 0
    received: int = 0
    follow_up: int = 0
    calendar_key: str = ""
    plan: int = 0
    duty_list: int = 0
    duty_item: int = 0
    own_list: int = 0
    draft_list: int = 0
    draft_item: int = 0
    plan_draft: int = 0
    plan_item: int = 0
    notice: int = 0
    notice_draft: int = 0
    notice_file: int = 0
    suggestion: int = 0
    suggestion_code: str = ""

    def nowhere(self) -> Things:
        """The same kinds of keys, pointing at nothing."""
        return replace(
            self, unit="no-unit", bureau="no-unit", person="0" * 16, membership=10**9, post=10**9, posted=10**9,
            submitted=10**9, draft=10**9, matter=10**9, attachment=10**9, account=10**9, grant=10**9,
            article=10**9, alias=10**9, report=10**9, form=10**9, received=10**9, follow_up=10**9,
            duty_list=10**9, duty_item=10**9, own_list=10**9, draft_list=10**9, draft_item=10**9,
            plan=10**9, plan_draft=10**9, plan_item=10**9, notice=10**9, notice_draft=10**9,
            notice_file=10**9, suggestion=10**9, suggestion_code="23456-23456",
        )  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What one URL answers: `roles` get `status`, everybody else signed in gets 404."""

    url: str
    roles: tuple[str, ...] = EVERYONE
    of: Callable[[Things], tuple[Any, ...]] | None = None
    status: int = 200
    method: str = "get"
    query: str = ""
    given: Callable[[Things], dict[str, Any]] | None = None
    anonymous: int = 302
    otherwise: int = 404
    about_object: bool | None = None

    @property
    def label(self) -> str:
        """How the row is named in test output."""
        return f"{self.method} {self.url}{self.query}"

    @property
    def is_about_an_object(self) -> bool:
        """True when the URL names an object that the outsider must not learn about."""
        return bool(self.of or self.given) if self.about_object is None else self.about_object

    def args(self, things: Things) -> tuple[Any, ...]:
        """Arguments of the URL."""
        return self.of(things) if self.of else ()

    def data(self, things: Things) -> dict[str, Any]:
        """What is sent along."""
        return self.given(things) if self.given else {}

    def expected(self, role: str) -> int:
        """The status this role gets."""
        if role == "anonymous":
            return self.anonymous
        return self.status if role in self.roles else self.otherwise


def things(world: World) -> Things:
    """Objects in the world's bureau for the rows to point at."""
    kind = current_catalogue().kind("research_topic")
    person = world.members[0]
    entry = world.entry()
    posted = world.draft(entry)
    attachment = attach(posted, "纪要.pdf", PDF, world.secretary)
    submit_voucher(entry, posted, actor=world.secretary)
    post_voucher(posted, actor=world.reviewer)
    submitted = world.submitted(world.entry(date(2023, 11, 7)))
    draft = world.draft(world.entry(date(2023, 10, 10)))
    topic = world.posted(Entry(unit=world.branch, kind=kind, title="基层调研", event_date=date(2023, 5, 4)))
    article = checked(world, "第一党支部2023年总结\n\n一年来，开展主题党日5次，参加党员50人次。")
    alias = AliasProposal.objects.create(
        book=world.book, indicator="life.theme_party_days", alias="支部活动日", proposed_by=world.secretary
    )
    report = create_report(
        structure=current_catalogue().report_structure("branch-summary"), unit=world.branch,
        period=parse_period("2023"), actor=world.secretary,
    )  # fmt: skip
    follow_up = open_follow_up(
        actor=actor_for(world.reviewer), unit=world.branch, recipient=person, deadline=date(2024, 1, 8),
        asked="请写明安排。", title="支部换届准备",
    )  # fmt: skip
    plan = issued_plan(world, unit=world.branch)
    received = ReceivedPage.objects.create(
        unit=world.committee, title="年度总结", origin="邻江省地质局", origin_code="elsewhere", period="2023",
        published_on=date(2023, 12, 27), version=1, position=9, digest="0" * 64, file_digest="0" * 64,
    )  # fmt: skip
    notice, file = issued_notice(world)
    suggestion = drop_in(book=world.book, category="system", text="希望字大一点。")
    form = small_form(world)
    answered = issued_lists(world)[0]
    own_list = issued_lists(world, units=[world.committee], title="机关党委责任清单")[0]
    unissued = draft_list(world, title="新一份清单")
    return Things(
        duty_list=answered.pk,
        duty_item=answered.items.get().pk,
        own_list=own_list.pk,
        draft_list=unissued.pk,
        draft_item=unissued.items.get().pk,
        form=form.pk,
        notice=notice.pk,
        notice_file=file.pk,
        notice_draft=draft_notice(world).pk,
        suggestion=suggestion.pk,
        suggestion_code=suggestion.code,
        received=received.pk,
        plan=plan.pk,
        plan_draft=draft_plan(world, unit=world.branch, sort="training", rows=[]).pk,
        plan_item=item_of(plan).pk,
        follow_up=follow_up.pk,
        calendar_key=make_calendar_key(actor=world.secretary),
        report=report.pk,
        article=article.pk,
        claim=article.reading["claims"][0]["id"],
        alias=alias.pk,
        unit=world.branch.code,
        bureau=world.bureau.code,
        person=person.key,
        membership=person.memberships.get().pk,
        post=person.posts.get().pk,
        posted=posted.pk,
        submitted=submitted.pk,
        draft=draft.pk,
        matter=topic.matters.get().matter_id,
        attachment=attachment.pk,
        account=world.secretary.pk,
        grant=world.secretary.grants.get().pk,
    )


ACCOUNT = [
    Row("sign_in", status=302, anonymous=200),
    Row("sign_out", status=302, method="post"),
    Row("change_password"),
    Row("accounts:list", ADMINISTRATORS),
    Row("accounts:new", ADMINISTRATORS),
    Row("accounts:detail", ADMINISTRATORS, lambda t: (t.account,)),
    Row("accounts:grant", ADMINISTRATORS, lambda t: (t.account,)),
    Row("accounts:end", ADMINISTRATORS, lambda t: (t.account, t.grant), 302, "post"),
    Row("accounts:password", ADMINISTRATORS, lambda t: (t.account,)),
]
WORKBENCH = [Row("workbench")]
LEDGER = [
    Row("ledger:list"),
    Row("ledger:export"),
    Row("ledger:periods"),
    Row("ledger:close", ADMINISTRATORS, lambda t: (t.bureau, 202312), 302, "post"),
    Row("ledger:reopen", ADMINISTRATORS, lambda t: (t.bureau, 202312)),
]
FIGURES = [
    Row("figures:list"),
    Row("figures:export"),
    Row("figures:detail", of=lambda t: ("life.theme_party_days",), about_object=False),
    Row("figures:detail_export", of=lambda t: ("life.theme_party_days",), about_object=False),
]
REQUIREMENTS = [
    Row("requirements:matrix"),
    Row("requirements:export"),
    Row("requirements:due"),
    Row("requirements:calendar"),
    Row("requirements:feed"),
    Row("requirements:subscribe"),
    # The address itself is the right to read: whoever has it, signed in or not; a wrong one does not exist.
    Row("requirements:private_feed", of=lambda t: (t.calendar_key,), anonymous=200, about_object=False),
    Row(
        "requirements:private_feed",
        (),
        lambda t: ("x" * 43,),
        anonymous=404,
        about_object=False,
        query="?wrong",
    ),
    Row("requirements:rules"),
    Row("requirements:choose", ADMINISTRATORS, lambda t: (t.bureau, "ZB-01")),
    # Without a reason the form comes back.
    Row("requirements:choose", ADMINISTRATORS, lambda t: (t.bureau, "ZB-01"), 422, "post"),
    Row("requirements:why", INSIDE, lambda t: (t.unit, "ZB-06", "2023-12")),
    # Without a reason the form comes back; nobody else gets that far.
    Row(
        "requirements:exempt",
        ("reviewer", "administrator"),
        lambda t: (t.unit, "ZB-06", "2023-12"),
        400,
        "post",
    ),
]
COVERAGE = [Row("coverage:members"), Row("coverage:inspections")]
ORGANISATION = [
    Row("organisation:tree"),
    Row("organisation:unit", INSIDE, lambda t: (t.unit,)),
    Row("organisation:unit", ("leader", "administrator"), lambda t: (t.bureau,), query="?on=2023-01-01"),
    *(
        Row("organisation:change", ADMINISTRATORS, lambda t, act=act: (t.unit, act))  # type: ignore[misc]
        for act in ("found", "rename", "rehang", "merge", "split", "abolish", "term")
    ),
]
PEOPLE = [
    Row("people:list"),
    Row("people:register", ("secretary", "clerk", "administrator", "outsider")),
    Row("people:detail", INSIDE, lambda t: (t.person,)),
    Row("people:membership", ("secretary", "clerk", "administrator"), lambda t: (t.person,)),
    Row("people:post", ("secretary", "clerk", "administrator"), lambda t: (t.person,)),
    Row(
        "people:end",
        ("secretary", "clerk", "administrator"),
        lambda t: (t.person, "membership", t.membership),
    ),
    Row(
        "people:end",
        ("secretary", "clerk", "administrator"),
        lambda t: (t.person, "post", t.post),
        query="?post",
    ),
]
MATTERS = [
    Row("matters:list"),
    Row("matters:detail", INSIDE, lambda t: (t.matter,)),
    # A target that may not be linked is refused in words; who may not link at all does not get that far.
    Row(
        "matters:link",
        ("secretary", "clerk", "reviewer", "administrator"),
        lambda t: (t.matter,),
        400,
        "post",
    ),
]
PROGRAMMES = [
    Row("programmes:list"),
    Row("programmes:detail", of=lambda t: ("thematic_education",), about_object=False),
]
EXCHANGE = [
    Row("exchange:import"),
    Row("exchange:template", PREPARERS, lambda t: ("vouchers",), about_object=False),
    Row("exchange:template", ADMINISTRATORS, lambda t: ("people",), about_object=False, query="?people"),
    Row("exchange:export", of=lambda t: ("vouchers",), about_object=False),
    # A job belongs to whoever uploaded it (test_exchange.py); for everybody else it does not exist.
    Row("exchange:progress", (), lambda t: ("x" * 27,), about_object=False),
    Row("exchange:confirm", (), lambda t: ("x" * 27,), method="post", about_object=False),
]
RECORD = [
    Row("record:choose", PREPARERS),
    Row("record:new", PREPARERS, lambda t: ("theme_party_day",), about_object=False),
    Row(
        "record:preview",
        ("secretary", "clerk"),
        lambda t: ("theme_party_day",),
        method="post",
        given=lambda t: {"unit": t.unit},
    ),
    Row("record:edit", ("secretary", "clerk"), lambda t: (t.draft,)),
    Row("record:people", ("secretary", "clerk"), given=lambda t: {"unit": t.unit, "q": "z"}),
    Row(
        "record:matters", PREPARERS, given=lambda t: {"kind": "research_topic", "q": "d"}, about_object=False
    ),
    Row("record:units", ("secretary", "clerk"), given=lambda t: {"unit": t.unit, "q": "d"}),
]
VOUCHERS = [
    Row("vouchers:list"),
    Row("vouchers:review", ("reviewer", "outsider")),
    Row("vouchers:detail", INSIDE, lambda t: (t.posted,)),
    Row("vouchers:detail", ("secretary", "clerk"), lambda t: (t.draft,), query="?draft"),
    Row("vouchers:evidence", INSIDE, lambda t: (t.posted, t.attachment)),
    Row("vouchers:withdraw", ("secretary", "clerk"), lambda t: (t.submitted,), 302, "post"),
    # Without a note the recorder is asked for one.
    Row("vouchers:explain", ("secretary", "clerk"), lambda t: (t.submitted,), 400, "post"),
    Row("vouchers:discard", ("secretary", "clerk"), lambda t: (t.draft,), 302, "post"),
    # Without a decision the reviewer is asked for one; nobody else gets that far.
    Row("vouchers:decide", ("reviewer",), lambda t: (t.submitted,), 400, "post"),
    Row("vouchers:reverse", ("reviewer",), lambda t: (t.posted,)),
    # What is posted must be reversed before it is recorded anew.
    Row("vouchers:correct", ("secretary", "clerk"), lambda t: (t.posted,), 409, "post"),
]
CHECKING = [
    Row("checking:new"),
    Row("checking:list"),
    Row("checking:detail", INSIDE, lambda t: (t.article,)),
    Row("checking:progress", INSIDE, lambda t: (t.article,), 302),
    # A decision without its act is refused in words, to those who may decide.
    Row(
        "checking:rule",
        ("secretary", "clerk", "reviewer", "administrator"),
        lambda t: (t.article,),
        422,
        "post",
    ),
    Row("checking:recheck", INSIDE, lambda t: (t.article,)),
    Row("checking:recheck", INSIDE, lambda t: (t.article,), 302, "post"),
    Row("checking:export", INSIDE, lambda t: (t.article, "html")),
    Row("checking:export", INSIDE, lambda t: (t.article, "docx")),
    Row("checking:unrecorded", ("secretary", "clerk"), lambda t: (t.article,)),
    Row("checking:start", ("secretary", "clerk"), lambda t: (t.article, t.claim)),
    Row("checking:aliases", ADMINISTRATORS),
    Row("checking:alias", ADMINISTRATORS, lambda t: (t.alias,), 400, "post"),
]
WRITERS = ("secretary", "clerk")
REPORTS = [
    Row("reports:list"),
    Row("reports:new", PREPARERS),
    Row("reports:detail", INSIDE, lambda t: (t.report,)),
    Row("reports:edit", WRITERS, lambda t: (t.report,)),
    Row("reports:edit", WRITERS, lambda t: (t.report,), 409, "post"),
    Row("reports:indicators", WRITERS, lambda t: (t.report,), query="?q=ztdr"),
    Row("reports:material", WRITERS, lambda t: (t.report,), query="?section=0"),
    # A number or state that has moved on is refused in words; who may not write does not get that far.
    Row("reports:photograph", (), lambda t: (t.report, 1)),
    Row("reports:evidence", (), lambda t: (t.report, 10**9)),
    Row("reports:figure", WRITERS, lambda t: (t.report, 1, "accept"), 400, "post"),
    Row("reports:act", WRITERS, lambda t: (t.report, "return"), 400, "post"),
    Row("reports:issue", ("reviewer",), lambda t: (t.report,)),
    Row("reports:issue", ("reviewer",), lambda t: (t.report,), 400, "post"),
    Row("reports:download", INSIDE, lambda t: (t.report, "docx")),
    Row("reports:download", INSIDE, lambda t: (t.report, "html")),
    Row("reports:build", INSIDE, lambda t: (t.report, "docx")),
    Row("reports:build", INSIDE, lambda t: (t.report, "docx"), method="post"),
    Row("reports:built", (), lambda t: (t.report, "sources")),
    Row("reports:stop_build", INSIDE, lambda t: (t.report, "docx"), 302, "post"),
    Row("reports:diff", INSIDE, lambda t: (t.report,)),
    Row("reports:received"),
    Row("reports:received_page", ABOVE, lambda t: (t.received,)),
]
SUPERIORS = ("reviewer", "administrator")
FOLLOW_UPS = [
    Row("followups:list"),
    Row("followups:new", (*SUPERIORS, "outsider")),
    Row("followups:new", SUPERIORS, query="?unit=geo-branch-1", about_object=False),
    # The reviewer's own committee; the administrator's bureau holds it.
    Row("followups:new", (), query="?unit=geo-committee", about_object=False),
    Row("followups:interval", ADMINISTRATORS),
    Row("followups:contact"),
    Row("followups:detail", INSIDE, lambda t: (t.follow_up,)),
    # Opened today: it is too early to remind, and who opened it learns that.
    Row("followups:remind", ("reviewer",), lambda t: (t.follow_up,), 422, "post"),
    Row("followups:answer", ("secretary", "clerk"), lambda t: (t.follow_up,), 422, "post"),
    Row("followups:close", ("secretary", "clerk", "reviewer"), lambda t: (t.follow_up,), 422, "post"),
    Row("followups:withdraw", ("reviewer",), lambda t: (t.follow_up,), 422, "post"),
]
KEEPERS = (*WRITERS, "reviewer")
PLANS = [
    Row("plans:list"),
    Row("plans:list", query="?sort=tasks"),
    Row("plans:new", PREPARERS),
    Row("plans:detail", INSIDE, lambda t: (t.plan,)),
    Row("plans:detail", KEEPERS, lambda t: (t.plan_draft,), query="?draft"),
    Row("plans:edit", WRITERS, lambda t: (t.plan_draft,)),
    # Saved without the revision it was opened at.
    Row("plans:edit", WRITERS, lambda t: (t.plan_draft,), 409, "post"),
    Row("plans:import", WRITERS, lambda t: (t.plan_draft,)),
    Row("plans:template", WRITERS, lambda t: (t.plan_draft,)),
    Row("plans:issue", ("reviewer",), lambda t: (t.plan_draft,)),
    Row("plans:add", ("reviewer",), lambda t: (t.plan,)),
    Row("plans:act", WRITERS, lambda t: (t.plan, "roll"), 302, "post"),
    Row("plans:download", INSIDE, lambda t: (t.plan, "docx")),
    Row("plans:download", INSIDE, lambda t: (t.plan, "xlsx")),
    Row("plans:item", INSIDE, lambda t: (t.plan_item,)),
    Row("plans:amend", ("reviewer",), lambda t: (t.plan_item,)),
    # No voucher chosen and no words: refused, to those who may.
    Row("plans:link", KEEPERS, lambda t: (t.plan_item,), 400, "post"),
    Row("plans:progress", KEEPERS, lambda t: (t.plan_item,), 400, "post"),
]
NOTICES = [
    Row("notices:list"),
    Row("notices:new", PREPARERS),
    Row("notices:detail", INSIDE, lambda t: (t.notice,)),
    Row("notices:detail", ("clerk", "reviewer"), lambda t: (t.notice_draft,), query="?draft"),
    Row("notices:edit", ("clerk",), lambda t: (t.notice_draft,)),
    Row("notices:file", INSIDE, lambda t: (t.notice, t.notice_file)),
    # Only who works for the unit says 收到 for it.
    Row("notices:receive", ("secretary",), lambda t: (t.notice, t.unit), 302, "post"),
    # A draft can neither be returned nor issued; who may do neither does not get that far.
    Row("notices:act", ("clerk", "reviewer"), lambda t: (t.notice_draft, "return"), 400, "post"),
    Row("notices:issue", ("reviewer",), lambda t: (t.notice_draft,), 400, "post"),
]
HANDLERS = ("reviewer", "administrator")
RELIEF = [
    Row("relief:account"),
    Row("relief:assume", ADMINISTRATORS, status=302, method="post"),
    Row("relief:screen"),
    Row("relief:suggestions"),
    Row("relief:suggest"),
    Row("relief:find", INSIDE, method="post", given=lambda t: {"code": t.suggestion_code}),
    Row("relief:suggestion", HANDLERS, lambda t: (t.suggestion,)),
    Row("relief:handle", HANDLERS, lambda t: (t.suggestion, "take-up"), 302, "post"),
]
FILLERS = ("secretary", "clerk", "reviewer")
SUPERIOR_FORMS = [
    Row("superior_forms:list"),
    Row("superior_forms:new", (*FILLERS, "outsider")),
    Row("superior_forms:detail", INSIDE, lambda t: (t.form,)),
    Row("superior_forms:search", FILLERS, lambda t: (t.form, 1), query="?q=ztdr"),
    # A decision on an outdated cell is refused in words; who may not fill does not get that far.
    Row("superior_forms:cell", FILLERS, lambda t: (t.form, 1, "leave"), 400, "post"),
    Row("superior_forms:act", FILLERS, lambda t: (t.form, "reopen"), 400, "post"),
    Row("superior_forms:example", FILLERS, lambda t: (t.form,)),
    Row("superior_forms:issue", ("reviewer",), lambda t: (t.form,)),
    Row("superior_forms:issue", ("reviewer",), lambda t: (t.form,), 400, "post"),
    Row("superior_forms:download", INSIDE, lambda t: (t.form, "clean")),
    Row("superior_forms:diff", INSIDE, lambda t: (t.form,)),
]
COMPOSERS = ("clerk", "reviewer")
RESPONSIBILITY = [
    Row("responsibility:list"),
    Row("responsibility:chain"),
    Row("responsibility:new", ("secretary", "clerk", "reviewer", "outsider")),
    Row("responsibility:template", ("secretary", "clerk", "reviewer", "outsider")),
    Row("responsibility:detail", INSIDE, lambda t: (t.duty_list,)),
    Row("responsibility:detail", COMPOSERS, lambda t: (t.draft_list,), query="?draft"),
    Row("responsibility:head", COMPOSERS, lambda t: (t.draft_list,)),
    Row("responsibility:add", COMPOSERS, lambda t: (t.draft_list,)),
    # Without lines, a file or the revision read, those who may write are told so; nobody else gets that far.
    Row("responsibility:paste", COMPOSERS, lambda t: (t.draft_list,), 422, "post"),
    Row("responsibility:import", COMPOSERS, lambda t: (t.draft_list,), 422, "post"),
    Row("responsibility:discard", COMPOSERS, lambda t: (t.draft_list,), 400, "post"),
    Row("responsibility:issue", ("reviewer",), lambda t: (t.draft_list,)),
    Row("responsibility:review", ("reviewer",), lambda t: (t.duty_list,)),
    Row("responsibility:split", COMPOSERS, lambda t: (t.own_list,)),
    Row("responsibility:roll", COMPOSERS, lambda t: (t.duty_list,), 302, "post"),
    Row("responsibility:download", INSIDE, lambda t: (t.duty_list, "docx")),
    Row("responsibility:download", INSIDE, lambda t: (t.duty_list, "xlsx")),
    Row("responsibility:item", INSIDE, lambda t: (t.duty_item,)),
    Row("responsibility:edit", COMPOSERS, lambda t: (t.draft_item,)),
    Row("responsibility:edit", ("reviewer",), lambda t: (t.duty_item,), query="?issued"),
    Row("responsibility:remove", COMPOSERS, lambda t: (t.draft_item,), 400, "post"),
    Row("responsibility:state", ("secretary", "clerk"), lambda t: (t.duty_item,), 422, "post"),
]
ROWS = [
    *RESPONSIBILITY,
    *ACCOUNT,
    *WORKBENCH,
    *LEDGER,
    *FIGURES,
    *REQUIREMENTS,
    *COVERAGE,
    *ORGANISATION,
    *PEOPLE,
    *MATTERS,
    *PROGRAMMES,
    *RECORD,
    *VOUCHERS,
    *EXCHANGE,
    *CHECKING,
    *REPORTS,
    *PLANS,
    *FOLLOW_UPS,
    *NOTICES,
    *RELIEF,
    *SUPERIOR_FORMS,
]

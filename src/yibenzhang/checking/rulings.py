"""What a person decides on a figure: confirm the match, choose another indicator, or put it aside; with a note."""

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.checking.aliases import propose_alias
from yibenzhang.checking.models import Check, Ruling
from yibenzhang.checking.results import reading_of
from yibenzhang.checking.services import locked_check, result_anew
from yibenzhang.indicators.figures import is_adopted
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.queries import packs_of

LONGEST_NOTE = 400


@transaction.atomic
def rule(
    check: Check, claim: str, *, act: str, by: User, note: str = "", indicator: str = "", programme: str = ""
) -> Ruling:
    """Decide on a claim of the check's article; its verdict in this check is computed again.

    Confirming and re-matching propose the text's wording as an alias. Raises BookError naming the field when the claim
    has no match to confirm, the indicator is unknown or not the unit's, or a dismissal has no reason.
    """
    locked = locked_check(check.pk)
    number = _number_of(locked, claim)
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise BookError(f"说明有 {len(note)} 字，请缩短到 {LONGEST_NOTE} 字以内。", field="note")
    if act == Ruling.Act.CONFIRM:
        indicator = locked.results[number]["indicator"] or ""
        programme = locked.results[number]["programme"] or ""
        if not indicator:
            raise BookError("这处数字还没有匹配到指标，不能确认；请改配一个指标，或不核。", field="act")
    elif act == Ruling.Act.REMATCH:
        _check_choice(locked, indicator, programme)
    elif act == Ruling.Act.DISMISS:
        indicator = programme = ""
        if not note:
            raise BookError("不核要写明理由，例如“非党建数据，业务处室提供”。", field="note")
    else:
        raise BookError("请选择确认、改配或不核。", field="act")
    article = locked.article
    ruling = Ruling.objects.create(
        article=article, claim=claim, act=act, indicator=indicator, programme=programme, note=note, made_by=by
    )
    locked.results[number] = result_anew(locked, claim)
    locked.save(update_fields=["results"])
    check.results = locked.results
    if indicator:
        wording = article.reading["claims"][number]["measure"]
        propose_alias(article, indicator=indicator, wording=wording, by=by)
    record(actor=by, verb=f"checking.{act}", subject=f"{article.title} {claim}", note=note)
    return ruling


def _number_of(check: Check, claim: str) -> int:
    ids = [item.id for item in reading_of(check.article.reading).claims]
    if claim not in ids or ids.index(claim) >= len(check.results):
        raise BookError("稿件里没有这处数字，请回到稿件重新选。", field="claim")
    return ids.index(claim)


def _check_choice(check: Check, indicator: str, programme: str) -> None:
    catalogue = current_catalogue()
    if not indicator:
        raise BookError("请选择要改配的指标。", field="indicator")
    entry = catalogue.indicator(indicator)
    if not is_adopted(entry, packs_of(check.article.unit)):
        raise BookError(f"本单位没有采用“{entry.name}”所在的目录包，请换一个指标。", field="indicator")
    if programme:
        catalogue.programme(programme)

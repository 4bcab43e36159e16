"""Links between matters: one grew out of another (课题 → 问题 → 民生实事)."""

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.vouchers.models import Matter, MatterLink


class LinkError(BookError):
    """A link the catalogue does not allow, or that is there already."""


@transaction.atomic
def link_matters(*, source: Matter, target: Matter, actor: User) -> MatterLink:
    """Say that `target` grew out of `source`.

    Raises LinkError when the kinds are not declared to follow one another (`MatterKind.links_to`), the two are the same,
    the link exists, or it would close a circle.
    """
    kinds = current_catalogue().matter_kinds
    if source.pk == target.pk:
        raise LinkError("不能与自己关联，请选另一个事项。", field="target")
    allowed = kinds[source.kind].links_to if source.kind in kinds else []
    if target.kind not in allowed:
        names = "、".join(kinds[code].name for code in allowed if code in kinds) or "没有可关联的种类"
        raise LinkError(f"{source.kind_name}可以引出：{names}。请另选。", field="target")
    if MatterLink.objects.filter(source=source, target=target).exists():
        raise LinkError("这两个事项已经关联。", field="target")
    if _leads_to(target, source):
        raise LinkError(f"{target}已经引出{source}，不能反过来再关联。", field="target")
    record(actor=actor, verb="matter.link", subject=f"{source} → {target}")
    return MatterLink.objects.create(source=source, target=target)


def _leads_to(start: Matter, goal: Matter) -> bool:
    """True when the goal is reached from the start along links."""
    seen: set[int] = set()
    ahead = {start.pk}
    while ahead:
        if goal.pk in ahead:
            return True
        seen |= ahead
        following = MatterLink.objects.filter(source_id__in=ahead).values_list("target_id", flat=True)
        ahead = set(following) - seen
    return False


@transaction.atomic
def unlink_matters(*, source: Matter, target: Matter, actor: User) -> None:
    """Take a link back. Raises LinkError when there is none."""
    deleted, _ = MatterLink.objects.filter(source=source, target=target).delete()
    if not deleted:
        raise LinkError("这两个事项没有关联，请刷新查看。")
    record(actor=actor, verb="matter.unlink", subject=f"{source} → {target}")

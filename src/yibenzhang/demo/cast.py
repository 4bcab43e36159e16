"""Who signs in to the demo: named accounts for each role, and the users behind all other bodies."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from yibenzhang.access.models import Grant, Role, User
from yibenzhang.demo.founding import Province
from yibenzhang.demo.units import geology, meteorology

PASSWORD = "Lanjiang-2024"  # noqa: S105  printed at start: the demo book holds nothing of anybody
SINCE = date(2010, 1, 1)


@dataclass(frozen=True)
class DemoAccount:
    """A way to sign in to the demo: role and unit in words, and what one sees there."""

    role: str
    username: str
    password: str
    unit: str
    sees: str


@dataclass(frozen=True)
class Part:
    """A named account: the person behind it and the grants it holds."""

    role: str
    username: str
    unit: str
    sees: str
    person: str
    grants: tuple[tuple[str, str], ...]


def _bureau_parts(
    prefix: str, branch: str, agency: str, bureau: str, head: str, names: list[str]
) -> list[Part]:
    short, branch_name = names
    top, leading_group = head, f"{bureau}_leading_group"
    preparer, approver = Role.PREPARER, Role.APPROVER
    return [
        Part("支部书记（填报人）", f"{prefix}-secretary", branch_name, "记本支部的凭证，看本支部的账", f"{branch}/0",
             ((branch, preparer),)),
        Part("支部委员（填报人）", f"{prefix}-member", branch_name, "同一支部的第二位填报人", f"{branch}/1",
             ((branch, preparer),)),
        Part("机关党委干部（审核人、填报人）", f"{prefix}-committee", f"{short}机关党委", "审核所属支部的凭证，为机关党委记账",
             f"{agency}/1", ((agency, approver), (agency, preparer), (leading_group, preparer), (bureau, Role.READER))),
        Part("机关党委书记（审核人）", f"{prefix}-chief", f"{short}机关党委", "给机关党委送审的报告定稿", f"{agency}/0",
             ((agency, approver), (bureau, Role.READER))),
        Part("局领导（查阅人）", f"{prefix}-leader", short, "看全局的台账和指标，不能改", f"{top}/0", ((bureau, Role.READER),)),
        Part("管理员", f"{prefix}-admin", short, "管组织、人员和结账", f"{agency}/3", ((bureau, Role.ADMINISTRATOR),)),
    ]  # fmt: skip


PARTS = [
    *_bureau_parts("meteo", "meteo_b10", meteorology.AGENCY, meteorology.BUREAU, meteorology.GROUP,
                   ["省气象局", "气候中心支部"]),
    *_bureau_parts("geo", "geo_t1_b2", geology.AGENCY, geology.BUREAU, geology.COMMITTEE,
                   ["省地质局", "一大队勘查支部"]),
    Part("局属单位党委干部（审核人、填报人）", "geo-unit", "一大队党委", "审核一大队各支部的凭证，为队党委记账", "geo_t1_committee/1",
         (("geo_t1_committee", Role.APPROVER), ("geo_t1_committee", Role.PREPARER), ("geo_t1", Role.PREPARER))),
    Part("省直机关工委干部（审核人、查阅人）", "organs-staff", "省直机关工委", "看两个局的账，审核两局党组（党委）和机关党委的凭证", "",
         (("provincial_organs", Role.APPROVER), ("provincial_organs", Role.READER))),
]  # fmt: skip


def accounts() -> list[DemoAccount]:
    """The accounts to sign in with, in the order of a first tour."""
    return [DemoAccount(part.role, part.username, PASSWORD, part.unit, part.sees) for part in PARTS]


@dataclass
class Cast:
    """Who prepares and who examines, by unit code; `seconds` are the second preparers of a branch."""

    preparers: dict[str, User]
    seconds: dict[str, User]
    approvers: dict[str, User]
    administrators: dict[str, User]


def appoint(province: Province) -> Cast:
    """Create the users with their grants: the named accounts, and one user for every other body that records."""
    digest = make_password(PASSWORD)  # one password, hashed once: hashing is slow on purpose
    cast = Cast({}, {}, {}, {})
    for part in PARTS:
        user = User.objects.create(
            username=part.username,
            password=digest,
            person=province.people.get(part.person),
            first_name="" if part.person else part.role,
        )
        _grant(user, part.grants, province, cast)
    for code, spec in province.roster.units.items():
        if (
            code in {"provincial_organs", geology.BUREAU, meteorology.BUREAU}
            or spec.unit_type == "branch_group"
        ):
            continue
        if code not in cast.preparers:
            _appoint_officer(code, province, cast)
    return cast


def _appoint_officer(code: str, province: Province, cast: Cast) -> None:
    """A user without a password for a body whose records belong to the year but who never signs in."""
    spec = province.roster.units[code]
    holder = province.people.get(f"{code}/1") or province.people.get(f"{code}/0")
    user = User.objects.create(
        username=f"{code.replace('_', '-')}-officer", password=make_password(None), person=holder,
        first_name="" if holder else f"{spec.short}填报人",
    )  # fmt: skip
    grants = [(code, str(Role.PREPARER))]
    if spec.unit_type in {"party_committee", "leading_party_group", "general_branch"}:
        grants.append((code, str(Role.APPROVER)))
    _grant(user, tuple(grants), province, cast)


def _grant(user: User, grants: tuple[tuple[str, str], ...], province: Province, cast: Cast) -> None:
    held = {
        Role.PREPARER: cast.preparers,
        Role.APPROVER: cast.approvers,
        Role.ADMINISTRATOR: cast.administrators,
    }
    for code, role in grants:
        Grant.objects.create(user=user, unit=province.units[code], role=role, valid_from=SINCE)
        if role == Role.PREPARER and code in cast.preparers:
            cast.seconds.setdefault(code, user)
        if Role(role) in held:
            held[Role(role)].setdefault(code, user)

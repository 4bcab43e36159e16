"""People with the minimum of personal data (security.md P2): name, branch, Party post, state of membership."""

import secrets

from django.db import models

from yibenzhang.organisation.models.dated import Dated
from yibenzhang.organisation.models.units import Unit


def random_key() -> str:
    """An unguessable key that says nothing about the person."""
    return secrets.token_hex(8)


class Person(models.Model):
    """A person. The ledger knows the key only, so that the name can be erased and the books still hold."""

    key = models.CharField(max_length=16, unique=True, default=random_key, editable=False)
    name = models.CharField("姓名", max_length=40)
    search_key = models.CharField(max_length=200, editable=False)
    audiences = models.JSONField("类别", default=list, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Membership(Dated):
    """To which branch a person's membership belongs, and in which state."""

    FULL, PROBATIONARY, CANDIDATE, ACTIVIST = (
        "full_member",
        "probationary_member",
        "admission_candidate",
        "activist",
    )
    STATES = [
        (FULL, "正式党员"),
        (PROBATIONARY, "预备党员"),
        (CANDIDATE, "发展对象"),
        (ACTIVIST, "入党积极分子"),
    ]
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    state = models.CharField("组织关系状态", max_length=24, choices=STATES, default=FULL)

    class Meta:
        indexes = [models.Index(fields=["unit", "valid_from"], name="membership_unit_from")]

    def __str__(self) -> str:
        return f"{self.person}＠{self.unit}"


class Post(Dated):
    """A Party post held from–to (党内职务)."""

    SECRETARY, DEPUTY, COMMITTEE_MEMBER = "secretary", "deputy_secretary", "committee_member"
    OFFICER, LEADING_OFFICIAL = "party_affairs_officer", "leading_official"
    TITLES = [
        (SECRETARY, "书记"),
        (DEPUTY, "副书记"),
        (COMMITTEE_MEMBER, "委员"),
        (OFFICER, "党务干部"),
        (LEADING_OFFICIAL, "领导干部"),
    ]
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField("职务", max_length=24, choices=TITLES)
    duty = models.CharField("分工", max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.unit}{self.get_title_display()}"


class Term(models.Model):
    """A term of office of a committee (届期): elected on, ends on; the next election is due before the end."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField("届次")
    elected_on = models.DateField("换届日期")
    ends_on = models.DateField("届满日期")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="term_number_once")]

    def __str__(self) -> str:
        return f"{self.unit}第{self.number}届"

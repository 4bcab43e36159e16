"""Users and grants."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from yibenzhang.organisation.models import Person, Unit
from yibenzhang.organisation.models.dated import Dated


class Role(models.TextChoices):
    """Roles granted on the subtree of a unit."""

    PREPARER = "preparer", "填报人"
    APPROVER = "approver", "审核人"
    ADMINISTRATOR = "administrator", "管理员"
    READER = "reader", "查阅人"


class User(AbstractUser):
    """A personal account. Nobody is a superuser: what one may do follows from grants."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    @property
    def label(self) -> str:
        """How the user is named on screens."""
        return self.person.name if self.person else self.get_full_name() or self.username


class Grant(Dated):
    """A role on a unit and everything below it, from–to."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField("角色", max_length=16, choices=Role.choices)

    def __str__(self) -> str:
        return f"{self.user.label}：{self.unit}{self.get_role_display()}"


class SignInCount(models.Model):
    """How often signing in was tried in vain under one name or from one address, and when last (`signing_in`).

    `key` is a digest: what people type into the wrong field is kept nowhere.
    """

    key = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveIntegerField(default=0)
    last = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.tries}"

"""The sign-in form: as Django's, but who has tried too often waits."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone

from yibenzhang.access.signing_in import MOST_FOR_NAME, PAUSE, may_try, succeeded

WAIT = f"连续 {MOST_FOR_NAME} 次没有登录成功，请过 {PAUSE.seconds // 60} 分钟再试。忘了密码，请找本单位管理员重设，重设后马上可以登录。"


class SignInForm(AuthenticationForm):
    """Name and password; the same words whether the name exists or not."""

    def clean(self) -> dict[str, Any]:
        """Count the try before the password is looked at."""
        username = self.cleaned_data.get("username") or ""
        if not username or not self.cleaned_data.get("password"):
            return super().clean()
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        if not may_try(username, address, now=timezone.now()):
            raise ValidationError(WAIT, code="wait")
        data = super().clean()
        succeeded(username, address)
        return data

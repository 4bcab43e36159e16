"""What a password must be, in the product's language: Django's own translations of these messages are missing."""

from difflib import SequenceMatcher

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError


class LongEnough(MinimumLengthValidator):
    """At least `min_length` characters; nothing about their classes (ASVS 6.2.5)."""

    def get_error_message(self) -> str:
        """The refusal."""
        return f"密码至少 {self.min_length} 位，请换一个长些的。"

    def get_help_text(self) -> str:
        """The rule, for forms."""
        return f"密码至少 {self.min_length} 位。"


class UnlikeTheName:
    """Neither the user name nor something close to it: whoever knows the one would guess the other."""

    def __init__(self, most_alike: float = 0.7) -> None:
        self.most_alike = most_alike

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError when the password repeats the user name."""
        name = user.get_username().casefold() if user else ""
        given = password.casefold()
        if name and (name in given or SequenceMatcher(None, name, given).ratio() >= self.most_alike):
            raise ValidationError("密码不能和账号相同或相近，请换一个。")

    def get_help_text(self) -> str:
        """The rule, for forms."""
        return "密码不能和账号相同或相近。"

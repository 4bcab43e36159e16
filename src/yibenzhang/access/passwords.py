"""What a password must be, in the product's language: Django's own translation of this message is missing."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """At least `min_length` characters; nothing about their classes (ASVS 6.2.5)."""

    def get_error_message(self) -> str:
        """The refusal."""
        return f"密码至少 {self.min_length} 位，请换一个长些的。"

    def get_help_text(self) -> str:
        """The rule, for forms."""
        return f"密码至少 {self.min_length} 位。"

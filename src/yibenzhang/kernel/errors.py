"""The base of every error meant for a reader."""


class BookError(Exception):
    """A refusal in words a user can act on.

    The message is Chinese, names what to change and never shows internals; interfaces print it as it is.
    `field` names the form field or column at fault, empty when the whole act is refused.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field

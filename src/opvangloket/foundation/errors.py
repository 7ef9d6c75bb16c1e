"""What an action answers when it cannot do what was asked."""


class OpvangloketError(Exception):
    """Something that cannot be done, in a sentence for the person who asked (Dutch) and a code for the tests."""

    code = "unable"

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code:
            self.code = code


class AlreadySent(OpvangloketError):
    """A form that was sent came again with something else in it: what it says now went to nobody yet."""

    code = "already_sent"

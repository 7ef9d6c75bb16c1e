"""What an action answers when it cannot do what was asked."""


class OpvangloketError(Exception):
    """Something that cannot be done, in a sentence for the person who asked (Dutch) and a code for the tests.

    An error that always says the same has its sentence as `message`; another gets it when it is raised.
    """

    code = "unable"
    message = ""

    def __init__(self, message: str = "", code: str = "") -> None:
        self.message = message or self.message
        self.code = code or self.code
        super().__init__(self.message)


class AlreadySent(OpvangloketError):
    """A form that was sent came again with something else in it: what it says now went to nobody yet."""

    code = "already_sent"

"""When an act is not done: a sentence that says why and what to do, for the person who tried."""


class Refused(Exception):  # noqa: N818 - it is an answer to a person, not a fault of the program
    """An act that the rules do not allow now. Its text is shown as it is.

    `field` names the form field that it is about, where there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class Meanwhile(Refused):
    """Somebody else changed the same thing while this person looked at it. Nothing was done."""

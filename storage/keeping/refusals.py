"""Why something could not be kept; each reason is the key of the text that says it."""


class KeepingError(Exception):
    """A backup, a restore or a move came to nothing, for a reason outside; nothing was changed by it."""

    def __init__(self, reason: str, /, **params: object) -> None:
        super().__init__(reason)
        self.reason, self.params = reason, params


class KeepingRefusedError(KeepingError):
    """It was not even begun, because what was asked for would do harm or cannot be meant."""

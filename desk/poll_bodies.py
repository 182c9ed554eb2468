"""Bodies of parcels about polls of our own."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPoll:
    """A question with options to choose from, as the front's own poll; who chose what is nobody's to see."""

    question: str
    options: Sequence[str]
    several: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePoll:
    """No more votes in a poll of ours."""

    message_id: int

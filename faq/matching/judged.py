"""Earlier questions, with what people said about the answers and without: evidence of a desk's own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judged:
    """A text, an entry that was offered for it, and whether it was the right one."""

    text: str
    language: str
    entry_id: str
    right: bool


@dataclass(frozen=True, slots=True)
class TrafficQuestion:
    """A text that a customer asked; what came of it is not looked at."""

    text: str
    language: str

"""What people said about earlier answers: evidence the confidence of a desk is fitted on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judged:
    """A text, an entry that was offered for it, and whether it was the right one."""

    text: str
    language: str
    entry_id: str
    right: bool

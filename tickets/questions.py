"""Questions that were put to the FAQ, and what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Zone = Literal["answer", "choice", "person"]
Result = Literal["helped", "escalated"]
Ranked = tuple[str, float]
"""An entry's id and the confidence, from 0 to 1, that the question is about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its zone, the entries that were offered, and what came of it.

    `folded`: the answer of the first of those offered was shown folded above the others.
    `replied` is the entry an operator answered with, `language` the customer's when asking, `confidence` that
    of the best match, from 0 to 1, `ranked` what the FAQ knew about it, best first. Of an old one `text` is
    empty and `message_id` None: what people wrote is kept for a while, what came of it stays.
    """

    id: int
    customer_id: int
    message_id: int | None
    text: str
    zone: Zone
    offered: tuple[str, ...]
    chosen: str | None = None
    outcome: Result | None = None
    replied: str | None = None
    language: str = ""
    confidence: float | None = None
    ranked: tuple[Ranked, ...] = ()
    folded: bool = False

    @property
    def asked_in(self) -> tuple[int, ...]:
        """The message it was asked in, if that is kept still."""
        return () if self.message_id is None else (self.message_id,)


class Questions(Protocol):
    """The questions of one desk."""

    def keep(
        self,
        *,
        customer_id: int,
        message_id: int,
        text: str,
        zone: Zone,
        offered: Sequence[str],
        asked_at: datetime,
        chosen: str | None = None,
        language: str = "",
        confidence: float | None = None,
        ranked: Sequence[Ranked] = (),
        folded: bool = False,
    ) -> int:
        """Insert a question and return its id."""

    def get(self, question_id: int) -> Question | None:
        """By our own id."""

    def settle(
        self,
        question_id: int,
        *,
        chosen: str | None = None,
        outcome: Result | None = None,
        replied: str | None = None,
    ) -> None:
        """Note which entry was chosen, what came of it, or which entry an operator answered with."""

    def obscure(self, message_id: int, text: str) -> None:
        """Put the message's text in place of the questions that were read in it: it hides something now."""

    def of(self, message_id: int) -> Sequence[Question]:
        """The questions that were found in a message, oldest first."""

    def reword(self, question_id: int, text: str) -> None:
        """Set the words of a question whose message was edited."""

    def unsettled(self, customer_id: int, since: datetime) -> Question | None:
        """The customer's newest question since then, if nothing has come of it yet."""

    def about(self, customer_id: int, ticket_id: int, limit: int) -> Sequence[Question]:
        """The newest questions whose messages were handed over with a ticket, oldest first."""

"""The evidence: questions with what came of them, as far as learning may read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from faq.judging.flaws import Use
from faq.matching.judged import Judged

WEEK = timedelta(days=7)
"""The span of time that a digest is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A kept question; `names` are its customer's, so that no proposal repeats them."""

    id: int
    customer_id: int
    text: str
    language: str = ""
    asked_at: datetime
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """What people said about an entry that was offered for a question."""

    asked: AskedQuestion
    entry_id: str
    right: bool

    @property
    def judged(self) -> Judged:
        """The same for the matcher, without the customer."""
        return Judged(self.asked.text, self.asked.language, self.entry_id, self.right)


@dataclass(frozen=True, slots=True)
class OperatorReply:
    """What operators replied to a question before its customer wrote again, and the customer's names."""

    text: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFigures:
    """Questions of a span of time; those opened from the menu are not counted, small talk was never kept.

    `answered` at once; `offered` a choice; `to_people` at last, whether straight away or after an answer or a
    choice. Of those who saw an answer and pressed a button under it, `helped` pressed that it helped, and
    `not_helped` called a person.
    """

    asked: int = 0
    answered: int = 0
    offered: int = 0
    to_people: int = 0
    helped: int = 0
    not_helped: int = 0


class Evidence(Protocol):
    """The questions of one desk, for learning."""

    def labels(self, since: datetime, settled: datetime, limit: int) -> Sequence[Label]:
        """The newest labels of questions asked since, oldest first.

        Who chose among three and then kept silent is content, but only if that was before `settled`.
        """

    def unanswered(self, since: datetime, limit: int) -> Sequence[AskedQuestion]:
        """The newest questions that ended with people and with no entry, oldest first."""

    def asked(self, ids: Sequence[int]) -> Sequence[AskedQuestion]:
        """The questions with these ids, oldest first; erased ones are left out."""

    def replies(self, ids: Sequence[int]) -> Sequence[OperatorReply]:
        """The operators' replies to these questions."""


class FaqFigures(Protocol):
    """Figures about the FAQ of one desk."""

    def figures(self, since: datetime, until: datetime) -> QuestionFigures:
        """What came of the questions between two times."""

    def began(self) -> datetime | None:
        """When the first question was kept."""

    def since(self, moment: datetime) -> Mapping[str, Use]:
        """How often each entry was shown since, and what came of it."""


@dataclass(frozen=True, slots=True)
class UsageSnapshot:
    """The usage of entries, read at once to be used in a thread."""

    first: datetime | None = None
    used: Mapping[str, Use] = field(default_factory=dict)

    def began(self) -> datetime | None:
        """When the first question was kept."""
        return self.first

    def since(self, moment: datetime) -> Mapping[str, Use]:
        """The usage as it was read, whatever the time."""
        return self.used

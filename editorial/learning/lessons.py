"""Lessons: what is read for them, how they are made in a thread, and what is kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from editorial.learning.evidence import AskedQuestion, Evidence, Label
from editorial.learning.phrasings import Lesson, learn
from editorial.learning.proposal import Proposal, ProposalKind, Proposals
from editorial.learning.unanswered import draft, unanswered
from faq.entries.knowledge import Knowledge
from faq.matching.match import Matcher

EVERY = timedelta(hours=1)
LOOKED_BACK = timedelta(weeks=8)
"""Older questions are not used to find missing entries."""
SETTLED = timedelta(hours=1)
"""After so long a silence a customer's choice counts as right."""
LABELS, QUESTIONS = 2000, 5000


@dataclass(frozen=True, slots=True)
class LessonMaterial:
    """Everything that a lesson is made of."""

    labels: Sequence[Label]
    unanswered: Sequence[AskedQuestion]
    known: Sequence[Proposal]


class Lessons:
    """Reads material, and keeps lessons, each in a unit of work."""

    def __init__(self, proposals: Proposals, evidence: Evidence, now: datetime) -> None:
        self._proposals, self._evidence, self._now = proposals, evidence, now

    def material(self) -> LessonMaterial:
        """Read the material."""
        since = self._now - LOOKED_BACK
        return LessonMaterial(
            self._evidence.labels(since, self._now - SETTLED, LABELS),
            self._evidence.unanswered(since, QUESTIONS),
            self._proposals.every(),
        )

    def keep(self, lesson: Lesson) -> None:
        """Keep new proposals, and add questions to those that wait."""
        for gap in lesson.new:
            number = self._proposals.add(gap, self._now)
            if number is not None and gap.kind is ProposalKind.ENTRY:
                self._proposals.grow(number, (), draft(self._evidence.replies(gap.asked)))
        for grown in lesson.grown:
            proposal = self._proposals.get(grown.proposal_id)
            if proposal is None:
                continue
            wanted = proposal.gap.kind is ProposalKind.ENTRY and proposal.gap.answer is None
            answer = draft(self._evidence.replies(grown.asked)) if wanted else None
            self._proposals.grow(grown.proposal_id, grown.asked, answer)


def study(material: LessonMaterial, knowledge: Knowledge, matcher: Matcher) -> Lesson:
    """Make a lesson of the material; it takes up to a few seconds, so call it in a thread."""
    phrasings = learn(material.labels, material.known, knowledge, matcher)
    entries = unanswered(material.unanswered, material.known)
    return Lesson((*phrasings.new, *entries.new), (*phrasings.grown, *entries.grown))

"""The weekly digest of the FAQ: what it did, what it lacks, what waits for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.formatted import cut
from desk.people import Texts
from desk.post import Button, press
from desk.profile import Profile
from editorial.learning.evidence import WEEK, FaqFigures, QuestionFigures, UsageSnapshot
from editorial.learning.proposal import Proposal, ProposalKind, Proposals
from faq.entries.knowledge import Knowledge
from faq.judging.flaws import Cure, Flaw, FlawKind
from faq.judging.lint import UNUSED_AFTER

GROUPS, FLAWS = 5, 3
SHOWN = 70
PAIRS = (FlawKind.CONTRADICTION, FlawKind.SAME_PHRASING, FlawKind.TWIN)


@dataclass(frozen=True, slots=True)
class DigestText:
    """A digest: the key of its text, the text's parameters, and the buttons."""

    key: str
    params: dict[str, object]
    rows: list[list[Button]]


class Digest:
    """Writes digests."""

    def __init__(
        self, profile: Profile, *, proposals: Proposals, statistics: FaqFigures, now: datetime
    ) -> None:
        self._profile, self._proposals, self._statistics = profile, proposals, statistics
        self._now = now

    def usage(self) -> UsageSnapshot:
        """Read the usage of all entries at once, so that flaws can be looked for in a thread."""
        return UsageSnapshot(self._statistics.began(), self._statistics.since(self._now - UNUSED_AFTER))

    def tell(self, flaws: Sequence[Flaw], knowledge: Knowledge) -> DigestText | None:
        """The digest of the last week; None if there is nothing to say."""
        figures = self._statistics.figures(self._now - WEEK, self._now)
        waiting = self._proposals.open()
        shown = [each for each in flaws if each.kind in (*PAIRS, FlawKind.UNHELPFUL)]
        if not figures.asked and not waiting and not shown:
            return None
        missing = [each for each in waiting if each.gap.kind is ProposalKind.ENTRY]
        params = {
            "figures": figures,
            "shares": _shares(figures),
            "missing": [self._group(each) for each in missing[:GROUPS]],
            "missing_more": max(0, len(missing) - GROUPS),
            "phrasings": len(waiting) - len(missing),
            **self._flaws(flaws, knowledge),
        }
        return DigestText("digest.week", params, self._rows(len(waiting)))

    def _group(self, proposal: Proposal) -> dict[str, object]:
        found = proposal.gap
        return {
            "question": cut(found.question, SHOWN),
            "people": proposal.people,
            "lately": self._proposals.people(found.asked, self._now - WEEK),
            "author": found.author_name,
        }

    def _flaws(self, flaws: Sequence[Flaw], knowledge: Knowledge) -> dict[str, object]:
        def named(entry_id: str | None) -> str:
            entry = knowledge.get(entry_id or "")
            return cut(
                (entry_id or "") if entry is None else entry.question_in(self._profile.language), SHOWN
            )

        unhelpful = [each for each in flaws if each.kind is FlawKind.UNHELPFUL]
        unused = [each for each in flaws if each.kind is FlawKind.NEVER_USED]
        pairs = [each for each in flaws if each.kind in PAIRS]
        return {
            "unhelpful": [{"entry": named(each.entry), **each.params} for each in unhelpful[:FLAWS]],
            "unused": [named(each.entry) for each in unused[:FLAWS]],
            "unused_count": len(unused),
            "unused_days": next((each.params["n"] for each in unused), 0),
            "pairs": [
                {
                    "one": named(each.entry),
                    "other": named(each.other),
                    "contradict": each.kind is PAIRS[0],
                    "same": each.cure is Cure.JOIN,
                }
                for each in pairs[:FLAWS]
            ],
        }

    def _rows(self, waiting: int) -> list[list[Button]]:
        if not waiting:
            return []
        texts: Texts = self._profile.texts
        caption = texts.plain("proposal.button.review", self._profile.language, n=waiting)
        return [[Button(caption, press("prop", "list", 0))]]


def _shares(figures: QuestionFigures) -> dict[str, int]:
    """Shares in whole per cent."""
    said = figures.helped + figures.not_helped
    return {
        "answered": _share(figures.answered, figures.asked),
        "to_people": _share(figures.to_people, figures.asked),
        "helped": _share(figures.helped, said),
        "said": said,
    }


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0

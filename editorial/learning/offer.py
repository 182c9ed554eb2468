"""Makes a proposal of an operator's reply."""

from collections.abc import Sequence
from datetime import datetime

from desk.alarm import Alarm
from desk.formatted import cut
from desk.hiding.masking import masked, masked_html
from desk.people import Operator
from desk.post import Button, press
from desk.profile import Profile
from editorial.learning.evidence import Evidence
from editorial.learning.proposal import Gap, ProposalKind, Proposals
from editorial.learning.unanswered import NO_CODE

TOLD = 120


class ReplyOffer:
    """Makes proposals of replies, and tells managers."""

    def __init__(
        self, profile: Profile, *, proposals: Proposals, evidence: Evidence, alarm: Alarm, now: datetime
    ) -> None:
        self._profile, self._proposals, self._evidence = profile, proposals, evidence
        self._alarm, self._now = alarm, now

    def draft(
        self, question: str, answer_html: str, language: str, operator: Operator, asked: Sequence[int] = ()
    ) -> None:
        """Propose an entry in an operator's name; the same words are proposed once."""
        known = self._evidence.asked(asked)
        names = [name for each in known for name in each.names]
        gap = Gap(
            kind=ProposalKind.ENTRY,
            question=" ".join(masked(question, names).split()),
            answer=masked_html(answer_html, names).translate(NO_CODE),
            language=language,
            asked=tuple(asked),
            author_id=operator.telegram_id,
            author_name=operator.name,
        )
        number = self._proposals.add(gap, self._now)
        if number is None:
            return
        texts, spoken = self._profile.texts, self._profile.language
        look = Button(texts.plain("proposal.button.look", spoken), press("prop", "show", number))
        html = texts.say("proposal.offered", spoken, name=operator.name, question=cut(gap.question, TOLD))
        self._alarm.say(html, [[look]])

"""The review: managers go through proposals one at a time and decide by a press."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.authority import Attempt
from desk.conversation import Command, Conversation, Press, number
from desk.formatted import Html, cut
from desk.post import Button, press
from desk.profile import Profile
from desk.talk import Talk
from editorial.learning.decisions import (
    DecisionTooLate,
    DecisionUndone,
    EntryGone,
    ProposalAccepted,
    ProposalDecisions,
    ProposalDismissed,
    ProposalOutcome,
)
from editorial.learning.evidence import Evidence
from editorial.learning.proposal import Proposal, ProposalKind, Proposals, ProposalState
from editorial.learning.sheet import ProposalSheet
from faq.entries.entry import Entry
from faq.entries.version import Versions
from tickets.answers import Faq
from tickets.customer_side.menu import short_tag

OTHERS = 6
CAPTION = 40
TOLD = 60


class EntryWriter(Protocol):
    """Where entries are written."""

    def open_with(
        self,
        talk: Talk,
        *,
        question: str,
        answer: str | None,
        language: str = "",
        phrasings: Sequence[str] = (),
        proposal_id: int | None = None,
    ) -> None:
        """A draft of a new entry that is filled in already."""


class DigestTimers(Protocol):
    """Timers, as much of them as the review needs."""

    def set(self, kind: str, subject: int, at: datetime) -> None:
        """Set or move the timer of a kind for a subject."""


class Review(Conversation):
    """The managers' conversation about proposals and the digest."""

    PRESSES = "prop"
    REFUSED = "proposal.refused"
    REFUSED_ANONYMOUS = "proposal.refused_anonymous"
    COMMANDS = frozenset({"faq digest"})

    def __init__(
        self,
        profile: Profile,
        *,
        proposals: Proposals,
        evidence: Evidence,
        versions: Versions,
        writer: EntryWriter,
        timers: DigestTimers,
        faq: Faq,
        now: datetime,
    ) -> None:
        self._proposals, self._writer = proposals, writer
        self._timers, self._faq, self._now = timers, faq, now
        self._decisions = ProposalDecisions(proposals, versions, now)
        self._sheet = ProposalSheet(
            profile, proposals=proposals, evidence=evidence, knowledge=faq.knowledge, now=now
        )

    def attempt(self, wish: Press | Command) -> Attempt:
        """What a press or a command is about to do, for the audit."""
        if isinstance(wish, Command):
            return Attempt("proposal digest")
        return Attempt(f"proposal {wish.action}", wish.subject)

    def commanded(self, talk: Talk, command: Command) -> None:
        """Order a digest; it takes a few seconds and comes by itself."""
        self._timers.set("digest", talk.where.chat_id, self._now)

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """A button of the list, of a proposal, of the digest. The toast to show, if any."""
        match press.action, press.words:
            case "list", _:
                self._show(talk, press.message_id)
                return None
            case "digest", _:
                self._timers.set("digest", talk.where.chat_id, self._now)
                return talk.plain("proposal.toast.digest")
            case action, [word, *rest] if (proposal := self._get(word)) is not None:
                return self._about(proposal, action, rest, press.message_id, talk)
        return talk.plain("proposal.dead_button")

    def _about(
        self, proposal: Proposal, action: str, rest: Sequence[str], message_id: int, talk: Talk
    ) -> str | None:
        match action:
            case "show":
                self._show(talk, message_id, self._place(proposal))
                return None
            case "next":
                self._show(talk, message_id, self._place(proposal) + (proposal.state is ProposalState.OPEN))
                return None
            case "other":
                return self._ask_which(proposal, message_id, talk)
            case "write":
                return self._write(proposal, message_id, talk)
        place, outcome = self._place(proposal), self._decide(proposal, action, rest, talk)
        if outcome is None:
            return talk.plain("proposal.dead_button")
        return self._tell(proposal, outcome, place, message_id, talk)

    def _decide(
        self, proposal: Proposal, action: str, rest: Sequence[str], talk: Talk
    ) -> ProposalOutcome | None:
        """Decide as the button says; None for what no button of ours says."""
        match action, rest:
            case "add", _:
                return self._decisions.add(proposal, talk.person)
            case "to", [tag] if entry_id := self._tagged(tag):
                return self._decisions.add(proposal, talk.person, entry_id)
            case "no", _:
                return self._decisions.dismiss(proposal, talk.person)
            case "undo", _:
                return self._decisions.take_back(proposal, talk.person)
        return None

    def _tell(
        self, proposal: Proposal, outcome: ProposalOutcome, place: int, message_id: int, talk: Talk
    ) -> str | None:
        """Show the next proposal below what was done, with a button that undoes it."""
        question = cut(proposal.gap.question, TOLD)
        undo = [talk.button("proposal.button.undo", "undo", proposal.id)]
        match outcome:
            case ProposalAccepted(entry):
                name = cut(entry.question_in(talk.language), TOLD)
                above = talk.text("proposal.added", question=question, entry=name)
                self._show(talk, message_id, place, above, undo)
                return talk.plain("proposal.toast.added")
            case ProposalDismissed():
                above = talk.text("proposal.dismissed", question=question)
                self._show(talk, message_id, place, above, undo)
                return talk.plain("proposal.toast.dismissed")
            case DecisionUndone():
                self._show(talk, message_id, self._place(proposal))
                return talk.plain("proposal.toast.taken_back")
            case EntryGone():
                self._show(talk, message_id, place)
                return talk.plain("proposal.toast.gone")
            case DecisionTooLate():
                self._show(talk, message_id, place)
                return talk.plain("proposal.toast.too_late")

    def _show(
        self,
        talk: Talk,
        message_id: int,
        place: int = 0,
        above: str = "",
        undo: Sequence[Button] = (),
    ) -> None:
        """Show the proposal at a position of the list, which goes round."""
        waiting = self._proposals.open()
        total, undoing = len(waiting), [list(undo)] if undo else []
        if not waiting:
            left = (
                talk.text("proposal.nothing_left", above=Html(above))
                if above
                else talk.text("proposal.nothing")
            )
            talk.rewrite(message_id, left, [*undoing, self._home(talk)])
            return
        place %= total
        proposal = waiting[place]
        html = self._sheet.text(proposal, talk, number=place + 1, total=total, above=above)
        rows = self._sheet.buttons(proposal, talk, total=total)
        talk.rewrite(message_id, html, [*(row for row in rows if row), *undoing, self._home(talk)])

    def _ask_which(self, proposal: Proposal, message_id: int, talk: Talk) -> str | None:
        """Offer the entries nearest to the words, because they belong to another entry."""
        gap = proposal.gap
        if gap.kind is not ProposalKind.PHRASING or proposal.state is not ProposalState.OPEN:
            return self._tell(proposal, DecisionTooLate(), 0, message_id, talk)
        match = self._faq.matcher.match(gap.question, gap.language)
        entries = [each.entry for each in match.ranked if each.entry.id != gap.entry_id][:OTHERS]
        rows = [[self._to(proposal, entry, talk)] for entry in entries]
        back = talk.button("proposal.button.back", "show", proposal.id)
        html = talk.text("proposal.which", question=cut(gap.question, TOLD), none=not entries)
        talk.rewrite(message_id, html, [*rows, [back]])
        return None

    def _to(self, proposal: Proposal, entry: Entry, talk: Talk) -> Button:
        caption = cut(entry.question_in(talk.language), CAPTION)
        return talk.named(caption, "to", proposal.id, short_tag(entry.id))

    def _tagged(self, tag: str) -> str | None:
        """The entry with this tag."""
        return next((each.id for each in self._faq.knowledge.entries if short_tag(each.id) == tag), None)

    def _write(self, proposal: Proposal, message_id: int, talk: Talk) -> str | None:
        """Open a draft of the proposed entry; the proposal is decided when the draft is saved."""
        gap = proposal.gap
        if gap.kind is not ProposalKind.ENTRY or proposal.state is not ProposalState.OPEN:
            return self._tell(proposal, DecisionTooLate(), 0, message_id, talk)
        self._writer.open_with(
            talk,
            question=gap.question,
            answer=gap.answer,
            phrasings=self._sheet.phrasings(proposal),
            proposal_id=proposal.id,
        )
        return None

    def _home(self, talk: Talk) -> list[Button]:
        return [Button(talk.plain("proposal.button.home"), press("kb", "home", 0))]

    def _place(self, proposal: Proposal) -> int:
        """The proposal's position in the list."""
        key = (-proposal.people, proposal.id)
        return sum((-each.people, each.id) < key for each in self._proposals.open())

    def _get(self, word: str) -> Proposal | None:
        proposal_id = number(word)
        return None if proposal_id is None else self._proposals.get(proposal_id)

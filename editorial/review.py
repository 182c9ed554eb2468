"""Going through the proposals: one at a time, a press each. Who presses is checked each time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.formatted import Html, cut
from desk.people import Person
from desk.post import Button, Outbox, press
from desk.profile import Profile
from desk.talk import Talk, Where
from editorial.deciding import Added, Deciding, Dismissed, Gone, Outcome, TakenBack, TooLate
from editorial.evidence import Evidence
from editorial.proposal import Kind, Proposal, Proposals, State
from editorial.sheet import Sheet
from faq.entries.entry import Entry
from faq.entries.version import Versions
from tickets.answers import Faq
from tickets.menu import short_tag

OTHERS = 6
CAPTION = 40
TOLD = 60


class Composer(Protocol):
    """Where entries are written."""

    def open_with(
        self,
        person: Person,
        where: Where,
        *,
        question: str,
        answer: str | None,
        language: str = "",
        phrasings: Sequence[str] = (),
        proposal_id: int | None = None,
    ) -> None:
        """A draft of a new entry that is filled in already."""


class Audit(Protocol):
    """Who tried to do what."""

    def note(self, actor_id: int, action: str, subject: str | None, *, allowed: bool, at: datetime) -> None:
        """Insert one attempt."""


class Timers(Protocol):
    """What is due later."""

    def set(self, kind: str, subject: int, at: datetime) -> None:
        """Set or move the timer of a kind for a subject."""


class Review:
    """The managers' talk about proposals."""

    def __init__(
        self,
        profile: Profile,
        *,
        proposals: Proposals,
        evidence: Evidence,
        versions: Versions,
        composer: Composer,
        audit: Audit,
        timers: Timers,
        outbox: Outbox,
        faq: Faq,
        now: datetime,
    ) -> None:
        self._profile, self._proposals, self._composer = profile, proposals, composer
        self._audit, self._timers, self._outbox = audit, timers, outbox
        self._faq, self._now = faq, now
        self._deciding = Deciding(proposals, versions, now)
        self._sheet = Sheet(profile, proposals=proposals, evidence=evidence, knowledge=faq.knowledge, now=now)

    def digest(self, person: Person, where: Where) -> None:
        """/faq digest: it takes a few seconds to put together and comes by itself."""
        talk = self._talk(person, where)
        if self._may(person, "digest", None):
            self._timers.set("digest", where.chat_id, self._now)
        else:
            talk.say(talk.text(_refusal(person)))

    def pressed(
        self, person: Person, where: Where, action: str, words: Sequence[str], message_id: int
    ) -> str | None:
        """A button of ours. The toast to show, if any."""
        talk = self._talk(person, where)
        if not self._may(person, action, ":".join(words)):
            return talk.toast(_refusal(person))
        match action, words:
            case "list", _:
                self._show(talk, message_id)
                return None
            case "digest", _:
                self._timers.set("digest", where.chat_id, self._now)
                return talk.toast("proposal.toast.digest")
            case _, [number, *rest] if (proposal := self._get(number)) is not None:
                return self._about(proposal, action, rest, person, where, message_id)
        return talk.toast("proposal.dead_button")

    def _about(
        self,
        proposal: Proposal,
        action: str,
        rest: Sequence[str],
        person: Person,
        where: Where,
        message_id: int,
    ) -> str | None:
        talk = self._talk(person, where)
        match action, rest:
            case "show", _:
                self._show(talk, message_id, self._place(proposal))
                return None
            case "next", _:
                self._show(talk, message_id, self._place(proposal) + (proposal.state is State.OPEN))
                return None
            case "other", _:
                return self._ask_which(proposal, message_id, talk)
            case "write", _:
                return self._write(proposal, person, where, message_id)
        place = self._place(proposal)
        match action, rest:
            case "add", _:
                outcome = self._deciding.add(proposal, person)
            case "to", [tag] if entry_id := self._tagged(tag):
                outcome = self._deciding.add(proposal, person, entry_id)
            case "no", _:
                outcome = self._deciding.dismiss(proposal, person)
            case "undo", _:
                outcome = self._deciding.take_back(proposal, person)
            case _:
                return talk.toast("proposal.dead_button")
        return self._tell(proposal, outcome, place, message_id, talk)

    def _tell(
        self, proposal: Proposal, outcome: Outcome, place: int, message_id: int, talk: Talk
    ) -> str | None:
        """What was done stands above the next proposal, with a way back."""
        question = cut(proposal.found.question, TOLD)
        undo = [talk.button("proposal.button.undo", "undo", proposal.id)]
        match outcome:
            case Added(entry):
                name = cut(entry.question_in(talk.language), TOLD)
                above = talk.text("proposal.added", question=question, entry=name)
                self._show(talk, message_id, place, above, undo)
                return talk.toast("proposal.toast.added")
            case Dismissed():
                above = talk.text("proposal.dismissed", question=question)
                self._show(talk, message_id, place, above, undo)
                return talk.toast("proposal.toast.dismissed")
            case TakenBack():
                self._show(talk, message_id, self._place(proposal))
                return talk.toast("proposal.toast.taken_back")
            case Gone():
                self._show(talk, message_id, place)
                return talk.toast("proposal.toast.gone")
            case TooLate():
                self._show(talk, message_id, place)
                return talk.toast("proposal.toast.too_late")

    def _show(
        self,
        talk: Talk,
        message_id: int,
        place: int = 0,
        above: str = "",
        undo: Sequence[Button] = (),
    ) -> None:
        """The proposal at a place of the list, which goes round."""
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
        """Which other entry these words are for: those that come nearest."""
        found = proposal.found
        if found.kind is not Kind.PHRASING or proposal.state is not State.OPEN:
            return self._tell(proposal, TooLate(), 0, message_id, talk)
        match = self._faq.matcher.match(found.question, found.language)
        entries = [each.entry for each in match.ranked if each.entry.id != found.entry_id][:OTHERS]
        rows = [[self._to(proposal, entry, talk)] for entry in entries]
        back = talk.button("proposal.button.back", "show", proposal.id)
        html = talk.text("proposal.which", question=cut(found.question, TOLD), none=not entries)
        talk.rewrite(message_id, html, [*rows, [back]])
        return None

    def _to(self, proposal: Proposal, entry: Entry, talk: Talk) -> Button:
        caption = cut(entry.question_in(talk.language), CAPTION)
        return Button(caption, press("prop", "to", proposal.id, short_tag(entry.id)))

    def _tagged(self, tag: str) -> str | None:
        """Whose tag it is."""
        return next((each.id for each in self._faq.knowledge.entries if short_tag(each.id) == tag), None)

    def _write(self, proposal: Proposal, person: Person, where: Where, message_id: int) -> str | None:
        """A draft of the entry, filled in; it is decided on once the draft has been saved."""
        talk, found = self._talk(person, where), proposal.found
        if found.kind is not Kind.ENTRY or proposal.state is not State.OPEN:
            return self._tell(proposal, TooLate(), 0, message_id, talk)
        self._composer.open_with(
            person,
            where,
            question=found.question,
            answer=found.answer,
            phrasings=self._sheet.phrasings(proposal),
            proposal_id=proposal.id,
        )
        return None

    def _home(self, talk: Talk) -> list[Button]:
        return [Button(talk.toast("proposal.button.home"), press("kb", "home", 0))]

    def _place(self, proposal: Proposal) -> int:
        """Where it stands in the list, or would stand."""
        key = (-proposal.people, proposal.id)
        return sum((-each.people, each.id) < key for each in self._proposals.open())

    def _get(self, number: str) -> Proposal | None:
        """A forged press may say anything."""
        known = number.isascii() and number.isdecimal() and len(number) < 18
        return self._proposals.get(int(number)) if known else None

    def _may(self, person: Person, action: str, subject: str | None) -> bool:
        """Only managers of this very moment; every attempt is noted."""
        allowed = person.telegram_id in self._profile.managers
        self._audit.note(person.telegram_id, f"proposal {action}", subject, allowed=allowed, at=self._now)
        return allowed

    def _talk(self, person: Person, where: Where) -> Talk:
        return Talk(self._profile, self._outbox, person, where, presses="prop")


def _refusal(person: Person) -> str:
    """Groups and channels that write in their own name bear negative numbers."""
    return "proposal.refused" if person.telegram_id > 0 else "proposal.refused_anonymous"

"""The managers' side of the knowledge base: /faq, what they write and what they press.

Who they are is asked each time.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from desk.formatted import bare
from desk.people import Person
from desk.post import Outbox
from desk.profile import Profile
from desk.talk import Attached, Said, Talk, Where
from editorial.bench import Bench
from editorial.changes import Refused, clean
from editorial.draft import BLANK, Draft, Step
from editorial.drafting import PRESSES, Drafting
from faq.entries.entry import ANY
from faq.entries.version import Version

PHRASE = 1000
"""Nobody tries out a longer one."""


class Audit(Protocol):
    """Who tried to do what."""

    def note(self, actor_id: int, action: str, subject: str | None, *, allowed: bool, at: datetime) -> None:
        """Insert one attempt."""


class Editor:
    """The managers' conversation about the knowledge base."""

    def __init__(
        self, profile: Profile, bench: Bench, *, audit: Audit, outbox: Outbox, now: datetime
    ) -> None:
        self._profile, self._bench, self._audit = profile, bench, audit
        self._outbox, self._now = outbox, now

    def command(self, person: Person, where: Where, words: str, file: Attached | None = None) -> None:
        """/faq: bare, with what to do, or with an id or words of an entry."""
        talk = self._talk(person, where)
        if not self._may(person, "command", words):
            talk.say(talk.text(_refusal(person)))
            return
        order, _, rest = clean(words).partition(" ")
        match order.lower(), rest.strip():
            case "", _:
                self._bench.home.show(talk)
            case "add", question:
                self._bench.composing.add(person, where, talk, question)
            case "try", "":
                self._wait(person, where, Step.TRIAL, talk)
            case "try", phrase:
                self._bench.trying.say(phrase[:PHRASE], talk)
            case "export", "":
                self._bench.exchange.export(talk)
            case "import", "" if file is not None:
                if self._written(person, where) is None:
                    self._bench.exchange.report(person, where, file, talk)
                else:
                    self._wait(person, where, Step.FILE, talk)
            case "import", "":
                self._wait(person, where, Step.FILE, talk)
            case _:
                self._search(clean(words), talk)

    def asked_at(self, person: Person, where: Where) -> datetime | None:
        """When we asked this manager here for what has not been told yet; None if we wait for nothing."""
        draft = self._waiting(person, where)
        return None if draft is None else draft.touched_at

    def hear(self, person: Person, where: Where, said: Said) -> bool:
        """Take what a manager writes as what was asked for; False if it is meant for others."""
        draft = self._waiting(person, where)
        if draft is None:
            return False
        talk = self._talk(person, where)
        match draft.step:
            case Step.TRIAL if phrase := bare(said.html).strip():
                self._rest(draft)
                self._bench.trying.say(phrase[:PHRASE], talk)
            case Step.FILE if said.attached is not None:
                self._rest(draft)
                self._bench.exchange.report(person, where, said.attached, talk)
            case Step.TRIAL | Step.FILE:
                self._bench.asking.refuse(draft, Refused(f"editor.ask.{draft.step.value}"), talk)
            case _:
                self._bench.composing.hear(draft, said, talk)
        return True

    def pressed(
        self, person: Person, where: Where, action: str, words: list[str], message_id: int
    ) -> str | None:
        """A button of ours. The toast to show, if any."""
        talk = self._talk(person, where)
        if not self._may(person, action, ":".join(words)):
            return talk.toast(_refusal(person))
        match action, words:
            case _, [_, *_] if action in PRESSES:
                return Drafting(self._bench).pressed(action, words, person, message_id, talk)
            case "home", [page]:
                self._bench.home.show(talk, message_id, _number(page))
            case "section", [tag, page]:
                return self._bench.home.section(talk, tag, _number(page), message_id)
            case "add", _:
                self._bench.composing.add(person, where, talk)
            case "try", _:
                self._wait(person, where, Step.TRIAL, talk)
            case "import", _:
                self._wait(person, where, Step.FILE, talk)
            case "export", _:
                self._bench.exchange.export(talk)
            case _, [entry_id, *rest]:
                return self._about(action, entry_id, rest, person, where, message_id)
            case _:
                return talk.toast("editor.dead_button")
        return None

    def open_with(
        self,
        person: Person,
        where: Where,
        *,
        question: str,
        answer: str | None,
        language: str = ANY,
        phrasings: Sequence[str] = (),
        proposal_id: int | None = None,
    ) -> None:
        """A draft of a new entry that begins with a question, and perhaps with more; a press saves it."""
        draft = Draft(
            manager_id=person.telegram_id,
            where=where,
            step=Step.READY,
            entry=replace(BLANK, phrasings={language: tuple(phrasings)} if phrasings else {}),
            language=language,
            proposal_id=proposal_id,
            touched_at=self._now,
        )
        self._bench.composing.propose(draft, question, answer, self._talk(person, where))

    def _about(
        self, action: str, entry_id: str, rest: list[str], person: Person, where: Where, message_id: int
    ) -> str | None:
        """A button of an entry's page."""
        talk, version = self._talk(person, where), self._bench.shelf.get(entry_id)
        if version is None:
            return talk.toast("editor.dead_button")
        match action, version.entry, rest:
            case "show", _, _:
                self._bench.tending.show(version, talk, message_id)
            case (("view" | "edit"), None, _):
                self._bench.tending.show(version, talk, message_id)
            case "view", entry, _ if entry is not None:
                self._bench.preview.as_customers_see(entry, talk.language, talk)
            case "edit", entry, _ if entry is not None:
                self._bench.composing.edit(person, where, talk, version, entry)
            case _, _, [number]:
                return self._bench.tending.pressed(action, version, _number(number), person, message_id, talk)
            case _:
                return talk.toast("editor.dead_button")
        return None

    def _search(self, words: str, talk: Talk) -> None:
        found = self._bench.shelf.search(words, talk.language) or self._guessed(words, talk)
        if len(found) == 1:
            self._bench.tending.show(found[0], talk)
        else:
            self._bench.home.found(talk, words, found)

    def _guessed(self, words: str, talk: Talk) -> list[Version]:
        """What a customer who wrote these words may have meant."""
        guessed = self._bench.trying.guesses(words, talk)
        found = (self._bench.shelf.get(entry.id) for entry in guessed)
        return [version for version in found if version is not None and version.entry is not None]

    def _wait(self, person: Person, where: Where, step: Step, talk: Talk) -> None:
        """Ask for something that is no part of an entry; an entry half written stays as it is meanwhile."""
        former = self._written(person, where)
        if former is not None and step is Step.FILE:
            self._bench.asking.unfinished(former, talk)
            return
        draft = Draft(manager_id=person.telegram_id, where=where, step=step, touched_at=self._now)
        if former is not None:
            draft = replace(former, where=where, step=step)
        self._bench.composing.go_on(draft, talk)

    def _written(self, person: Person, where: Where) -> Draft | None:
        """An entry half written in this chat, which nothing else may push away."""
        draft = self._bench.drafts.of(person.telegram_id, where.chat_id)
        kept = draft is not None and draft.says_something and not draft.forgotten(self._now)
        return draft if kept else None

    def _rest(self, draft: Draft) -> None:
        """Nothing is asked for any more; an entry half written waits behind its own buttons."""
        if draft.says_something:
            self._bench.drafts.keep(replace(draft, step=Step.READY))
        else:
            self._bench.drafts.drop(draft)

    def _waiting(self, person: Person, where: Where) -> Draft | None:
        if person.telegram_id not in self._profile.managers:
            return None
        draft = self._bench.drafts.of(person.telegram_id, where.chat_id)
        return draft if draft is not None and draft.waits(where, self._now) else None

    def _may(self, person: Person, action: str, subject: str | None) -> bool:
        """Only managers of this very moment; every attempt is noted."""
        allowed = person.telegram_id in self._profile.managers
        self._audit.note(person.telegram_id, f"faq {action}", subject, allowed=allowed, at=self._now)
        return allowed

    def _talk(self, person: Person, where: Where) -> Talk:
        return Talk(self._profile, self._outbox, person, where, presses="kb")


def _number(word: str) -> int:
    """Pages and versions; a forged press may say anything."""
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0


def _refusal(person: Person) -> str:
    """Groups and channels that write in their own name bear negative numbers."""
    return "editor.refused" if person.telegram_id > 0 else "editor.refused_anonymous"

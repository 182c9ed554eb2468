"""The managers' conversation about the knowledge base: /faq, what they write and what they press."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desk.authority import Attempt, Right
from desk.conversation import Command, Conversation, Press, Told, number
from desk.formatted import bare
from desk.talk import Talk
from editorial.bench import Bench
from editorial.changes import Refused, clean
from editorial.draft import BLANK, Draft, Step
from editorial.drafting import PRESSES, Drafting
from faq.entries.entry import ANY
from faq.entries.version import Version

PUBLIC = frozenset(str.split("save mine theirs join_both apply removed off on undo bring"))
"""What these buttons do changes what customers are answered."""
PHRASE = 1000
"""Nobody tries out a longer one."""


class Editor(Conversation):
    """/faq, bare, with what to do, or with an id or words of an entry."""

    PRESSES = "kb"
    REFUSED = "editor.refused"
    COMMANDS = frozenset({"faq"})

    def __init__(self, bench: Bench, now: datetime) -> None:
        self._bench, self._now = bench, now

    def attempt(self, wish: Press | Command) -> Attempt:
        """What a press or a command is about to do, for the audit."""
        if isinstance(wish, Command):
            return Attempt("faq command", wish.words)
        right = Right.PUBLISH if wish.action in PUBLIC else Right.DRAFT
        return Attempt(f"faq {wish.action}", wish.subject, right)

    def commanded(self, talk: Talk, command: Command) -> None:
        """/faq with whatever stands behind it."""
        order, _, rest = clean(command.words).partition(" ")
        match order.lower(), rest.strip():
            case "", _:
                self._bench.home.show(talk)
            case "add", question:
                self._bench.composing.add(talk, question)
            case "try", "":
                self._wait(Step.TRIAL, talk)
            case "try", phrase:
                self._bench.trying.say(phrase[:PHRASE], talk)
            case "export", "":
                self._bench.exchange.export(talk)
            case "import", "" if command.file is not None:
                if self._written(talk) is None:
                    self._bench.exchange.report(command.file, talk)
                else:
                    self._wait(Step.FILE, talk)
            case "import", "":
                self._wait(Step.FILE, talk)
            case _:
                self._search(clean(command.words), talk)

    def asked_at(self, talk: Talk) -> datetime | None:
        """When we asked this manager here for what has not been told yet; None if we wait for nothing."""
        draft = self._waiting(talk)
        return None if draft is None else draft.touched_at

    def hear(self, talk: Talk, told: Told) -> bool:
        """Take what a manager writes as what was asked for; False if it is meant for others."""
        draft = self._waiting(talk)
        if draft is None:
            return False
        match draft.step:
            case Step.TRIAL if phrase := bare(told.html).strip():
                self._rest(draft)
                self._bench.trying.say(phrase[:PHRASE], talk)
            case Step.FILE if told.attached is not None:
                self._rest(draft)
                self._bench.exchange.report(told.attached, talk)
            case Step.TRIAL | Step.FILE:
                self._bench.asking.refuse(draft, Refused(f"editor.ask.{draft.step.value}"), talk)
            case _:
                self._bench.composing.hear(draft, told, talk)
        return True

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Any button of the knowledge base. The toast to show, if any."""
        match press.action, press.words:
            case action, [_, *_] if action in PRESSES:
                return Drafting(self._bench).pressed(press, talk)
            case "home", [page]:
                self._bench.home.show(talk, press.message_id, number(page) or 0)
            case "section", [tag, page]:
                return self._bench.home.section(talk, tag, number(page) or 0, press.message_id)
            case "add", _:
                self._bench.composing.add(talk)
            case "try", _:
                self._wait(Step.TRIAL, talk)
            case "import", _:
                self._wait(Step.FILE, talk)
            case "export", _:
                self._bench.exchange.export(talk)
            case _, [entry_id, *rest]:
                return self._about(press, entry_id, rest, talk)
            case _:
                return talk.plain("editor.dead_button")
        return None

    def open_with(
        self,
        talk: Talk,
        *,
        question: str,
        answer: str | None,
        language: str = ANY,
        phrasings: Sequence[str] = (),
        proposal_id: int | None = None,
    ) -> None:
        """A draft of a new entry that begins with a question, and perhaps with more; a press saves it."""
        draft = Draft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            step=Step.READY,
            entry=replace(BLANK, phrasings={language: tuple(phrasings)} if phrasings else {}),
            language=language,
            proposal_id=proposal_id,
            touched_at=self._now,
        )
        self._bench.composing.propose(draft, question, answer, talk.under(self.PRESSES))

    def _about(self, press: Press, entry_id: str, rest: list[str], talk: Talk) -> str | None:
        """A button of an entry's page."""
        version, message_id = self._bench.shelf.get(entry_id), press.message_id
        if version is None:
            return talk.plain("editor.dead_button")
        match press.action, version.entry, rest:
            case "show", _, _:
                self._bench.tending.show(version, talk, message_id)
            case (("view" | "edit"), None, _):
                self._bench.tending.show(version, talk, message_id)
            case "view", entry, _ if entry is not None:
                self._bench.preview.as_customers_see(entry, talk.language, talk)
            case "edit", entry, _ if entry is not None:
                self._bench.composing.edit(talk, version, entry)
            case action, _, [word]:
                return self._bench.tending.pressed(action, version, number(word) or 0, message_id, talk)
            case _:
                return talk.plain("editor.dead_button")
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

    def _wait(self, step: Step, talk: Talk) -> None:
        """Ask for something that is no part of an entry; an entry half written stays as it is meanwhile."""
        former = self._written(talk)
        if former is not None and step is Step.FILE:
            self._bench.asking.unfinished(former, talk)
            return
        draft = Draft(manager_id=talk.person.telegram_id, where=talk.where, step=step, touched_at=self._now)
        if former is not None:
            draft = replace(former, where=talk.where, step=step)
        self._bench.composing.go_on(draft, talk)

    def _written(self, talk: Talk) -> Draft | None:
        """An entry half written in this chat, which nothing else may push away."""
        draft = self._bench.drafts.of(talk.person.telegram_id, talk.where.chat_id)
        kept = draft is not None and draft.says_something and not draft.forgotten(self._now)
        return draft if kept else None

    def _rest(self, draft: Draft) -> None:
        """Nothing is asked for any more; an entry half written waits behind its own buttons."""
        if draft.says_something:
            self._bench.drafts.keep(replace(draft, step=Step.READY))
        else:
            self._bench.drafts.drop(draft)

    def _waiting(self, talk: Talk) -> Draft | None:
        draft = self._bench.drafts.of(talk.person.telegram_id, talk.where.chat_id)
        return draft if draft is not None and draft.waits(talk.where, self._now) else None

"""The editor: the managers' conversation about the knowledge base."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desk.authority import Attempt
from desk.conversation import Command, Conversation, ManagerMessage, Press
from desk.formatted import bare
from desk.talk import Talk
from editorial.entries.browser import EntryBrowser
from editorial.entries.trial import PhraseTrial
from editorial.writing.buttons import PRESSES, DraftButtons
from editorial.writing.composer import EntryComposer
from editorial.writing.draft import BLANK, EntryDraft, Wanted
from editorial.writing.exchange import Exchange
from editorial.writing.slot import DraftSlot
from faq.entries.entry import ANY
from faq.files.cleaning import clean

PHRASE = 1000
"""The longest phrase that is tried."""


class Editor(Conversation):
    """Carries out /faq, its buttons, and what managers write for it."""

    PRESSES = "kb"
    REFUSED = "editor.refused"
    REFUSED_ANONYMOUS = "editor.refused_anonymous"
    COMMANDS = frozenset({"faq"})

    def __init__(
        self,
        *,
        browser: EntryBrowser,
        trial: PhraseTrial,
        slot: DraftSlot,
        composer: EntryComposer,
        buttons: DraftButtons,
        exchange: Exchange,
        now: datetime,
    ) -> None:
        self._browser, self._trial, self._slot = browser, trial, slot
        self._composer, self._buttons, self._exchange, self._now = composer, buttons, exchange, now

    def attempt(self, wish: Press | Command) -> Attempt:
        """The attempt that a press or a command makes, for the audit."""
        if isinstance(wish, Command):
            return Attempt("faq command", wish.words)
        return Attempt(f"faq {wish.action}", wish.subject)

    def commanded(self, talk: Talk, command: Command) -> None:
        """Carry out /faq with whatever stands behind it."""
        words = clean(command.words)
        order, _, rest = words.partition(" ")
        match order.lower(), rest.strip():
            case "", _:
                self._browser.enter(talk)
            case "add", question:
                self._composer.add(talk, question)
            case "try", "":
                self._slot.ask_for(Wanted.TRIAL, talk)
            case "try", phrase:
                self._trial.say(phrase[:PHRASE], talk)
            case "export", "":
                self._exchange.export(talk)
            case "import", "" if command.file is not None and self._slot.written(talk) is None:
                self._exchange.report(command.file, talk)
            case "import", "":
                self._slot.ask_for(Wanted.FILE, talk)
            case _:
                self._browser.search(words, talk)

    def asked_at(self, talk: Talk) -> datetime | None:
        """When this manager was asked here for words; None if they were not."""
        draft = self._slot.waiting(talk)
        return None if draft is None else draft.touched_at

    def hear(self, talk: Talk, told: ManagerMessage) -> bool:
        """Take the manager's words as what was asked for; False if nothing was."""
        draft = self._slot.waiting(talk)
        if draft is None:
            return False
        match draft.wanted:
            case Wanted.TRIAL if phrase := bare(told.html).strip():
                self._slot.rest(draft)
                self._trial.say(phrase[:PHRASE], talk)
            case Wanted.FILE if told.attached is not None:
                self._slot.rest(draft)
                self._exchange.report(told.attached, talk)
            case Wanted.TRIAL | Wanted.FILE:
                self._slot.ask_again(draft, talk)
            case _:
                self._composer.hear(draft, told, talk)
        return True

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Carry out a press; returns the toast, if any."""
        match press.action, press.words:
            case action, [_, *_] if action in PRESSES:
                return self._buttons.pressed(press, talk)
            case "add", _:
                self._composer.add(talk)
            case "try", _:
                self._slot.ask_for(Wanted.TRIAL, talk)
            case "import", _:
                self._slot.ask_for(Wanted.FILE, talk)
            case "export", _:
                self._exchange.export(talk)
            case "edit", [entry_id, *_] if (found := self._browser.get(entry_id)) is not None:
                self._composer.edit(talk, *found)
            case _:
                return self._browser.pressed(press, talk)
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
        """Open a draft of a new entry with a question and perhaps more."""
        draft = EntryDraft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            wanted=Wanted.READY,
            entry=replace(BLANK, phrasings={language: tuple(phrasings)} if phrasings else {}),
            language=language,
            proposal_id=proposal_id,
            touched_at=self._now,
        )
        self._composer.propose(draft, question, answer, talk.under(self.PRESSES))

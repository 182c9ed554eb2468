"""Files and Telegram: what the files say is taken over, and where both changed an entry, managers decide."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Protocol

from desk.alarm import Alarm
from desk.people import Person
from desk.post import Button, Outbox, press
from desk.profile import Profile
from desk.talk import Talk, Where
from editorial.difference import changed
from faq.entries.entry import Entry
from faq.entries.version import Action, Author, Version
from faq.files.body import Body, trusted
from faq.files.filing import FileChange as Change
from faq.files.filing import Filed, Filings, compare
from faq.files.filing import FileEntry as Said

SHOWN = 5
"""Entries in one message."""


class History(Protocol):
    """The versions of one desk's entries."""

    def get(self, entry_id: str) -> Version | None:
        """The newest of one entry."""

    def standing(self) -> Sequence[tuple[str, Body | None]]:
        """The newest body of every entry by id; None for a removed one."""

    def file(self, changes: Iterable[Change], at: datetime) -> None:
        """Put on top what files say."""

    def add(
        self, entry_id: str, action: Action, entry: Entry | None, *, author: Author, at: datetime
    ) -> Version:
        """Put another version on top."""


class Audit(Protocol):
    """Who tried to do what."""

    def note(self, actor_id: int, action: str, subject: str | None, *, allowed: bool, at: datetime) -> None:
        """Insert one attempt."""


class Filing:
    """Listens to the files, and to managers where the files and Telegram disagree."""

    def __init__(
        self,
        profile: Profile,
        *,
        history: History,
        filings: Filings,
        audit: Audit,
        alarm: Alarm,
        outbox: Outbox,
        now: datetime,
    ) -> None:
        self._profile, self._history, self._filings = profile, history, filings
        self._audit, self._alarm, self._outbox, self._now = audit, alarm, outbox, now

    def listen(self, said: Sequence[Said], names: str) -> int:
        """Take over what the files alone have changed. How many versions that makes.

        What was changed on both sides stays as it is in Telegram, and managers are asked, once.
        """
        newest = dict(self._history.standing())
        plan = compare(said, self._filings.all(), newest, self._now, names=names)
        self._history.file(plan.changes, self._now)
        self._filings.keep(plan.filed)
        if plan.disputed:
            self._tell(plan.disputed)
        return len(plan.changes)

    def waiting(self) -> int:
        """How many entries managers have to decide about."""
        return len(self._filings.disputed())

    def pressed(
        self, person: Person, where: Where, action: str, argument: str, message_id: int
    ) -> str | None:
        """A button of ours. The toast to show, if any."""
        talk, disputed = self._talk(person, where), self._filings.disputed()
        found = next((each for each in disputed if self._token(each) == argument), None)
        if not self._may(person, action, found):
            return talk.toast("filing.refused")
        if action == "list" and argument.isdecimal():
            self._show(talk, disputed, int(argument), message_id)
            return None
        if found is not None and action in ("take", "keep"):
            self._decide(found, person, take=action == "take")
        self._show(talk, self._filings.disputed(), 0, message_id)
        return talk.toast("filing.stale" if found is None else f"filing.done.{action}")

    def _show(self, talk: Talk, disputed: Sequence[Filed], page: int, message_id: int) -> None:
        """In place of what was pressed, with the way back to the knowledge base."""
        html, rows = self._page(talk.language, disputed, page)
        home = Button(talk.toast("editor.button.home"), press("kb", "home", 0))
        talk.rewrite(message_id, html, [*rows, [home]])

    def _decide(self, filed: Filed, person: Person, *, take: bool) -> None:
        """The files have been listened to; what they said stands, or the newest version stays."""
        if take:
            entry = None if filed.offered is None else trusted(filed.offered)
            author = Author(person.telegram_id, person.name)
            self._history.add(filed.entry_id, Action.FILED, entry, author=author, at=self._now)
        settled = Filed(entry_id=filed.entry_id, position=filed.position, body=filed.offered, at=self._now)
        self._filings.keep([settled])

    def _tell(self, fresh: Sequence[Filed]) -> None:
        """One message about this change, with buttons for each entry."""
        html, rows = self._page(self._profile.language, fresh, 0, waiting=len(self._filings.disputed()))
        self._alarm.say(html, rows)

    def _page(
        self, language: str, disputed: Sequence[Filed], page: int, waiting: int | None = None
    ) -> tuple[str, list[list[Button]]]:
        """Some of the entries with their buttons, and buttons to the others."""
        texts = self._profile.texts
        if not disputed:
            return texts.say("filing.none", language), []
        page = min(page, (len(disputed) - 1) // SHOWN)
        shown = disputed[page * SHOWN : (page + 1) * SHOWN]
        first = page * SHOWN + 1
        html = texts.say(
            "filing.disputed",
            language,
            entries=[
                {"number": number, **self._facts(each, language)} for number, each in enumerate(shown, first)
            ],
            single=len(shown) == 1,
        )
        rows = [self._choice(each, number, language) for number, each in enumerate(shown, first)]
        rows += self._turns(page, waiting or len(disputed), language)
        return html, rows

    def _choice(self, filed: Filed, number: int, language: str) -> list[Button]:
        token, texts = self._token(filed), self._profile.texts
        return [
            Button(texts.plain(f"filing.button.{word}", language, number=number), press("file", word, token))
            for word in ("take", "keep")
        ]

    def _turns(self, page: int, total: int, language: str) -> list[list[Button]]:
        texts, last = self._profile.texts, (total - 1) // SHOWN
        turns = [("back", page - 1)] * (page > 0) + [("on", page + 1)] * (page < last)
        row = [
            Button(texts.plain(f"filing.button.{word}", language), press("file", "list", to))
            for word, to in turns
        ]
        return [row] if row else []

    def _facts(self, filed: Filed, language: str) -> Mapping[str, object]:
        """What there is to know about an entry before one decides."""
        version = self._history.get(filed.entry_id)
        ours = None if version is None else version.entry
        theirs = None if filed.offered is None else trusted(filed.offered)
        named = ours or theirs
        at = None if version is None else version.at.astimezone(self._profile.zone)
        now = self._now.astimezone(self._profile.zone)
        texts = self._profile.texts
        return {
            "question": filed.entry_id if named is None else named.question_in(language),
            "ours": ours is not None,
            "theirs": theirs is not None,
            "known": filed.body is not None,
            "who": "" if version is None else version.author.name,
            "when": "" if at is None else texts.moment(language, at, now),
            "parts": [texts.plain(f"filing.part.{each.part}", language) for each in changed(ours, theirs)],
        }

    def _token(self, filed: Filed) -> str:
        """Ties a button to exactly what was shown: the file's words and the version they would replace."""
        version = self._history.get(filed.entry_id)
        number = 0 if version is None else version.number
        shown = repr((filed.entry_id, number, filed.offered and sorted(filed.offered.items())))
        return blake2b(shown.encode(), digest_size=8).hexdigest()

    def _may(self, person: Person, action: str, filed: Filed | None) -> bool:
        """Only managers of this very moment; every attempt is noted."""
        allowed = person.telegram_id in self._profile.managers
        subject = None if filed is None else filed.entry_id
        self._audit.note(person.telegram_id, f"file.{action}", subject, allowed=allowed, at=self._now)
        return allowed

    def _talk(self, person: Person, where: Where) -> Talk:
        return Talk(self._profile, self._outbox, person, where, presses="file")

"""Filing: takes over what the files say, and asks managers where files and Telegram disagree."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Protocol

from desk.alarm import Alarm
from desk.authority import Attempt
from desk.conversation import Command, Conversation, Press, number
from desk.pages import on_page, pages, turns
from desk.people import Person
from desk.post import Button, press
from desk.profile import Profile
from desk.talk import Talk
from editorial.entries.difference import changed
from faq.entries.entry import Entry
from faq.entries.version import Action, Author, Version
from faq.files.body import Body, trusted
from faq.files.filing import FileChange, Filed, FileEntry, Filings, compare

SHOWN = 5
"""Entries in one message."""
DECISIONS = ("take", "keep")


class VersionHistory(Protocol):
    """The versions of one desk's entries, as much of them as filing needs."""

    def get(self, entry_id: str) -> Version | None:
        """The newest version of one entry."""

    def standing(self) -> Sequence[tuple[str, Body | None]]:
        """The newest body of every entry by id; None for a removed one."""

    def file(self, changes: Iterable[FileChange], at: datetime) -> None:
        """Add the versions that files call for."""

    def add(
        self, entry_id: str, action: Action, entry: Entry | None, *, author: Author, at: datetime
    ) -> Version:
        """Add a version."""


class Filing(Conversation):
    """Compares files with versions; also the managers' conversation about disputes."""

    PRESSES = "file"
    REFUSED = REFUSED_ANONYMOUS = "filing.refused"

    def __init__(
        self,
        profile: Profile,
        *,
        history: VersionHistory,
        filings: Filings,
        alarm: Alarm,
        now: datetime,
    ) -> None:
        self._profile, self._history, self._filings = profile, history, filings
        self._alarm, self._now = alarm, now

    def listen(self, said: Sequence[FileEntry], names: str) -> int:
        """Take over what only the files have changed; returns how many versions that made.

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
        """How many entries are disputed."""
        return len(self._filings.disputed())

    def attempt(self, wish: Press | Command) -> Attempt:
        """The attempt that a press makes, for the audit."""
        filed = self._meant(wish.words[0]) if isinstance(wish, Press) and wish.words else None
        action = wish.action if isinstance(wish, Press) else wish.name
        return Attempt(f"file.{action}", None if filed is None else filed.entry_id)

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Carry out a press under a disputed entry, or turn the page; returns the toast, if any."""
        match press.action, press.words:
            case "list", [word] if (page := number(word)) is not None:
                self._show(talk, page, press.message_id)
                return None
            case action, [token]:
                found = self._meant(token) if action in DECISIONS else None
                if found is not None:
                    self._decide(found, talk.person, take=action == "take")
                self._show(talk, 0, press.message_id)
                return talk.plain("filing.stale" if found is None else f"filing.done.{action}")
        return talk.plain("filing.stale")

    def _meant(self, token: str) -> Filed | None:
        """The disputed entry whose button has this token."""
        return next((each for each in self._filings.disputed() if self._token(each) == token), None)

    def _show(self, talk: Talk, page: int, message_id: int) -> None:
        """Show the disputes in the place of a message, with a button back to the home."""
        html, rows = self._page(talk.language, self._filings.disputed(), page)
        home = Button(talk.plain("editor.button.home"), press("kb", "home", 0))
        talk.rewrite(message_id, html, [*rows, [home]])

    def _decide(self, filed: Filed, person: Person, *, take: bool) -> None:
        """Save what the files say as a version, or keep the newest version."""
        if take:
            entry = None if filed.offered is None else trusted(filed.offered)
            author = Author(person.telegram_id, person.name)
            self._history.add(filed.entry_id, Action.FILED, entry, author=author, at=self._now)
        settled = Filed(entry_id=filed.entry_id, position=filed.position, body=filed.offered, at=self._now)
        self._filings.keep([settled])

    def _tell(self, fresh: Sequence[Filed]) -> None:
        """Tell managers about the disputes, with buttons for each entry."""
        html, rows = self._page(self._profile.language, fresh, 0, waiting=len(self._filings.disputed()))
        self._alarm.say(html, rows)

    def _page(
        self, language: str, disputed: Sequence[Filed], page: int, waiting: int | None = None
    ) -> tuple[str, list[list[Button]]]:
        """One page of the disputes, with buttons to the others."""
        texts = self._profile.texts
        if not disputed:
            return texts.say("filing.none", language), []
        page = min(page, pages(len(disputed), SHOWN) - 1)
        shown = on_page(disputed, page, SHOWN)
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
            for word in DECISIONS
        ]

    def _turns(self, page: int, total: int, language: str) -> list[list[Button]]:
        row = [
            Button(self._profile.texts.plain(f"filing.button.{word}", language), press("file", "list", to))
            for word, to in turns(page, pages(total, SHOWN))
        ]
        return [row] if row else []

    def _facts(self, filed: Filed, language: str) -> Mapping[str, object]:
        """What the text of a dispute is filled in with."""
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
        """The token that ties a button to the file's entry and the version that were shown."""
        version = self._history.get(filed.entry_id)
        number = 0 if version is None else version.number
        shown = repr((filed.entry_id, number, filed.offered and sorted(filed.offered.items())))
        return blake2b(shown.encode(), digest_size=8).hexdigest()

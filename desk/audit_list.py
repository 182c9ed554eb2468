"""The managers' conversation about the audit: who tried what, when, and whether it was allowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.authority import Attempt
from desk.conversation import Command, Conversation, Press, number
from desk.people import Customers
from desk.post import Button
from desk.profile import Profile
from desk.talk import Talk

SHOWN = 20
WRITTEN_BY = "author="
"""Before the id of whoever wrote what somebody else has published, at the end of the details."""
SUBJECT = 24
NOBODY = 0
"""Who acts when a rule of the configuration does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAttempt:
    """An attempt as the audit has kept it; `details` are a reason, or what was published."""

    id: int
    at: datetime
    actor_id: int
    action: str
    subject: str | None
    allowed: bool
    details: str | None

    @property
    def said(self) -> str:
        """The details without whose text it was."""
        details = self.details or ""
        return details if self.author_id is None else details.rpartition(" ")[0]

    @property
    def author_id(self) -> int | None:
        """Whose text somebody else has published."""
        word = (self.details or "").rpartition(" ")[2]
        named = self.action == "published" and word.startswith(WRITTEN_BY)
        return number(word.removeprefix(WRITTEN_BY)) if named else None


class KeptAttempts(Protocol):
    """The audit of one desk, to read."""

    def before(self, attempt_id: int | None, limit: int) -> Sequence[KeptAttempt]:
        """The newest ones, or those before an attempt; newest first."""


class AuditList(Conversation):
    """Shows /incidents audit a page at a time."""

    PRESSES = "audit"
    REFUSED = "manager.refused"
    REFUSED_ANONYMOUS = "manager.refused_anonymous"
    COMMANDS = frozenset({"incidents audit"})

    def __init__(self, profile: Profile, audit: KeptAttempts, people: Customers, now: datetime) -> None:
        self._profile, self._audit, self._people, self._now = profile, audit, people, now

    def attempt(self, wish: Press | Command) -> Attempt:
        """The attempt that a press or a command makes, for the audit itself."""
        return Attempt("audit")

    def commanded(self, talk: Talk, command: Command) -> None:
        """Show the newest."""
        talk.say(*self._page(talk, None))

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Turn a page."""
        before = number("".join(press.words[:1]))
        talk.rewrite(press.message_id, *self._page(talk, before or None))
        return None

    def _page(self, talk: Talk, before: int | None) -> tuple[str, list[list[Button]]]:
        found = self._audit.before(before, SHOWN + 1)
        people = {each.actor_id for each in found} | {each.author_id for each in found} - {None}
        names = {each: self._name(each, talk) for each in people if each is not None}
        lines = [self._line(each, names, talk) for each in found[:SHOWN]]
        row = []
        if before is not None:
            row.append(talk.button("audit.newest", "page", 0))
        if len(found) > SHOWN:
            row.append(talk.button("audit.older", "page", found[SHOWN - 1].id))
        return talk.text("audit.list", lines=lines), [row] if row else []

    def _line(self, kept: KeptAttempt, names: dict[int, str], talk: Talk) -> dict[str, object]:
        zone = self._profile.zone
        moment = self._profile.texts.moment
        return {
            "at": moment(talk.language, kept.at.astimezone(zone), self._now.astimezone(zone)),
            "name": names[kept.actor_id],
            "action": kept.action,
            "subject": (kept.subject or "")[:SUBJECT],
            "allowed": kept.allowed,
            "details": kept.said[:100],
            "author": None if kept.author_id is None else names[kept.author_id],
        }

    def _name(self, actor_id: int, talk: Talk) -> str:
        if actor_id == NOBODY:
            return talk.plain("alerted.by_rule")
        found = self._people.known(actor_id)
        return str(actor_id) if found is None else found.name

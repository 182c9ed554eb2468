"""Conversations with managers: their commands, presses and questions, and whom an answer is for."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Protocol, TypeVar

from desk.authority import Attempt, Authority, Right
from desk.people import Person
from desk.post import Chat, Outbox
from desk.profile import Profile
from desk.talk import Talk

PATIENCE = timedelta(hours=1)
"""A manager's words are taken as the answer for this long after the question."""
PRESS_LIMIT = 64
"""The most bytes that Telegram lets a press have."""

_WORD = re.compile(r"[!-9;-~]*")
_NUMBER = re.compile(r"[0-9]{1,18}")
_NEVER = datetime.min.replace(tzinfo=UTC)

Who = TypeVar("Who", contravariant=True)
Words = TypeVar("Words", contravariant=True)
AnyOne = TypeVar("AnyOne")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file that came with a message; `content` is None if it was too big or could not be fetched."""

    name: str
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class ManagerMessage:
    """What a manager wrote: the text as HTML, and the media that came with it."""

    html: str
    kind: str = "text"
    file_id: str | None = None
    album: str | None = None
    attached: AttachedFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A manager's command: its name, the text behind it as words and as HTML, the message it stands in.

    `kind`, `file_id` and `album` are the message's; `file` is a document's content, where it was fetched.
    `passed_on`: it was forwarded, or put in by another bot.
    """

    name: str
    words: str = ""
    html: str = ""
    html_behind: str = ""
    kind: str = "text"
    file_id: str | None = None
    album: str | None = None
    file: AttachedFile | None = None
    passed_on: bool = False

    @property
    def first(self) -> str:
        """The first word behind the name."""
        return (self.words.split(maxsplit=1) or [""])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A press on a button of ours: its words, and the id of the message with the button.

    `stars`: the bot's balance just now, where the press asks for it and Telegram has told.
    """

    prefix: str
    action: str
    words: tuple[str, ...]
    message_id: int
    stars: int | None = None

    @classmethod
    def read(cls, data: str, message_id: int) -> "Press | None":
        """Parse a press; None if no button of ours says this, since a press can be forged.

        A word with characters that we never use becomes empty, so that it finds nothing.
        """
        prefix, *said = [word if _WORD.fullmatch(word) else "" for word in data.split(":")]
        if not said or len(data) > PRESS_LIMIT:
            return None
        return cls(prefix=prefix, action=said[0], words=tuple(said[1:]), message_id=message_id)

    @property
    def subject(self) -> str:
        """The words behind the action as one text, for the audit."""
        return ":".join(self.words)


def number(word: str) -> int | None:
    """The word as a number, None if it is none that a database can hold."""
    return int(word) if _NUMBER.fullmatch(word) else None


class Listener(Protocol[Who, Words]):
    """A room that has asked a person for words."""

    def asked_at(self, who: Who) -> datetime | None:
        """When it asked; None if it waits for nothing."""

    def hear(self, who: Who, words: Words) -> bool:
        """Take the words as the answer; False if they are not."""


def taken(listeners: Iterable[tuple[Listener[AnyOne, Words], AnyOne]], words: Words) -> bool:
    """Whether a listener took the words; the one that asked last is offered them first."""
    asked = [(listener.asked_at(who) or _NEVER, listener, who) for listener, who in listeners]
    asked.sort(key=lambda each: each[0], reverse=True)
    return any(at > _NEVER and listener.hear(who, words) for at, listener, who in asked)


class Conversation(ABC):
    """Something managers talk about with the bot, with its commands, presses and questions.

    Its methods are called only for people who have the right.
    """

    PRESSES: ClassVar[str]
    """The first word of its buttons' presses."""
    REFUSED: ClassVar[str]
    """The text for those who may not."""
    REFUSED_ANONYMOUS: ClassVar[str]
    """The text for groups and channels that write in their own name."""
    COMMANDS: ClassVar[frozenset[str]] = frozenset()
    """Names of commands, each perhaps with the one word behind it: "faq digest" goes before "faq"."""
    LISTENS_TO: ClassVar[Right] = Right.MANAGE
    """The right of those whose words may be the answer to what it asks."""

    @abstractmethod
    def attempt(self, wish: Press | Command) -> Attempt:
        """The attempt that a press or a command makes, for the audit."""

    @abstractmethod
    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Carry out a press; returns the toast to show, if any."""

    def commanded(self, talk: Talk, command: Command) -> None:
        """Carry out a command."""
        raise LookupError(f"/{command.name} is no command of this conversation")

    def asked_at(self, talk: Talk) -> datetime | None:
        """When it asked this manager in this chat for words; None if it waits for none."""
        return None

    def hear(self, talk: Talk, told: ManagerMessage) -> bool:
        """Take the manager's words as the answer; False if they are not."""
        return False

    def edited(self, talk: Talk, html: str | None) -> None:
        """A manager has edited a command there, or words, which are given."""
        return


class ManagersSide:
    """Brings what managers write and press to the right conversation, after asking who may."""

    def __init__(
        self,
        profile: Profile,
        authority: Authority,
        outbox: Outbox,
        conversations: Sequence[Conversation],
    ) -> None:
        self._profile, self._authority, self._outbox = profile, authority, outbox
        self._conversations = conversations

    def command(self, person: Person, where: Chat, command: Command) -> None:
        """Carry out anybody's command, or say that they may not."""
        conversation = _commanded(self._conversations, command)
        talk, attempt = self.talk(conversation, person, where), conversation.attempt(command)
        if command.passed_on and self._authority.listens_to(person, attempt.right):
            self._authority.refuses(person, replace(attempt, details="passed on"))
            talk.say(talk.text("manager.passed_on"))
        elif self._authority.admits(person, attempt):
            conversation.commanded(talk, command)
        else:
            talk.say(talk.text(_refusal(conversation, person)))

    def edited(self, person: Person, where: Chat, html: str | None = None) -> None:
        """Say what it does not change that somebody has edited a command, or words."""
        for conversation in self._conversations:
            if self._authority.listens_to(person, conversation.LISTENS_TO):
                conversation.edited(self.talk(conversation, person, where), html)

    def pressed(self, person: Person, where: Chat, press: Press) -> str | None:
        """Carry out anybody's press; returns the toast to show, if any."""
        found = (each for each in self._conversations if press.prefix == each.PRESSES)
        conversation = next(found, None)
        if conversation is None:
            return None
        talk = self.talk(conversation, person, where)
        if self._authority.admits(person, conversation.attempt(press)):
            return conversation.pressed(talk, press)
        return talk.plain(_refusal(conversation, person))

    def hear(self, person: Person, where: Chat, told: ManagerMessage) -> bool:
        """Whether a conversation was waiting for these words and took them."""
        talks = [
            (each, self.talk(each, person, where))
            for each in self._conversations
            if self._authority.listens_to(person, each.LISTENS_TO)
        ]
        return taken(talks, told)

    def talk(self, conversation: Conversation, person: Person, where: Chat) -> Talk:
        """A talk with this person in this chat, with this conversation's buttons."""
        return Talk(self._profile, self._outbox, person, where, presses=conversation.PRESSES)


def _refusal(conversation: Conversation, person: Person) -> str:
    """The text for who may not; groups and channels, which write anonymously, have negative ids."""
    return conversation.REFUSED if person.telegram_id > 0 else conversation.REFUSED_ANONYMOUS


def _commanded(conversations: Sequence[Conversation], command: Command) -> Conversation:
    """The conversation that a command belongs to; raises LookupError if there is none."""
    for said in (f"{command.name} {command.words.lower()}", command.name):
        for conversation in conversations:
            if said in conversation.COMMANDS:
                return conversation
    raise LookupError(f"/{command.name} is nobody's command")

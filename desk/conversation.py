"""Asking a person for words or for a press, and finding out whom the answer is for."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Protocol, TypeVar

from desk.authority import Attempt, Authority
from desk.people import Person
from desk.post import Chat, Outbox
from desk.profile import Profile
from desk.talk import Talk

PATIENCE = timedelta(hours=1)
"""After so long a silence a manager's words are no longer taken for what we asked for."""
PRESS_LIMIT = 64
"""Bytes of a press, by Telegram."""

_WORD = re.compile(r"[!-9;-~]*")
_NUMBER = re.compile(r"[0-9]{1,18}")
_NEVER = datetime.min.replace(tzinfo=UTC)

Who = TypeVar("Who", contravariant=True)
Words = TypeVar("Words", contravariant=True)
AnyOne = TypeVar("AnyOne")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file that came with words; `content` is there where it was small enough and could be fetched."""

    name: str
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class ManagerMessage:
    """What a manager wrote: the words with their formatting as HTML, and what came with them."""

    html: str
    kind: str = "text"
    file_id: str | None = None
    album: str | None = None
    attached: AttachedFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A manager's command: `words` behind its name, as HTML, and as HTML without the first of them."""

    name: str
    words: str = ""
    html: str = ""
    html_behind: str = ""
    file: AttachedFile | None = None

    @property
    def first(self) -> str:
        """The first word behind the name."""
        return (self.words.split(maxsplit=1) or [""])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A press on a button of ours: what it says, and the id of the message that bore the button."""

    prefix: str
    action: str
    words: tuple[str, ...]
    message_id: int

    @classmethod
    def read(cls, data: str, message_id: int) -> "Press | None":
        """None for what no button of ours says: a forged press may say anything.

        A single word that we never say comes empty, so that the press finds nothing.
        """
        prefix, *said = [word if _WORD.fullmatch(word) else "" for word in data.split(":")]
        if not said or len(data) > PRESS_LIMIT:
            return None
        return cls(prefix=prefix, action=said[0], words=tuple(said[1:]), message_id=message_id)

    @property
    def subject(self) -> str:
        """What it is about, as one text."""
        return ":".join(self.words)


def number(word: str) -> int | None:
    """A number that a database can hold; None for anything else."""
    return int(word) if _NUMBER.fullmatch(word) else None


class Listener(Protocol[Who, Words]):
    """Something that asks a person for words."""

    def asked_at(self, who: Who) -> datetime | None:
        """When it asked for what has not been told yet; None if it waits for nothing."""

    def hear(self, who: Who, words: Words) -> bool:
        """Take what was written as what was asked for; False if it is meant for others."""


def taken(listeners: Iterable[tuple[Listener[AnyOne, Words], AnyOne]], words: Words) -> bool:
    """Whether one of them was waiting for this: whoever asked last hears first."""
    asked = [(listener.asked_at(who) or _NEVER, listener, who) for listener, who in listeners]
    asked.sort(key=lambda each: each[0], reverse=True)
    return any(at > _NEVER and listener.hear(who, words) for at, listener, who in asked)


class Conversation(ABC):
    """What managers can talk about with the bot: it is found by its commands, presses and questions.

    Whether the person may is decided before any of its methods is called.
    """

    PRESSES: ClassVar[str]
    """The first word of its buttons' presses."""
    REFUSED: ClassVar[str]
    """The text for those who may not."""
    REFUSED_ANONYMOUS: ClassVar[str]
    """The text for groups and channels that write in their own name."""
    COMMANDS: ClassVar[frozenset[str]] = frozenset()
    """Names of commands, each perhaps with the one word behind it: "faq digest" goes before "faq"."""

    @abstractmethod
    def attempt(self, wish: Press | Command) -> Attempt:
        """What a press or a command is about to do, for the audit."""

    @abstractmethod
    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Do what a button says. The toast to show, if any."""

    def commanded(self, talk: Talk, command: Command) -> None:
        """Do what a command says."""
        raise LookupError(f"/{command.name} is no command of this conversation")

    def asked_at(self, talk: Talk) -> datetime | None:
        """When it asked this manager here for what has not been told yet; None if it waits for nothing."""
        return None

    def hear(self, talk: Talk, told: ManagerMessage) -> bool:
        """Take what a manager wrote as what was asked for; False if it is meant for others."""
        return False


class ManagersSide:
    """Every conversation with managers of one desk; who may is asked here, each time."""

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
        """A command by anybody; those who may not are told so."""
        conversation = _commanded(self._conversations, command)
        talk = self.talk(conversation, person, where)
        if self._authority.admits(person, conversation.attempt(command)):
            conversation.commanded(talk, command)
        else:
            talk.say(talk.text(_refusal(conversation, person)))

    def pressed(self, person: Person, where: Chat, press: Press) -> str | None:
        """A press by anybody. The toast to show, if any."""
        found = (each for each in self._conversations if press.prefix == each.PRESSES)
        conversation = next(found, None)
        if conversation is None:
            return None
        talk = self.talk(conversation, person, where)
        if self._authority.admits(person, conversation.attempt(press)):
            return conversation.pressed(talk, press)
        return talk.plain(_refusal(conversation, person))

    def hear(self, person: Person, where: Chat, told: ManagerMessage) -> bool:
        """Whether a conversation was waiting for these words, and has taken them."""
        if not self._authority.listens_to(person):
            return False
        talks = [(each, self.talk(each, person, where)) for each in self._conversations]
        return taken(talks, told)

    def talk(self, conversation: Conversation, person: Person, where: Chat) -> Talk:
        """With this person in this place, about this."""
        return Talk(self._profile, self._outbox, person, where, presses=conversation.PRESSES)


def _refusal(conversation: Conversation, person: Person) -> str:
    """Groups and channels bear negative numbers."""
    return conversation.REFUSED if person.telegram_id > 0 else conversation.REFUSED_ANONYMOUS


def _commanded(conversations: Sequence[Conversation], command: Command) -> Conversation:
    """Whose command it is. Raises LookupError if it is nobody's."""
    for said in (f"{command.name} {command.words.lower()}", command.name):
        for conversation in conversations:
            if said in conversation.COMMANDS:
                return conversation
    raise LookupError(f"/{command.name} is nobody's command")

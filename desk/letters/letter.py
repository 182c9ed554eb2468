"""Letters: what we say to somebody by another way than Telegram, and what became of it."""

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from desk.formatted import Html, bare

ChannelKind = Literal["email", "whatsapp", "max", "other"]
CHANNEL_KINDS: tuple[str, ...] = get_args(ChannelKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Words in our own value; each channel says them in its own form.

    The same letter has the same `key`, however often it is sent: some channels make one of two by it.
    `link` leads to the whole story, `unsubscribe` to where these letters are ended; `leaving` says that in
    words, with the link behind them if there is one.
    """

    key: str
    title: str
    html: Html
    language: str
    link: str = ""
    unsubscribe: str = ""
    leaving: str = ""

    @property
    def plain(self) -> str:
        """The text without formatting."""
        return bare(self.html)


@dataclass(frozen=True, slots=True)
class BackupAddress:
    """Where somebody is reached by a backup channel: which one, and their address there."""

    channel: str
    address: str

    @classmethod
    def parse(cls, written: str) -> "BackupAddress":
        """Read it as people write it, email:anna@example.com; raises ValueError."""
        channel, colon, address = written.strip().partition(":")
        if not colon or channel not in CHANNEL_KINDS or not address.strip():
            raise ValueError("no address of a backup channel")
        return cls(channel, address.strip())


@dataclass(frozen=True, slots=True)
class LetterTaken:
    """The channel has taken the letter; `message_id` is its name there, if it gives one."""

    message_id: str = ""


@dataclass(frozen=True, slots=True)
class LetterLate:
    """Not sent now, and nothing is wrong with it: to be tried again after so many seconds."""

    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class NobodyThere:
    """Nobody is reached at this address by this channel."""

    reason: str


@dataclass(frozen=True, slots=True)
class LetterRefused:
    """The channel will not have this letter, however often it is sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChannelBroken:
    """The channel takes no letter at all until it is mended: a wrong password, no such template."""

    reason: str


@dataclass(frozen=True, slots=True)
class LetterUncertain:
    """It may have been sent: the connection broke, or nobody answered, after it had gone out."""

    reason: str


LetterOutcome = LetterTaken | LetterLate | NobodyThere | LetterRefused | ChannelBroken | LetterUncertain
"""What became of a letter. A reason is a code or a few words of ours: it names no person and no secret."""


class BackupChannel(Protocol):
    """Another way out than Telegram."""

    async def send(self, letter: Letter, address: str) -> LetterOutcome:
        """Send a letter to one person; never raises for what the channel or the network do."""

    async def check(self) -> LetterOutcome:
        """Log in without sending anything: LetterTaken, or what a letter would have met."""

    async def close(self) -> None:
        """Hang up."""

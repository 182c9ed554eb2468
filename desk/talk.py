"""Speaking with one manager in one place."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.people import Person
from desk.post import Button, Call, Outbox, Parcel, press, rebutton, rewrite, say
from desk.profile import Profile


@dataclass(frozen=True, slots=True)
class Where:
    """The place a manager speaks from: the private chat, or the operators' group and perhaps a topic."""

    chat_id: int
    thread_id: int | None = None

    @property
    def private(self) -> bool:
        """Telegram gives people positive numbers and groups negative ones."""
        return self.chat_id > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that came with words; `content` is there where it was small enough and could be fetched."""

    name: str
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a manager wrote: the words with their formatting as HTML, and what came with them."""

    html: str
    kind: str = "text"
    file_id: str | None = None
    album: str | None = None
    attached: Attached | None = None


class Talk:
    """In private in the manager's language, in the group in the desk's; its buttons' presses begin alike."""

    def __init__(
        self, profile: Profile, outbox: Outbox, person: Person, where: Where, *, presses: str
    ) -> None:
        self._presses = presses
        self._texts, self._outbox, self._where = profile.texts, outbox, where
        self._language = profile.language_of(person) if where.private else profile.language

    def text(self, key: str, /, **params: object) -> str:
        """A text as Telegram HTML."""
        return self._texts.say(key, self._language, **params)

    def toast(self, key: str, /, **params: object) -> str:
        """A text over a pressed button."""
        return self._texts.plain(key, self._language, **params)

    @property
    def language(self) -> str:
        """What is spoken here."""
        return self._language

    def button(self, key: str, /, *says: str | int, **params: object) -> Button:
        """A button of ours; its caption may need parameters."""
        return Button(self._texts.plain(key, self._language, **params), press(self._presses, *says))

    def say(self, html: str, rows: Sequence[Sequence[Button]] = ()) -> None:
        """Say it here."""
        self.send(say(html, rows))

    def send(self, call: Call) -> None:
        """Anything that can be sent, here."""
        thread = self._where.thread_id
        self._post(call if thread is None else {**call, "message_thread_id": thread})

    def rewrite(self, message_id: int, html: str, rows: Sequence[Sequence[Button]] = ()) -> None:
        """Say something else in a message of ours."""
        self._post(rewrite(message_id, html, rows))

    def disarm(self, message_id: int) -> None:
        """Take the buttons away from a message of ours."""
        self._post(rebutton(message_id))

    def _post(self, call: Call) -> None:
        self._outbox.post(Parcel(chat_id=self._where.chat_id, call=call))

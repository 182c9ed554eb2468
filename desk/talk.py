"""A talk: speaking with one manager in one chat."""

from collections.abc import Sequence
from datetime import timedelta

from desk.paid import stars_in_words
from desk.people import Person
from desk.post import Body, Button, Chat, Outbox, Parcel, press, rebutton, rewrite, say
from desk.profile import Profile


class Talk:
    """Speaks the manager's language in private and the desk's in a group.

    Its buttons' presses begin with the word `presses`.
    """

    def __init__(
        self, profile: Profile, outbox: Outbox, person: Person, where: Chat, *, presses: str
    ) -> None:
        self._profile, self._outbox, self._presses = profile, outbox, presses
        self._texts = profile.texts
        self.person, self.where = person, where
        self._language = profile.language_of(person) if where.private else profile.language

    def under(self, presses: str) -> "Talk":
        """The same talk with another conversation's buttons."""
        return Talk(self._profile, self._outbox, self.person, self.where, presses=presses)

    def text(self, key: str, /, **params: object) -> str:
        """A text as Telegram HTML."""
        return self._texts.say(key, self._language, **params)

    def plain(self, key: str, /, **params: object) -> str:
        """A text without formatting, for toasts, captions, and inside other texts."""
        return self._texts.plain(key, self._language, **params)

    @property
    def language(self) -> str:
        """The language spoken here."""
        return self._language

    def spell(self, length: timedelta) -> str:
        """How long something is."""
        return self._texts.spell(self._language, length)

    def brief(self, length: timedelta) -> str:
        """How long something is about, as short as can be."""
        return self._texts.brief(self._language, length)

    def stars(self, n: int) -> str:
        """So many Stars, as what is not exceeded."""
        return stars_in_words(self._texts, self._language, n)

    def button(self, key: str, /, *says: str | int, **params: object) -> Button:
        """A button with a caption from the catalogue."""
        return Button(self._texts.plain(key, self._language, **params), press(self._presses, *says))

    def named(self, caption: str, /, *says: str | int) -> Button:
        """A button with a caption of its own, such as an entry's question."""
        return Button(caption, press(self._presses, *says))

    def say(self, html: str, rows: Sequence[Sequence[Button]] = ()) -> None:
        """Send a message here."""
        self.send(say(html, rows))

    def send(self, body: Body) -> None:
        """Send any body here."""
        to = Chat(self.where.chat_id, self.where.thread_id)
        self._outbox.post(Parcel(to=to, body=body))

    def rewrite(self, message_id: int, html: str, rows: Sequence[Sequence[Button]] = ()) -> None:
        """Change the text of a message of ours."""
        self._post(rewrite(message_id, html, rows))

    def disarm(self, message_id: int) -> None:
        """Remove the buttons of a message of ours."""
        self._post(rebutton(message_id))

    def _post(self, body: Body) -> None:
        self._outbox.post(Parcel(to=Chat(self.where.chat_id), body=body))

"""The one door to everything we say: a key, a language and what goes into the text."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from markupsafe import Markup

from locales import long_texts, time_words
from locales.catalogue import Catalogue, catalogue, languages


class MissingTextError(KeyError):
    """A text that is not there, or that was not given all it needs: a mistake in the program, never shown."""

    def __init__(self, key: str, language: str, reason: str) -> None:
        super().__init__(key)
        self.key, self.language, self.reason = key, language, reason

    def __str__(self) -> str:
        return f"{self.key} ({self.language}): {self.reason}"


class Texts:
    """All texts in all languages."""

    def __init__(self) -> None:
        self.languages = languages()

    def say(self, key: str, language: str, /, **params: object) -> Markup:
        """Return the text as Telegram HTML; what is put into it is escaped unless it is Markup already."""
        if key in long_texts.keys(language):
            return Markup(self._fill(key, language, params, html=True))  # noqa: S704 - autoescaped
        text = Markup(self._find(key, language, params))  # noqa: S704 - our own text, values get escaped
        with _naming(key, language):
            return text.format_map(params)

    def plain(self, key: str, language: str, /, **params: object) -> str:
        """Return the text without markup: captions of buttons, toasts, lines in a terminal."""
        if key in long_texts.keys(language):
            return self._fill(key, language, params, html=False)
        text = self._find(key, language, params)
        with _naming(key, language):
            return text.format_map(params)

    def best(self, code: str | None, default: str) -> str:
        """Return the language we have for a customer's language code, "ru-RU" say, or the default."""
        language = (code or "").replace("_", "-").split("-")[0].lower()
        return language if language in self.languages else default

    def spell(self, language: str, length: timedelta) -> str:
        """Return how long something is, in at most two units: "1 ч 20 мин"."""
        return time_words.spell(self.plain, language, length)

    def brief(self, language: str, length: timedelta) -> str:
        """Return how long something is about, as short as can be: "40 с", "6 мин"."""
        return time_words.brief(self.plain, language, length)

    def moment(self, language: str, when: datetime, now: datetime) -> str:
        """Return when something is as seen from now, both in the zone to be shown: "завтра в 9:00"."""
        return time_words.moment(self.plain, language, when, now)

    def day(self, language: str, day: datetime, now: datetime) -> str:
        """Return a day of the calendar, with its year only if that is another one: "20 ноября"."""
        return time_words.date(self.plain, language, day, now)

    def clock(self, language: str, when: datetime) -> str:
        """Return the time of day, in the zone to be shown: "9:00"."""
        return time_words.clock(self.plain, language, when)

    def _find(self, key: str, language: str, params: Mapping[str, object]) -> str:
        texts = self._catalogue(key, language)
        if key not in texts.keys:
            raise MissingTextError(key, language, "there is no such text")
        if key not in texts.counting:
            return texts.text(key)
        n = params.get("n")
        if not isinstance(n, int):
            raise MissingTextError(key, language, "the text counts something and needs a whole number n")
        return texts.counted(key, n)

    def _catalogue(self, key: str, language: str) -> Catalogue:
        if language not in self.languages:
            raise MissingTextError(key, language, "there is no such language")
        return catalogue(language)

    def _fill(self, key: str, language: str, params: dict[str, object], *, html: bool) -> str:
        from jinja2 import UndefinedError

        speak = self.say if html else self.plain

        def say(inner: str, **inner_params: object) -> str:
            return speak(inner, language, **inner_params)

        try:
            return long_texts.fill(key, language, params, html=html, say=say)
        except UndefinedError as error:
            raise MissingTextError(key, language, str(error)) from error


@contextmanager
def _naming(key: str, language: str) -> Iterator[None]:
    try:
        yield
    except KeyError as missing:
        raise MissingTextError(key, language, f"nothing was given for {missing}") from missing

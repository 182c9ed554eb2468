"""Writes an entry out for managers: its page, state, dates and changes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from html import escape

from desk.formatted import Html, cut, length_of
from desk.people import Person
from desk.profile import Profile
from desk.talk import Talk
from editorial.entries.difference import PartChange
from faq.entries.answer import render
from faq.entries.entry import ANY, Entry, in_telegram, is_address
from faq.entries.problem import Finding, Problem
from faq.entries.remark import Remark
from faq.entries.telegram_html import MESSAGE_LIMIT, plain
from faq.entries.version import Version

PHRASINGS_SHOWN = 10
PHRASING_SHOWN = 80
BRIEF_ANSWER = 900
LEAP_YEAR = 2000
"""A year that has every day a season may begin with."""
SOON = 7
"""So many days before its end an entry is said to end soon."""


class EntryView:
    """Writes entries in the language of the talk."""

    def __init__(self, profile: Profile, now: datetime) -> None:
        self._profile = profile
        self._now = now.astimezone(profile.zone)

    def page(
        self,
        entry: Entry,
        talk: Talk,
        *,
        version: Version | None = None,
        language: str | None = None,
        above: str = "",
    ) -> str:
        """The whole entry; an answer that is too long is cut."""
        whole = below(above, self._page(entry, talk, version, language, brief=False))
        if length_of(whole) <= MESSAGE_LIMIT:
            return whole
        return below(above, self._page(entry, talk, version, language, brief=True))

    def sample(self, talk: Talk, language: str) -> Person:
        """The customer for whom an answer is filled in."""
        name = talk.plain("editor.sample_name")
        return Person(telegram_id=0, first_name=name, username="anna", language_code=language)

    def answer(self, entry: Entry, talk: Talk, language: str) -> str:
        """The answer as a customer would read it."""
        someone = self.sample(talk, language)
        known = {
            "first_name": someone.first_name,
            "full_name": someone.name,
            "username": someone.username or "",
            "language": language,
        }
        return render(entry, language, known)

    def state(self, entry: Entry | None) -> str:
        """The state in one word: whether customers can find the entry now."""
        if entry is None:
            return "removed"
        if entry.hidden:
            return "hidden"
        if entry.open_at(self._now):
            return "open"
        ended = not replace(entry, valid_from=None, season=None).open_at(self._now)
        return "ended" if ended else "waiting"

    def ends_soon(self, entry: Entry) -> bool:
        """Whether it is in use but will not be in a few days."""
        end = entry.valid_until
        if end is None or not entry.open_at(self._now):
            return False
        last = end.date() if isinstance(end, datetime) else end
        return (last - self._now.date()).days < SOON

    def caption(self, version: Version, talk: Talk, limit: int) -> str:
        """A version's question behind a mark of its state, short enough for a button."""
        entry = version.entry
        name = version.entry_id if entry is None else entry.question_in(talk.language)
        state = self.state(entry)
        return cut(name if state == "open" else f"{talk.plain(f'editor.mark.{state}')} {name}", limit)

    def when(self, at: datetime, talk: Talk) -> str:
        """A time in words, as seen from now."""
        return self._profile.texts.moment(talk.language, at.astimezone(self._profile.zone), self._now)

    def line(self, key: str, version: Version, shown: Entry | None, talk: Talk, **more: object) -> str:
        """A text about a version, with its entry, author and time; `shown` names the entry."""
        return talk.text(
            key,
            question=version.entry_id if shown is None else shown.question_in(talk.language),
            who=version.author.name,
            when=self.when(version.at, talk),
            **more,
        )

    def dates(self, entry: Entry, talk: Talk) -> str:
        """The dates between which it is in use; empty for always."""
        if entry.season is not None:
            pattern = talk.plain("editor.season_day")
            first, last = (
                date(LEAP_YEAR, *day).strftime(pattern) for day in (entry.season.first, entry.season.last)
            )
            return talk.text("editor.dates.season", first=first, last=last)
        first_day, last_day = self._day(entry.valid_from, talk), self._day(entry.valid_until, talk)
        if first_day and last_day:
            return talk.text("editor.dates.between", first=first_day, last=last_day)
        if first_day:
            return talk.text("editor.dates.since", first=first_day)
        return talk.text("editor.dates.until", last=last_day) if last_day else ""

    def changes(self, changes: Iterable[PartChange], talk: Talk) -> str:
        """The names of parts that differ, on one line."""
        return ", ".join(self._change(each, talk) for each in changes)

    def problems(self, findings: Sequence[Finding | Problem], talk: Talk) -> list[str]:
        """The problems of an answer, a line each."""
        return [self._problem(each, talk) for each in findings]

    def remarks(self, remarks: Sequence[Remark], talk: Talk) -> list[str]:
        """What was done with a file, a line each."""
        return [self._remark(each, talk) for each in remarks]

    def language(self, code: str, talk: Talk) -> str:
        """The language by its own name, or its code if we do not speak it."""
        texts = self._profile.texts
        if code == ANY:
            return talk.plain("editor.everybody")
        return texts.plain("language.name", code) if code in texts.languages else code

    def attachment(self, entry: Entry, talk: Talk) -> str:
        """The media that goes with the answer, by its kind or name."""
        if entry.media is None:
            return ""
        sent = in_telegram(entry.media)
        if sent:
            return talk.text(f"editor.media.{sent[0]}")
        return escape(entry.media if is_address(entry.media) else entry.media.rpartition("/")[2])

    def _page(
        self, entry: Entry, talk: Talk, version: Version | None, language: str | None, *, brief: bool
    ) -> str:
        language = language or talk.language
        answer = self.answer(entry, talk, language) if entry.answer else ""
        phrasings = [said for texts in entry.phrasings.values() for said in texts]
        return talk.text(
            "editor.entry",
            question=entry.question_in(language) if entry.question else "",
            state=self.state(entry),
            section=entry.category_in(language) if entry.category else "",
            phrasings=[cut(each, PHRASING_SHOWN) for each in phrasings[:PHRASINGS_SHOWN]],
            more=max(0, len(phrasings) - PHRASINGS_SHOWN),
            answer=cut(plain(answer), BRIEF_ANSWER) if brief else Html(answer),
            brief=brief,
            media=Html(self.attachment(entry, talk)),
            dates=Html(self.dates(entry, talk)),
            person=entry.call_person,
            sure=None if entry.sure is None else round(entry.sure * 100),
            languages=", ".join(self.language(each, talk) for each in entry.languages),
            id=entry.id,
            number=None if version is None else version.number,
            who=None if version is None else version.author.name,
            when=None if version is None else self.when(version.at, talk),
        )

    def _day(self, when: date | datetime | None, talk: Talk) -> str:
        if when is None:
            return ""
        if isinstance(when, datetime):
            return when.strftime(talk.plain("editor.day") + " %H:%M")
        return when.strftime(talk.plain("editor.day"))

    def _change(self, change: PartChange, talk: Talk) -> str:
        name = talk.text(f"editor.part.{change.part}")
        counted = [f"+{change.added}"] * bool(change.added) + [f"−{change.removed}"] * bool(change.removed)
        return f"{name} ({' '.join(counted)})" if counted else name

    def _problem(self, finding: Finding | Problem, talk: Talk) -> str:
        params = dict(finding.params)
        if "expected" in params:
            params["expected"] = talk.plain(f"faq.expected.{params['expected']}")
        return talk.plain(f"faq.problem.{finding.kind}", **params)

    def _remark(self, remark: Remark, talk: Talk) -> str:
        params = dict(remark.params)
        if "key" in params:
            params["key"] = talk.plain(f"faq.column.{params['key']}")
        return talk.plain(f"faq.remark.{remark.kind}", **params)


def below(above: str, page: str) -> str:
    """A page below a line, if there is one."""
    return "\n\n".join(each.strip() for each in (above, page) if each)

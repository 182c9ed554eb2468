"""Reads polls as managers write them: the question on the first line, an option on each further one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadcasts.composing.promised import Passed, PromiseReader
from broadcasts.composing.spoken import spoken
from desk.formatted import cut
from desk.people import Texts

QUESTION_MOST, OPTION_MOST = 300, 100
FEWEST, MOST = 2, 12
"""What Telegram takes; of fewer than two options nobody can choose."""
SHOWN = 40
_SIGN = re.compile(r"^(?:[-–—](?!\d)|[•*·◦▪]|\d{1,2}[.)](?=\s))\s*")
_CLOCK = re.compile(r"\d:\d\d")
_SCALE = re.compile(r"^(0|1)\s*[-–—]\s*(5|10)(?![\d:.,])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPoll:
    """What was read; `scale` if the options are its grades."""

    question: str = ""
    options: tuple[str, ...] = ()
    scale: bool = False
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PollFlaw:
    """What is wrong: what is to be written anew ("question", "options" or "until"), and what to say of it."""

    asks: str
    key: str
    params: dict[str, object]


class PollReader:
    """Reads what managers write in the words of all our languages; `now` in the desk's zone."""

    def __init__(self, texts: Texts) -> None:
        self._promises = PromiseReader(texts)
        self._until = re.compile(rf"(?:{'|'.join(map(re.escape, spoken(texts, 'until')))})\s+", re.IGNORECASE)

    def read(self, text: str, now: datetime) -> ReadPoll:
        """A whole poll."""
        lines, ends_at = self._ended(_lines(text), now)
        if not lines:
            return ReadPoll(ends_at=ends_at)
        scale = _SCALE.match(lines[0])
        if scale is None:
            return ReadPoll(question=lines[0], options=_options(lines[1:]), ends_at=ends_at)
        question = " ".join([lines[0][scale.end() :], *lines[1:]]).strip()
        return ReadPoll(question=question, options=_grades(scale), scale=True, ends_at=ends_at)

    def options(self, text: str, now: datetime) -> ReadPoll:
        """The options of a poll whose question is known, or the name of a scale."""
        lines, ends_at = self._ended(_lines(text), now)
        scale = _SCALE.fullmatch(" ".join(lines))
        options = _options(lines) if scale is None else _grades(scale)
        return ReadPoll(options=options, scale=scale is not None, ends_at=ends_at)

    def end(self, text: str, now: datetime) -> datetime | PollFlaw:
        """When it is to end: "18:00", "до 18:00", "завтра в 9"."""
        said = " ".join(text.split())
        read = self._promises.time_of(self._until.sub("", said, count=1), now)
        if isinstance(read, datetime):
            return read
        key = "poll.flaw.passed" if isinstance(read, Passed) else "poll.flaw.no_time"
        return PollFlaw("until", key, {"words": cut(said, SHOWN)})

    def _ended(self, lines: list[str], now: datetime) -> tuple[list[str], datetime | None]:
        """The lines without a last one that says when it ends; among other times it is an option."""
        if len(lines) < 2 or self._until.match(lines[-1]) is None:
            return lines, None
        if any(_CLOCK.search(line) for line in lines[1:-1]):
            return lines, None
        read = self.end(lines[-1], now)
        return (lines, None) if isinstance(read, PollFlaw) else (lines[:-1], read)


def flaw_of(question: str, options: Sequence[str]) -> PollFlaw | None:
    """The first thing for which Telegram would refuse it, or nobody could vote."""
    if len(question) > QUESTION_MOST:
        return PollFlaw("question", "poll.flaw.question_long", {"n": len(question), "most": QUESTION_MOST})
    long = next((each for each in options if len(each) > OPTION_MOST), None)
    if long is not None:
        said = {"option": cut(long, SHOWN), "n": len(long), "most": OPTION_MOST}
        return PollFlaw("options", "poll.flaw.option_long", said)
    if len(options) > MOST:
        return PollFlaw("options", "poll.flaw.many", {"n": len(options), "most": MOST})
    if options and len(options) < FEWEST:
        return PollFlaw("options", "poll.flaw.few", {"fewest": FEWEST})
    twice = _twice(options)
    return None if twice is None else PollFlaw("options", "poll.flaw.twice", {"option": cut(twice, SHOWN)})


def _twice(options: Sequence[str]) -> str | None:
    seen = set[str]()
    for option in options:
        if option.casefold() in seen:
            return option
        seen.add(option.casefold())
    return None


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _options(lines: Sequence[str]) -> tuple[str, ...]:
    """What stands behind the signs of a list; a line that is nothing but a sign is no option."""
    bare = (_SIGN.sub("", line, count=1).strip() for line in lines)
    return tuple(each for each in bare if each)


def _grades(scale: re.Match[str]) -> tuple[str, ...]:
    return tuple(str(grade) for grade in range(int(scale[1]), int(scale[2]) + 1))

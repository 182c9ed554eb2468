"""The referee's notebook: every call and every update, in order."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sandbox.accounts import Json


@dataclass(slots=True, eq=False)
class Call:
    """A Bot API call and what came of it; `applied` says whether the world changed, whatever was answered.

    `ignored` are the parameters that a lenient world did not know.
    """

    n: int
    at: float
    bot: int
    method: str
    params: Json
    chat: int | None = None
    applied: bool = False
    status: int = 200
    result: Any = None
    error: str | None = None
    fault: str | None = None
    ignored: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.status == 200


@dataclass(slots=True, eq=False)
class Made:
    """An update produced for a bot."""

    n: int
    at: float
    bot: int
    update_id: int
    kind: str
    chat: int | None
    body: Json


@dataclass(frozen=True)
class Verdict:
    """What became of things that should each have happened once, in order."""

    lost: list[Any] = field(default_factory=list)
    doubled: list[Any] = field(default_factory=list)
    disordered: list[Any] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.disordered)


class Log:
    def __init__(self) -> None:
        self.entries: list[Call | Made] = []

    def __len__(self) -> int:
        return len(self.entries)

    def add(self, entry: Call | Made) -> None:
        self.entries.append(entry)

    def calls(
        self, method: str | None = None, *, chat: int | None = None, applied: bool | None = None
    ) -> list[Call]:
        return [
            entry
            for entry in self.entries
            if isinstance(entry, Call)
            and (method is None or entry.method.lower() == method.lower())
            and (chat is None or entry.chat == chat)
            and (applied is None or entry.applied is applied)
        ]

    def updates(
        self, kind: str | None = None, *, chat: int | None = None, bot: int | None = None
    ) -> list[Made]:
        return [
            entry
            for entry in self.entries
            if isinstance(entry, Made)
            and (kind is None or entry.kind == kind)
            and (chat is None or entry.chat == chat)
            and (bot is None or entry.bot == bot)
        ]


def judge(expected: Iterable[Hashable], seen: Iterable[Hashable]) -> Verdict:
    """Hold what happened against what should have: lost, doubled, out of order (first sightings count)."""
    wanted = list(expected)
    place = {thing: n for n, thing in enumerate(wanted)}
    counts: Counter[Hashable] = Counter()
    disordered: list[Any] = []
    furthest = -1
    for thing in seen:
        if thing not in place:
            continue
        counts[thing] += 1
        if counts[thing] == 1:
            if place[thing] < furthest:
                disordered.append(thing)
            furthest = max(furthest, place[thing])
    return Verdict(
        lost=[thing for thing in wanted if not counts[thing]],
        doubled=[thing for thing in wanted if counts[thing] > 1],
        disordered=disordered,
    )

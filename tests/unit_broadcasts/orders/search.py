"""Breadth first over what can stand in the database: all orders of acts, by the states they lead to."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from desk.post import Chat
from tests.managers import BORIS, GENERAL
from tests.unit_broadcasts.orders.rules import ACTIONS, RIGHTS, Act
from tests.unit_broadcasts.orders.watched import Watched
from tests.unit_broadcasts.test_two_people import ALLA, VERA

Path = tuple[Act, ...]


@dataclass(frozen=True, kw_only=True)
class Bound:
    """How far orders go: so many acts by these people, who may have any role at each of them."""

    acts: int
    people: tuple[int, ...] = (VERA.telegram_id, ALLA.telegram_id)
    roles: tuple[str, ...] = tuple(RIGHTS)
    actions: tuple[str, ...] = ACTIONS
    goes_on: bool = False
    """Whether more is said of the incident in between: by one press of somebody here, by somebody else."""
    until: str = ""
    """A fault that ends the search."""


@dataclass
class Found:
    """What a search has seen."""

    states: int = 0
    transitions: int = 0
    happened: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[tuple[Path, list[str]]] = field(default_factory=list)

    @property
    def faults(self) -> set[str]:
        return {each.rpartition(": ")[2] for _, wrong in self.wrong for each in wrong}


class Search:
    """Tries every act in every state, from a beginning on.

    The clock stands still, so a token is its content: whatever was ever shown, in any order, is pressed in
    every state. What is dead there is pressed by managers only, for nobody may more.
    """

    def __init__(self, world: Watched, bound: Bound, where: Chat) -> None:
        self._world, self._bound, self._where = world, bound, where
        self._found = Found(happened=world.happened)
        self._tried: dict[Path, set[str]] = {}

    def run(self, begins: Callable[[Watched, Chat], None]) -> Found:
        """Everything that can be reached."""
        world = self._world
        world.begins(begins, self._where)
        self._begun = world.keep("begun")
        known: dict[Any, Path] = {world.state: ()}
        level: list[Path] = [()]
        for depth in range(self._bound.acts):
            further: list[Path] = []
            for path in level:
                for act in self._expand(path):
                    if world.state not in known:
                        known[world.state] = (*path, act)
                        further.append((*path, act))
            level = further if depth + 1 < self._bound.acts else []
        for path in tuple(self._tried):
            for _ in self._expand(path):
                pass
        self._found.states = len(known)
        return self._found

    def _expand(self, path: Path) -> Iterator[Act]:
        """Each act in the state that a path leads to; the world is behind it."""
        world, tried = self._world, self._tried.setdefault(path, set())
        fresh = set(world.shown) - tried
        if not fresh or self._bound.until in self._found.faults:
            return
        world.undo("begun", self._begun)
        for act in path:
            world.repeats(act)
        here = world.keep("here")
        for act in self._acts(fresh, again=bool(tried)):
            wrong = world.does(act)
            self._found.transitions += 1
            if wrong:
                self._found.wrong.append(((*path, act), wrong))
            yield act
            world.undo("here", here)
        tried |= fresh

    def _acts(self, fresh: set[str], *, again: bool) -> Iterator[Act]:
        state = self._world.state
        for token in sorted(fresh):
            alive = state.draft(token) or state.submission(token)
            for who in self._bound.people:
                for role in self._bound.roles if alive else ("manager",):
                    for what in self._bound.actions:
                        yield Act(what, who, role, self._chat(who), token)
        if again:
            return
        for who in self._bound.people:
            for role in self._bound.roles:
                yield Act("writes", who, role, self._chat(who))
                for seen in (1, 2) if self._bound.goes_on else ():
                    yield Act("more", who, role, self._chat(who), f"1:{seen}")
        if self._bound.goes_on:
            yield Act("overtakes", BORIS.telegram_id, "manager", BORIS.telegram_id)

    def _chat(self, who: int) -> int:
        return GENERAL.chat_id if self._where == GENERAL else who

"""The watch over all desks of the process: looks at them every few seconds, and tells who asks."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from bot.health.desk_health import DeskHealth
from bot.health.trouble import Trouble
from locales import Texts

EVERY = 3.0
"""Seconds between looks."""


class WatchState(StrEnum):
    """How far the process is."""

    STARTING = "starting"
    AT_WORK = "at_work"
    STOPPING = "stopping"


class Watch:
    """Knows how every desk is; answers at once, whatever hangs."""

    def __init__(self, names: Iterable[str], language: str = "en") -> None:
        self.names, self._language = frozenset(names), language
        self.desks: dict[str, DeskHealth] = {}
        self._stop: asyncio.Event | None = None
        self._texts = Texts()

    @property
    def state(self) -> WatchState:
        """How far the process is now."""
        if self._stop is None:
            return WatchState.STARTING
        return WatchState.STOPPING if self._stop.is_set() else WatchState.AT_WORK

    @contextmanager
    def over(self, desks: Mapping[str, DeskHealth], stop: asyncio.Event) -> Iterator[None]:
        """The desks are at work until told to stop."""
        self.desks, self._stop = dict(desks), stop
        looking = asyncio.create_task(self._look(), name="watch")
        try:
            yield
        finally:
            looking.cancel()
            for desk in self.desks.values():
                desk.database.stop()

    def sees(self, desk: DeskHealth) -> None:
        """A desk begins anew, with another health."""
        before = self.desks.get(desk.name)
        if before is not None and before is not desk:
            before.database.stop()
            self.desks[desk.name] = desk

    def troubles(self, only: str | None = None) -> list[tuple[str, str, Trouble]]:
        """All that is wrong: desk, check, trouble."""
        if self.state is not WatchState.AT_WORK:
            return [("", "process", Trouble(self.state.value))]
        chosen = [desk for name, desk in self.desks.items() if only in {None, name}]
        return [
            (desk.name, check, trouble)
            for desk in chosen
            for check, trouble in desk.troubles().items()
            if trouble is not None
        ]

    def language(self, wanted: str) -> str:
        """The language somebody asks for, if we speak it; else that of whoever has started us."""
        return self._texts.best(wanted, default=self._language)

    def report(self, language: str, only: str | None = None) -> dict[str, Any]:
        """How it is, as JSON may say it."""
        troubles = self.troubles(only)
        reasons = [
            {
                "desk": desk,
                "check": check,
                "name": trouble.name,
                "seconds": round(trouble.seconds),
                "text": trouble.told(self._texts, language),
            }
            for desk, check, trouble in troubles
        ]
        desks = {
            name: {"ready": all(name != each[0] for each in troubles), **desk.waiting()}
            for name, desk in self.desks.items()
            if only in {None, name}
        }
        return {"ready": not troubles, "state": self.state.value, "reasons": reasons, "desks": desks}

    def line(self) -> str:
        """How it is, in one line."""
        troubles = self.troubles()
        if not troubles:
            return self._texts.plain("ready.well", self._language, n=len(self.desks))
        told = (trouble.told(self._texts, self._language) for _, _, trouble in troubles)
        return " ".join(dict.fromkeys(told))

    async def _look(self) -> None:
        while True:
            for desk in self.desks.values():
                desk.database.look()
            await asyncio.sleep(EVERY)

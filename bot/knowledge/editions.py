"""Makes a new edition of the knowledge base whenever its files or its versions have changed."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import IntegrityError

from bot.engine.units import Units
from bot.knowledge.telling import what_is_wrong
from bot.knowledge.vectors import KeptVectors, MemoryVectors
from bot.rooms.desk_rooms import DeskRooms
from editorial.learning.traffic import LOOKED_BACK, MOST_READ, traffic
from faq.entries.knowledge import Knowledge
from faq.entries.problem import BrokenFaq, Problem
from faq.files.body import Body
from faq.files.glossary import Glossary
from faq.files.source import FilesBroken, FilesRead, Look, Source
from faq.library import Edition, Library
from faq.matching.judged import Judged, TrafficQuestion
from faq.matching.match import Matcher, Thresholds
from faq.matching.matcher import build, estimate, expecting
from faq.matching.meaning import Encoder, Vectors
from storage.knowledge.versions import Mark

if TYPE_CHECKING:
    from faq.matching.traffic import Traffic

log = structlog.get_logger("faq")

LOOK_EVERY = 1.0
REFIT_EVERY = timedelta(hours=6)
"""How often the matcher is fitted anew to what people said about answers."""
ESTIMATE_AFTER = timedelta(minutes=1)
"""An edition's traffic is estimated at most so often, however fast editions follow each other."""
LEARNT_FROM = timedelta(days=365)
MOST_JUDGED = 5000
SHOWN_PROBLEMS = 10
_NEVER = datetime.min.replace(tzinfo=UTC)


class Editions:
    """Makes and publishes editions of one desk's knowledge base."""

    def __init__(
        self,
        units: Units,
        library: Library,
        source: Source,
        thresholds: Thresholds,
        encoder: Encoder | None = None,
    ) -> None:
        self._units, self._library, self._source = units, library, source
        self._thresholds, self._encoder = thresholds, encoder
        self._glossary = Glossary()
        self._stale = True
        self._mark: Mark | None = None
        self._judged: Sequence[Judged] = []
        self._fitted_at: datetime | None = None
        self.traffic: Traffic | None = None
        self._estimated_at = _NEVER
        self._estimated: Edition | None = None
        self._remembered = MemoryVectors()
        self._written = asyncio.Event()
        self._stopping = False

    def ring(self) -> None:
        """Make a new edition soon, because versions of entries were committed."""
        self._written.set()

    async def open(self) -> None:
        """Publish the first edition; raises BrokenFaq if files are broken and there is no version."""
        found = await self._look()
        if isinstance(found, FilesBroken):
            if not await self._units.look(lambda rooms: rooms.stores.versions.mark()):
                raise BrokenFaq(found.problems)
            await self._complain(found.problems)
        await self._publish()

    async def run(self) -> None:
        """Look again every second, and at once when a version was added."""
        while not self._stopping:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._written.wait(), LOOK_EVERY)
            self._written.clear()
            try:
                await self.refresh()
            except Exception:
                log.exception("the knowledge base could not be brought up to date; the last good one stays")

    def stop(self) -> None:
        """Finish an edition that is being made, and begin no other."""
        self._stopping = True
        self._written.set()

    async def refresh(self) -> None:
        """Take over what has changed, if anything has; a broken file leaves the last good edition."""
        found = await self._look()
        if isinstance(found, FilesBroken):
            await self._complain(found.problems)
        await self._publish()
        await self._estimate()

    async def _look(self) -> Look:
        """Read the files, and keep what they say in the same transaction as the versions that follow."""
        found = await asyncio.to_thread(self._source.look)
        if isinstance(found, FilesRead):
            try:
                await self._listen(found)
            except Exception:
                self._source.forget()
                raise
            self._glossary, self._stale = found.glossary, True
        return found

    async def _listen(self, heard: FilesRead) -> None:
        """Take over what the files say; another process may have done so already."""
        if self._source.is_empty:
            return
        names = self._source.names
        try:
            count = await self._units.write(lambda rooms: rooms.managers.filing.listen(heard.said, names))
        except IntegrityError:
            count = await self._units.write(lambda rooms: rooms.managers.filing.listen(heard.said, names))
        if count:
            log.info("the files were taken over", entries=count)

    async def _publish(self) -> None:
        """Make an edition of the newest versions in a thread, and publish it."""
        now = self._units.clock()
        refit = self._fitted_at is None or now - self._fitted_at >= REFIT_EVERY
        mark, judged = await self._units.look(partial(_news, refit=refit))
        if refit:
            self._fitted_at = now
            self._stale |= judged != self._judged
            self._judged = judged
        if mark == self._mark and not self._stale:
            return
        self._mark, bodies = await self._units.look(_standing)
        self._stale = False
        self._library.put(await asyncio.to_thread(self._make, bodies, self._vectors()))
        log.info("an edition was published", entries=len(bodies))

    def _make(self, bodies: Sequence[Body], vectors: Vectors | None) -> Edition:
        return self._library.make(bodies, partial(self._matcher, vectors=vectors))

    async def _estimate(self) -> None:
        """Find out in a thread what the desk's traffic tells of the edition, and let its matcher expect that.

        A new edition expects what the last one did until then: nobody waits for this.
        """
        now, edition = self._units.clock(), self._library.edition
        every = REFIT_EVERY if edition is self._estimated else ESTIMATE_AFTER
        if now - self._estimated_at < every:
            return
        self._estimated_at = now
        asked = await self._units.look(_asked_lately)
        found = await asyncio.to_thread(estimate, edition.matcher, asked, self._remembered)
        if found != self.traffic:
            matcher = await asyncio.to_thread(expecting, edition.matcher, found)
            edition = Edition(edition.knowledge, matcher)
            self._library.put(edition)
            log.info("traffic was weighed", **_figures(found))
        self.traffic, self._estimated = found, edition

    def _matcher(self, knowledge: Knowledge, *, vectors: Vectors | None) -> Matcher:
        matcher = build(
            knowledge,
            self._thresholds,
            judged=self._judged,
            vectors=vectors,
            glossary=self._glossary,
            encoder=self._encoder,
        )
        return expecting(matcher, self.traffic)

    def _vectors(self) -> Vectors | None:
        return None if self._encoder is None else KeptVectors(self._units, asyncio.get_running_loop())

    async def _complain(self, problems: Sequence[Problem]) -> None:
        log.error("the FAQ's files cannot be used; the last good version stays", problems=len(problems))
        await self._units.write(partial(_tell_of, problems[:SHOWN_PROBLEMS]))


def _news(rooms: DeskRooms, *, refit: bool) -> tuple[Mark, Sequence[Judged]]:
    """How many versions there are, and the labels of questions if it is time to weigh them anew."""
    mark = rooms.stores.versions.mark()
    if not refit:
        return mark, ()
    return mark, rooms.stores.evidence.judged(rooms.now - LEARNT_FROM, MOST_JUDGED)


def _figures(found: "Traffic | None") -> dict[str, float]:
    """How many questions, and the share of right firsts among them and where confidence was fitted."""
    if found is None:
        return {"questions": 0}
    return {
        "questions": found.questions,
        "right": round(found.right, 3),
        "usually": round(found.before, 3),
    }


def _asked_lately(rooms: DeskRooms) -> Sequence[TrafficQuestion]:
    return traffic(rooms.stores.evidence.lately(rooms.now - LOOKED_BACK, MOST_READ))


def _standing(rooms: DeskRooms) -> tuple[Mark, list[Body]]:
    """How many versions there are, and every entry that is not removed."""
    versions = rooms.stores.versions
    return versions.mark(), [body for _, body in versions.standing() if body is not None]


def _tell_of(problems: Sequence[Problem], rooms: DeskRooms) -> None:
    """Tell managers what is wrong with the files, and where."""
    profile = rooms.profile

    def plain(key: str, /, **params: object) -> str:
        return profile.texts.plain(key, profile.language, **params)

    told = [
        {"file": each.path.name, "line": each.line, "entry": each.entry, "what": what_is_wrong(each, plain)}
        for each in problems
    ]
    rooms.shared.alarm.to_managers("alert.faq_broken", cause=str(told), problems=told)

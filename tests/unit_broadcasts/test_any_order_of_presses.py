"""Whatever is pressed in whatever order by whomever: nothing is published that the rules forbid."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.pool import StaticPool

from desk.people import Person
from desk.post import Chat
from storage.tables import audit, metadata, notices
from tests.managers import ANNA, BORIS, GENERAL, STRANGER
from tests.unit_broadcasts.newsroom import Newsroom
from tests.unit_broadcasts.test_two_people import ALLA, PETR, VERA

ILYA = Person(telegram_id=1006, first_name="Илья", language_code="ru")
"""Approves until the role is taken from him, as Boris manages until then."""
PEOPLE = (ANNA, BORIS, VERA, PETR, ALLA, ILYA, STRANGER)
DRAFTS = {VERA.telegram_id: "draft"}
PUBLISHES = {PETR.telegram_id: "publish"}
APPROVES = {ALLA.telegram_id: "approve", ILYA.telegram_id: "approve"}
ACTIONS = ("publish", "submit", "takeback", "approve", "decline", "reject", "glass", "change", "color")

people = st.sampled_from(PEOPLE)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("drafts"), people, st.sampled_from(["red", "yellow"])),
        st.tuples(st.just("goes on"), people, st.just("")),
        st.tuples(st.just("presses"), people, st.sampled_from(ACTIONS)),
        st.tuples(st.just("presses"), people, st.sampled_from(ACTIONS)),
        st.tuples(st.just("presses again"), people, st.just("")),
        st.tuples(st.just("writes"), people, st.just("")),
        st.tuples(st.just("leaves"), st.sampled_from([ILYA, BORIS]), st.just("")),
        st.tuples(st.just("waits"), st.just(ANNA), st.just("")),
    ),
    max_size=25,
)


@dataclass
class Watched:
    """A newsroom, and what each token showed when it was first seen."""

    room: Newsroom
    two_person: str
    shown: dict[str, str] = field(default_factory=dict)
    pressed: tuple[str, Person] | None = None
    written: int = 0
    known: int = 0

    def acts(self, what: str, who: Person, how: str, which: int, where: Chat) -> None:
        """One step; `which` of all the tokens ever seen a press is about."""
        glass = self._breaks_glass(what, who, where)
        match what:
            case "drafts":
                self.written += 1
                self.room.broadcast(how, f"Сбой {self.written}", who, where)
            case "goes on":
                live = self.room.incidents.live()
                if live:
                    self.room.press(f"incident:update:{live[which % len(live)].id}", 1, who, where)
            case "presses" if self.shown:
                token = list(self.shown)[which % len(self.shown)]
                self.pressed = (f"incident:{how}:{token}", who)
                self.room.press(self.pressed[0], 1, who, where)
            case "presses again" if self.pressed is not None:
                self.room.press(self.pressed[0], 1, who, where)
                what, how = "presses", self.pressed[0].split(":")[1]
            case "writes":
                self.written += 1
                self.room.writes(f"Слова {self.written}", who, where)
            case "leaves":
                left = dict(self.room.profile.publishers)
                left.pop(who.telegram_id, None)
                managers = self.room.profile.managers - {who.telegram_id}
                self.room.profile = replace(self.room.profile, publishers=left, managers=managers)
            case "waits":
                self.room.passes(minutes=40)
                self.room.ticks()
        self._judge(what, who, how, glass=glass)
        self._look()

    def _breaks_glass(self, what: str, who: Person, where: Chat) -> bool:
        draft = self.room.drafts.of(who.telegram_id, where.chat_id)
        return what == "writes" and draft is not None and draft.asking == "glass"

    def _judge(self, what: str, who: Person, how: str, *, glass: bool) -> None:
        """Every notice that this step published was this person's to publish, as it was shown."""
        rows = self.room.connection.execute(select(notices).order_by(notices.c.id)).all()
        new = rows[self.known :]
        self.known = len(rows)
        assert len(new) <= 1
        assert len({row.token for row in rows}) == len(rows)
        for row in new:
            before = [each for each in rows if each.incident_id == row.incident_id and each.id < row.id]
            two = self._takes_two(row.severity, [each.severity for each in before])
            assert row.text in self.shown[row.token]
            assert who.telegram_id in self._holders("publish")
            if glass:
                assert who.telegram_id == row.author_id
            elif two:
                assert (what, how) == ("presses", "approve")
                assert who.telegram_id != row.author_id
                assert who.telegram_id in self._holders("approve")
            else:
                assert (what, how) in {("presses", "approve"), ("presses", "publish")}

    def _takes_two(self, severity: str, before: list[str]) -> bool:
        red = "red" in {severity, *before[-1:]}
        if self.two_person == "always":
            return bool(before) or not red
        return self.two_person == "red" and red and bool(before)

    def _holders(self, right: str) -> set[int]:
        enough = {"publish": ("publish", "approve"), "approve": ("approve",)}[right]
        profile = self.room.profile
        return set(profile.managers) | {key for key, role in profile.publishers.items() if role in enough}

    def _look(self) -> None:
        for messages in self.room.chats.values():
            for message in messages:
                for data in message.buttons.values():
                    word = data.split(":")[2]
                    if len(word) == 32:
                        self.shown.setdefault(word, message.text)


@contextmanager
def watched(two_person: str) -> Iterator[Watched]:
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    metadata.create_all(engine)
    with engine.begin() as connection:
        room = Newsroom(connection)
        roles = DRAFTS | PUBLISHES | APPROVES
        room.profile = replace(room.profile, publishers=roles, two_person=two_person)
        yield Watched(room, two_person)
    engine.dispose()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["never", "red", "always"]), steps, st.data())
def test_nothing_is_published_that_the_rules_forbid(
    two_person: str, taken: list[tuple[str, Person, str]], data: st.DataObject
) -> None:
    author = data.draw(st.sampled_from([ANNA, VERA, PETR, ALLA]))
    begun = [("drafts", author, "yellow"), ("presses", author, "submit")]
    with watched(two_person) as world:
        for what, who, how in [*begun, *taken]:
            newest = data.draw(st.integers(1, 3))
            where = Chat(who.telegram_id) if data.draw(st.integers(0, 3)) else GENERAL
            world.acts(what, who, how, len(world.shown) - newest, where)
        refused = select(audit).where(audit.c.actor_id == STRANGER.telegram_id, audit.c.allowed)
        assert world.room.connection.execute(refused).all() == []


@pytest.mark.parametrize("two_person", ["never", "always"])
@pytest.mark.parametrize("author", [ANNA, VERA], ids=lambda each: each.first_name)
def test_whoever_presses_first_under_what_was_submitted(two_person: str, author: Person) -> None:
    for who in PEOPLE:
        for action in ("approve", "publish"):
            with watched(two_person) as world:
                for what, how in (("drafts", "yellow"), ("presses", "submit")):
                    world.acts(what, author, how, len(world.shown) - 1, Chat(author.telegram_id))
                for _ in range(2):
                    world.acts("presses", who, action, len(world.shown) - 1, Chat(who.telegram_id))


def test_every_way_to_publish_is_among_the_orders() -> None:
    """The same steps by hand, so that a test that publishes nothing would be noticed."""
    with watched("always") as world:
        world.acts("drafts", PETR, "yellow", 0, Chat(PETR.telegram_id))
        world.acts("presses", PETR, "submit", 0, Chat(PETR.telegram_id))
        world.acts("presses", PETR, "approve", 0, Chat(PETR.telegram_id))
        world.acts("presses", VERA, "approve", 0, Chat(VERA.telegram_id))
        assert world.known == 0
        world.acts("presses", ALLA, "approve", 0, Chat(ALLA.telegram_id))
        world.acts("presses again", BORIS, "", 0, Chat(BORIS.telegram_id))
        assert world.known == 1
        world.acts("drafts", PETR, "yellow", 0, Chat(PETR.telegram_id))
        world.acts("presses", PETR, "glass", len(world.shown) - 1, Chat(PETR.telegram_id))
        world.acts("writes", PETR, "", 0, Chat(PETR.telegram_id))
        assert world.known == 2

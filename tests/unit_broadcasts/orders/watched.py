"""A newsroom whose every act is judged by the rules as they are written down a second time."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from desk.conversation import ManagersSide
from desk.post import Chat, Outcome, Parcel
from storage.tables import metadata
from tests.managers import BORIS
from tests.unit_broadcasts.newsroom import Newsroom
from tests.unit_broadcasts.orders.rules import ACTIONS, STEPS, Act, Row, Rules, Shown, State, Told
from tests.unit_broadcasts.test_two_people import ALLA, PETR, VERA

PEOPLE = {each.telegram_id: each for each in (VERA, ALLA, PETR)}
"""Whoever acts, with another role each time; Anna and Boris are managers all the time."""
PRESSES = frozenset(ACTIONS) | STEPS | {"more"}
TOKEN = 32
DRAFTS = (
    "SELECT manager_id, chat_id, token, kind, incident_id, severity, text, title, asking, started_at, NULL "
    "FROM drafts ORDER BY manager_id, chat_id, turn DESC, id DESC"
)
SUBMISSIONS = (
    "SELECT manager_id, chat_id, token, kind, incident_id, severity, text, title, asking, started_at, "
    "submitted_at FROM submissions ORDER BY token"
)
NOTICES = "SELECT incident_id, severity, text, author_id, token FROM notices ORDER BY id"
Kept = tuple[frozenset[str], Any]


class WatchedNewsroom(Newsroom):
    """Keeps what each token showed, and its rooms for as long as the clock stands still."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.seen: list[tuple[str, str]] = []
        self._sides: dict[int, ManagersSide] = {}
        self._at = self.now

    @property
    def side(self) -> ManagersSide:
        if self._at != self.now:
            self._sides, self._at = {}, self.now
        return self._sides.setdefault(id(self.profile), super().side)

    def take(self, parcel: Parcel) -> Outcome:
        for row in getattr(parcel.body, "rows", ()):
            for button in row:
                word = button.press.split(":")[2] if button.press.count(":") > 1 else ""
                if len(word) == TOKEN:
                    self.seen.append((word, getattr(parcel.body, "html", "")))
        return super().take(parcel)


@dataclass
class Watched:
    """Acts, and what is wrong with what they led to."""

    room: WatchedNewsroom
    two_person: str
    shown: dict[str, Shown] = field(default_factory=dict)
    glass: frozenset[str] = frozenset()
    happened: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often which act led to what."""

    def __post_init__(self) -> None:
        self._rules = Rules(self.two_person)
        base = replace(self.room.profile, two_person=self.two_person)
        self._profiles: dict[tuple[int, str], Any] = {}
        for who in PEOPLE:
            for role in ("nobody", "manager"):
                managers = base.managers | ({who} if role == "manager" else frozenset())
                self._profiles[who, role] = replace(base, managers=managers)
            for role in ("draft", "publish", "approve"):
                self._profiles[who, role] = replace(base, publishers={who: role})
        self.state = self._read()
        self._attempts = self._last_attempt()

    def does(self, act: Act) -> list[str]:
        """What is wrong with the act's effect; nothing, if all is as the rules say."""
        before, attempts = self.state, self._attempts
        self._play(act)
        expected = self._rules.publishes(before, act, self.shown)
        self._carry_out(act)
        self.look(act)
        self.happened[act.what, self._effect(before)] += 1
        if act.what == "overtakes":
            return []
        wrong = [*self._notices(before, act, expected), *self._rest(before, act)]
        if act.what in PRESSES:
            wrong += self._audit(attempts, act, allowed=self._rules.admits(before, act))
        return [f"{act.role} {act.what}: {each}" for each in wrong]

    def repeats(self, act: Act) -> None:
        """Do again what has been judged."""
        self._play(act)
        self._carry_out(act)
        self.look(act)

    def look(self, act: Act | None = None) -> None:
        """Take note of what stands where now."""
        written = None if act is None else self.state.draft(act.token)
        self.state, self._attempts = self._read(), self._last_attempt()
        for token, text in self.room.seen:
            row = self.state.draft(token) or self.state.submission(token)
            told = 0 if row is None else len(self.state.told(row.incident))
            self.shown.setdefault(token, Shown(text, told))
        self.room.seen.clear()
        self.room.chats.clear()
        if act is None or written is None or written.author != act.who:
            return
        if act.what == "glass":
            self.glass |= {act.token}
        elif self.state.submission(act.token):
            self.glass -= {act.token}  # nobody waits for a reason any more
        self.state = self._read()

    def begins(self, how: Callable[["Watched", Chat], None], where: Chat) -> None:
        """Be where orders begin: with everybody allowed what it takes to come there."""
        profile = self.room.profile
        self.room.profile = replace(profile, managers=profile.managers | PEOPLE.keys())
        how(self, where)
        self.look()

    def keep(self, name: str) -> Kept:
        """Begin something that can be undone."""
        self.room.connection.exec_driver_sql(f"SAVEPOINT {name}")
        return self.glass, self.room.now

    def undo(self, name: str, kept: Kept) -> None:
        """Be where `keep` was called."""
        self.room.connection.exec_driver_sql(f"ROLLBACK TO {name}")
        self.glass, self.room.now = kept
        self.room.posted.clear()
        self.state, self._attempts = self._read(), self._last_attempt()

    def _play(self, act: Act) -> None:
        """Give them their role."""
        self.room.profile = self._profiles.get((act.who, act.role), self.room.profile)

    def _carry_out(self, act: Act) -> None:
        who = PEOPLE.get(act.who, BORIS)
        if act.what == "waits":
            self.room.passes(minutes=61)
            self.room.ticks()
        elif act.what == "writes":
            self.room.writes(self._words("Другие слова"), who, Chat(act.chat))
        elif act.what == "drafts":
            self.room.broadcast("yellow", self._words("Сбой"), who, Chat(act.chat))
        elif act.what == "overtakes":
            self._overtake()
        else:
            self.room.press(f"incident:{act.what}:{act.token}", 1, who, Chat(act.chat))

    def _words(self, said: str) -> str:
        """Words that differ as time passes."""
        return f"{said} {self.room.now:%d %H:%M:%S}"

    def _overtake(self) -> None:
        """Boris says something in between, without waiting for anybody."""
        where = Chat(BORIS.telegram_id)
        self.room.press("incident:update:1", 1, BORIS, where)
        self.room.writes("Ищем причину", BORIS, where)
        draft = self.room.drafts.of(BORIS.telegram_id, where.chat_id)
        if draft is not None:
            self.room.press(f"incident:glass:{draft.token}", 1, BORIS, where)
            self.room.writes("Срочно", BORIS, where)
            self.room.drafts.drop(draft)  # what he is asked for next is another story

    def _notices(self, before: State, act: Act, expected: str | None) -> list[str]:
        new = self.state.notices[len(before.notices) :]
        tokens = [each.token for each in new]
        if tokens != ([] if expected is None else [expected]):
            return ["forbidden" if tokens else "not published"]
        row = before.draft(expected or "") or before.submission(expected or "")
        by = act.who if act.what in {"publish", "more"} or row is None else row.author
        shown = [each for each in new if act.what != "more"]
        wrong = [] if all(each.text in self.shown[each.token].text for each in shown) else ["other words"]
        return wrong + ([] if all(each.author == by for each in new) else ["in another's name"])

    def _rest(self, before: State, act: Act) -> list[str]:
        """Whoever may not changes nothing; what was submitted stays as it is until somebody may decide."""
        wrong = []
        bare = (before.drafts, before.submissions, before.notices)
        same = bare == (self.state.drafts, self.state.submissions, self.state.notices)
        dead = act.what in ACTIONS and not (before.draft(act.token) or before.submission(act.token))
        if not same and (dead or not self._rules.admits(before, act)):
            wrong.append("changed without a right")
        for row in before.submissions:
            now = self.state.submission(row.token)
            if now is not None and now != row:
                wrong.append("a submission has changed")
            if now is None and not self._rules.settles(before, act, row):
                wrong.append("a submission was settled")
        return wrong

    def _audit(self, before: int, act: Act, *, allowed: bool) -> list[str]:
        rows = self._rows("SELECT actor_id, action, allowed FROM audit WHERE id > ? ORDER BY id", before)
        return [] if rows and rows[0] == (act.who, act.what, allowed) else [f"the audit says {rows}"]

    def _effect(self, before: State) -> str:
        now = self.state
        if len(now.notices) > len(before.notices):
            return "published"
        if len(now.submissions) != len(before.submissions):
            return "submitted" if len(now.submissions) > len(before.submissions) else "settled"
        return "nothing" if now.drafts == before.drafts else "changed"

    def _read(self) -> State:
        return State(
            tuple(Row(*each) for each in self._rows(DRAFTS)),
            tuple(Row(*each) for each in self._rows(SUBMISSIONS)),
            tuple(Told(*each) for each in self._rows(NOTICES)),
            frozenset(each[0] for each in self._rows("SELECT id FROM incidents WHERE state = 'live'")),
            self.glass,
            round(self.room.now.timestamp() * 1000),
        )

    def _last_attempt(self) -> int:
        return int(self._rows("SELECT coalesce(max(id), 0) FROM audit")[0][0])

    def _rows(self, statement: str, *values: int) -> list[Any]:
        raw: Any = self.room.connection.connection.driver_connection
        found: list[Any] = raw.execute(statement, values).fetchall()
        return found


@contextmanager
def watched(two_person: str, kind: type[WatchedNewsroom] = WatchedNewsroom) -> Iterator[Watched]:
    """A newsroom over a database of its own."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        yield Watched(kind(connection), two_person)
    engine.dispose()


# how an order begins


def first_red(world: Watched, where: Chat) -> None:
    """Vera has written of a new incident."""
    world.room.broadcast("red", "Не проходит оплата", VERA, where)


def first_yellow(world: Watched, where: Chat) -> None:
    """As red, but not urgent."""
    world.room.broadcast("yellow", "Медленно открывается каталог", VERA, where)


def update(world: Watched, where: Chat) -> None:
    """An incident is known, and Vera has written what is new."""
    world.room.publishes("red", "Не проходит оплата")
    world.room.press("incident:update:1", 1, VERA, where)
    world.room.writes("Чиним", VERA, where)


def submitted(world: Watched, where: Chat) -> None:
    """Vera has submitted what is new."""
    update(world, where)
    draft = world.room.drafts.of(VERA.telegram_id, where.chat_id)
    assert draft is not None
    world.room.press(f"incident:submit:{draft.token}", 1, VERA, where)


def post_mortem(world: Watched, where: Chat) -> None:
    """An incident is over, and Vera has written why it was."""
    world.room.publishes("red", "Не проходит оплата")
    world.room.goes_on("Решено")
    world.room.press("incident:review:1", 1, VERA, where)
    world.room.writes("Закончилось место", VERA, where)


BEGINNINGS = {each.__name__: each for each in (first_red, first_yellow, update, submitted, post_mortem)}

"""Desks on a calm day and on bad ones, as they are shown outside: real incidents in a real database."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, create_engine, insert
from sqlalchemy.pool import StaticPool

from broadcasts.feeds.painting import PublicPlace, paint
from broadcasts.feeds.picture import Picture
from broadcasts.incident import (
    IncidentKind,
    IncidentPlan,
    Notice,
    NoticeKind,
    Severity,
    Status,
    Window,
)
from desk.component import Component
from desk.formatted import Html
from desk.hours import WorkHours
from desk.profile import DeskPlaces, Profile
from locales import Texts
from storage.incidents import IncidentStore
from storage.tables import metadata, presences
from storage.watching.presence import PresenceStore

NOW = datetime(2026, 11, 20, 12, 20, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
MONEY = {"ru": "Деньги", "en": "Money"}
PARTS = (
    Component(id="site", names={"ru": "Сайт", "en": "Site"}),
    Component(id="payments", names={"ru": "Оплата картой", "en": "Card payments"}, groups=MONEY),
    Component(id="refunds", names={"ru": "Возвраты", "en": "Refunds"}, groups=MONEY),
)
HOSTILE = (
    '<b>Всё</b> &lt;script&gt;alert(1)&lt;/script&gt; <a href="javascript:alert(1)">жми</a> '
    + "Оченьдлинноесловобезпробелов" * 12
    + "\n<blockquote>цитата</blockquote><pre>код\n  с отступом</pre>"
)


class Desk:
    """A desk with a history, and what its managers tell."""

    def __init__(self, conn: Connection) -> None:
        self.conn, self.profile = conn, profile()
        self.incidents = IncidentStore(conn, "main")
        self._told = 0

    def was_at_work(self, *spans: tuple[float, float]) -> None:
        """From so many days ago until so many."""
        rows = [
            {
                "desk": "main",
                "began_at": NOW - timedelta(days=begins),
                "last_at": NOW - timedelta(days=ends),
            }
            for begins, ends in spans
        ]
        self.conn.execute(insert(presences), rows)

    def opens(self, plan: IncidentPlan, text: str, ago: timedelta, **more: object) -> int:
        return self.incidents.open(plan, self._notice(1, NoticeKind.OPENED, text, ago, **more), self._token)

    def tells(self, number: int, plan: IncidentPlan, text: str, ago: timedelta, **more: object) -> None:
        seen = len(self.incidents.notices(number))
        kind = more.pop("kind", NoticeKind.UPDATED)
        assert isinstance(kind, NoticeKind)
        self.incidents.tell(number, plan, self._notice(seen + 1, kind, text, ago, **more), self._token)

    @property
    def _token(self) -> str:
        self._told += 1
        return f"press {self._told}"

    @staticmethod
    def _notice(number: int, kind: NoticeKind, text: str, ago: timedelta, **more: object) -> Notice:
        plain = Notice(
            number=number, kind=kind, severity=Severity.RED, text=Html(text), author_id=1, at=NOW - ago
        )
        return replace(plain, **more)  # type: ignore[arg-type]

    def picture(self) -> Picture:
        place = PublicPlace("https://status.example.com", "https://t.me/support_bot")
        return paint(self.profile, self.incidents, PresenceStore(self.conn, "main"), NOW, place)


def profile() -> Profile:
    return Profile(
        desk="main",
        company="Пример",
        language="ru",
        zone=MOSCOW,
        hours=WorkHours.parse((), MOSCOW),
        managers=frozenset(),
        configured_group=-100,
        places=DeskPlaces(-100),
        texts=Texts(),
        components=PARTS,
    )


def calm(desk: Desk) -> None:
    """Nothing is wrong; there was a little, and we were away for a night."""
    desk.was_at_work((70, 41), (40.6, 0))
    plan = IncidentPlan(title="Медленно открывался сайт", components=("site",))
    yellow, day = Severity.YELLOW, timedelta(days=12)
    one = desk.opens(plan, "Сайт открывается медленно, ищем причину.", day, severity=yellow)
    over = day - timedelta(hours=3)
    desk.tells(one, plan, "Всё снова быстро.", over, kind=NoticeKind.RESOLVED, severity=yellow)


def red(desk: Desk) -> None:
    """Payments are down, and are told about for the third time."""
    calm(desk)
    plan = IncidentPlan(title="Не проходит оплата картой", components=("payments", "refunds"))
    hour = timedelta(hours=1)
    one = desk.opens(plan, "Не проходит оплата картой. Уже разбираемся.", hour)
    known = {"status": Status.IDENTIFIED, "next_by": NOW + timedelta(minutes=30)}
    desk.tells(one, plan, "Причина — у банка-партнёра. <b>Деньги не списываются.</b>", hour / 2, **known)
    slow = IncidentPlan(title="Письма приходят с задержкой")
    desk.opens(slow, "Письма о заказах приходят через 10–15 минут.", hour / 3, severity=Severity.YELLOW)


def works(desk: Desk) -> None:
    """Maintenance under way, and another to come."""
    calm(desk)
    soon = Window(NOW + timedelta(days=2), NOW + timedelta(days=2, hours=3))
    now = Window(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    planned = {"severity": Severity.YELLOW, "status": Status.SCHEDULED}
    coming = IncidentPlan(
        kind=IncidentKind.MAINTENANCE, title="Обновление базы данных", components=("site",), window=soon
    )
    desk.opens(coming, "Сайт будет недоступен до трёх часов.", timedelta(days=1), **planned)
    under_way = replace(coming, title="Замена платёжного шлюза", components=("payments",), window=now)
    one = desk.opens(under_way, "Оплата картой будет недоступна.", timedelta(days=3), **planned)
    begun = {**planned, "status": Status.IN_PROGRESS}
    desk.tells(one, under_way, "Начали.", timedelta(hours=1), **begun)


def late(desk: Desk) -> None:
    """News was promised for twenty minutes ago."""
    calm(desk)
    plan = IncidentPlan(title="Не проходит оплата картой", components=("payments",))
    promised = NOW - timedelta(minutes=20)
    desk.opens(plan, "Не проходит оплата картой.", timedelta(hours=1), next_by=promised)


def busy(desk: Desk) -> None:
    """Something is slow, news is promised for tomorrow, and maintenance goes on beside it."""
    works(desk)
    plan = IncidentPlan(title="Медленно открывается сайт", components=("site",))
    tomorrow = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
    slow = {"severity": Severity.YELLOW, "next_by": tomorrow}
    desk.opens(plan, "Сайт открывается медленно.", timedelta(hours=1), **slow)


def unplaced(desk: Desk) -> None:
    """Everything seems to be down, and nobody has said where; work of last week named no part either."""
    desk.was_at_work((120, 0))
    window = Window(NOW - timedelta(days=6, hours=5), NOW - timedelta(days=6, hours=3))
    work = IncidentPlan(kind=IncidentKind.MAINTENANCE, title="Замена шлюза", window=window)
    planned = {"severity": Severity.YELLOW, "status": Status.SCHEDULED}
    one = desk.opens(work, "Оплата будет недоступна.", timedelta(days=9), **planned)
    over = {"severity": Severity.YELLOW, "status": Status.COMPLETED}
    desk.tells(one, work, "Закончили.", timedelta(days=6, hours=3), kind=NoticeKind.RESOLVED, **over)
    desk.opens(IncidentPlan(title="Ничего не открывается"), "Разбираемся.", timedelta(minutes=20))


def good(desk: Desk) -> None:
    """There is good news, and nobody has to worry."""
    calm(desk)
    plan = IncidentPlan(title="Оплата по СБП")
    desk.opens(plan, "Теперь можно платить по СБП.", timedelta(hours=1), severity=Severity.GREEN)


def hostile(desk: Desk) -> None:
    """Somebody tries their worst in titles and texts."""
    desk.was_at_work((30, 0))
    title = "<img src=x onerror=alert(1)> & «очень» " + "длинно" * 20
    desk.opens(IncidentPlan(title=title, components=("site",)), HOSTILE, timedelta(minutes=50))
    for n in range(14):
        plan = IncidentPlan(title=f"Сбой № {n} " + title)
        one = desk.opens(plan, HOSTILE, timedelta(days=n + 1))
        desk.tells(one, plan, "Решено", timedelta(days=n + 0.9), kind=NoticeKind.RESOLVED)
    wrong = IncidentPlan(title="Этого не было")
    one = desk.opens(wrong, "Этого не было", timedelta(days=3))
    said = "Опубликовали по ошибке, всё работает."
    desk.tells(one, wrong, said, timedelta(days=2.9), kind=NoticeKind.WITHDRAWN)


SIGHTS: Mapping[str, Callable[[Desk], None]] = {
    "calm": calm,
    "red": red,
    "late": late,
    "unplaced": unplaced,
    "busy": busy,
    "good": good,
    "works": works,
    "hostile": hostile,
}


def picture_of(name: str) -> Picture:
    """A desk as it is shown in one of these states."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    metadata.create_all(engine)
    try:
        with engine.begin() as conn:
            desk = Desk(conn)
            SIGHTS[name](desk)
            return desk.picture()
    finally:
        engine.dispose()

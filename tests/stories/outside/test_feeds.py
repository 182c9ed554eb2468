"""What is published in Telegram stands a moment later on the web, in the shapes that others read."""

import asyncio
import gzip
from datetime import datetime
from typing import Any

import feedparser
from icalendar import Calendar

from bot.app import serve
from broadcasts.feeds.statuspage import PAGES
from tests.stories.conftest import SetUp
from tests.stories.outside.visiting import Outside, free_port, goes_on, publishes, shown_outside

PARTS = {
    "payments": {"name": "Оплата", "names": {"en": "Payments"}},
    "delivery": {"name": "Доставка"},
}
PATHS = [f"/api/v2/{name}.json" for name in PAGES]
FEEDS = ["/history.rss", "/history.atom", "/maintenance.ics"]


async def test_an_incident_is_told_in_statuspage_s_words(set_up: SetUp) -> None:
    async with shown_outside(set_up, components=PARTS, name="Пример") as outside:
        calm = (await outside.asks("/api/v2/summary.json")).json
        assert calm["status"] == {"indicator": "none", "description": "All Systems Operational"}
        assert calm["page"]["name"] == "Пример"
        assert [each["name"] for each in calm["components"]] == ["Оплата", "Доставка"]
        maria = outside.scene.manager()
        await publishes(maria, "red Не проходит <оплата> картой")
        told = (await outside.sees("/api/v2/summary.json", "Не проходит")).json
        assert told["status"]["indicator"] in {"major", "critical"}
        (incident,) = told["incidents"]
        assert incident["name"] == "Не проходит <оплата> картой"
        assert incident["shortlink"] == f"https://status.example.com/i/{incident['id']}"
        assert datetime.fromisoformat(incident["started_at"]).utcoffset() is not None
        assert incident["x_severity"] == "red"
        await goes_on(maria, "Не проходит", "Обновить", "Нашли причину")
        told = (await outside.sees("/api/v2/incidents/unresolved.json", "Нашли причину")).json
        bodies = [each["body"] for each in told["incidents"][0]["incident_updates"]]
        assert bodies == ["Нашли причину", "Не проходит <оплата> картой"]
        await goes_on(maria, "Не проходит", "Решено")
        over = (await outside.sees("/api/v2/incidents.json", '"resolved"')).json
        assert over["incidents"][0]["resolved_at"] is not None
        assert (await outside.asks("/api/v2/incidents/unresolved.json")).json["incidents"] == []
        assert (await outside.asks("/api/v2/status.json")).json["status"]["indicator"] == "none"


async def test_feeds_have_one_entry_for_each_notice(set_up: SetUp) -> None:
    async with shown_outside(set_up, name="Пример & Ко") as outside:
        maria = outside.scene.manager()
        await publishes(maria, "yellow Каталог открывается медленно")
        await outside.sees("/history.rss", "медленно")
        await goes_on(maria, "Каталог", "Решено")
        for path in ("/history.rss", "/history.atom"):
            shown = await outside.sees(path, "Решено")
            feed: Any = feedparser.parse(
                shown.body, response_headers={"content-type": shown.headers["Content-Type"]}
            )
            assert not feed.bozo, feed.bozo_exception
            assert "Пример & Ко" in feed.feed.title
            assert [each.title.split(": ")[1] for each in feed.entries] == ["Решено", "Разбираемся"]
            keys = [each.id.rpartition("/")[2] for each in feed.entries]
            assert len(set(keys)) == 2
            assert all(each.link.startswith("https://status.example.com/i/") for each in feed.entries)
        english = await outside.asks("/history.atom?language=en")
        assert "Resolved" in english.text
        calendar = Calendar.from_ical((await outside.asks("/maintenance.ics")).body)
        assert calendar["version"] == "2.0"


async def test_of_what_was_withdrawn_only_the_withdrawal_is_left(set_up: SetUp) -> None:
    async with shown_outside(set_up) as outside:
        maria = outside.scene.manager()
        await publishes(maria, "red Украли все пароли")
        await outside.sees("/history.atom", "пароли")
        await goes_on(maria, "Украли", "Отозвать")
        await outside.sees("/history.atom", "отозвано")
        for path in [*PATHS, *FEEDS]:
            assert "пароли" not in (await outside.asks(path)).text, path
        (incident,) = (await outside.asks("/api/v2/incidents.json")).json["incidents"]
        assert (incident["name"], incident["impact"]) == ("Сообщение отозвано", "none")


async def test_everything_is_served_to_be_cached_and_asked_from_anywhere(set_up: SetUp) -> None:
    async with shown_outside(set_up) as outside:
        outside.headers = {"Accept-Encoding": "identity"}
        for path in [*PATHS, *FEEDS]:
            first = await outside.asks(path)
            assert first.status == 200, path
            assert first.headers["Access-Control-Allow-Origin"] == "*"
            assert first.headers["Cache-Control"] == "public, max-age=30"
            again = await outside.asks(path, If_None_Match=first.headers["ETag"])
            assert (again.status, again.body) == (304, b""), path
            assert (await outside.asks(path, If_None_Match='W/"other"')).status == 200
            head = await outside.asks(path, "HEAD")
            assert (head.status, head.body, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
            assert (await outside.asks(path, "OPTIONS")).status == 204
            assert (await outside.asks(path, "POST")).status == 405
        maria = outside.scene.manager()
        await publishes(maria, "red " + "Всё плохо. " * 90)
        long = await outside.sees("/history.rss", "плохо")
        packed = await outside.asks("/history.rss", Accept_Encoding="gzip")
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.body == long.body or gzip.decompress(packed.body) == long.body
        assert (await outside.asks("/api/v2/nothing.json")).status == 404


async def test_two_desks_are_shown_apart(set_up: SetUp) -> None:
    port = free_port()
    async with set_up(web={"listen": f"127.0.0.1:{port}"}) as scene:
        settings = scene.settings()
        other = scene.world.bot("other_bot", name="Другие")
        group = scene.world.group("Люди")
        second = settings.desk["main"].model_copy(
            update={"token": type(settings.desk["main"].token)(other.token), "operators_group": group.id}
        )
        desks = settings.model_copy(update={"desk": {**settings.desk, "second": second}})
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(desks, stop))
        outside = Outside(scene, port)
        await outside.sees("/d/second/api/v2/status.json", "indicator")
        await outside.sees("/d/main/api/v2/status.json", "indicator")
        await publishes(scene.manager(), "red Не работает вход")
        await outside.sees("/d/main/history.rss", "Не работает вход")
        assert "вход" not in (await outside.asks("/d/second/history.rss")).text
        url = f"http://127.0.0.1:{port}/d/second"
        assert (await outside.asks("/d/second/api/v2/status.json")).json["page"]["url"] == url
        assert (await outside.asks("/api/v2/status.json")).status == 404
        assert (await outside.asks("/d/third/api/v2/status.json")).status == 404
        stop.set()
        await serving

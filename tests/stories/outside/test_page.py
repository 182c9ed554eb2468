"""Somebody who has no Telegram opens the status page while managers publish."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.web.pages import desk_pages
from bot.web.pages.desk_pages import DeskPages, NothingToShowError
from broadcasts.feeds.painting import PublicPlace
from broadcasts.feeds.picture import Picture
from tests.browser.outside.sights import picture_of
from tests.stories.conftest import SetUp
from tests.stories.outside.visiting import goes_on, publishes, shown_outside


async def test_the_page_says_what_is_published(set_up: SetUp) -> None:
    async with shown_outside(set_up, name="Пример") as outside:
        outside.headers = {"Accept-Language": "de, en;q=0.5"}
        calm = await outside.asks("/")
        assert "Everything works" in calm.text
        assert calm.headers["Vary"] == "Accept-Encoding, Accept-Language"
        assert "script" not in calm.headers["Content-Security-Policy"]
        assert "https://t.me/support_bot" in (await outside.sees("/", "t.me")).text
        maria = outside.scene.manager()
        await publishes(maria, "red Не проходит <оплата>")
        page = await outside.sees("/?language=ru", "Не проходит &lt;оплата&gt;")
        assert "Сервис не работает" in page.text
        number = (await outside.asks("/api/v2/incidents.json")).json["incidents"][0]["id"]
        await goes_on(maria, "Не проходит", "Решено")
        over = await outside.sees(f"/i/{number}?language=ru", "Решено")
        assert over.text.index("Решено") < over.text.rindex("Не проходит")
        assert (await outside.sees("/?language=ru", "Всё работает")).status == 200
        assert (await outside.asks("/i/999")).status == 404
        assert (await outside.asks("/i/9999999999999999999999")).status == 404
        below = await outside.asks("/d/main")
        assert (below.status, "Everything works" in below.text) == (200, True)
        assert (await outside.asks("/d/nobody")).status == 404
        again = await outside.asks("/d/main/", If_None_Match=below.headers["ETag"])
        assert again.status == 304


class Away:
    """A desk whose database goes away."""

    def __init__(self, picture: Picture) -> None:
        self.picture, self.looks, self.away = picture, 0, False
        self.on_incidents: list[Callable[[], None]] = []

    async def look(self, _: Any) -> Picture:
        self.looks += 1
        if self.away:
            raise OSError("the database is away")
        return self.picture

    def clock(self) -> datetime:
        return self.picture.taken_at + timedelta(hours=2)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Away:
    monkeypatch.setattr(desk_pages, "LOOK_AFTER", 0.0)
    return Away(picture_of("red"))


async def test_what_could_not_be_read_again_is_said(desk: Away, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = DeskPages(PublicPlace)
    with pytest.raises(NothingToShowError):
        await pages.page("", ["ru"])
    pages.begin(desk)  # type: ignore[arg-type]
    fresh = await pages.page("", ["ru"])
    assert fresh is not None
    assert "Часть сервиса не работает" in fresh.body.decode()
    desk.away = True
    monkeypatch.setattr(desk_pages, "STALE", 0.0)
    await asyncio.sleep(0.01)
    stale = await pages.page("", ["ru"])
    assert stale is not None
    assert "Свежих данных нет, последние получены сегодня в 15:20" in stale.body.decode().replace("\xa0", " ")
    with pytest.raises(NothingToShowError):
        await pages.page("api/v2/summary.json", [""])
    desk.away = False
    monkeypatch.setattr(desk_pages, "STALE", 300.0)
    while pages._aged is not None:
        await pages.page("", ["ru"])
        await asyncio.sleep(0)
    assert await pages.page("api/v2/summary.json", [""]) is not None


async def test_a_crowd_of_visitors_is_one_look_at_the_database(desk: Away) -> None:
    pages = DeskPages(PublicPlace)
    pages.begin(desk)  # type: ignore[arg-type]
    every = await asyncio.gather(*(pages.page("", ["en"]) for _ in range(500)))
    assert len({id(each) for each in every}) == 1
    assert desk.looks == 1

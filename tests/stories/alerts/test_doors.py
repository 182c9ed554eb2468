"""Who may post alerts, what they are answered, and who may press below them."""

import asyncio
import json
from pathlib import Path

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import create_engine, func, select

from bot.config import Settings, Web
from sandbox.people.looking import buttons
from storage.tables import alerts, audit
from tests.faults.processes.elsewhere import elsewhere
from tests.stories.alerts.conftest import (
    TOKENS,
    Monitoring,
    Watched,
    comes_to_say,
    free_port,
    posts_in_channel,
    running,
)
from tests.stories.conftest import Scene, SetUp


def kept(scene: Scene) -> int:
    """How many alerts the database holds."""
    engine = create_engine(scene.settings().storage.url)
    with engine.connect() as connection:
        number = connection.execute(select(func.count()).select_from(alerts)).scalar_one()
    engine.dispose()
    return int(number)


async def test_only_a_token_opens_and_no_other_tells_anything(monitoring: Monitoring) -> None:
    body = {"title": "Обман"}
    nowhere = await monitoring.posts("no_such_source", body, token="x" * 20)
    for source, token in (
        ("generic", "x" * 20),
        ("generic", TOKENS["kuma"]),
        ("generic", TOKENS["generic"][:-1]),
        ("generic", "%ff%00"),
        ("kuma", TOKENS["generic"]),
    ):
        assert await monitoring.posts(source, body, token=token) == nowhere
    assert nowhere[0] == 404
    assert await monitoring.posts("generic", body, below="/d/elsewhere") == nowhere
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        assert (await monitoring.posts("generic", body, method=method))[0] == 405
    assert (await monitoring.posts("generic", body, below="/d/main"))[0] == 202
    assert kept(monitoring.scene) == 1


async def test_what_cannot_be_read_is_told_what_it_lacks(monitoring: Monitoring) -> None:
    async def refused(source: str, body: object) -> str:
        status, said = await monitoring.posts(source, body)
        assert status in {413, 422}, said
        return str(json.loads(said)["error"])

    assert "must be JSON" in await refused("generic", b"\xff\xfe")
    assert "must be JSON" in await refused("generic", b"[" * 200_000)
    assert "must be JSON" in await refused("generic", b'{"title": ' + b"9" * 5000 + b"}")
    assert "must be an object" in await refused("generic", [1, 2])
    assert "title is missing" in await refused("generic", {"text": "?"})
    assert "alerts[0].labels" in await refused("alertmanager", {"alerts": [{"status": "firing"}]})
    assert "262144 bytes" in await refused("generic", {"title": "x" * 300_000})
    assert kept(monitoring.scene) == 0
    await monitoring.tells()
    assert kept(monitoring.scene) == 1


async def test_figures_say_how_many_came_by_source(monitoring: Monitoring) -> None:
    await monitoring.posts("grafana", monitoring.payload("grafana"))
    await monitoring.posts("kuma", {})
    await monitoring.posts("kuma", {}, token="x" * 20)
    async with (
        ClientSession() as session,
        session.get(f"http://127.0.0.1:{monitoring.port}/metrics") as answer,
    ):
        said = await answer.text()
    figures = {
        (sample.labels["source"], sample.labels["what"]): sample.value
        for family in text_string_to_metric_families(said)
        for sample in family.samples
        if sample.name == "otklik_alerts_total"
    }
    assert figures == {("grafana", "taken"): 2, ("kuma", "unread"): 1, ("kuma", "no_such_token"): 1}
    assert [token for token in TOKENS.values() if token in said] == []


async def test_too_many_messages_are_asked_to_come_later(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.alert_hooks.A_SECOND", 0.0)
    monkeypatch.setattr("bot.web.alert_hooks.BURST", 12)
    async with watched() as monitoring:
        statuses = [(await monitoring.posts("generic", {}))[0] for _ in range(15)]
        assert statuses == [422] * 12 + [429] * 3
        assert (await monitoring.posts("kuma", monitoring.payload("kuma")))[0] == 202


async def test_while_another_process_serves_the_desk_whoever_posts_is_asked_to_come_again(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.engine.lease.LOOK_EVERY", 0.1)
    async with set_up(desk={"alerts": TOKENS}) as scene, elsewhere(scene) as other:
        await other.takes()
        port = free_port()
        web = Web.model_validate({"listen": f"127.0.0.1:{port}"})
        async with running(scene.settings().model_copy(update={"web": web}), port):
            monitoring = Monitoring(scene, port)
            assert (await monitoring.posts("generic", {"title": "Не открывается витрина"}))[0] == 503
            assert (await monitoring.posts("generic", {"title": "?"}, token="x" * 20))[0] == 404
            await other.stops()
            while (await monitoring.posts("generic", {"title": "Не открывается витрина"}))[0] != 202:  # noqa: ASYNC110 - a sender rings no bell
                await asyncio.sleep(0.05)
            assert kept(scene) == 1


async def test_strangers_and_operators_cannot_press(monitoring: Monitoring) -> None:
    scene = monitoring.scene
    boris = scene.operator("Борис")
    scene.manager("Мария")  # has not written to the bot: she is told in the group
    await monitoring.tells()
    sheet = await boris.sees(None, "🚨 Не проходят оплаты")
    for caption in ("Опубликовать", "Открыть черновик", "Не сейчас", "Это не для клиентов"):
        assert "только менеджеры" in (await boris.presses(None, caption, on=sheet) or "")
    assert posts_in_channel(scene) == []
    engine = create_engine(scene.settings().storage.url)
    with engine.connect() as connection:
        tried = connection.execute(select(audit.c.action, audit.c.allowed).order_by(audit.c.id)).all()
    engine.dispose()
    assert [tuple(each) for each in tried] == [
        (action, False) for action in ("publish", "open", "later", "mute")
    ]


async def test_two_managers_at_once_publish_once(watched: Watched) -> None:
    async with watched(desk={"managers": [1001, 1002]}) as monitoring:
        scene = monitoring.scene
        maria, boris = await monitoring.maria(), scene.manager("Борис", id=1002)
        await boris.starts()
        await boris.sees("Здравствуйте")
        await monitoring.tells()
        hers, his = await maria.sees("🚨 Не проходят оплаты"), await boris.sees("🚨 Не проходят оплаты")
        await maria.touches("Опубликовать", on=hers)
        assert await boris.presses("Опубликовать", on=his) == "Это уже опубликовано"
        await comes_to_say(boris, his, "Опубликовано: Мария")
        assert buttons(his) == []
        assert len(posts_in_channel(scene)) == 1


async def test_two_who_word_the_same_alert_open_one_incident(watched: Watched) -> None:
    async with watched(desk={"managers": [1001, 1002]}) as monitoring:
        scene = monitoring.scene
        maria, boris = await monitoring.maria(), scene.manager("Борис", id=1002)
        await boris.starts()
        await boris.sees("Здравствуйте")
        await monitoring.tells()
        previews = []
        for person, words in ((maria, "Карты не принимаем"), (boris, "Банк чинит")):
            await person.presses("Открыть черновик", on=await person.sees("🚨 Не проходят оплаты"))
            await person.sees("Так будет выглядеть новый пост")
            await person.says(words)
            previews.append(await person.sees(words))
        assert await maria.presses("Опубликовать", on=previews[0]) == "Опубликовано"
        assert "вышло другое" in (await boris.presses("Опубликовать", on=previews[1]) or "")
        assert len(posts_in_channel(scene)) == 1
        update = await boris.sees("Так станет выглядеть")
        assert "Банк чинит" in update["text"]
        assert await boris.presses("Опубликовать", on=update) == "Опубликовано"
        await scene.customer("Анна").sees_in(scene.channel, "Банк чинит")
        await boris.says("/incidents")
        assert len([each for each in buttons(await boris.sees("не закрыт")) if "🔴" in each]) == 1


async def test_each_desk_has_tokens_of_its_own(set_up: SetUp, tmp_path: Path) -> None:
    async with set_up() as shop:
        home = tmp_path / "florist"
        home.mkdir()
        florist = Scene(shop.world, shop.server, home, limits=shop.limits)
        tokens = {"shop": "a-secret-of-the-shop", "florist": "a-secret-of-the-florist"}
        scenes, port = {"shop": shop, "florist": florist}, free_port()
        for name, scene in scenes.items():
            scene.desk = {"alerts": {"generic": tokens[name]}}
        async with running(both(scenes, port), port):
            monitoring, body = Monitoring(shop, port), {"title": "Не открывается витрина"}
            maria, boris = shop.manager("Мария"), florist.manager("Борис")
            for person in (maria, boris):
                await person.starts()
                await person.sees("Здравствуйте")
            root = await monitoring.posts("generic", body, token=tokens["shop"])
            crossed = await monitoring.posts("generic", body, token=tokens["shop"], below="/d/florist")
            assert (root[0], crossed[0]) == (404, 404)
            status, _ = await monitoring.posts("generic", body, token=tokens["florist"], below="/d/florist")
            assert status == 202
            await boris.sees("🚨 Не открывается витрина")
            assert not [each for each in await maria.reads() if "витрина" in each.get("text", "")]


def both(scenes: dict[str, Scene], port: int) -> Settings:
    """One file for two desks."""
    desks = {name: scene.settings().desk["main"] for name, scene in scenes.items()}
    web = Web.model_validate({"listen": f"127.0.0.1:{port}"})
    return scenes["shop"].settings().model_copy(update={"desk": desks, "web": web})

"""A rule names a ready text: the notice has its words, title and promise, and the alert's colour."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from broadcasts.alerts.sheet import promised_from
from sandbox.people.looking import buttons
from tests.stories.alerts.conftest import Watched, comes_to_say, posts_in_channel

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DESK: dict[str, Any] = {
    "name": "Ромашка",
    "components": {"payments": {"name": "Оплата <картой>"}},
    "templates": {
        "card_down": {
            "title": "Карты не принимаем",
            "severity": "red",
            "next_minutes": 30,
            "text": "С {{ started }} не работает {{ components }}. Платите наличными, "
            "новости до {{ next_by }}.",
        },
        "long": {"text": "Ждём. " * 480},
    },
}
RULES = [
    {"match": {"source": "kuma"}, "template": "card_down", "component": "payments", "publish": True},
    {"match": {"key": "long"}, "template": "long"},
    {"match": {"source": "generic"}, "template": "card_down", "severity": "yellow"},
]


async def test_the_draft_has_the_words_of_the_rule(watched: Watched) -> None:
    async with watched(desk=DESK, rules=RULES) as monitoring:
        scene, maria, anna = monitoring.scene, await monitoring.maria(), monitoring.scene.customer("Анна")
        await monitoring.tells("Банк отвечает 503", text="<b>10.0.0.7</b>", key="bank")
        sheet = await maria.sees("🚨 Банк отвечает 503")
        shown = sheet["text"].split("─────")[1].strip()
        assert shown.startswith("🟡 Перебои"), "as bad as the rule says, not as the text does"
        assert "не работает Оплата <картой>. Платите наличными, новости до " in shown
        await monitoring.tells("Банк отвечает 503", key="bank", severity="info")
        assert await maria.presses("Опубликовать", on=sheet) == "Опубликовано"
        post = await anna.sees_in(scene.channel, "Платите наличными")
        assert post["text"] == shown
        await maria.says("/incidents")
        await maria.sees("Карты не принимаем")


async def test_a_rule_publishes_by_itself_with_them(watched: Watched) -> None:
    async with watched(desk=DESK, rules=RULES) as monitoring:
        maria, anna = await monitoring.maria(), monitoring.scene.customer("Анна")
        await monitoring.posts("kuma", monitoring.payload("kuma"))
        await anna.sees_in(monitoring.scene.channel, "Платите наличными")
        sheet = await maria.sees("🚨 Test")
        await comes_to_say(maria, sheet, "Опубликовано: правило в настройках")
        assert len(posts_in_channel(monitoring.scene)) == 1


async def test_a_long_text_leaves_less_room_for_what_monitoring_says(watched: Watched) -> None:
    async with watched(desk=DESK, rules=[{**RULES[1], "match": {"source": "generic"}}]) as monitoring:
        maria = await monitoring.maria()
        await monitoring.tells("А" * 300, text="Ответ 503. " * 100)
        for number in range(5):
            await monitoring.tells(f"{number} " + "Б" * 300, key=f"{number}")
        sheet = await maria.sees("Ждём. Ждём.")
        assert buttons(sheet)[0] == "Опубликовать"


@pytest.mark.parametrize(("passed", "counts"), [(-0.001, 0), (0, 0), (14, 0), (15, 15), (40, 30), (600, 600)])
def test_what_is_promised_neither_runs_on_nor_is_over(passed: float, counts: int) -> None:
    now = NOON + timedelta(minutes=passed)
    assert promised_from(NOON, 30, now) == NOON + timedelta(minutes=counts)
    assert promised_from(NOON, 0, now) == NOON

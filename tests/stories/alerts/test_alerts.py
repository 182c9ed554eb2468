"""Monitoring posts an alert; managers see the notice it would make, and one press publishes it."""

import pytest

from sandbox.people.looking import buttons
from tests.stories.alerts.conftest import Monitoring, Watched, comes_to_say, posts_in_channel
from tests.stories.forgery import forges, says_of


async def test_an_alert_is_a_draft_until_somebody_presses(monitoring: Monitoring) -> None:
    scene = monitoring.scene
    maria, anna, oleg = await monitoring.maria(), scene.customer("Анна"), scene.operator("Олег")
    await monitoring.tells("Не проходят оплаты", text="Банк отвечает 503 <b>")
    sheet = await maria.sees("🚨 Не проходят оплаты")
    assert "Банк отвечает 503 <b>" in sheet["text"]
    assert buttons(sheet) == ["Опубликовать", "Открыть черновик", "Не сейчас", "Это не для клиентов"]
    assert posts_in_channel(scene) == []
    assert await maria.presses("Опубликовать", on=sheet) == "Опубликовано"
    post = await anna.sees_in(scene.channel, "🔴 Сбой")
    assert "Оплата: не работает" in post["text"]
    assert "503" not in post["text"]
    await oleg.sees(None, "Оплата: не работает")
    await comes_to_say(maria, sheet, "Опубликовано: Мария")
    assert buttons(sheet) == []
    await anna.starts()
    await anna.sees("🔴 Оплата: не работает")


async def test_the_preview_is_what_is_published(monitoring: Monitoring) -> None:
    scene = monitoring.scene
    maria, anna = await monitoring.maria(), scene.customer("Анна")
    await monitoring.tells()
    sheet = await maria.sees("🚨 Не проходят оплаты")
    shown = sheet["text"].split("─────")[1].strip()
    await maria.presses("Опубликовать", on=sheet)
    post = await anna.sees_in(scene.channel, "🔴 Сбой")
    assert post["text"] == shown


@pytest.mark.parametrize(
    ("source", "seen", "told"),
    [
        (
            "alertmanager",
            "BlackBox Probe Failure: https://server.example.org",
            "🔴 Сбой|Вход: не работает",
        ),
        (
            "grafana",
            "This alert was triggered for zone us-1",
            "🟡 Перебои|Часть сервиса: возможны перебои",
        ),
        ("zabbix", "Zabbix agent is not available (for 3m)", "🟡 Перебои|Оплата: возможны перебои"),
        ("kuma", "Test", "🔴 Сбой|Оплата: не работает"),
        ("healthchecks", "Database Backup", "🔴 Сбой|Часть сервиса: не работает"),
        ("generic", "Не проходят оплаты", "🔴 Сбой|Оплата: не работает"),
    ],
)
async def test_every_source_in_its_own_words(
    monitoring: Monitoring, source: str, seen: str, told: str
) -> None:
    maria = await monitoring.maria()
    status, _ = await monitoring.posts(source, monitoring.payload(source))
    assert status == 202
    sheet = await maria.sees(f"🚨 {seen}")
    assert [words for words in told.split("|") if words not in sheet["text"]] == []


async def test_the_same_alert_again_is_no_second_message(monitoring: Monitoring) -> None:
    maria = await monitoring.maria()
    await monitoring.tells(key="bank", severity="warning")
    sheet = await maria.sees("🚨 Не проходят оплаты")
    assert "🟡 Перебои" in sheet["text"]
    await monitoring.tells(key="bank", severity="warning", text="Уже десять минут")
    await comes_to_say(maria, sheet, "Уже десять минут")
    await monitoring.tells(key="bank", severity="critical", text="Всё встало")
    await comes_to_say(maria, sheet, "🔴 Сбой")
    assert len([each for each in await maria.reads() if "Не проходят оплаты" in each.get("text", "")]) == 1


async def test_a_preview_that_changed_meanwhile_is_dead(monitoring: Monitoring) -> None:
    scene = monitoring.scene
    maria = await monitoring.maria()
    await monitoring.tells(key="bank", severity="warning")
    sheet = await maria.sees("🚨 Не проходят оплаты")
    old = says_of(sheet, "Опубликовать")
    await monitoring.tells(key="bank", severity="critical")
    await comes_to_say(maria, sheet, "🔴 Сбой")
    assert "всё изменилось" in (await forges(maria, old, sheet) or "")
    assert posts_in_channel(scene) == []
    assert await maria.presses("Опубликовать", on=sheet) == "Опубликовано"


async def test_a_draft_is_opened_reworded_and_published(monitoring: Monitoring) -> None:
    scene = monitoring.scene
    maria, anna = await monitoring.maria(), scene.customer("Анна")
    await monitoring.tells(key="bank")
    sheet = await maria.sees("🚨 Не проходят оплаты")
    await maria.presses("Открыть черновик", on=sheet)
    await maria.sees("Так будет выглядеть новый пост")
    await maria.says("Карты не принимаем, наличные принимаем")
    preview = await maria.sees("Карты не принимаем")
    assert await maria.presses("Опубликовать", on=preview) == "Опубликовано"
    post = await anna.sees_in(scene.channel, "Карты не принимаем")
    assert post["text"].startswith("🔴")
    await comes_to_say(maria, sheet, "Опубликовано: Мария")
    assert len(posts_in_channel(scene)) == 1


async def test_what_has_gone_by_itself_is_no_draft_any_more(monitoring: Monitoring) -> None:
    maria = await monitoring.maria()
    await monitoring.tells(key="bank")
    sheet = await maria.sees("🚨 Не проходят оплаты")
    await monitoring.tells(key="bank", status="resolved")
    await comes_to_say(maria, sheet, "Прошло само")
    assert buttons(sheet) == ["Открыть черновик"]


async def test_what_is_over_offers_to_close_the_incident(monitoring: Monitoring) -> None:
    scene = monitoring.scene
    maria, anna = await monitoring.maria(), scene.customer("Анна")
    await monitoring.tells(key="bank")
    sheet = await maria.sees("🚨 Не проходят оплаты")
    await maria.presses("Опубликовать", on=sheet)
    await anna.sees_in(scene.channel, "🔴 Сбой")
    await monitoring.tells(key="bank", status="resolved")
    over = await maria.sees("Мониторинг больше не видит неполадок")
    await maria.presses("Решено", on=over)
    preview = await maria.sees("Так станет выглядеть")
    assert await maria.presses("Опубликовать", on=preview) == "Опубликовано"
    await anna.sees_in(scene.channel, "✅ Решено")
    await comes_to_say(maria, sheet, "Инцидент закрыт")


async def test_flapping_is_one_message_with_a_count(monitoring: Monitoring) -> None:
    maria = await monitoring.maria()
    await monitoring.tells(key="bank")
    sheet = await maria.sees("🚨 Не проходят оплаты")
    for _ in range(3):
        await monitoring.tells(key="bank", status="resolved")
        await monitoring.tells(key="bank")
    await comes_to_say(maria, sheet, "Начинался 4 раза")
    assert len([each for each in await maria.reads() if "Не проходят оплаты" in each.get("text", "")]) == 1


async def test_not_now_leaves_the_draft_waiting(monitoring: Monitoring) -> None:
    maria = await monitoring.maria()
    await monitoring.tells(key="bank", severity="warning")
    sheet = await maria.sees("🚨 Не проходят оплаты")
    assert await maria.presses("Не сейчас", on=sheet) == "Хорошо, черновик подождёт"
    await comes_to_say(maria, sheet, "Не сейчас, решено: Мария")
    assert buttons(sheet) == ["Опубликовать", "Открыть черновик"]
    await monitoring.tells(key="bank", severity="critical")
    anew = await maria.sees("🔴 Сбой")
    assert anew["message_id"] != sheet["message_id"], "worse than what was put off is told anew"
    assert await maria.presses("Опубликовать", on=anew) == "Опубликовано"


async def test_what_is_not_for_customers_is_shown_no_more_until_it_is_wanted(monitoring: Monitoring) -> None:
    maria = await monitoring.maria()
    await monitoring.tells("Диск заполнен", key="disk", component="", severity="info")
    sheet = await maria.sees("🚨 Диск заполнен")
    assert await maria.presses("Это не для клиентов", on=sheet) == "Больше не покажем"
    await comes_to_say(maria, sheet, "Таких больше не покажем")
    await monitoring.tells("Диск заполнен", key="disk", component="", status="resolved")
    await monitoring.tells("Диск заполнен совсем", key="disk", component="")
    await monitoring.tells("Не проходят оплаты", key="bank")
    await maria.sees("🚨 Не проходят оплаты")
    assert not [each for each in await maria.reads() if "совсем" in each.get("text", "")]
    assert await maria.presses("Показывать снова", on=sheet) == "Снова будем показывать"
    await comes_to_say(maria, sheet, "Диск заполнен совсем")


async def test_a_rule_may_publish_by_itself_for_its_component_only(watched: Watched) -> None:
    rules = [{"match": {"source": "kuma", "monitor": "Te*"}, "component": "payments", "publish": True}]
    async with watched(rules=rules) as monitoring:
        scene = monitoring.scene
        maria, anna, oleg = await monitoring.maria(), scene.customer("Анна"), scene.operator("Олег")
        await monitoring.tells("Не открывается каталог", component="login")
        await maria.sees("🚨 Не открывается каталог")
        assert posts_in_channel(scene) == []
        await monitoring.posts("kuma", monitoring.payload("kuma"))
        await anna.sees_in(scene.channel, "Оплата: не работает")
        sheet = await maria.sees("🚨 Test")
        assert "Опубликовано: правило в настройках" in sheet["text"]
        await oleg.sees(None, "Автор: Uptime Kuma")
        assert len(posts_in_channel(scene)) == 1

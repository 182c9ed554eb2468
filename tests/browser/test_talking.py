"""Talking on the page: between a customer and the operators, with everything Telegram has."""

import pytest
from aiogram import Bot
from playwright.async_api import expect

from sandbox.wire.session import WorldSession
from tests.browser.conftest import Stage, Visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("bot"),
]


async def test_a_question_and_its_reply_stand_side_by_side(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.root.get_by_role("button", name="Запустить").click()
    await visitor.main.sees("Чем помочь?")
    await visitor.main.says("Где мой заказ?")
    await expect(visitor.side.title).to_have_text("Анна Пример")
    await visitor.side.sees("Где мой заказ?")
    await visitor.side.says("Уже едет")
    await visitor.main.sees("Уже едет")
    await expect(visitor.side.bubble("Уже едет").locator(".reaction")).to_have_text("👍")
    await visitor.shoots("question")


async def test_a_pressed_button_spins_until_the_bot_answers(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("/start")
    key = visitor.main.key("Позвать оператора")
    await key.click()
    await expect(key).to_have_attribute("aria-busy", "true")
    await expect(visitor.page.locator(".toast")).to_have_text("Зовём человека")
    await visitor.main.sees("Человек скоро ответит.")
    await expect(visitor.main.bubble("Человек скоро ответит.")).to_contain_text("изменено")


async def test_an_alert_waits_until_it_is_read(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("/start")
    await visitor.main.key("Предупредить").click()
    alert = visitor.page.get_by_role("dialog")
    await expect(alert).to_contain_text("Это важно")
    await visitor.page.keyboard.press("Enter")
    await expect(alert).to_have_count(0)


async def test_a_message_is_edited_with_the_arrow_and_deleted(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("Где мой закас?")
    await visitor.main.sees("Где мой закас?")
    await visitor.main.field.press("ArrowUp")
    await expect(visitor.main.field).to_have_value("Где мой закас?")
    await visitor.main.says("Где мой заказ?")
    await expect(visitor.main.bubble("Где мой заказ?")).to_contain_text("изменено")
    await visitor.main.does("Удалить", "Где мой заказ?")
    await expect(visitor.main.bubble("Где мой заказ?")).to_have_count(0)


async def test_a_reply_carries_the_selected_words_as_a_quote(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("/start")
    await visitor.main.sees("Чем помочь?")
    await visitor.page.evaluate(
        """() => {
          const text = document.querySelector(".main .row.theirs .text").firstChild;
          const range = document.createRange();
          range.setStart(text, 14);
          range.setEnd(text, 18);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    await visitor.main.does("Ответить", "Чем помочь?")
    await visitor.main.says("Заказ не приехал")
    quote = visitor.main.bubble("Заказ не приехал").locator(".quoted")
    await expect(quote).to_contain_text("Чем ")
    await expect(quote).not_to_contain_text("помочь")
    await quote.click()
    await expect(visitor.main.root.locator(".row.theirs").first).to_contain_class("flash")


async def test_a_pinned_message_stands_above_and_leads_to_itself(visit: Visit, stage: Stage) -> None:
    visitor = await visit()
    await visitor.main.says("/start")
    await visitor.main.sees("Чем помочь?")
    for line in range(20):
        await visitor.main.says(f"Строка {line}")
    await visitor.main.sees("Строка 19")
    bot = Bot(stage.cast.bot.token, session=WorldSession(stage.world))
    await bot.pin_chat_message(stage.cast.of("customer")[0].account.id, 2)
    bar = visitor.main.root.locator(".pinned")
    await expect(bar).to_contain_text("Чем помочь?")
    await expect(visitor.main.bubble("Чем помочь?")).not_to_be_in_viewport()
    await bar.click()
    await expect(visitor.main.bubble("Чем помочь?")).to_be_in_viewport()
    await visitor.main.root.get_by_label("К последним сообщениям").click()
    await expect(visitor.main.bubble("Строка 19")).to_be_in_viewport()


async def test_reactions_are_put_and_taken_back(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("/start")
    await visitor.main.sees("Чем помочь?")
    await visitor.main.does("Реакция", "Чем помочь?")
    await visitor.main.root.get_by_role("menuitem", name="🔥").click()
    # A message at the very top has no room above it: there the choice opens below.
    await visitor.main.root.locator(".log").evaluate("log => log.style.height = '150px'")
    await visitor.main.does("Реакция", "/start")
    choice = await visitor.main.root.locator(".picker").bounding_box()
    log = await visitor.main.root.locator(".log").bounding_box()
    assert choice
    assert log
    assert choice["y"] >= log["y"]
    await visitor.main.root.get_by_role("menuitem", name="👍").click()
    await expect(visitor.main.bubble("/start").locator(".reaction")).to_have_count(1)
    fire = visitor.main.bubble("Чем помочь?").locator(".reaction")
    await expect(fire).to_have_attribute("aria-pressed", "true")
    await fire.click()
    await expect(fire).to_have_count(0)


async def test_an_album_of_samples_arrives_as_a_grid_of_real_pictures(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.attaches("Альбом")
    cells = visitor.main.root.locator(".album-3 .album-cell img")
    await expect(cells).to_have_count(3)
    await expect(visitor.side.root.locator(".picture img")).to_have_count(3)
    await visitor.page.wait_for_function(
        "[...document.querySelectorAll('.picture img')].every((picture) => picture.naturalWidth > 100)"
    )
    await cells.first.click()
    await expect(visitor.page.get_by_role("dialog").locator("img")).to_be_visible()
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.page.get_by_role("dialog")).to_have_count(0)


KINDS = {
    "Видео": ".kind-video video",
    "Голосовое": ".player-toggle",
    "Кружок": ".round video",
    "Анимация": ".kind-animation video",
    "Стикер": "img.sticker",
    "Музыка": ".player-label",
    "Документ": ".card",
    "Геопозиция": ".map",
    "Место": ".map",
    "Контакт": ".card",
    "Опрос": ".poll",
    "Кубик": ".dice",
}


async def test_every_kind_of_message_is_sent_and_shown(visit: Visit) -> None:
    visitor = await visit()
    for sample, look in KINDS.items():
        await visitor.main.attaches(sample)
        await expect(visitor.main.root.locator(look).last).to_be_visible()
        await expect(visitor.side.root.locator(look).last).to_be_visible()
    await expect(visitor.side.root.locator(".row")).to_have_count(len(KINDS))


async def test_ready_answers_stand_until_the_bot_takes_them_away(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("/choice")
    yes = visitor.main.root.locator(".ready .key", has_text="Да")
    await yes.click()
    await visitor.main.sees("Принято.")
    await expect(yes).to_have_count(0)


async def test_commands_are_offered_after_a_slash(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.field.press_sequentially("/")
    await expect(visitor.main.root.get_by_role("option")).to_have_count(2)
    await visitor.main.field.press_sequentially("st")
    await expect(visitor.main.root.get_by_role("option")).to_have_count(1)
    await visitor.main.field.press("Enter")
    await visitor.main.sees("Чем помочь?")
    await expect(visitor.main.field).to_have_value("")
    await expect(visitor.main.root.get_by_label("Отправить")).not_to_contain_class("armed")


async def test_a_quote_that_expands_is_folded_only_if_it_is_long(visit: Visit) -> None:
    visitor = await visit()
    await visitor.main.says("/quotes")
    await visitor.main.sees("Коротко:")
    long = visitor.main.bubble("Длинно:").locator("blockquote")
    fold = long.get_by_role("button", name="Показать целиком")
    closed = (await long.bounding_box() or {})["height"]
    await fold.press("Enter")
    await expect(long.get_by_role("button", name="Свернуть")).to_have_attribute("aria-expanded", "true")
    assert (await long.bounding_box() or {})["height"] > 2 * closed
    await long.get_by_text("слово0").click()
    await expect(fold).to_have_attribute("aria-expanded", "false")
    assert (await long.bounding_box() or {})["height"] == closed
    short = visitor.main.bubble("Коротко:").locator("blockquote")
    await expect(short).to_be_visible()
    await expect(short.get_by_role("button")).to_have_count(0)

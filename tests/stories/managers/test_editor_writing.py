"""A manager writes the knowledge base in Telegram, and customers get what she wrote."""

import asyncio

from sandbox import Customer, Manager
from sandbox.chats import Message
from sandbox.content import samples
from tests.stories.conftest import Scene, SetUp
from tests.stories.looks import pieces

PATIENCE = 30.0
"""Seconds within which a change must be in use, on a busy machine too."""


async def asks_until(anna: Customer, question: str, answer: str) -> Message:
    """A change is in use a moment later: she asks until she gets it."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < end:
        asked = await anna.says(question)
        reply = await anna.sees("")
        while reply["message_id"] < asked["message_id"]:
            reply = await anna.sees("")
        if answer in (reply.get("text") or reply.get("caption") or ""):
            return reply
    raise AssertionError(f"{answer!r} never came, but {reply!r}")


async def tries_until(maria: Manager, phrase: str, told: str) -> None:
    """The same without a customer: she tries the phrase out until it comes to that."""
    await asks_until(maria, f"/faq try {phrase}", told)


async def opens(maria: Manager, entry: str) -> Message:
    await maria.says(f"/faq {entry}")
    return await maria.sees("версия")


async def test_a_new_entry_with_a_picture_reaches_the_next_customer(scene: Scene) -> None:
    maria, anna = scene.manager("Мария"), scene.customer("Анна")
    await maria.says("/faq")
    await maria.sees("3 записи")
    await maria.presses("Добавить")
    await maria.sees("Как звучит вопрос?")
    await maria.says("Где пункт выдачи?")
    await maria.sees("Как ещё об этом спрашивают?")
    await maria.says("где забрать заказ\nадрес пункта выдачи")
    await maria.sees("Что ответить?")
    picture = samples.photo(scene.world)
    caption = "{{ customer.first_name }}, ждём вас на улице Примерной, 1."
    bold = [{"type": "bold", "offset": caption.index("улице"), "length": len("улице Примерной, 1")}]
    await maria.sends({**picture, "caption": caption, "caption_entities": bold})
    await maria.sees("В какой раздел")
    await maria.presses("Доставка")
    preview = await maria.sees("Анна, ждём вас")
    assert "photo" in preview
    page = await maria.sees("Новая запись")
    assert "Сохранить" in maria.buttons()
    assert "К ответу приложено: фото" in page["text"]
    assert await maria.presses("Сохранить") == "Сохранено"
    await maria.sees("Бот ответит так уже")

    await tries_until(maria, "где забрать заказ", "Бот ответит сам")
    await anna.says("где забрать заказ")
    answer = await anna.sees("Анна, ждём вас на улице")
    assert "photo" in answer
    assert pieces(answer, "bold") == ["улице Примерной, 1"]
    assert "Помогло" in anna.buttons()


async def test_an_edit_is_seen_and_undone(scene: Scene) -> None:
    maria, anna = scene.manager("Мария"), scene.customer("Анна")
    await opens(maria, "delivery")
    await maria.presses("Изменить")
    await maria.presses("✏️ Ответ")
    await maria.sees("Что ответить?")
    await maria.says(html="Доставка <i>бесплатная</i> от 3000 ₽.")
    await maria.sees("Ещё не сохранено: ответ")
    await maria.presses("Сохранить")
    answer = await asks_until(anna, "цена доставки", "бесплатная")
    assert pieces(answer, "italic") == ["бесплатная"]
    assert await maria.presses("Отменить последнее") == "Вернули как было"
    await asks_until(anna, "цена доставки", "300 ₽")


async def test_what_is_switched_off_is_not_found_until_it_is_back(scene: Scene) -> None:
    maria, anna = scene.manager("Мария"), scene.customer("Анна")
    await opens(maria, "delivery")
    assert await maria.presses("Отключить") == "Отключено"
    await tries_until(maria, "цена доставки", "позовёт человека")
    await anna.says("цена доставки")
    await anna.sees("Передали вопрос людям")
    assert await maria.presses("Вернуть") == "Снова в деле"
    await tries_until(maria, "цена доставки", "Бот ответит сам")


async def test_deleting_is_not_for_ever(scene: Scene) -> None:
    maria, anna = scene.manager("Мария"), scene.customer("Анна")
    await opens(maria, "delivery")
    await maria.presses("Удалить")
    await maria.sees("Удалить «Сколько стоит доставка?»?")
    await maria.presses("Да, удалить")
    await maria.says("/faq")
    await maria.sees("2 записи")
    await maria.presses("Удалённые (1)")
    await maria.presses("🗑 delivery")
    await maria.presses("Вернуть")
    await tries_until(maria, "цена доставки", "Бот ответит сам")
    await anna.says("цена доставки")
    await anna.sees("300 ₽")


async def test_two_managers_at_one_entry(set_up: SetUp) -> None:
    async with set_up(desk={"managers": [1001, 1002]}) as scene, scene.at_work():
        maria, boris = scene.manager("Мария"), scene.manager("Борис", id=1002)
        for each, field, text in ((maria, "Вопрос", "Почём доставка?"), (boris, "Ответ", "По 400 ₽.")):
            await opens(each, "delivery")
            await each.presses("Изменить")
            await each.presses(f"✏️ {field}")
            await each.says(text)
            await each.sees("Ещё не сохранено")
        assert await boris.presses("Сохранить") == "Сохранено"
        assert "изменили" in (await maria.presses("Сохранить") or "")
        told = await maria.sees("Пока вы правили, запись изменили: Борис")
        assert "По 400 ₽" in told["text"]
        assert "Почём доставка?" in told["text"]
        await maria.presses("Объединить")
        await maria.sees("Ещё не сохранено: вопрос")
        await maria.presses("Сохранить")
        whole = await maria.sees("Почём доставка?")
        assert "По 400 ₽" in whole["text"]


async def test_in_the_operators_group(scene: Scene) -> None:
    maria, oleg = scene.manager("Мария"), scene.operator("Олег")
    scene.world.admit(scene.group, maria.account)
    here = type(oleg)(scene.world, scene.group, "Мария", id=maria.id)
    await here.says_in_general("/faq delivery")
    await oleg.sees(None, "Сколько стоит доставка?")
    assert "только менеджеры" in (await oleg.presses(None, "Отключить") or "")
    await here.presses(None, "Изменить")
    await oleg.sees(None, "Что изменить?")
    await here.presses(None, "✏️ Вопрос")
    await oleg.sees(None, "Как теперь звучит вопрос?")
    await oleg.says_in_general("а я тут просто мимо")
    await here.says_in_general("Почём доставка?")
    await oleg.sees(None, "Ещё не сохранено: вопрос")
    assert await here.presses(None, "Сохранить") == "Сохранено"


async def test_nobody_else_gets_in(scene: Scene) -> None:
    anna, boss, oleg = scene.customer("Анна"), scene.operator("Начальник", anonymous=True), scene.operator()
    await anna.says("/faq delivery")
    await anna.sees("могут только менеджеры")
    await anna.sends_document(name="faq.yaml", data=b"- id: x", caption="/faq import")
    await anna.sees("могут только менеджеры")
    await boss.says_in_general("/faq add Обман?")
    await oleg.sees(None, "Отключите анонимность")


async def test_a_restart_in_the_middle_loses_nothing(set_up: SetUp) -> None:
    async with set_up() as scene:
        maria, anna = scene.manager("Мария"), scene.customer("Анна")
        async with scene.at_work():
            await maria.says("/faq add Где мой заказ?")
            await maria.sees("Как ещё")
            await maria.says("где заказ")
            await maria.sees("Что ответить?")
        async with scene.at_work():
            await maria.says("В пути.")
            await maria.sees("В какой раздел")
            await maria.presses("Пропустить")
            await maria.presses("Сохранить")
            await maria.sees("Бот ответит так уже")
            await tries_until(maria, "где заказ", "Бот ответит сам")
            await anna.says("где заказ")
            await anna.sees("В пути.")


async def test_a_manager_who_asks_as_a_customer_is_answered(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says("/faq add Где мой заказ?")
    await maria.sees("Как ещё")
    await maria.presses("Отменить")
    await maria.sees("ничего не изменилось")
    await maria.says("цена доставки")
    await maria.sees("300 ₽")


async def test_who_asked_last_is_told(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says("/broadcast red")
    await maria.sees("Пришлите текст")
    await maria.says("/faq add")
    await maria.sees("Как звучит вопрос?")
    await maria.says("Где мой заказ?")
    await maria.sees("Как ещё об этом спрашивают?")
    await maria.presses("Отменить")
    await maria.sees("ничего не изменилось")
    await maria.says("Не проходит оплата")
    await maria.sees("Так будет выглядеть")


HOSTILE = "<b>не жирно</b> &lt; {name} %s \u2067\u200b🦄 [нет](tg://user?id=1) `код` {# {"


async def test_hostile_texts_stay_texts(scene: Scene) -> None:
    maria = scene.manager("<b>Мария</b>")
    await maria.says("/faq add")
    await maria.sees("Как звучит вопрос?")
    await maria.says(HOSTILE)
    await maria.sees("Как ещё")
    await maria.says(f"{HOSTILE}\nещё")
    await maria.sees("Что ответить?")
    await maria.says(HOSTILE)
    assert "не читается как шаблон" in (await maria.sees("сохранить нельзя"))["text"]
    await maria.says(HOSTILE.replace("{#", ""))
    await maria.sees("В какой раздел")
    await maria.says(HOSTILE)
    page = await maria.sees("Новая запись")
    assert page["text"].count("<b>не жирно</b> &lt; {name} %s") == 4
    await maria.presses("Сохранить")
    await maria.sees("Бот ответит так уже")
    await maria.presses("История")
    await maria.sees("<b>Мария</b>, сегодня")
    await maria.says("/faq")
    await maria.presses("<b>не жирно</b>")
    await maria.sees("\n1 запись")
    await maria.presses("<b>не жирно</b>")
    await maria.sees("версия 1")

"""A manager asks the channel and subscribers, the votes come back, and everybody hears how it ended."""

from sandbox import Customer, Manager
from sandbox.chats import Message
from sandbox.people.looking import buttons
from tests.stories.conftest import Scene, SetUp
from tests.stories.delivered.conftest import copies, subscribers
from tests.stories.forgery import forges
from tests.stories.waiting import comes_true

QUESTION = "Удобно ли вам платить по СБП?"
POLL = f"/poll {QUESTION}\n- Да\n2. Нет\n• Не пробовал"


async def in_channel(scene: Scene) -> Message:
    """The poll that stands in the channel."""
    assert await comes_true(
        scene.world, lambda: any("poll" in each for each in scene.channel.messages.values())
    )
    return next(each for each in scene.channel.messages.values() if "poll" in each)


async def published(scene: Scene, *names: str) -> tuple[Manager, list[Customer]]:
    """A manager has asked the channel and these people."""
    maria, people = scene.manager("Мария"), await subscribers(scene, *names)
    await maria.says(POLL)
    await maria.presses("Опубликовать")
    for person in people:
        await person.sees(QUESTION)
    await maria.sees(f"Спросили {len(people)} из\u00a0{len(people)}")
    return maria, people


async def test_a_poll_goes_out_as_its_preview_said(scene: Scene) -> None:
    maria = scene.manager("Мария")
    anna, boris = await subscribers(scene, "Анна", "Борис")
    await maria.says(POLL)
    preview = await maria.sees("Так выглядит опрос")
    assert "○ Да\n○ Нет\n○ Не пробовал" in preview["text"]
    assert "канал и подписчиков: 2 человека" in preview["text"]
    assert "не увидит никто" in preview["text"]
    said = preview["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert await maria.presses("Опубликовать") == "Опубликовано"
    assert "больше не действует" in (await forges(maria, said, preview) or "")

    asked = await in_channel(scene)
    assert [each["text"] for each in asked["poll"]["options"]] == ["Да", "Нет", "Не пробовал"]
    assert asked["poll"]["is_anonymous"]
    for person in (anna, boris):
        told = await person.sees(QUESTION)
        assert buttons(told) == ["Да", "Нет", "Не пробовал", "Отписаться"]
    sent = scene.world.log.calls("sendMessage", chat=anna.id, applied=True)[-1]
    assert sent.params["disable_notification"]
    assert [copies(each, QUESTION) for each in (anna, boris)] == [1, 1]
    assert sum("poll" in each for each in scene.channel.messages.values()) == 1


async def test_votes_come_back_from_both_sides(scene: Scene) -> None:
    maria, (anna, boris) = await published(scene, "Анна", "Борис")
    for person, option in ((anna, "Да"), (boris, "Нет")):
        assert await person.presses(option) == "Голос учтён"
        await person.sees(f"Ваш ответ: {option}")
    await boris.presses("Да")
    assert "✓ Да" in buttons(await boris.sees("Ваш ответ: Да"))
    assert await boris.presses("✓ Да") == "Голос снят"
    assert await boris.presses("Да") == "Голос учтён"
    await scene.customer("Вера").votes(await in_channel(scene), "Нет")
    await maria.presses("Обновить")
    shown = await maria.sees("Проголосовали: 3\u00a0— в канале 1, в личке 2")
    assert "Да\u00a0— 2 (канал 0, в личке 2)\n▓▓▓▓▓▓▓░░░ 67\u00a0%" in shown["text"]


async def test_its_end_is_seen_everywhere(scene: Scene) -> None:
    maria, (anna,) = await published(scene, "Анна")
    await anna.presses("Да")
    asked = await in_channel(scene)
    await scene.customer("Вера").votes(asked, "Нет")
    await maria.presses("Завершить")
    await maria.presses("Да, завершить")
    await maria.sees("Опрос закончился")
    assert await comes_true(scene.world, lambda: bool(asked["poll"]["is_closed"]))
    assert await anna.presses("Нет") == "Опрос уже закончился"
    over = await anna.sees("Опрос закончился, спасибо!")
    assert "Ваш ответ: Да" in over["text"]
    assert buttons(over) == ["Отписаться"]
    await maria.presses("Опубликовать итоги")
    results = await anna.sees_in(scene.channel, "Итоги опроса")
    assert results["reply_to_message"]["message_id"] == asked["message_id"]
    assert "Проголосовали: 2. Спасибо всем!" in results["text"]
    assert await maria.presses("Опубликовать итоги") == "Итоги в канале уже есть"
    await maria.says("/poll")
    await maria.presses("Опросы")
    assert f"⚪️ {QUESTION}" in buttons(await maria.sees("Опросы: "))


async def test_what_is_wrong_is_said_before_the_press(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says("/poll")
    await maria.sees("О чём спросим?")
    for words, answer in (
        ("Что?" + "о" * 300, "знаков 304, а Telegram пропускает 300"),
        (QUESTION, "Пришлите варианты ответа"),
        ("Да", "Один вариант\u00a0— не выбор"),
        ("Да\n да \nНет", "Вариант «да» встретился дважды"),
        ("\n".join(f"Вариант {n}" for n in range(13)), "слишком много: 13"),
        (f"Да\n{'ы' * 101}", "знаков 101, а Telegram пропускает 100"),
    ):
        await maria.says(words)
        await maria.sees(answer)
    await maria.says("Да\n\n—\nНет")
    preview = await maria.sees("Так выглядит опрос")
    assert "○ Да\n○ Нет" in preview["text"]


async def test_everything_but_the_text_is_changed_by_buttons(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says(POLL)
    await maria.presses("Кому: каналу и подписчикам")
    await maria.sees("Спросим только канал")
    await maria.presses("Ответов: один")
    await maria.presses("Пока не завершу")
    await maria.presses("Указать время")
    await maria.sees("До какого времени")
    await maria.says("когда-нибудь")
    await maria.sees("Не разобрали время")
    await maria.says("через 3 часа")
    preview = await maria.sees("Можно выбрать несколько вариантов. Закончится ")
    assert "☑️ Ответов: можно несколько" in buttons(preview)
    assert any(each.startswith("⏳ До: ") for each in buttons(preview))
    await maria.presses("Изменить текст")
    await maria.says("<b>Как вам</b> & мы?\n1. Хорошо\n2. Плохо")
    preview = await maria.sees("<b>Как вам</b> & мы?")
    await maria.presses("Опубликовать")
    asked = await in_channel(scene)
    assert asked["poll"]["question"] == "<b>Как вам</b> & мы?"
    assert asked["poll"]["allows_multiple_answers"]
    await maria.sees("Опрос идёт, закончится")


async def test_what_was_cancelled_waits_for_no_words(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says(POLL)
    await maria.sees("○ Не пробовал")
    await maria.presses("Отменить")
    await maria.sees("Ничего не опубликовано")
    await maria.says("Обычный вопрос оператору")
    await maria.sees("Передали")


async def test_only_those_who_may_publish_ask(set_up: SetUp) -> None:
    roles = {1002: "draft", 1003: "publish"}
    async with set_up(desk={"publishers": roles}) as scene, scene.at_work():
        maria, vera, petr = (
            scene.manager(name, id=n) for name, n in (("Мария", 1001), ("Вера", 1002), ("Пётр", 1003))
        )
        for somebody in (vera, scene.customer("Анна")):
            await somebody.says(POLL)
            await somebody.sees("Опросы проводят менеджеры")
        await petr.says(POLL)
        preview = await petr.sees("Так выглядит опрос")
        assert "подписчиков: 0 человек" in preview["text"]
        await petr.presses("Опубликовать")
        await in_channel(scene)
        await maria.says("/incidents audit")
        audit = await maria.sees("poll")
        assert "Вера" in audit["text"] or "1002" in audit["text"]


async def test_nobody_votes_who_was_not_asked(scene: Scene) -> None:
    maria = scene.manager("Мария")
    (anna,) = await subscribers(scene, "Анна")
    await maria.says(POLL)
    await maria.presses("Опубликовать")
    told = await anna.sees(QUESTION)
    stranger = scene.customer("Вера")
    await stranger.starts()
    greeting = await stranger.sees("Здравствуйте")
    said = told["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for press in (said, "vote:choose:99:0", "vote:choose:1:77", "vote:choose:x:0", "vote:other"):
        greeting["reply_markup"] = {"inline_keyboard": [[{"text": press, "callback_data": press}]]}
        assert await stranger.presses(press, on=greeting) == "Этот опрос вам не присылали"
    await stranger.sends_poll()
    await maria.presses("Обновить")
    assert "Проголосовали: 0" in (await maria.sees("Опрос идёт"))["text"]


async def test_it_is_asked_from_the_operators_group_as_well(scene: Scene) -> None:
    maria, oleg = scene.operator("Мария", id=1001), scene.operator("Олег")
    await oleg.says_in_general(POLL)
    await oleg.sees(None, "Опросы проводят менеджеры")
    await maria.says_in_general("/poll")
    await maria.sees(None, "О чём спросим?")
    await oleg.says_in_general("Ребята, кто на линии?")  # people talk there
    await maria.says_in_general(f"{QUESTION}\nДа\nНет")
    await maria.sees(None, "Так выглядит опрос")
    assert "Опросы проводят менеджеры" in (await oleg.presses(None, "Опубликовать") or "")
    await maria.presses(None, "Кому: каналу и подписчикам")
    await maria.presses(None, "Кому: только каналу")
    assert await maria.presses(None, "Опубликовать") == "Подписчиков пока нет: спросить некого"
    await maria.presses(None, "Кому: только подписчикам")
    await maria.presses(None, "Опубликовать")
    await in_channel(scene)
    await maria.sees(None, "Опрос идёт")

"""Something breaks: a manager tells everyone before they meet it, goes on, and says when it is over."""

from sandbox import Manager
from sandbox.changing import erase
from sandbox.chats import Message
from sandbox.people.looking import buttons
from tests.stories.conftest import Scene, SetUp


def channel_posts(scene: Scene) -> list[Message]:
    posts = [message for message in scene.channel.messages.values() if not message.get("_deleted")]
    return [post for post in posts if "text" in post]


def formatting(message: Message) -> list[tuple[str, str]]:
    """What is bold, what a link; Telegram counts in UTF-16 units."""
    units = message["text"].encode("utf-16-le")
    spans = [(each["type"], each["offset"] * 2, each["length"] * 2) for each in message["entities"]]
    return [(kind, units[start : start + length].decode("utf-16-le")) for kind, start, length in spans]


async def publishes(manager: Manager, said: str) -> None:
    await manager.says(f"/broadcast {said}")
    preview = await manager.sees("Так будет выглядеть новый пост")
    assert await manager.presses("Опубликовать", on=preview) == "Опубликовано"


async def goes_on(manager: Manager, incident: str, step: str, text: str | None = None) -> None:
    await manager.says("/incidents")
    listed = await manager.sees("не закрыто")
    await manager.presses(incident, on=listed)
    await manager.presses(step, on=listed)
    if text is not None:
        await manager.sees("Что нового?")
        await manager.says(text)
    preview = await manager.sees("Так станет выглядеть")
    assert await manager.presses("Опубликовать", on=preview) == "Опубликовано"


async def test_a_manager_tells_everyone_at_once(scene: Scene) -> None:
    maria, anna, oleg = scene.manager("Мария"), scene.customer("Анна"), scene.operator("Олег")
    await maria.says("/broadcast red Не проходит оплата картой")
    preview = await maria.sees("Так будет выглядеть новый пост")
    assert maria.buttons() == ["Опубликовать", "Отменить", "Изменить…"]
    assert channel_posts(scene) == []
    assert await maria.presses("Опубликовать") == "Опубликовано"
    await maria.sees("Опубликовано.")
    assert maria.buttons() == []
    post = await anna.sees_in(scene.channel, "🔴 Сбой")
    assert preview["text"].startswith(post["text"])
    told = await oleg.sees(None, "Не проходит оплата картой")
    assert "Что спросят клиенты" in told["text"]
    assert "Что отвечать" in told["text"]
    await anna.starts()
    await anna.sees("🔴 Не проходит оплата картой")


async def test_one_post_tells_how_it_goes_on_and_ends(scene: Scene) -> None:
    maria, anna, oleg = scene.manager("Мария"), scene.customer("Анна"), scene.operator("Олег")
    await publishes(maria, "red Не проходит оплата картой")
    post = await anna.sees_in(scene.channel, "Не проходит оплата картой")

    await goes_on(maria, "Не проходит оплата картой", "Обновить", "Нашли причину, чиним")
    reply = await anna.sees_in(scene.channel, "Обновление")
    assert reply["reply_to_message"]["message_id"] == post["message_id"]
    assert "обновлено" in post["text"]
    assert "Как это было" in post["text"]
    await oleg.sees(None, "Нашли причину, чиним")

    await goes_on(maria, "Не проходит оплата картой", "Решено")
    await anna.sees_in(scene.channel, "✅ Решено, длилось 1")
    await anna.sees_in(scene.channel, "✅ Решено, длилось 1")
    first, *_, last = channel_posts(scene)
    assert first["message_id"] == post["message_id"] == last["reply_to_message"]["message_id"]
    assert first["text"].startswith("✅ Решено")
    await oleg.sees(None, "Точно заработало?")
    await maria.says("/incidents")
    await maria.sees("открытых инцидентов нет")


async def test_step_by_step_for_those_in_a_hurry(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says("/broadcast")
    await maria.sees("Насколько всё серьёзно?")
    assert maria.buttons() == ["🔴 Красный", "🟡 Жёлтый", "🟢 Зелёный", "Отменить"]
    await maria.presses("Жёлтый")
    await maria.sees("Пришлите текст")
    await maria.says(html="Каталог открывается <b>медленно</b>")
    preview = await maria.sees("🟡 Перебои")
    assert "без звука" in preview["text"]
    await maria.presses("Опубликовать")
    post = await maria.sees_in(scene.channel, "Каталог открывается медленно")
    assert ("bold", "медленно") in formatting(post)


async def test_the_manager_s_own_formatting_survives_the_command(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says(
        html='/broadcast@support_bot <b>red Не</b> работает <a href="https://a.example">вход</a> 🛠 &lt;b&gt;'
    )
    await maria.presses("Опубликовать")
    post = await maria.sees_in(scene.channel, "Не работает вход 🛠 <b>")
    assert set(formatting(post)) == {("bold", "Сбой"), ("bold", "Не"), ("text_link", "вход")}


async def test_nobody_else_publishes(scene: Scene) -> None:
    maria, oleg = scene.manager("Мария"), scene.operator("Олег")
    scene.world.admit(scene.group, maria.account)
    boss = scene.operator("Начальник", anonymous=True)
    anna = scene.customer("Анна")
    await anna.says("/broadcast red Обман")
    await anna.sees("Публиковать могут только менеджеры")
    await boss.says_in_general("/broadcast red Обман")
    await oleg.sees(None, "Отключите анонимность")
    colleague = type(oleg)(scene.world, scene.group, "Мария", id=maria.id)
    await colleague.says_in_general("/broadcast red Не работает вход")
    await oleg.sees(None, "Так будет выглядеть")
    assert "только менеджеры" in (await oleg.presses(None, "Опубликовать") or "")
    assert channel_posts(scene) == []
    assert await colleague.presses(None, "Опубликовать") == "Опубликовано"
    await anna.sees_in(scene.channel, "Не работает вход")


async def test_two_quick_presses_publish_once(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says("/broadcast green Мы переехали на новый адрес")
    await maria.sees("Так будет выглядеть")
    callbacks = [await maria.touches("Опубликовать") for _ in range(3)]
    assert all(callbacks)
    await maria.sees("Опубликовано.")
    await maria.sees_in(scene.channel, "Мы переехали")
    await maria.says("/incidents")
    await maria.sees("не закрыто")
    assert len(channel_posts(scene)) == 1
    assert len(maria.buttons()) == 1


async def test_a_press_delivered_twice_publishes_once(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await publishes(maria, "yellow Медленный каталог")
    await maria.sees_in(scene.channel, "Медленный каталог")
    scene.world.duplicate(scene.world.log.updates("callback_query")[-1].update_id)
    await maria.says("/incidents")
    await maria.sees("не закрыто")
    assert len(channel_posts(scene)) == 1


async def test_an_old_preview_is_dead(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says("/broadcast red Не работает вход")
    old = await maria.sees("Не работает вход")
    await maria.says("/broadcast red Не работает оплата")
    await maria.sees("Не работает оплата")
    assert "больше не действует" in (await maria.presses("Опубликовать", on=old) or "")
    assert channel_posts(scene) == []


async def test_a_correction_and_a_withdrawal(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await publishes(maria, "red Не работает вход")
    post = await maria.sees_in(scene.channel, "Не работает вход")
    await maria.says("/incidents")
    await maria.presses("Не работает вход")
    await maria.presses("Исправить")
    await maria.sees("Как правильно?")
    await maria.says("Не работает вход по СМС")
    await maria.presses("Опубликовать")
    await maria.sees_in(scene.channel, "Исправление")
    assert "Не работает вход по СМС" in post["text"]

    await goes_on(maria, "вход по СМС", "Отозвать")
    await maria.sees_in(scene.channel, "⚪️ Отозвано")
    await maria.sees_in(scene.channel, "⚪️ Отозвано")
    assert "вход" not in post["text"]


async def test_a_manager_may_ask_as_a_customer_does(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says("как вернуть деньги")
    await maria.sees("оформите возврат")
    await maria.says("/broadcast red")
    await maria.sees("Пришлите текст")
    await maria.presses("Отменить")
    await maria.sees("Отменено")
    await maria.says("цена доставки")
    await maria.sees("Доставка стоит 300")


async def test_a_deleted_post_is_posted_anew(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await publishes(maria, "red Не работает вход")
    post = await maria.sees_in(scene.channel, "Не работает вход")
    erase(scene.world, scene.channel, post)
    await goes_on(maria, "Не работает вход", "Обновить", "Чиним")
    anew = await maria.sees_in(scene.channel, "Как это было")
    assert anew["message_id"] != post["message_id"]


async def test_without_a_channel_operators_hear_it(set_up: SetUp) -> None:
    async with set_up(desk={"incident_channel": None}) as scene, scene.at_work():
        maria, oleg = scene.manager("Мария"), scene.operator("Олег")
        await maria.says("/broadcast red Не работает вход")
        await maria.sees("Канал не указан в настройках")
        await maria.presses("Опубликовать")
        await oleg.sees(None, "клиенты этого ещё не видят")
        assert channel_posts(scene) == []


async def test_a_channel_without_rights_is_said_and_tried_again(scene: Scene) -> None:
    maria = scene.manager("Мария")
    scene.channel.members[scene.bot.id].rights["can_post_messages"] = False
    await publishes(maria, "red Не работает вход")
    await maria.sees("администратором канала")
    scene.channel.members[scene.bot.id].rights["can_post_messages"] = True
    await maria.presses("Повторить")
    await maria.sees_in(scene.channel, "Не работает вход")


async def test_incidents_are_called_by_their_titles_however_they_go_on(scene: Scene) -> None:
    maria = scene.manager("Мария")
    for words in ("Не проходит оплата", "Не открывается приложение"):
        await publishes(maria, f"red {words}. Разбираемся.")
    for words in ("Не проходит оплата", "Не открывается приложение"):
        await goes_on(maria, words, "Обновить", "Чиним")
    await maria.says("/incidents")
    listed = await maria.sees("Выберите инцидент")
    assert buttons(listed) == ["🔴 Не открывается приложение", "🔴 Не проходит оплата"]


async def test_incidents_with_the_same_title_are_told_apart_in_the_list(scene: Scene) -> None:
    maria = scene.manager("Мария")
    for _ in range(2):
        await publishes(maria, "red Не проходит оплата")
    await maria.says("/incidents")
    newer, older = buttons(await maria.sees("Выберите инцидент"))
    assert newer != older
    assert all(each.startswith("🔴 Не проходит оплата · ") for each in (newer, older))

"""Bots that write to ours, and the keyboard that a former bot left behind."""

from sandbox import Customer
from sandbox.chats import Message
from sandbox.people.looking import words
from tests.stories.conftest import Scene


class Robot(Customer):
    """Another bot in its private chat with ours; both have the mode in which bots hear each other."""

    async def types(self, text: str) -> Message:
        """Write as the bot that it is."""
        return await self.sends({"text": text, "from": self.account.card() | {"is_bot": True}})


def robot(scene: Scene) -> Robot:
    """A bot that comes as a customer."""
    return Robot(scene.world, scene.bot, "Зеркало", username="mirror_bot")


async def test_a_bot_that_greets_everything_is_answered_once(scene: Scene) -> None:
    mirror, oleg = robot(scene), scene.operator("Олег")
    await mirror.types("/start")
    for _ in range(5):
        await mirror.types("Здравствуйте!")
    await mirror.sees("Передали вопрос людям")
    topic = await oleg.topic("Зеркало")
    await oleg.sees(topic, "🤖 Зеркало\u00a0— это бот.")
    await mirror.types("/help")
    await mirror.types("/broadcast red всё сломалось")
    await oleg.sees(topic, "/broadcast red всё сломалось")
    shown = "\n".join(words(each) for each in await oleg.reads(topic))
    assert shown.count("Здравствуйте!") == 5
    answered = sum(each["_by"] == scene.bot.id for each in await mirror.reads())
    assert answered == 1


async def test_a_bot_opens_no_ticket_after_the_rating(scene: Scene) -> None:
    mirror, oleg = robot(scene), scene.operator("Олег")
    await mirror.types("Здравствуйте!")
    topic = await oleg.topic("Зеркало")
    await mirror.sees("Передали вопрос людям")
    await oleg.replies(topic, "/close")
    await mirror.sees("Как мы справились?")
    await mirror.types("Здравствуйте ещё раз!")
    await oleg.sees(topic, "Здравствуйте ещё раз!")
    await oleg.replies(topic, "/close")
    await oleg.sees(topic, "Заявка №\u00a01 уже закрыта.")


async def test_a_former_bot_s_keyboard_goes_with_the_first_ticket(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.says("🔙 Главное меню каталога")
    called = await anna.sees("Передали вопрос людям")
    assert called["_markup"] == {"remove_keyboard": True}


async def test_answers_stay_in_the_topic_of_the_question(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.starts()
    hers = await anna.opens_topic("Доставка")
    await anna.sends({"text": "цена доставки"}, hers)
    answer = await anna.sees_in_topic(hers, "Доставка стоит 300")
    await anna.presses("Позвать оператора", on=answer)
    await anna.sees_in_topic(hers, "Передали вопрос людям")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "цена доставки")
    await oleg.replies(topic, "Бесплатно от трёх тысяч")
    await anna.sees_in_topic(hers, "Бесплатно от трёх тысяч")
    await anna.deletes_topic(hers)
    await oleg.replies(topic, "Вы ещё здесь?")
    await anna.sees("Вы ещё здесь?")

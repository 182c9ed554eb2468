"""What leaves the operators' group and what stays inside, with topics and without."""

import pytest

from sandbox import Operator
from sandbox.chats import Message
from sandbox.people import acting
from tests.stories.conftest import SetUp
from tests.stories.talk import Talk, talking


async def nothing_reaches_the_customer(talk: Talk) -> None:
    """Oleg's next reply is the first thing Anna sees after what she had seen."""
    seen = len(await talk.anna.reads())
    await talk.carried("вот теперь вам")
    news = [each.get("text") for each in (await talk.anna.reads())[seen:]]
    assert news == ["вот теперь вам"]


async def test_a_reply_without_topics_answers_its_message(set_up: SetUp) -> None:
    async with talking(set_up, forum=False) as talk:
        boris = talk.scene.customer("Борис")
        await boris.says("а мой зонтик молчит, оператор!")
        his = await talk.oleg.sees(None, "а мой зонтик молчит")
        header = his["text"].split("\n")[0]
        assert "Борис" in header
        await talk.replies("Борис, расскажите", to=his)
        await boris.sees("Борис, расскажите")
        await nothing_reaches_the_customer(talk)
        await talk.replies("а вам, Анна, спасибо", to=talk.first)
        await talk.anna.sees("а вам, Анна, спасибо")
        await boris.sees_nothing(0.1)


async def test_the_card_can_be_answered_where_there_are_no_topics(set_up: SetUp) -> None:
    async with set_up(forum=False) as scene, scene.at_work():
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.starts()
        await anna.presses("Позвать оператора")
        card = await oleg.sees(None, "Анна")
        await oleg.replies(None, "Здравствуйте! Что случилось?", to=card)
        await anna.sees("Здравствуйте! Что случилось?")
        await anna.says("зонтик поёт")
        await oleg.sees(None, "зонтик поёт")
        await oleg.replies(None, "/close", to=card)
        await anna.sees("Как мы справились?")
        await anna.presses("Проблема вернулась")
        line = await oleg.sees(None, "проблема вернулась")
        assert "Анна" in line["text"]
        await oleg.replies(None, "Опять поёт?", to=line)
        await anna.sees("Опять поёт?")


async def test_words_to_nobody_stay_in_a_plain_group(set_up: SetUp) -> None:
    async with talking(set_up, forum=False) as talk:
        await talk.oleg.says_in_general("кто сегодня дежурит?")
        await talk.oleg.sends_photo(caption="обед")
        await talk.oleg.sends_album(["photo", "photo"])
        await nothing_reaches_the_customer(talk)


async def test_general_never_leaves_a_forum(set_up: SetUp) -> None:
    async with talking(set_up, forum=True) as talk:
        said = await talk.oleg.says_in_general("кто сегодня дежурит?")
        await talk.oleg.says_in_general("я", to=said)
        assert talk.topic is not None
        stray = await talk.oleg.opens_topic("Курилка")
        await talk.oleg.replies(stray, "у нас своя тема")
        await talk.oleg.renames_topic(talk.topic, "Анна, срочно")
        await talk.oleg.closes_topic(talk.topic)
        await talk.oleg.reopens_topic(talk.topic)
        await nothing_reaches_the_customer(talk)


async def test_what_operators_tell_each_other_stays_inside(talk: Talk) -> None:
    lena = talk.scene.operator("Лена", username="lena_support")
    hers = await lena.replies(talk.topic, "// она уже писала вчера", to=talk.to)
    assert await marked(talk, lena, hers) == "✍"
    await talk.replies("и что ты ей ответила?", to=hers)
    await talk.replies("@lena_support возьмёшь?")
    await talk.replies("тут нужна помощь @lena_support")
    unnamed = talk.scene.operator("Нина")
    told = [{"type": "text_mention", "offset": 9, "length": 4, "user": unnamed.account.card()}]
    await talk.replies("позовите Нину", entities=told)
    await talk.oleg.sends_photo(talk.topic, caption="// её паспорт", to=talk.to)
    await nothing_reaches_the_customer(talk)


async def test_a_mention_of_somebody_else_is_for_the_customer(talk: Talk) -> None:
    await talk.replies("напишите ещё @shop_news_sample, там быстрее")
    await talk.anna.sees("напишите ещё @shop_news_sample")


async def test_a_command_nobody_knows_stays_and_is_explained(talk: Talk) -> None:
    typed = await talk.replies("/clsoe")
    said = await talk.oleg.sees(talk.topic, "Команды /clsoe нет, клиенту ничего не ушло")
    assert said["reply_to_message"]["message_id"] == typed["message_id"]
    await talk.oleg.sends_photo(talk.topic, caption="/vip", to=talk.to)
    await talk.oleg.sees(talk.topic, "Команды /vip нет")
    await nothing_reaches_the_customer(talk)


async def test_an_anonymous_administrator_is_an_operator(talk: Talk) -> None:
    boss = talk.scene.operator("Старший", anonymous=True)
    his = await boss.replies(talk.topic, "разберусь сам", to=talk.to)
    copy = await talk.anna.sees("разберусь сам")
    await talk.delivered(his)
    assert "sender_chat" not in copy
    await boss.edits(his, "разберёмся")
    assert await talk.anna.sees("разберёмся") is copy


async def test_another_bots_words_never_leave(talk: Talk) -> None:
    world = talk.scene.world
    other = world.bot("reminder_sample_bot")
    world.admit(talk.scene.group, other, can_manage_topics=True)
    thread = talk.topic.id if talk.topic else None
    acting.write(world, talk.scene.group, other, {"text": "Планёрка!"}, thread=thread, to=talk.to)
    await nothing_reaches_the_customer(talk)


async def marked(talk: Talk, who: Operator, message: Message) -> str | None:
    """The bot's reaction on a message, once there is one."""
    if who.reaction_on(message) is None:
        await talk.scene.world.changes.until(lambda _: who.reaction_on(message) is not None, 15)
    return who.reaction_on(message)


@pytest.mark.parametrize("rights", [True, False], ids=["topics are off", "no right to make topics"])
async def test_where_no_topics_can_be_made_the_group_itself_serves(set_up: SetUp, rights: bool) -> None:
    async with set_up(forum=True) as scene:
        if rights:
            scene.group.is_forum = False
        else:
            scene.world.demote(scene.group, scene.bot)
        async with scene.at_work():
            anna, oleg = scene.customer("Анна"), scene.operator("Олег")
            await anna.says("зонтик поёт, оператор!")
            seen = await oleg.sees(None, "зонтик поёт, оператор!")
            assert "Анна" in seen["text"]
            await oleg.replies(None, "Слушаем!", to=seen)
            await anna.sees("Слушаем!")

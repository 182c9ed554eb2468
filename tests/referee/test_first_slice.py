"""A question, a topic, a reply: the thinnest day there can be, through both doors."""

from aiogram import Bot
from aiogram.types import ReactionTypeEmoji, ReplyParameters

from sandbox import Customer, Operator, World
from sandbox.chats import Chat
from tests.referee.front import HELPED


async def test_a_question_reaches_a_topic_and_the_reply_reaches_the_customer(
    bot: Bot, world: World, anna: Customer, oleg: Operator, group: Chat
) -> None:
    await anna.starts()
    await anna.says("Где мой заказ?")
    *_, asked = await bot.get_updates()
    assert asked.message is not None
    created = await bot.create_forum_topic(group.id, "Анна · №1")
    copy = await bot.copy_message(
        group.id, anna.id, asked.message.message_id, message_thread_id=created.message_thread_id
    )
    topic = await oleg.topic("Анна")
    carried = await oleg.sees(topic, "Где мой заказ?")
    assert carried["message_id"] == copy.message_id

    await oleg.replies(topic, "Уже в пути", to=carried)
    updates = await bot.get_updates(offset=asked.update_id + 1)
    echo = updates[-2].message
    assert echo is not None
    assert echo.forum_topic_created is not None, "a bot hears its own service messages"
    reply = updates[-1].message
    assert reply is not None
    assert reply.is_topic_message
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.message_id == copy.message_id

    answers = ReplyParameters(message_id=asked.message.message_id)
    await bot.send_message(anna.id, reply.text or "", reply_parameters=answers)
    seen = await anna.sees("Уже в пути")
    assert seen["reply_to_message"]["text"] == "Где мой заказ?"
    await bot.set_message_reaction(group.id, reply.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert oleg.reaction_on(group.messages[reply.message_id]) == "👍"
    assert [call.method for call in world.log.calls(applied=True)].count("createForumTopic") == 1


async def test_a_start_is_heard_and_a_press_is_answered(bot: Bot, world: World, anna: Customer) -> None:
    assert (await bot.get_me()).username == "support_bot"
    await anna.starts()
    *_, started = await bot.get_updates()
    assert started.message is not None
    assert started.message.text == "/start"
    assert started.message.from_user is not None
    assert started.message.from_user.id == anna.id > 2**32
    said = await bot.send_message(anna.id, "Уже в пути", reply_markup=HELPED)
    await anna.touches("Помогло")
    pressed = (await bot.get_updates(offset=started.update_id + 1))[-1].callback_query
    assert pressed is not None
    assert pressed.data == "helped"
    await bot.answer_callback_query(pressed.id, "Рады помочь")
    edited = await bot.edit_message_text("Помогло!", chat_id=anna.id, message_id=said.message_id)
    assert edited is not True
    assert anna.buttons() == []

"""Every method the sandbox carries, called by real aiogram through both doors: all results parse."""

from collections.abc import Awaitable, Callable

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
    ReactionTypeEmoji,
)

from sandbox import Customer, Operator, World, WorldSession
from sandbox.api.methods import METHODS
from sandbox.chats import Chat
from sandbox.content import samples

PICTURE = BufferedInputFile(samples.picture(90, 150, 210), "photo.png")
FILE = BufferedInputFile(b"some bytes", "notes.txt")


class Scene:
    """A customer who has started, a topic with a message in it, a channel."""

    def __init__(self, bot: Bot, world: World, anna: Customer, oleg: Operator, group: Chat) -> None:
        self.bot, self.world, self.anna, self.oleg, self.group = bot, world, anna, oleg, group
        self.channel = world.channel("Новости")
        self.asked = 0
        self.topic = 0

    async def set(self) -> "Scene":
        self.world.limits.enforced = False
        self.world.admit(self.channel, next(iter(self.world.bots.values())), can_pin_messages=True)
        await self.anna.starts()
        self.asked = (await self.anna.says("Вопрос"))["message_id"]
        self.topic = (await self.bot.create_forum_topic(self.group.id, "Анна")).message_thread_id
        return self

    async def said(self) -> Message:
        return await self.bot.send_message(self.anna.id, "Ответ")


@pytest.fixture
async def scene(bot: Bot, world: World, anna: Customer, oleg: Operator, group: Chat) -> Scene:
    return await Scene(bot, world, anna, oleg, group).set()


async def sends_everything(s: Scene) -> None:
    to = s.anna.id
    photo = await s.bot.send_photo(to, PICTURE, caption="<b>Фото</b>", parse_mode="HTML", has_spoiler=True)
    assert photo.photo is not None
    assert (photo.photo[-1].width, photo.caption) == (320, "Фото")
    assert photo.has_media_spoiler
    again = await s.bot.send_photo(to, photo.photo[-1].file_id)
    assert again.photo is not None
    assert again.photo[-1].file_unique_id == photo.photo[-1].file_unique_id
    assert (await s.bot.send_video(to, FILE, duration=7)).video.duration == 7  # type: ignore[union-attr]
    assert (await s.bot.send_animation(to, FILE)).document is not None
    assert (await s.bot.send_voice(to, FILE, caption="голос")).voice is not None
    assert (await s.bot.send_audio(to, FILE, performer="П")).audio is not None
    assert (await s.bot.send_document(to, FILE, thumbnail=PICTURE)).document is not None
    assert (await s.bot.send_video_note(to, FILE, length=240)).video_note is not None
    assert (await s.bot.send_sticker(to, FILE, emoji="🙂")).sticker is not None
    assert (await s.bot.send_location(to, 55.7, 37.6)).location is not None
    assert (await s.bot.send_venue(to, 55.7, 37.6, "Склад", "ул. Примерная, 1")).venue is not None
    assert (await s.bot.send_contact(to, "+70000000000", "Пример")).contact is not None
    assert (await s.bot.send_dice(to, emoji="🎯")).dice is not None
    assert await s.bot.send_chat_action(to, "typing")
    kinds = [kind for message in await s.anna.reads() for kind in message if kind in METHODS_KINDS]
    assert len(kinds) == len(METHODS_KINDS) + 3, "an animation is a document, a venue a location, two photos"


METHODS_KINDS = set(
    str.split("photo video animation document voice audio video_note sticker location venue contact dice")
)


async def follows_a_live_location(s: Scene) -> None:
    place = await s.bot.send_location(s.anna.id, 55.7, 37.6, live_period=900)
    where = {"chat_id": s.anna.id, "message_id": place.message_id}
    moved = await s.bot.edit_message_live_location(latitude=55.8, longitude=37.7, **where)
    assert isinstance(moved, Message)
    assert moved.location is not None
    assert (moved.location.latitude, moved.location.live_period) == (55.8, 900)
    stopped = await s.bot.stop_message_live_location(**where)
    assert isinstance(stopped, Message)
    assert stopped.location is not None
    assert stopped.location.live_period is None
    with pytest.raises(TelegramBadRequest, match="can't be edited"):
        await s.bot.edit_message_live_location(latitude=55.8, longitude=37.8, **where)


async def makes_a_poll(s: Scene) -> None:
    poll = await s.bot.send_poll(s.anna.id, "Когда?", ["Утром", "Вечером"])
    assert poll.poll is not None
    assert not poll.poll.is_closed
    assert (await s.bot.stop_poll(s.anna.id, poll.message_id)).is_closed


async def sends_an_album(s: Scene) -> None:
    sent = await s.bot.send_media_group(
        s.group.id,
        [InputMediaPhoto(media=PICTURE, caption="Трое"), InputMediaVideo(media=FILE, thumbnail=PICTURE)],
        message_thread_id=s.topic,
    )
    assert len({message.media_group_id for message in sent}) == 1
    topic = await s.oleg.topic("Анна")
    assert (await s.oleg.sees_photo(topic, "Трое"))["media_group_id"] == sent[0].media_group_id
    with pytest.raises(TelegramBadRequest, match="can't be mixed"):
        await s.bot.send_media_group(
            s.anna.id, [InputMediaPhoto(media=PICTURE), InputMediaDocument(media=FILE)]
        )


async def copies_and_forwards(s: Scene) -> None:
    into = {"message_thread_id": s.topic}
    first = await s.bot.copy_message(s.group.id, s.anna.id, s.asked, **into)
    second = await s.bot.forward_message(s.group.id, s.anna.id, s.asked, **into)
    assert second.forward_origin is not None
    assert second.forward_from is not None
    assert second.forward_from.id == s.anna.id
    album = await s.anna.sends_album(["photo", "photo"], caption="Двое")
    ids = [message["message_id"] for message in album]
    copies = await s.bot.copy_messages(s.group.id, s.anna.id, [*ids, 9_999], **into)
    assert len(copies) == 2, "what is not there is skipped"
    groups = {s.group.messages[copy.message_id]["media_group_id"] for copy in copies}
    assert len(groups) == 1
    assert groups != {album[0]["media_group_id"]}, "an album stays an album, a new one"
    passed = await s.bot.forward_messages(s.group.id, s.anna.id, ids, **into)
    assert passed[0].message_id > copies[-1].message_id > first.message_id


async def edits(s: Scene) -> None:
    said = await s.said()
    text = await s.bot.edit_message_text("Иначе", chat_id=s.anna.id, message_id=said.message_id)
    assert isinstance(text, Message)
    assert text.edit_date is not None
    photo = await s.bot.send_photo(s.anna.id, PICTURE, caption="было")
    where = {"chat_id": s.anna.id, "message_id": photo.message_id}
    caption = await s.bot.edit_message_caption(**where, caption="стало")
    assert isinstance(caption, Message)
    assert caption.caption == "стало"
    media = await s.bot.edit_message_media(InputMediaDocument(media=FILE), **where)
    assert isinstance(media, Message)
    assert media.document is not None
    assert media.photo is None
    assert media.caption is None
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await s.bot.edit_message_reply_markup(**where)


async def deletes(s: Scene) -> None:
    ids = [(await s.said()).message_id for _ in range(3)]
    assert await s.bot.delete_message(s.anna.id, ids[0])
    assert await s.bot.delete_messages(s.anna.id, ids)
    assert all(message["message_id"] not in ids for message in await s.anna.reads())


async def pins(s: Scene) -> None:
    said = await s.bot.send_message(s.group.id, "Важно", message_thread_id=s.topic)
    other = await s.bot.send_message(s.group.id, "Тоже", message_thread_id=s.topic)
    assert await s.bot.pin_chat_message(s.group.id, said.message_id)
    shown = await s.bot.get_chat(s.group.id)
    assert shown.pinned_message is not None
    assert shown.pinned_message.message_id == said.message_id
    assert (await s.bot.get_updates())[-1].message.pinned_message.text == "Важно"  # type: ignore[union-attr]
    assert await s.bot.unpin_chat_message(s.group.id)
    assert s.group.pinned == []
    for unpin_all in (
        lambda: s.bot.unpin_all_chat_messages(s.group.id),
        lambda: s.bot.unpin_all_forum_topic_messages(s.group.id, s.topic),
    ):
        await s.bot.pin_chat_message(s.group.id, other.message_id)
        assert await unpin_all()
        assert s.group.pinned == []


async def keeps_topics(s: Scene) -> None:
    icons = await s.bot.get_forum_topic_icon_stickers()
    icon = icons[0].custom_emoji_id
    assert await s.bot.edit_forum_topic(s.group.id, s.topic, name="Анна · ждёт", icon_custom_emoji_id=icon)
    assert await s.bot.close_forum_topic(s.group.id, s.topic)
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await s.bot.close_forum_topic(s.group.id, s.topic)
    assert await s.bot.reopen_forum_topic(s.group.id, s.topic)
    events = [key for m in s.world.history(s.group.id, s.topic) for key in m if key.startswith("forum_topic")]
    assert events == [f"forum_topic_{what}" for what in ("created", "edited", "closed", "reopened")]
    assert await s.bot.delete_forum_topic(s.group.id, s.topic)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await s.bot.send_message(s.group.id, "Есть кто?", message_thread_id=s.topic)


async def reacts_and_answers(s: Scene) -> None:
    assert await s.bot.set_message_reaction(s.anna.id, s.asked, [ReactionTypeEmoji(emoji="👍")])
    assert s.anna.reaction_on(s.anna.chat.messages[s.asked]) == "👍"
    assert await s.bot.set_message_reaction(s.anna.id, s.asked, [])
    assert s.anna.reaction_on(s.anna.chat.messages[s.asked]) is None
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await s.bot.answer_callback_query("12345")


async def looks_around(s: Scene) -> None:
    assert (await s.bot.get_me()).can_read_all_group_messages is False
    assert (await s.bot.get_chat(s.anna.id)).first_name == "Анна"
    assert (await s.bot.get_chat(s.channel.id)).type == "channel"
    assert (await s.bot.get_chat_member(s.group.id, s.oleg.id)).status == "administrator"
    admins = await s.bot.get_chat_administrators(s.group.id)
    assert {admin.user.first_name for admin in admins} == {"Support", "Олег"}
    assert await s.bot.get_chat_member_count(s.group.id) == 2
    assert (await s.bot.get_user_profile_photos(s.anna.id)).total_count == 0
    for _ in range(2):
        s.world.portray(s.anna.account)
    portraits = await s.bot.get_user_profile_photos(s.anna.id, offset=1, limit=5)
    assert (portraits.total_count, len(portraits.photos)) == (2, 1)
    assert await s.bot.send_photo(s.anna.id, portraits.photos[0][-1].file_id)
    assert await s.bot.leave_chat(s.channel.id)


async def fetches_a_file(s: Scene) -> None:
    sent = await s.anna.sends_document(data=b"0123456789" * 20_000, name="big.txt")
    update = (await s.bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.document.file_id != sent["document"]["file_id"], "ids are each bot's own"
    file = await s.bot.get_file(update.message.document.file_id)
    assert file.file_path is not None
    assert file.file_path.endswith(".txt")
    fetched = await s.bot.download_file(file.file_path)
    assert fetched is not None
    assert fetched.read() == b"0123456789" * 20_000


async def introduces_itself(s: Scene) -> None:
    commands = [BotCommand(command="start", description="Начать")]
    assert await s.bot.set_my_commands(commands, language_code="ru")
    assert [command.description for command in await s.bot.get_my_commands(language_code="ru")] == ["Начать"]
    assert await s.bot.get_my_commands() == []
    assert await s.bot.delete_my_commands(language_code="ru")
    assert await s.bot.set_my_name("Поддержка")
    assert (await s.bot.get_my_name()).name == "Поддержка"
    assert await s.bot.set_my_description("Отвечаем")
    assert (await s.bot.get_my_description()).description == "Отвечаем"
    assert await s.bot.set_my_short_description("Кратко")
    assert (await s.bot.get_my_short_description()).short_description == "Кратко"
    assert (await s.bot.get_my_star_balance()).amount == 0


async def has_a_webhook(s: Scene) -> None:
    assert await s.bot.set_webhook("http://127.0.0.1:9/hook", secret_token="s3cret", max_connections=5)
    info = await s.bot.get_webhook_info()
    assert (info.url, info.max_connections) == ("http://127.0.0.1:9/hook", 5)
    assert await s.bot.delete_webhook(drop_pending_updates=True)
    assert await s.bot.get_updates() == []


async def does_not_log_out(s: Scene) -> None:
    for leave in (s.bot.log_out, s.bot.close):
        with pytest.raises(TelegramBadRequest, match="not carried"):
            await leave()


CASES: list[Callable[[Scene], Awaitable[None]]] = [
    sends_everything,
    follows_a_live_location,
    makes_a_poll,
    sends_an_album,
    copies_and_forwards,
    edits,
    deletes,
    pins,
    keeps_topics,
    reacts_and_answers,
    looks_around,
    fetches_a_file,
    introduces_itself,
    has_a_webhook,
    does_not_log_out,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
async def test_through_either_door_the_bot(case: Callable[[Scene], Awaitable[None]], scene: Scene) -> None:
    try:
        await case(scene)
    finally:
        await scene.world.webhooks.close()


async def test_no_method_is_left_out() -> None:
    """Whatever the sandbox registers is called by one of the cases above."""
    called: set[str] = set()
    for case in CASES:
        world = World()
        account = world.bot("support_bot", name="Support")
        group = world.forum("Операторы")
        world.admit(group, account, can_manage_topics=True, can_delete_messages=True, can_pin_messages=True)
        bot = Bot(account.token, session=WorldSession(world))
        people = Customer(world, account, "Анна"), Operator(world, group, "Олег")
        await case(await Scene(bot, world, *people, group).set())
        await world.webhooks.close()
        called.update(call.method.lower() for call in world.log.calls())
    assert called == METHODS.keys()

"""Somebody with a private chat with the bot."""

import asyncio
import re

from sandbox import membership
from sandbox.accounts import BotAccount, Json
from sandbox.callbacks import Callback
from sandbox.changing import rewrite
from sandbox.chats import Chat, Message, Topic
from sandbox.people import acting, looking
from sandbox.people.looking import WITHIN, Eyes
from sandbox.people.sending import Sender
from sandbox.world import World

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Customer(Sender):
    def __init__(
        self,
        world: World,
        bot: BotAccount,
        name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language: str | None = "ru",
        id: int | None = None,  # noqa: A002 - what everybody calls it
    ) -> None:
        self.world = world
        self.bot = bot
        self.account = world.person(name, last_name=last_name, username=username, language=language, id=id)
        self.chat = world.private_chat(bot, self.account)
        self._eyes = Eyes(world, self.chat, self.account)
        self._elsewhere: dict[int, Eyes] = {}

    @property
    def id(self) -> int:
        return self.account.id

    # saying

    async def starts(self, payload: str | None = None) -> Message:
        """Open the bot (by a link with a payload, perhaps) and press Start."""
        if payload is not None and not PAYLOAD.fullmatch(payload):
            raise ValueError("a link carries 1 to 64 letters, digits, _ and -")
        if self.chat.standing == "blocked":
            membership.stand(self.world, self.chat, "open")
        self.chat.standing = "open"
        return await self.says(f"/start {payload}" if payload else "/start")

    async def says(
        self,
        text: str | None = None,
        *,
        reply_to: Message | None = None,
        quote: str | None = None,
        html: str | None = None,
        entities: list[Json] | None = None,
    ) -> Message:
        content = acting.text(self.world, text, html, entities)
        return await self._write(content, reply_to, quote)

    async def sends(
        self,
        content: Json,
        topic: Topic | None = None,
        *,
        caption: str | None = None,
        to: Message | None = None,
    ) -> Message:
        return await self._write(content | acting.caption(self.world, caption), to, topic=topic)

    async def opens_topic(self, title: str) -> Topic:
        """Begin a topic in the private chat; from then on the chat is in topics mode."""
        self.chat.is_forum = True
        self.chat.last_id += 1
        topic = self.chat.topics[self.chat.last_id] = Topic(self.chat.last_id, title, 0x6FB9F0)
        return topic

    async def deletes_topic(self, topic: Topic) -> None:
        topic.deleted = True

    async def _write(
        self,
        content: Json,
        to: Message | None = None,
        quote: str | None = None,
        *,
        topic: Topic | None = None,
    ) -> Message:
        if self.chat.standing == "blocked":
            raise AssertionError(f"{self.account.first_name} has blocked the bot and cannot write to it")
        self.chat.standing = "open"
        thread = None if topic is None else topic.id
        message = acting.write(
            self.world, self.chat, self.account, content, thread=thread, to=to, quote=quote
        )
        await asyncio.sleep(0)
        return message

    async def edits(self, message: Message, text: str | None = None, *, html: str | None = None) -> None:
        captioned = "text" not in message
        content = acting.caption(self.world, text) if captioned else acting.text(self.world, text, html)
        acting.edit(self.world, self.chat, self.account, message, content)

    async def reacts(self, message: Message, emoji: str | None) -> None:
        """Put a reaction, or take it back with None."""
        acting.reaction(self.world, self.chat, self.account, message, emoji)

    async def votes(self, message: Message, *options: str) -> None:
        """Choose these options of a poll, or none to take the vote back."""
        offered = [each["text"] for each in message["poll"]["options"]]
        chosen = [offered.index(each) for each in options]
        acting.vote(
            self.world, self.world.find_chat(message["chat"]["id"], self.bot), self.account, message, chosen
        )

    async def moves(
        self, message: Message, latitude: float, longitude: float, *, stops: bool = False
    ) -> None:
        """Be somewhere else, as a live location shows; `stops`: it is shown no longer."""
        place = message["location"] | {"latitude": latitude, "longitude": longitude}
        if stops:
            place.pop("live_period", None)
        rewrite(self.world, self.chat, message, {"location": place}, ("location",))

    async def deletes(self, message: Message) -> None:
        acting.delete(self.world, self.chat, message)

    async def blocks(self) -> None:
        membership.stand(self.world, self.chat, "blocked")

    async def unblocks(self) -> None:
        membership.stand(self.world, self.chat, "open")

    async def deactivates(self) -> None:
        """Delete the account."""
        self.account.deactivated = True

    # pressing

    async def presses(
        self, caption: str, *, on: Message | None = None, within: float = WITHIN, waits: bool = True
    ) -> str | None:
        """Press the newest such button; what the bot says to it. Waits for the button to appear."""
        callback = await self.touches(caption, on=on, within=within)
        return await acting.answered(self.world, callback, within) if callback and waits else None

    async def touches(
        self, caption: str, *, on: Message | None = None, within: float = WITHIN
    ) -> Callback | None:
        """Press and do not wait for the answer."""
        message, button = await self._eyes.button(caption, on=on, within=within)
        return acting.press(self.world, self.chat, self.account, message, button)

    # seeing

    async def sees(self, text: str, *, within: float = WITHIN) -> Message:
        return await self._eyes.notice(text, within=within)

    async def sees_in_topic(self, topic: Topic, text: str, *, within: float = WITHIN) -> Message:
        """See a message in a topic of the private chat."""
        return await self._eyes.notice(text, topic.id, within=within)

    async def sees_kind(self, kind: str, caption: str = "", *, within: float = WITHIN) -> Message:
        return await self._eyes.notice(caption, kind=kind, within=within)

    async def sees_photo(self, caption: str = "", *, within: float = WITHIN) -> Message:
        return await self.sees_kind("photo", caption, within=within)

    async def sees_nothing(self, for_seconds: float = 0.3) -> None:
        await self._eyes.nothing(for_seconds)

    async def sees_in(self, chat: Chat, text: str, *, within: float = WITHIN) -> Message:
        """See a message in another chat, as a channel."""
        eyes = self._elsewhere.setdefault(chat.id, Eyes(self.world, chat, self.account))
        return await eyes.notice(text, within=within)

    async def reads(self) -> list[Message]:
        """Her chat as it stands."""
        return self._eyes.all()

    def buttons(self) -> list[str]:
        """Captions of the newest message that has any."""
        shown = [looking.buttons(message) for message in self._eyes.all()]
        return next((captions for captions in reversed(shown) if captions), [])

    def reaction_on(self, message: Message) -> str | None:
        """The bot's reaction on a message."""
        held = message.get("_reactions", {}).get(self.bot.id, [])
        return held[0].get("emoji") if held else None


class Manager(Customer):
    """Somebody of the house who talks to the bot in private."""

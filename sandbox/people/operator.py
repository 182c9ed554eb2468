"""Somebody who answers customers in the operators' group."""

import asyncio

from sandbox import forum
from sandbox.accounts import Json
from sandbox.callbacks import Callback
from sandbox.chats import Chat, Message, Status, Topic
from sandbox.people import acting, looking
from sandbox.people.looking import WITHIN, Eyes
from sandbox.people.sending import Sender
from sandbox.world import World


class Operator(Sender):
    def __init__(
        self,
        world: World,
        group: Chat,
        name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        anonymous: bool = False,
        admin: bool = True,
        id: int | None = None,  # noqa: A002 - what everybody calls it
    ) -> None:
        self.world = world
        self.account = world.person(name, last_name=last_name, username=username, id=id)
        self._group = group
        if group.member(self.account) is None:
            status: Status = "administrator" if admin or anonymous else "member"
            world.admit(group, self.account, status=status, anonymous=anonymous, can_manage_topics=admin)
        self._eyes = Eyes(world, group, self.account)

    @property
    def id(self) -> int:
        return self.account.id

    @property
    def group(self) -> Chat:
        """Where the group is now: a migrated one is followed, as an app does."""
        if self._group.migrated_to is not None:
            self._group = self._group.migrated_to
            self._eyes = Eyes(self.world, self._group, self.account)
        return self._group

    # topics

    def topics(self) -> list[Topic]:
        return [topic for topic in self.group.topics.values() if not topic.deleted]

    async def topic(self, title: str, *, within: float = WITHIN) -> Topic:
        """The newest topic with this in its title; waits for it if need be."""

        def found() -> Topic | None:
            return next((topic for topic in reversed(self.topics()) if title in topic.name), None)

        if found() is None:
            await self.world.changes.until(lambda c: c.what == "topic" and found() is not None, within)
        topic = found()
        if topic is None:
            names = ", ".join(topic.name for topic in self.topics()) or "none"
            raise AssertionError(f"no topic {title!r}; there are: {names}")
        return topic

    async def opens_topic(self, title: str) -> Topic:
        return forum.create(self.world, self.group, self.account, title)

    async def closes_topic(self, topic: Topic) -> None:
        acting.close_topic(self.world, self.group, self.account, topic, closed=True)

    async def reopens_topic(self, topic: Topic) -> None:
        acting.close_topic(self.world, self.group, self.account, topic, closed=False)

    async def deletes_topic(self, topic: Topic) -> None:
        forum.delete(self.world, self.group, topic)

    async def renames_topic(self, topic: Topic, title: str) -> None:
        forum.edit(self.world, self.group, topic, self.account, title, None)

    # saying

    async def replies(
        self,
        topic: Topic | None,
        text: str | None = None,
        *,
        to: Message | None = None,
        quote: str | None = None,
        html: str | None = None,
        entities: list[Json] | None = None,
    ) -> Message:
        """Write in a topic; in a plain group `to` is the message answered and there is no topic."""
        content = acting.text(self.world, text, html, entities)
        return await self._write(content, topic, to, quote)

    async def says_in_general(self, text: str, *, to: Message | None = None) -> Message:
        return await self.replies(None, text, to=to)

    async def sends(
        self,
        content: Json,
        topic: Topic | None = None,
        *,
        caption: str | None = None,
        to: Message | None = None,
    ) -> Message:
        return await self._write(content | acting.caption(self.world, caption), topic, to)

    async def _write(
        self, content: Json, topic: Topic | None, to: Message | None = None, quote: str | None = None
    ) -> Message:
        if topic is not None and topic.deleted:
            raise AssertionError(f"the topic {topic.name!r} is deleted")
        thread = topic.id if topic else None
        message = acting.write(
            self.world, self.group, self.account, content, thread=thread, to=to, quote=quote
        )
        await asyncio.sleep(0)
        return message

    async def edits(self, message: Message, text: str | None = None, *, html: str | None = None) -> None:
        captioned = "text" not in message
        content = acting.caption(self.world, text) if captioned else acting.text(self.world, text, html)
        acting.edit(self.world, self.group, self.account, message, content)

    async def reacts(self, message: Message, emoji: str | None) -> None:
        acting.reaction(self.world, self.group, self.account, message, emoji)

    async def deletes(self, message: Message) -> None:
        acting.delete(self.world, self.group, message)

    # pressing

    async def presses(
        self, topic: Topic | None, caption: str, *, on: Message | None = None, within: float = WITHIN
    ) -> str | None:
        """Press the newest such button there; what the bot says to it."""
        callback = await self.touches(topic, caption, on=on, within=within)
        return await acting.answered(self.world, callback, within) if callback else None

    async def touches(
        self, topic: Topic | None, caption: str, *, on: Message | None = None, within: float = WITHIN
    ) -> Callback | None:
        message, button = await self._at.button(caption, _id(topic), on=on, within=within)
        return acting.press(self.world, self.group, self.account, message, button)

    # seeing

    async def sees(self, topic: Topic | None, text: str, *, within: float = WITHIN) -> Message:
        return await self._at.notice(text, _id(topic), within=within)

    async def sees_kind(
        self, topic: Topic | None, kind: str, caption: str = "", *, within: float = WITHIN
    ) -> Message:
        return await self._at.notice(caption, _id(topic), kind=kind, within=within)

    async def sees_photo(self, topic: Topic | None, caption: str = "", *, within: float = WITHIN) -> Message:
        return await self.sees_kind(topic, "photo", caption, within=within)

    async def sees_nothing(self, topic: Topic | None, for_seconds: float = 0.3) -> None:
        await self._at.nothing(for_seconds, _id(topic))

    async def reads(self, topic: Topic | None = None) -> list[Message]:
        return self._at.all(_id(topic))

    def buttons(self, topic: Topic | None = None) -> list[str]:
        shown = [looking.buttons(message) for message in self._at.all(_id(topic))]
        return next((captions for captions in reversed(shown) if captions), [])

    def reaction_on(self, message: Message) -> str | None:
        """A bot's reaction on a message."""
        for who, held in message.get("_reactions", {}).items():
            if self.world.accounts[who].is_bot and held:
                return str(held[0].get("emoji"))
        return None

    @property
    def _at(self) -> Eyes:
        """The eyes, on the group as it is now."""
        return self._eyes if self.group is self._eyes.chat else Eyes(self.world, self.group, self.account)


def _id(topic: Topic | None) -> int | None:
    return topic.id if topic else None

"""A customer and an operator in the middle of a talk, in topics or in a plain group."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sandbox import Customer, Fault, Operator
from sandbox.chats import Message, Topic

if TYPE_CHECKING:
    from tests.stories.conftest import Scene, SetUp

FIRST = "почему мой зонтик поёт по ночам?"


class Talk:
    """Two people, the ticket between them, and what each can see of the other.

    In a plain group operators answer by replying: `first` is the customer's first message there, below the
    `card` of her ticket.
    """

    def __init__(self, scene: "Scene", anna: Customer, oleg: Operator) -> None:
        self.scene, self.anna, self.oleg = scene, anna, oleg
        self.topic: Topic | None = None
        self.card: Message = {}
        self.first: Message = {}

    async def begins(self) -> None:
        """She asks what no FAQ knows, and he sees it."""
        await self.anna.starts()
        await self.anna.says(FIRST)
        if self.scene.forum:
            self.topic = await self.oleg.topic("Анна")
        self.card = await self.oleg.sees(self.topic, FIRST)
        self.first = await self.oleg.sees(self.topic, FIRST)
        await self.anna.sees("Передали вопрос людям")

    @property
    def to(self) -> Message | None:
        """What an operator replies to so that the customer hears it; in a topic nothing is needed."""
        return None if self.topic is not None else self.first

    async def replies(self, text: str | None = None, **more: Any) -> Message:
        """Oleg answers Anna."""
        return await self.oleg.replies(self.topic, text, **{"to": self.to, **more})

    async def carried(self, text: str) -> tuple[Message, Message]:
        """A reply of Oleg's with Anna's copy, once the bot knows about both."""
        mine = await self.replies(text)
        copy = await self.anna.sees(text)
        await self.delivered(mine)
        return mine, copy

    async def asked(self, text: str) -> tuple[Message, Message]:
        """Words of Anna's with Oleg's copy, once the bot knows about both."""
        mine = await self.anna.says(text)
        copy = await self.oleg.sees(self.topic, text)
        await self.settled()
        return mine, copy

    async def delivered(self, message: Message) -> None:
        """The bot has marked the message as delivered."""
        if self.oleg.reaction_on(message) is None:
            await self.scene.world.changes.until(
                lambda change: change.what == "reaction" and change.message is message, 15
            )
        assert self.oleg.reaction_on(message) == "👍"

    @asynccontextmanager
    async def group_out_of_reach(self) -> AsyncIterator[None]:
        """Telegram takes nothing for the group meanwhile, and at least one attempt fails."""
        faults = self.scene.world.faults
        rule = faults.add(Fault.internal_error(), chat=self.scene.group.id)
        yield
        if not rule.struck:
            await self.scene.world.changes.until(lambda _: rule.struck > 0, 15)
        faults.remove(rule)

    async def merged(self, *texts: str) -> tuple[list[Message], Message]:
        """Texts of Anna's that went as one, because the group was out of reach when they came."""
        async with self.group_out_of_reach():
            said = [await self.anna.says(text) for text in texts]
        seen = await self.oleg.sees(self.topic, texts[-1])
        await self.settled()
        return said, seen

    async def settled(self) -> None:
        """Everything before this has been carried: a word from Anna has come after it, and one from Oleg."""
        await self.carried(f"проверка {len(self.scene.world.log)}")

    async def group(self) -> list[Message]:
        """What stands in the topic, or in the plain group, without service messages."""
        return [each for each in await self.oleg.reads(self.topic) if "forum_topic_created" not in each]

    async def from_anna(self, since: Message) -> list[Message]:
        """What the bot has put before the operators since a message."""
        return [
            each
            for each in await self.group()
            if each["message_id"] > since["message_id"] and each["_by"] == self.scene.bot.id
        ]

    async def from_oleg(self, since: Message) -> list[Message]:
        """What the bot has put before the customer since a message."""
        return [
            each
            for each in await self.anna.reads()
            if each["message_id"] > since["message_id"] and each["_by"] == self.scene.bot.id
        ]


@asynccontextmanager
async def talking(
    set_up: "SetUp", *, forum: bool, album_wait: float = 0.6, **more: Any
) -> AsyncIterator[Talk]:
    """Set the scene and let the talk begin; albums are not waited for as long as in life."""
    async with (
        set_up(forum=forum, desk={"album_wait_seconds": album_wait}, **more) as scene,
        scene.at_work(),
    ):
        talk = Talk(scene, scene.customer("Анна"), scene.operator("Олег"))
        await talk.begins()
        yield talk

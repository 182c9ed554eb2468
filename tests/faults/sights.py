"""What people see when all is over, and what was lost, doubled or out of order on the way."""

from collections.abc import Iterable

from sandbox import Customer, Operator
from sandbox.chats import Message, Topic
from sandbox.log import Verdict, judge
from tests.stories.conftest import Scene

QUESTION = "почему мой зонтик поёт по ночам?"


async def called(scene: Scene, name: str = "Анна") -> tuple[Customer, Operator, Topic]:
    """A customer in the middle of a talk with an operator in her topic."""
    customer, oleg = scene.customer(name), scene.operator("Олег")
    await customer.says(QUESTION)
    topic = await oleg.topic(name)
    await oleg.sees(topic, QUESTION)  # the card
    await oleg.sees(topic, QUESTION)
    await customer.sees("Передали вопрос людям")
    return customer, oleg, topic


def from_bot(scene: Scene, messages: Iterable[Message]) -> list[str]:
    """The lines of the bot's own words, cards apart: a burst may have been merged."""
    said = [each for each in messages if each["_by"] == scene.bot.id and "reply_markup" not in each]
    return [line for each in said for line in (each.get("text") or each.get("caption") or "").split("\n")]


async def carried_to(customer: Customer, scene: Scene, expected: Iterable[str]) -> Verdict:
    """What became of replies on their way to the customer."""
    return judge(expected, from_bot(scene, await customer.reads()))


async def carried_in(topic: Topic | None, scene: Scene, expected: Iterable[str]) -> Verdict:
    """What became of customers' words on their way into a topic, or into the group itself."""
    return judge(expected, from_bot(scene, await scene.operator("Олег").reads(topic)))


async def all_seen(customer: Customer, texts: Iterable[str], within: float = 30) -> None:
    """She sees each of the texts."""
    for text in texts:
        await customer.sees(text, within=within)

"""A parcel that we cannot send is set aside: the customer or the operator who waits for it is told."""

from collections.abc import Awaitable, Callable

from sandbox import Customer, Fault, Operator
from sandbox.chats import Topic
from sandbox.people.looking import words
from tests.faults.database import outbox, sql
from tests.faults.sights import called
from tests.faults.troubles import heard, until
from tests.stories.conftest import Scene, SetUp
from tests.stories.told.conftest import WITHIN

WAITS = "показать его людям пока не получилось"
NOT_YET = "Ответ клиенту пока не ушёл"
SPOIL = """UPDATE messages SET content = '{"spoilt": 1}' WHERE id IN (SELECT message_id FROM outbox)"""
WAITING = (
    "SELECT count(*) FROM messages JOIN outbox ON message_id = messages.id WHERE content LIKE '%сломанн%'"
)


async def brought_to_a_stop(
    scene: Scene, whom: str, write: Callable[[Customer, Operator, Topic], Awaitable[object]], count: int = 1
) -> tuple[Customer, Operator, Topic]:
    """Somebody in the middle of a talk writes what cannot be sent after the next start."""
    async with scene.at_work():
        anna, oleg, topic = await called(scene)
        chat = anna.id if whom == "customer" else scene.group.id
        scene.world.faults.add(Fault.internal_error(), chat=chat)
        for _ in range(count):
            await write(anna, oleg, topic)
        await until(lambda: sql(scene, WAITING) == [(count,)], within=WITHIN)
    scene.world.faults.clear()
    sql(scene, SPOIL)
    return anna, oleg, topic


async def test_a_customer_s_messages_that_are_set_aside_are_told_once(set_up: SetUp) -> None:
    async with set_up() as scene:
        anna, oleg, topic = await brought_to_a_stop(
            scene, "group", lambda anna, oleg, topic: anna.says("сломанное слово"), 2
        )
        async with scene.at_work():
            await anna.sees(WAITS, within=WITHIN)
            await until(lambda: outbox(scene).get("uncertain") == 2, within=WITHIN)
            await anna.says("другое слово")
            await oleg.sees(topic, "другое слово")
        assert len([line for line in heard(anna) if WAITS in line]) == 1


async def test_an_operator_s_reply_that_is_set_aside_is_told_in_the_topic(set_up: SetUp) -> None:
    async with set_up() as scene:
        anna, oleg, topic = await brought_to_a_stop(
            scene, "customer", lambda anna, oleg, topic: oleg.replies(topic, "сломанное слово")
        )
        async with scene.at_work():
            await oleg.sees(topic, NOT_YET, within=WITHIN)
            await oleg.replies(topic, "другое слово")
            await anna.sees("другое слово")
        assert all(WAITS not in words(each) for each in await anna.reads())

"""The referee's notebook: what happened, in order, and the verdict on it."""

import pytest

from sandbox import Fault
from sandbox.changes import Change
from sandbox.log import Call, Made, judge
from tests.referee.front import Desk


async def test_calls_and_updates_stand_in_the_order_they_happened(desk: Desk) -> None:
    await desk.anna.starts()
    desk.world.faults.add(Fault.reset_after(), method="sendMessage", times=1)
    with pytest.raises(Exception, match="isconnected"):
        await desk.bot.send_message(desk.anna.id, "раз")
    await desk.call("sendMessage", chat_id=desk.anna.id, text="")
    await desk.anna.says("два")
    tail = desk.world.log.entries[-4:]
    assert [entry.n for entry in desk.world.log.entries] == list(range(len(desk.world.log)))
    assert [e.method if isinstance(e, Call) else e.kind for e in tail] == [
        "message",
        "sendMessage",
        "sendMessage",
        "message",
    ]
    first, lost, refused, second = tail
    assert isinstance(first, Made)
    assert isinstance(second, Made)
    assert second.update_id == first.update_id + 1
    assert isinstance(lost, Call)
    assert (lost.applied, lost.fault, lost.result["text"]) == (True, "reset_after", "раз")
    assert isinstance(refused, Call)
    assert (refused.applied, refused.status, refused.error) == (
        False,
        400,
        "Bad Request: message text is empty",
    )
    assert [call.n for call in desk.world.log.calls("sendMessage", applied=True)] == [lost.n]


def test_the_verdict_names_what_was_lost_doubled_and_out_of_order() -> None:
    verdict = judge("abcdef", "adbbfx")
    assert (verdict.lost, verdict.doubled, verdict.disordered) == (["c", "e"], ["b"], ["b"])
    assert not verdict.clean
    assert judge("abc", "xaybzc").clean


async def test_watchers_are_told_of_every_change(desk: Desk) -> None:
    changes: list[Change] = []
    stop = desk.world.subscribe(changes.append)
    await desk.anna.starts()
    said = await desk.bot.send_message(desk.anna.id, "Привет")
    await desk.bot.pin_chat_message(desk.anna.id, said.message_id)
    await desk.anna.reacts(desk.anna.chat.messages[said.message_id], "👍")
    await desk.anna.deletes(desk.anna.chat.messages[said.message_id])
    topic = await desk.oleg.opens_topic("Анна")
    await desk.anna.blocks()
    stop()
    await desk.oleg.replies(topic, "поздно")
    assert [change.what for change in changes] == [
        "message",
        "message",
        "call",
        "message",
        "pin",
        "call",
        "reaction",
        "deleted",
        "message",
        "topic",
        "member",
    ]
    assert changes[7].message is not None
    assert changes[7].message["_deleted"]
    assert changes[0].chat is desk.anna.chat


async def test_a_link_carries_a_payload_within_bounds(desk: Desk) -> None:
    assert (await desk.anna.starts("order_123"))["text"] == "/start order_123"
    with pytest.raises(ValueError, match="1 to 64"):
        await desk.anna.starts("заказ")

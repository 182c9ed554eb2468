"""Telegram asks for patience: nothing is lost, nothing comes twice, and nobody is called before the time."""

import pytest

from sandbox import Fault
from sandbox.log import judge
from tests.faults.sights import called
from tests.faults.troubles import heard, premature, until
from tests.stories.conftest import Scene

SAID = [f"строка {n}" for n in range(1, 7)]


@pytest.mark.parametrize("to", ["the customer", "the operators"])
async def test_one_refusal_delays_and_does_no_more(scene: Scene, to: str) -> None:
    anna, oleg, topic = await called(scene)
    chat = anna.id if to == "the customer" else scene.group.id
    scene.world.faults.add(Fault.too_many_requests(1), method="sendMessage", chat=chat, times=1)
    for text in SAID:
        await (oleg.replies(topic, text) if chat > 0 else anna.says(text))
    await (anna.sees(SAID[-1]) if chat > 0 else oleg.sees(topic, SAID[-1]))
    refused = next(call for call in scene.world.log.calls("sendMessage") if call.status == 429)
    after = [call.at for call in scene.world.log.calls("sendMessage", chat=chat) if call.at > refused.at]
    assert 1.0 <= min(after) - refused.at < 1.5
    assert judge(SAID, heard(anna) if chat > 0 else heard(oleg, topic)).clean


async def test_a_storm_is_waited_out(scene: Scene) -> None:
    """With a pace of our own switched off, only Telegram's refusals slow us; it doubles them if ignored."""
    anna, oleg, topic = await called(scene)
    boris, _, other = await called(scene, "Борис")
    limits = scene.world.limits
    limits.chat_per_second, limits.chat_burst, limits.group_per_minute, limits.enforced = 3.0, 2, 1000, True
    for text in SAID:
        await oleg.replies(topic, text)
        await oleg.replies(other, text)
        await anna.says(text)
        await boris.says(text)
    for customer, where in ((anna, topic), (boris, other)):
        await customer.sees(SAID[-1], within=20)
        await oleg.sees(where, SAID[-1], within=20)
        assert judge(SAID, heard(customer)).clean
        assert judge(SAID, heard(oleg, where)).clean
    refused = [call for call in scene.world.log.calls() if call.status == 429]
    assert len(refused) >= 4
    assert premature(scene.world) == []
    # Two on their way together may both be refused: that counts as ignored once; ignored again it would grow.
    assert max(call.result["retry_after"] for call in refused) <= 2


async def test_a_chat_that_must_wait_holds_up_nobody_else(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    boris, _, other = await called(scene, "Борис")
    scene.world.faults.add(Fault.too_many_requests(30), chat=anna.id, times=1)
    await oleg.replies(topic, "Анне")
    await until(lambda: any(call.status == 429 for call in scene.world.log.calls()))
    await oleg.replies(other, "Борису")
    await boris.sees("Борису")
    assert "Анне" not in heard(anna)


async def test_updates_are_not_asked_for_before_the_time(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    scene.world.faults.add(Fault.too_many_requests(1), method="getUpdates", times=1)
    await anna.says("раз")  # ends the poll under way; the next one is refused
    await oleg.sees(topic, "раз")
    await anna.says("два")
    await oleg.sees(topic, "два")
    polls = scene.world.log.calls("getUpdates")
    refused = next(n for n, call in enumerate(polls) if call.status == 429)
    assert polls[refused + 1].at - polls[refused].at >= 1.0


async def test_updates_that_did_not_arrive_are_fetched_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.poller.FIRST_PAUSE", 0.01)
    anna, oleg, topic = await called(scene)
    for fault in (
        Fault.internal_error(),
        Fault.bad_gateway(),
        Fault.truncated_json(),
        Fault.reset_before(),
        Fault.reset_after(),
    ):
        scene.world.faults.add(fault, method="getUpdates", times=1)
    for text in SAID:
        await anna.says(text)
    await oleg.sees(topic, SAID[-1])
    assert judge(SAID, heard(oleg, topic)).clean

"""Who else uses the token, and a token that is refused: we go on as soon as we can, and lose nothing."""

import asyncio
import json
from typing import Any

from sandbox import Fault
from sandbox.log import judge
from sandbox.wire.door import knock
from tests.faults.sights import called
from tests.faults.troubles import heard, until
from tests.stories.conftest import Scene

SAID = ["раз", "два", "три"]


async def call(scene: Scene, method: str, **params: Any) -> Any:
    """Somebody else calls with our token."""
    return json.loads((await knock(scene.world, scene.bot.token, method, params)).body)


async def test_a_second_poller_disturbs_but_takes_nothing_away(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    for text in SAID:
        await call(scene, "getUpdates", timeout=0)
        await anna.says(text)
        await oleg.replies(topic, text)
    await oleg.sees(topic, SAID[-1])
    await anna.sees(SAID[-1])
    assert [poll for poll in scene.world.log.calls("getUpdates") if poll.status == 409]
    assert judge(SAID, heard(oleg, topic)).clean
    assert judge(SAID, heard(anna)).clean


async def test_a_webhook_somebody_has_set_is_removed_with_nothing_dropped(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    assert (await call(scene, "setWebhook", url="http://127.0.0.1:9/nobody"))["ok"]
    for text in SAID:
        await anna.says(text)
    await oleg.sees(topic, SAID[-1])
    assert judge(SAID, heard(oleg, topic)).clean
    assert (await call(scene, "getWebhookInfo"))["result"]["url"] == ""


async def test_a_refused_token_stops_everything_and_loses_nothing(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    refusal = scene.world.faults.add(Fault.unauthorized())
    before = len(scene.world.log.calls())
    for text in SAID:
        await anna.says(text)
        await oleg.replies(topic, text)
    await until(lambda: refusal.struck >= 2)
    await asyncio.sleep(0.5)
    assert len(scene.world.log.calls()) - before < 10, "a token that is refused is not worn out"
    scene.world.faults.clear()
    await anna.sees(SAID[-1])
    await oleg.sees(topic, SAID[-1])
    assert judge(SAID, heard(oleg, topic)).clean
    assert judge(SAID, heard(anna)).clean


async def test_a_press_that_is_answered_too_late_still_counts(scene: Scene) -> None:
    """Telegram forgets the press soon; what was pressed for is done all the same."""
    anna = scene.customer()
    await anna.says("как вернуть деньги")
    await anna.sees("оформите возврат")
    press = await anna.touches("Позвать оператора")
    assert press is not None
    scene.world.clock.shift(60)
    await anna.sees("Передали вопрос людям")
    await until(lambda: bool(scene.world.log.calls("answerCallbackQuery")))
    (answer,) = scene.world.log.calls("answerCallbackQuery")
    assert "query is too old" in (answer.error or "")
    assert not press.answered
    await scene.operator().topic("Анна")

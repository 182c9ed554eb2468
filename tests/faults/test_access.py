"""The way is closed in part: sending alone is refused, or a webhook stood there before us.

What rivals do while we work is told in test_rivals.py.
"""

from sandbox import Fault
from sandbox.wire.door import knock
from tests.faults.sights import called, carried_to
from tests.stories.conftest import Scene, SetUp


async def test_replies_wait_while_only_sending_is_refused(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    rule = scene.world.faults.add(Fault.unauthorized(), method="sendMessage")
    for n in range(5):
        await oleg.replies(topic, f"ответ {n}")
    await scene.world.changes.until(lambda _: rule.struck > 0, 15)
    scene.world.faults.remove(rule)
    await anna.sees("ответ 4")
    assert (await carried_to(anna, scene, [f"ответ {n}" for n in range(5)])).clean


async def test_a_webhook_set_before_we_start_is_removed_with_nothing_dropped(set_up: SetUp) -> None:
    async with set_up() as scene:
        anna = scene.customer("Анна")
        await knock(scene.world, scene.bot.token, "setWebhook", {"url": f"{scene.server.url}/nowhere"})
        await anna.says("как вернуть деньги")
        async with scene.at_work():
            await anna.sees("оформите возврат")
        assert scene.world.webhooks.of(scene.bot) is None
        answers = [each for each in await anna.reads() if "оформите возврат" in each.get("text", "")]
        assert len(answers) == 1

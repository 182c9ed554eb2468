"""A topic whose making was not heard of: nothing written in it is lost, and there is no second one."""

from sandbox import Fault, forum
from tests.stories.conftest import Scene

PUZZLE = "почему мой зонтик поёт?"


async def test_a_topic_made_behind_a_broken_line_is_found_again(scene: Scene) -> None:
    scene.world.faults.add(Fault.reset_after(), method="createForumTopic", times=1)
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.starts()
    await anna.says(PUZZLE)
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, PUZZLE)
    assert len(oleg.topics()) == 1
    await oleg.replies(topic, "Так задумано")
    await anna.sees("Так задумано")


async def test_a_second_topic_is_closed_and_what_is_written_in_it_arrives(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.starts()
    await anna.says(PUZZLE)
    first = await oleg.topic("Анна")
    await oleg.sees(first, PUZZLE)
    spare = forum.create(scene.world, scene.group, scene.bot, first.name)
    await scene.world.changes.until(lambda _: spare.closed, 15)
    assert spare.closed
    await oleg.replies(spare, "Так задумано")
    await anna.sees("Так задумано")


async def test_a_topic_of_nobody_says_so(scene: Scene) -> None:
    oleg = scene.operator("Олег")
    spare = forum.create(scene.world, scene.group, scene.bot, "🔵 Никто")
    await oleg.replies(spare, "Есть тут кто?")
    await oleg.sees(spare, "ни к кому не относится")

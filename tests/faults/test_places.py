"""Groups that migrate, customers who block, a bot thrown out: what waits arrives where it should."""

from sandbox import Fault
from sandbox.log import judge
from tests.faults.sights import QUESTION, called
from tests.faults.troubles import heard, until
from tests.stories.conftest import Scene, SetUp


async def test_a_group_becomes_a_supergroup_while_we_work(set_up: SetUp) -> None:
    """The service message says it; messages, replies and a restart go on in the new group."""
    async with set_up(forum=False) as scene:
        anna, oleg = scene.customer(), scene.operator()
        async with scene.at_work():
            await anna.says(QUESTION)
            await oleg.sees(None, QUESTION)
            scene.world.migrate(scene.group)
            await anna.says("раз")
            message = await oleg.sees(None, "раз")
            assert message["chat"]["id"] == oleg.group.id != scene.group.id
            await oleg.replies(None, "слышу", to=message)
            await anna.sees("слышу")
        await anna.says("два")
        async with scene.at_work():
            await oleg.sees(None, "два")
        calls = scene.world.log.calls(chat=scene.group.id)
        refused = [call for call in calls if "upgraded" in (call.error or "")]
        assert len(refused) <= 1, "the old id is not tried again, not even after a restart"


async def test_a_group_migrates_unseen(set_up: SetUp) -> None:
    """It happened while we were down and the update is lost: the refusals alone tell the new id."""
    async with set_up(forum=False) as scene:
        people = [scene.customer(name) for name in ("Анна", "Борис", "Вера")]
        oleg = scene.operator()
        async with scene.at_work():
            for person in people:
                await person.says(QUESTION)
            await until(lambda: heard(oleg).count(QUESTION) == 6)
        scene.world.migrate(scene.group, forum=True)
        scene.world.mail[scene.bot.id].clear()
        for person in people:
            await person.says("раз")
            await person.says("два")
        async with scene.at_work():
            for person in people:
                topic = await oleg.topic(person.account.first_name)
                await oleg.sees(topic, "два")
                assert judge(["раз", "два"], heard(oleg, topic)).clean
            assert len(oleg.topics()) == 3
            await oleg.replies(topic, "слышу")
            await people[-1].sees("слышу")


async def test_a_blocked_bot_is_said_in_the_topic_and_unblocking_heals(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    await anna.blocks()
    await oleg.replies(topic, "вы где?")
    await oleg.sees(topic, "клиент заблокировал бота")
    await anna.unblocks()
    await anna.says("я тут")
    await oleg.sees(topic, "я тут")
    await oleg.replies(topic, "отлично")
    await anna.sees("отлично")


async def test_a_deleted_account_is_said_in_the_topic(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    await anna.deactivates()
    await oleg.replies(topic, "вы где?")
    await oleg.sees(topic, "Не доставлено")


async def test_a_bot_thrown_out_of_the_group_keeps_everything_for_its_return(scene: Scene) -> None:
    maria = scene.manager()
    await maria.starts()
    anna, oleg, topic = await called(scene)
    boris = scene.customer("Борис")
    scene.world.expel(scene.group, scene.bot)
    await anna.says("раз")
    await maria.sees("не может писать в группу операторов")
    await anna.says("два")
    await boris.says(QUESTION)
    await boris.sees("Передали вопрос людям")
    assert [line for line in heard(maria) if "не может писать" in line] != []
    scene.world.admit(scene.group, scene.bot, can_manage_topics=True)
    await oleg.sees(topic, "два")
    assert judge(["раз", "два"], heard(oleg, topic)).clean
    await oleg.sees(await oleg.topic("Борис"), QUESTION)
    await maria.sees("снова может писать в группу операторов")
    assert len([line for line in heard(maria) if "может писать в группу" in line]) == 1


async def test_a_bot_forbidden_to_write_in_the_group_waits_likewise(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    rule = scene.world.faults.add(Fault.rights_lost(), chat=scene.group.id, times=2)
    await anna.says("раз")
    await oleg.sees(topic, "раз")
    assert rule.struck == 2
    assert heard(oleg, topic).count("раз") == 1

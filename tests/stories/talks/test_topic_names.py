"""A topic's name: our sign shows the state, and what a person wrote behind it stays theirs."""

import pytest

from sandbox import Customer, Fault, Operator, forum
from sandbox.chats import Topic
from tests.stories.clock import in_a_hurry
from tests.stories.conftest import Scene, SetUp
from tests.stories.waiting import comes_true

QUESTION = "почему мой зонтик поёт по ночам?"
VIP = "Мария — VIP, звонить после 18"


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_hurry(monkeypatch)


async def called(scene: Scene, name: str = "Мария") -> tuple[Customer, Operator, Topic]:
    maria, oleg = scene.customer(name), scene.operator("Олег")
    await maria.says(QUESTION)
    topic = await oleg.topic(name)
    await oleg.sees(topic, QUESTION)
    return maria, oleg, topic


async def named(scene: Scene, topic: Topic, name: str) -> None:
    await comes_true(scene.world, lambda: topic.name == name)
    assert topic.name == name


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (VIP, VIP),
        (f"🔵 {VIP}", VIP),
        ("🔥 срочно", "🔥 срочно"),
        ("ж" * 128, "ж" * 126),
        ("  звонить\tпосле  18 ", "звонить после 18"),
        ("Марияна", "Марияна"),
        ("№ 7", "№ 7"),
    ],
)
async def test_a_person_s_words_stay_behind_our_sign(scene: Scene, typed: str, words: str) -> None:
    maria, oleg, topic = await called(scene)
    await oleg.renames_topic(topic, typed)
    await oleg.replies(topic, "Здравствуйте")
    await maria.sees("Здравствуйте")
    await named(scene, topic, f"🟡 {words}")
    await oleg.replies(topic, "/close")
    await named(scene, topic, f"✅ {words}")
    await oleg.replies(topic, "/reopen")
    await named(scene, topic, f"🟡 {words}")


@pytest.mark.parametrize("typed", ["🟡", "🔵 ", "Мария", "✅ Мария", "\u200b", "\u2800"])
async def test_a_name_without_words_of_their_own_gives_the_title_back(scene: Scene, typed: str) -> None:
    maria, oleg, topic = await called(scene)
    await oleg.renames_topic(topic, VIP)
    await oleg.replies(topic, "/take")
    await named(scene, topic, f"🟡 {VIP}")
    await oleg.renames_topic(topic, typed)
    maria.account.first_name = "Маша"
    await maria.says("ещё вопрос")
    await oleg.sees(topic, "ещё вопрос")
    await oleg.replies(topic, "/close")
    await named(scene, topic, "✅ Маша")


async def test_the_customer_s_new_name_does_not_win_over_a_person_s_words(scene: Scene) -> None:
    maria, oleg, topic = await called(scene)
    await oleg.renames_topic(topic, VIP)
    maria.account.first_name = "Марья"
    await maria.says("это снова я")
    await oleg.sees(topic, "это снова я")
    await oleg.replies(topic, "/close")
    await named(scene, topic, f"✅ {VIP}")


async def test_an_anonymous_administrator_and_another_bot_are_people_too(scene: Scene) -> None:
    _, oleg, topic = await called(scene)
    boss = scene.operator("Начальник", anonymous=True)
    await boss.renames_topic(topic, VIP)
    await oleg.replies(topic, "/take")
    await named(scene, topic, f"🟡 {VIP}")
    other = scene.world.bot("tidy_sample_bot")
    scene.world.admit(scene.group, other, can_manage_topics=True)
    forum.edit(scene.world, scene.group, topic, other, "Отдел А: Мария", None)
    await oleg.replies(topic, "/close")
    await named(scene, topic, "✅ Отдел А: Мария")


async def test_a_new_icon_is_no_rename(scene: Scene) -> None:
    _, oleg, topic = await called(scene)
    icon = next(iter(forum.ICONS))
    forum.edit(scene.world, scene.group, topic, oleg.account, None, icon)
    await oleg.replies(topic, "/take")
    await named(scene, topic, "🟡 Мария")


async def test_a_rename_while_the_bot_was_down_is_noticed(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            _, oleg, topic = await called(scene)
        await oleg.renames_topic(topic, VIP)
        async with scene.at_work():
            await oleg.replies(topic, "/take")
            await named(scene, topic, f"🟡 {VIP}")
        async with scene.at_work():
            await oleg.replies(topic, "/close")
            await named(scene, topic, f"✅ {VIP}")


async def test_a_rename_that_crosses_ours_is_put_back(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            _, oleg, topic = await called(scene)
        await oleg.renames_topic(topic, VIP)
        forum.edit(scene.world, scene.group, topic, scene.bot, "🟡 Мария", None)
        async with scene.at_work():
            await named(scene, topic, f"🔵 {VIP}")


async def test_a_topic_made_anew_bears_the_words_too(scene: Scene) -> None:
    maria, oleg, topic = await called(scene)
    await oleg.renames_topic(topic, VIP)
    await oleg.replies(topic, "/take")
    await named(scene, topic, f"🟡 {VIP}")
    await oleg.deletes_topic(topic)
    scene.world.faults.add(Fault.reset_after(), method="createForumTopic", times=1)
    await maria.says("вы здесь?")
    anew = await oleg.topic(VIP)
    assert anew is not topic
    await oleg.sees(anew, "вы здесь?")
    assert [each.name for each in oleg.topics()] == [f"🟡 {VIP}"]
    await oleg.replies(anew, "/close")
    await named(scene, anew, f"✅ {VIP}")


async def test_a_renamed_topic_of_nobody_is_nothing_to_us(scene: Scene) -> None:
    maria, oleg, topic = await called(scene)
    smoking = await oleg.opens_topic("Курилка")
    await oleg.renames_topic(smoking, "Перекур")
    await oleg.replies(topic, "/take")
    await named(scene, topic, "🟡 Мария")
    assert smoking.name == "Перекур"
    await maria.sees_nothing(0.1)

"""/help tells each what they may do here, and Telegram offers the same while one types a slash."""

import re
from typing import Any

import pytest

from bot.rooms.managers import CONVERSATIONS
from bot.telegram import command_menu
from locales import Texts
from sandbox import Fault
from sandbox.people.looking import words
from tests.stories.conftest import MANAGER, Scene, SetUp
from tests.stories.waiting import comes_true
from tickets.operator_side.orders import Orders

FOR_CUSTOMERS, FOR_OPERATORS = command_menu.CUSTOMER, command_menu.OPERATOR
FOR_MANAGERS, FOR_PUBLISHERS = command_menu.MANAGER, command_menu.PUBLISHER


def commands(text: str) -> list[str]:
    """The commands that a text explains, each on a line of its own."""
    return re.findall(r"^/(\w+)", text, re.MULTILINE)


def offered(scene: Scene, chat_id: int) -> list[str]:
    """What Telegram offers in a chat."""
    found: list[dict[str, Any]] = next(
        (each for scope, each in scene.bot.commands.items() if str(chat_id) in str(scope)), []
    )
    return [each["command"] for each in found]


def test_managers_are_offered_what_there_is() -> None:
    assert set(FOR_MANAGERS) == {said.split()[0] for each in CONVERSATIONS for said in each.COMMANDS}
    assert set(FOR_OPERATORS) == Orders.COMMANDS | {"help"}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_help_explains_each_command_once(language: str) -> None:
    def said(key: str, **params: object) -> list[str]:
        return sorted(set(commands(Texts().plain(key, language, **params))))

    assert said("customer.help", company="") == sorted(set(FOR_CUSTOMERS) - {"start"})
    assert said("operator.help", manager=False, publisher=False) == sorted(FOR_OPERATORS)
    assert said("operator.help", manager=True, publisher=True) == sorted(FOR_OPERATORS + FOR_MANAGERS)
    assert said("operator.help", manager=False, publisher=True) == sorted(FOR_OPERATORS + FOR_PUBLISHERS)
    assert said("publisher.help", company="") == sorted(set(FOR_PUBLISHERS + FOR_CUSTOMERS) - {"start"})
    assert said("manager.help", company="") == sorted(set(FOR_MANAGERS + FOR_CUSTOMERS) - {"start"})


async def test_a_customer_hears_what_customers_can_do(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.says("/help")
    assert commands(words(await anna.sees("позвать оператора"))) == [
        "operator",
        "complaint",
        "subscribe",
        "unsubscribe",
        "language",
        "help",
    ]


async def test_a_manager_hears_what_managers_can_do(scene: Scene) -> None:
    maria = scene.manager()
    await maria.says("/help")
    text = words(await maria.sees("Менеджеру"))
    assert commands(text) == [*FOR_MANAGERS, *FOR_CUSTOMERS[1:]]
    assert "/faq digest" in text


async def test_in_the_group_operators_and_managers_hear_their_own(scene: Scene) -> None:
    oleg, boss = scene.operator("Олег"), scene.operator("Мария", id=MANAGER)
    await oleg.says_in_general("/help")
    his = words(await oleg.sees(None, "взять заявку"))
    assert set(commands(his)) == set(FOR_OPERATORS)
    await boss.says_in_general("/help@support_bot")
    hers = words(await oleg.sees(None, "Менеджеру"))
    assert set(commands(hers)) == {*FOR_OPERATORS, *FOR_MANAGERS}


async def test_help_in_a_topic_does_not_leave_it(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("почему мой зонтик поёт по ночам?")
    topic = await oleg.topic("Анна")
    await anna.sees("Передали вопрос людям")
    await oleg.replies(topic, "/help")
    await oleg.sees(topic, "/close тихо")
    await anna.sees_nothing(0.2)


async def test_menus_are_offered_at_the_start(scene: Scene) -> None:
    assert await comes_true(scene.world, lambda: bool(offered(scene, scene.group.id)))
    assert offered(scene, scene.group.id) == [*FOR_OPERATORS, *FOR_MANAGERS]


async def test_a_manager_is_offered_hers_once_telegram_knows_her(set_up: SetUp) -> None:
    async with set_up() as scene:
        maria = scene.manager()
        stranger = scene.world.faults.add(Fault.refusal("CHAT_NOT_FOUND"), method="setMyCommands")
        async with scene.at_work():
            assert await comes_true(scene.world, lambda: stranger.struck > 4)
            scene.world.faults.remove(stranger)
            await maria.starts()
            await maria.sees("Здравствуйте")
            assert await comes_true(scene.world, lambda: bool(offered(scene, MANAGER)))
            assert offered(scene, MANAGER) == [*FOR_MANAGERS, *FOR_CUSTOMERS]
            await scene.operator("Олег").says_in_general("всем привет")
            assert await comes_true(scene.world, lambda: bool(offered(scene, scene.group.id)))


async def test_whoever_lets_the_bot_in_again_is_offered_the_menu_anew(scene: Scene) -> None:
    maria = scene.manager()
    await maria.starts()
    assert await comes_true(scene.world, lambda: bool(offered(scene, MANAGER)))
    await maria.blocks()
    scene.bot.commands.clear()
    await maria.unblocks()
    assert await comes_true(scene.world, lambda: bool(offered(scene, MANAGER)))

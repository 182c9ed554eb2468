"""Paid broadcasts: up to a thousand a second, a tenth of a Star for what is above the free thirty.

Bots FAQ ("How can I message all of my bot's subscribers at once?") and sendMessage in the documentation.
"""

from sandbox import Customer, Fault
from tests.referee.front import Desk

ENOUGH = 10_000 * 10


async def paying(desk: Desk, people: int, *, tenths: int = ENOUGH + 1000, pays: bool = True) -> list[int]:
    """The ids of people who have started a bot that may broadcast for Stars."""
    found = [Customer(desk.world, desk.account, f"Клиент {n}") for n in range(people)]
    for person in found:
        await person.starts()
    desk.world.clock.stop()
    desk.world.limits.enforced = True
    desk.account.pays, desk.account.star_tenths = pays, tenths
    return [person.id for person in found]


async def told(desk: Desk, people: list[int], *, paid: bool) -> list[tuple[int, str]]:
    """The answers to a message to each; the bot is as quick as it can be."""
    more = {"allow_paid_broadcast": True} if paid else {}
    return [await desk.call("sendMessage", chat_id=each, text="Новости", **more) for each in people]


def taken(answers: list[tuple[int, str]]) -> int:
    return sum(status == 200 for status, _ in answers)


async def test_a_tenth_of_a_star_is_paid_for_each_above_the_free_thirty(desk: Desk) -> None:
    people = await paying(desk, 100)
    assert taken(await told(desk, people, paid=True)) == 100
    assert desk.account.star_tenths == ENOUGH + 1000 - 70
    balance = await desk.bot.get_my_star_balance()
    assert (balance.amount, balance.nanostar_amount) == (10_093, None)
    desk.world.clock.shift(1.1)
    assert taken(await told(desk, people[:30], paid=True)) == 30
    assert desk.account.star_tenths == ENOUGH + 930, "what is free costs nothing however it was sent"
    desk.world.clock.shift(1.1)
    assert taken(await told(desk, people[:31], paid=True)) == 31
    balance = await desk.bot.get_my_star_balance()
    assert (balance.amount, balance.nanostar_amount) == (10_092, 900_000_000)


async def test_thirty_are_free_in_every_second(desk: Desk) -> None:
    people = await paying(desk, 300)
    for n in range(300):
        await told(desk, people[n : n + 1], paid=True)
        desk.world.clock.shift(0.01)
    assert ENOUGH + 1000 - desk.account.star_tenths == 300 - 3 * 30


async def test_a_thousand_a_second_is_the_most(desk: Desk) -> None:
    people = await paying(desk, 1001)
    answers = await told(desk, people, paid=True)
    assert taken(answers) == 1000
    assert answers[-1] == (429, "Too Many Requests: retry after 1")


async def test_others_keep_what_is_free(desk: Desk) -> None:
    people = await paying(desk, 100)
    await told(desk, people[:60], paid=True)
    assert taken(await told(desk, people[60:], paid=False)) == 30


async def test_what_is_refused_costs_nothing(desk: Desk) -> None:
    people = await paying(desk, 40)
    desk.world.faults.add(Fault.blocked(), chat=people[-1])
    await told(desk, people, paid=True)
    await desk.call("sendMessage", chat_id=people[0], text="", allow_paid_broadcast=True)
    assert desk.account.star_tenths == ENOUGH + 1000 - 9


async def test_too_little_on_the_balance_is_refused_above_what_is_free(desk: Desk) -> None:
    people = await paying(desk, 40, tenths=ENOUGH + 3)
    answers = await told(desk, people, paid=True)
    assert taken(answers) == 34
    assert set(answers[34:]) == {(400, "Bad Request: BALANCE_TOO_LOW")}


async def test_a_bot_that_may_not_pay_keeps_the_free_pace(desk: Desk) -> None:
    people = await paying(desk, 60, pays=False)
    answers = await told(desk, people, paid=True)
    assert taken(answers) == 30
    assert answers[-1][0] == 429
    assert desk.account.star_tenths == ENOUGH + 1000


async def test_methods_without_the_parameter_refuse_it(desk: Desk) -> None:
    (person,) = await paying(desk, 1)
    for method in ("forwardMessage", "editMessageText", "copyMessages"):
        assert "has no parameter allow_paid_broadcast" in await desk.refusal(
            method, chat_id=person, allow_paid_broadcast=True
        )

"""The pace Telegram keeps, and what goes wrong on demand."""

import asyncio

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramAPIError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from sandbox import Customer, Fault
from sandbox.wire.door import knock
from tests.referee.front import Desk


@pytest.fixture
def paced(desk: Desk) -> Desk:
    desk.world.limits.enforced = True
    return desk


async def refused_after(desk: Desk, chat_id: int, most: int) -> int:
    """How many messages go through in one go."""
    for n in range(most):
        if (await desk.call("sendMessage", chat_id=chat_id, text=str(n)))[0] == 429:
            return n
    return most


async def test_a_chat_takes_a_short_burst_and_then_one_a_second(paced: Desk) -> None:
    await paced.anna.starts()
    assert await refused_after(paced, paced.anna.id, 50) == paced.world.limits.chat_burst
    paced.world.clock.shift(1.1)
    assert await refused_after(paced, paced.anna.id, 50) == 1


async def test_a_whole_forum_shares_twenty_a_minute(paced: Desk) -> None:
    first = await paced.bot.create_forum_topic(paced.group.id, "Анна")
    second = await paced.bot.create_forum_topic(paced.group.id, "Борис")
    for n in range(18):
        paced.world.clock.shift(1)
        thread = (first if n % 2 else second).message_thread_id
        assert await paced.bot.send_message(paced.group.id, str(n), message_thread_id=thread)
    paced.world.clock.shift(5)
    with pytest.raises(TelegramRetryAfter) as refused:
        await paced.bot.create_forum_topic(paced.group.id, "Вера")
    assert 30 < refused.value.retry_after <= 60
    paced.world.clock.shift(refused.value.retry_after)
    assert await paced.bot.create_forum_topic(paced.group.id, "Вера")


async def test_all_chats_together_take_thirty_a_second(paced: Desk) -> None:
    people = [Customer(paced.world, paced.account, f"Клиент {n}") for n in range(40)]
    for person in people:
        await person.starts()
    sent = [await refused_after(paced, person.id, 1) for person in people]
    assert 30 <= sum(sent) <= 33


async def test_who_does_not_wait_waits_longer(paced: Desk) -> None:
    await paced.anna.starts()
    await refused_after(paced, paced.anna.id, 10)
    waits = []
    for _ in range(4):
        with pytest.raises(TelegramRetryAfter) as refused:
            await paced.bot.send_message(paced.anna.id, "ещё")
        waits.append(refused.value.retry_after)
    assert waits == [2, 4, 8, 16]
    answer = await knock(
        paced.world, paced.account.token, "sendMessage", {"chat_id": paced.anna.id, "text": "?"}
    )
    assert answer.headers["Retry-After"] == "32"
    paced.world.clock.shift(33)
    assert await paced.bot.send_message(paced.anna.id, "спасибо, что подождали")


async def test_an_album_costs_what_is_in_it_and_typing_has_its_own_pace(paced: Desk) -> None:
    await paced.anna.starts()
    album = await paced.anna.sends_album(["photo"] * 10)
    ids = [message["message_id"] for message in album]
    for _ in range(2):
        await paced.bot.copy_messages(paced.group.id, paced.anna.id, ids)
        paced.world.clock.shift(10)
    with pytest.raises(TelegramRetryAfter):
        await paced.bot.send_message(paced.group.id, "двадцать первое")
    for _ in range(20):
        await paced.bot.send_chat_action(paced.anna.id, "typing")
    with pytest.raises(TelegramRetryAfter):
        await paced.bot.send_chat_action(paced.anna.id, "typing")
    assert await paced.bot.send_message(paced.anna.id, "пишется отдельно")


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        (Fault.too_many_requests(3), TelegramRetryAfter, "retry after 3"),
        (Fault.too_many_requests(None), TelegramAPIError, "Too Many Requests"),
        (Fault.internal_error(), TelegramServerError, "Internal Server Error"),
        (Fault.restart(), RestartingTelegram, "restart"),
        (Fault.bad_gateway(), ClientDecodeError, "502 Bad Gateway"),
        (Fault.truncated_json(), ClientDecodeError, "Failed to decode"),
        (Fault.reset_before(), TelegramNetworkError, "isconnected"),
        (Fault.reset_after(), TelegramNetworkError, "isconnected"),
        (Fault.blocked(), TelegramAPIError, "bot was blocked by the user"),
        (Fault.deactivated(), TelegramAPIError, "user is deactivated"),
        (Fault.topic_deleted(), TelegramAPIError, "message thread not found"),
        (Fault.topic_deleted("TOPIC_DELETED"), TelegramAPIError, "TOPIC_DELETED"),
        (Fault.topic_closed(), TelegramAPIError, "TOPIC_CLOSED"),
        (Fault.migrated(-100_999), TelegramMigrateToChat, "upgraded to a supergroup"),
        (Fault.rights_lost(), TelegramAPIError, "not enough rights"),
        (Fault.refusal("WRITE_FORBIDDEN"), TelegramAPIError, "CHAT_WRITE_FORBIDDEN"),
        (Fault.refusal("PEER_INVALID"), TelegramAPIError, "PEER_ID_INVALID"),
        (Fault.unauthorized(), TelegramUnauthorizedError, "Unauthorized"),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
async def test_faults_strike_once_and_say_whether_the_message_went_out(
    desk: Desk, fault: Fault, error: type[Exception], said: str
) -> None:
    await desk.anna.starts()
    rule = desk.world.faults.add(fault, method="sendMessage", chat=desk.anna.id, times=1)
    with pytest.raises(error, match=said):
        await desk.bot.send_message(desk.anna.id, "раз")
    assert len(await desk.anna.reads()) == (2 if fault.applied else 1)
    assert await desk.bot.send_message(desk.anna.id, "два")
    assert rule.struck == 1
    struck = [call for call in desk.world.log.calls("sendMessage") if call.fault]
    assert [(call.fault, call.applied) for call in struck] == [(fault.name, fault.applied)]


async def test_a_hanging_call_has_already_taken_effect(desk: Desk) -> None:
    await desk.anna.starts()
    desk.world.faults.add(Fault.hangs(30), times=1)
    sending = asyncio.create_task(desk.bot.send_message(desk.anna.id, "раз"))
    await desk.anna.sees("раз")
    assert not sending.done()
    sending.cancel()


async def test_faults_choose_by_topic_count_and_chance(desk: Desk) -> None:
    topic = await desk.oleg.opens_topic("Анна")
    desk.world.faults.add(Fault.topic_closed(), thread=topic.id, after=1, times=1)
    calls = [
        (await desk.call("sendMessage", chat_id=desk.group.id, message_thread_id=topic.id, text=str(n)))[0]
        for n in range(3)
    ]
    assert calls == [200, 400, 200]
    assert (await desk.call("sendMessage", chat_id=desk.group.id, text="General"))[0] == 200
    rule = desk.world.faults.add(Fault.internal_error(), probability=0.3)
    for _ in range(200):
        await desk.call("getMe")
    assert 40 < rule.struck < 80
    desk.world.faults.remove(rule)
    assert (await desk.call("getMe"))[0] == 200

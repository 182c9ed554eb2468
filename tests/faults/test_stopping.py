"""The real process, told to stop in a busy minute: it ends well and soon, and nothing is half done."""

import asyncio
import signal
import time

import pytest

from sandbox import Customer, Fault
from sandbox.log import judge
from tests.faults.database import comes_to, inbox, outbox
from tests.faults.sights import called
from tests.faults.troubles import heard, until
from tests.ground.terminal import OTKLIK, environment
from tests.stories.conftest import Scene, SetUp

CONFIG = """
[storage]
url = "sqlite:///otklik.db"
[telegram]
api_url = "{api}"
[log]
level = "warning"
[limits]
chat_per_second = 0
group_per_minute = 0
bulk_per_second = 0
[desk.main]
token = "{token}"
operators_group = {group}
faq = ["faq.yaml"]
"""


async def start(scene: Scene) -> asyncio.subprocess.Process:
    """It runs, and has asked for updates."""
    before = len(scene.world.log.calls("getUpdates"))
    config = CONFIG.format(api=scene.server.url, token=scene.bot.token, group=scene.group.id)
    (scene.folder / "config.toml").write_text(config, "utf-8")
    process = await asyncio.create_subprocess_exec(
        OTKLIK, "run", cwd=scene.folder, env=environment("ru_RU"), stderr=asyncio.subprocess.PIPE
    )
    await until(lambda: len(scene.world.log.calls("getUpdates")) > before, within=60)
    return process


async def stop(
    process: asyncio.subprocess.Process, sent: signal.Signals = signal.SIGTERM
) -> tuple[int | None, float, str]:
    """A signal: the exit code, how long it took, and what was said."""
    begun = time.monotonic()
    process.send_signal(sent)
    try:
        _, said = await asyncio.wait_for(process.communicate(), 20)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    return process.returncode, time.monotonic() - begun, said.decode()


def answers(person: Customer) -> int:
    """How often the FAQ has answered somebody."""
    return sum("оформите возврат" in line for line in heard(person))


async def test_sigterm_under_load_ends_well_and_nothing_is_half_done(set_up: SetUp) -> None:
    async with set_up() as scene:
        running = await start(scene)
        anna, oleg, topic = await called(scene)
        people = [scene.customer(f"Клиент {n}") for n in range(10)]
        for person in people:
            await person.starts()
        asked, replied = [f"слово {n}." for n in range(60)], [f"ответ {n}." for n in range(60)]
        for n in range(60):
            await anna.says(asked[n])
            await oleg.replies(topic, replied[n])
            await people[n % 10].says("как вернуть деньги")
            await asyncio.sleep(0)
        await until(lambda: replied[3] in heard(anna))
        code, seconds, said = await stop(running)
        assert (code, said) == (0, "")
        assert seconds < 10
        assert replied[-1] not in heard(anna), "all was over before the signal: nothing is shown"
        async with scene.at_work():
            await until(lambda: replied[-1] in heard(anna), within=30)
            await until(lambda: asked[-1] in heard(oleg, topic), within=30)
            await until(lambda: all(answers(person) >= 6 for person in people), within=30)
            await comes_to(scene, lambda: set(inbox(scene)), {"handled"})
            await comes_to(scene, lambda: outbox(scene), {}, within=10)
        assert judge(replied, heard(anna)).clean
        assert judge(asked, heard(oleg, topic)).clean
        assert [answers(person) for person in people] == [6] * 10


async def test_a_terminal_that_is_closed_ends_it_as_well(set_up: SetUp) -> None:
    async with set_up() as scene:
        code, _, said = await stop(await start(scene), signal.SIGHUP)
        assert (code, said) == (0, "")


async def test_a_call_that_hangs_is_not_waited_for_longer_than_the_grace(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.desk_at_work.GRACE", 0.5)
    async with set_up() as scene:
        async with scene.at_work():
            anna, oleg, topic = await called(scene)
            rule = scene.world.faults.add(Fault.hangs(60), method="sendMessage", chat=anna.id, times=1)
            await oleg.replies(topic, "раз")
            await until(lambda: rule.struck == 1)
            await oleg.replies(topic, "два")
            told = time.monotonic()
        assert 0.5 <= time.monotonic() - told < 2
        async with scene.at_work():
            await anna.sees("два")
        verdict = judge(["раз", "два"], heard(anna))
        assert (verdict.lost, verdict.doubled, verdict.disordered) == ([], ["раз"], [])


async def test_killed_between_the_two_parts_of_one_message(set_up: SetUp) -> None:
    """The caption was too long: the picture has arrived, and what did not fit comes in the next life."""
    words = " ".join(f"слово{number}" for number in range(170))
    async with set_up() as scene:
        process = await start(scene)
        anna, oleg, topic = await called(scene)
        rest = scene.world.faults.add(
            Fault.internal_error(), having=lambda params: "слово169" in str(params.get("text", ""))
        )
        await anna.sends_photo(caption=words)
        await oleg.sees_photo(topic, "слово1 ")
        await until(lambda: rest.struck > 0)
        process.kill()
        await process.wait()
        scene.world.faults.clear()
        process = await start(scene)
        await anna.says("и ещё")
        await oleg.sees(topic, "и ещё")
        assert (await stop(process))[0] == 0
        shown = [
            each for each in await oleg.reads(topic) if "слово" in str(each) and each["_by"] == scene.bot.id
        ]
        assert ["photo" in each for each in shown] == [True, False]
        assert " ".join((each.get("caption") or each["text"]).strip() for each in shown) == words
        assert "и ещё" not in shown[1]["text"]

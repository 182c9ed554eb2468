"""What we cannot handle ourselves: it is tried again, then stands aside, and what is behind it goes on."""

from datetime import timedelta

import pytest

from sandbox import Fault
from tests.faults.database import comes_to, outbox, sql
from tests.faults.sights import called
from tests.faults.troubles import heard, until
from tests.stories.conftest import SetUp

SPOIL_MESSAGE = """
UPDATE messages SET content = '{"spoilt": 1}'
WHERE id = (SELECT min(message_id) FROM outbox WHERE chat_id = ?)
"""
SPOIL_TICKET = """
UPDATE tickets SET opened_at = 'spoilt'
WHERE id = (SELECT min(subject) FROM timers WHERE kind = 'survey')
"""
REPAIR_TICKET = """
UPDATE tickets SET opened_at = closed_at
WHERE id = (SELECT min(subject) FROM timers WHERE kind = 'survey')
"""
SURVEYS_ARE_DUE = "UPDATE timers SET due_at = 0 WHERE kind = 'survey'"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses need not be long here."""
    monkeypatch.setattr("bot.engine.backoff.FIRST", 0.05)
    monkeypatch.setattr("bot.engine.ticker.LATER", timedelta(milliseconds=300))


async def test_a_message_that_cannot_be_read_does_not_hold_up_those_behind_it(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            maria = scene.manager()
            await maria.starts()
            anna, oleg, topic = await called(scene)
            scene.world.faults.add(Fault.internal_error(), chat=anna.id)
            await oleg.replies(topic, "раз")
            await oleg.replies(topic, "два")
            await comes_to(scene, lambda: outbox(scene), {"waiting": 2})
        scene.world.faults.clear()
        sql(scene, SPOIL_MESSAGE, anna.id)
        async with scene.at_work():
            await anna.sees("два")
            await maria.sees("Одну отправку не удалось подготовить")
            assert outbox(scene)["uncertain"] == 1
        assert "раз" not in heard(anna)


async def test_a_timer_that_fails_lets_the_others_go_first_and_comes_back(set_up: SetUp) -> None:
    async with set_up(desk={"rating_delay_seconds": 3600}) as scene:
        async with scene.at_work():
            anna, oleg, topic = await called(scene)
            boris, _, other = await called(scene, "Борис")
            await oleg.replies(topic, "/close")
            await oleg.replies(other, "/close")
            await until(lambda: len(sql(scene, "SELECT id FROM timers WHERE kind = 'survey'")) == 2)
        sql(scene, SPOIL_TICKET)
        sql(scene, SURVEYS_ARE_DUE)
        async with scene.at_work():
            await boris.sees("Как мы справились?")
            assert "Как мы справились?" not in " ".join(heard(anna))
            sql(scene, REPAIR_TICKET)
            await anna.sees("Как мы справились?")

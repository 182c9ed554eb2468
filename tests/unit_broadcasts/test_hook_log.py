"""The log of hooks says how often each was tried, and when it is tried next."""

from datetime import timedelta

from desk.formatted import bare
from desk.hook import Hook
from storage.hooks import HookStore
from tests.unit_broadcasts.newsroom import Newsroom

HOURS = timedelta(hours=1)


def test_what_waits_says_when_it_is_tried_next(newsroom: Newsroom) -> None:
    hooks, now = HookStore(newsroom.connection, "main"), newsroom.now
    assert "Вебхуков нет" in newsroom.commands("incidents", "webhooks").text
    for n, host in enumerate(("arrived.example", "waits.example", "over.example", "new.example")):
        hooks.add(Hook(key=str(n), host=host), "{}", now - 2 * HOURS)
    arrived, waits, over, _ = reversed(hooks.recent(9))
    hooks.arrived(arrived.id, "200", now - HOURS)
    for n in range(3):
        hooks.tried(waits.id, "503", now - HOURS + timedelta(minutes=n), now + 2 * HOURS)
        hooks.tried(over.id, "timeout", now, None)
    shown = bare(newsroom.commands("incidents", "webhooks").text).replace("\xa0", " ")
    assert "✅ сегодня в 13:05: arrived.example, ответ 200, 1 попытка" in shown
    assert "⏳ сегодня в 13:07: waits.example, ответ 503, 3 попытки, следующая сегодня в 16:05" in shown
    assert "❌ сегодня в 14:05: over.example, ответ timeout, 3 попытки, больше не пробуем" in shown
    assert "⏳ new.example: первая попытка сейчас" in shown

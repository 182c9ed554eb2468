"""A day at a desk with a bit of everything, on a database of one's choice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.config import Settings
from sandbox import BotApiServer, World
from tests.stories.conftest import Scene

UNKNOWN = "почему мой зонтик поёт по ночам?"


class Elsewhere(Scene):
    """A scene whose bot keeps everything in another database."""

    url = ""

    def settings(self) -> Settings:
        usual = super().settings()
        return usual.model_copy(update={"storage": usual.storage.model_copy(update={"url": self.url})})


@asynccontextmanager
async def desk_at_work(url: str, folder: Path) -> AsyncIterator[Scene]:
    """The bot runs on that database."""
    world = World(seed=7)
    world.limits.enforced = False
    async with BotApiServer(world) as server:
        pace = {"chat_per_second": 0, "group_per_minute": 0, "bulk_per_second": 0}
        scene = Elsewhere(world, server, folder, limits=pace)
        scene.url = url
        async with scene.at_work():
            yield scene


async def pass_by(scene: Scene) -> None:
    """An answer from the FAQ, a person's reply, a rating and a comment, an incident, the knowledge base."""
    anna, oleg, maria = scene.customer("Анна"), scene.operator("Олег"), scene.manager("Мария")
    await anna.starts()
    await anna.says("как вернуть деньги")
    await anna.sees("оформите возврат в разделе «Заказы»")
    await anna.presses("Помогло")
    await anna.says(UNKNOWN)
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, UNKNOWN)
    await oleg.replies(topic, "Не тот ответ")
    await anna.sees("Не тот ответ")
    await oleg.replies(topic, "/undo")
    await oleg.replies(topic, "Это особенность модели")
    await anna.sees("Это особенность модели")
    await oleg.replies(topic, "/close")
    await anna.sees("Как мы справились?")
    await anna.presses("5 — Вау!")
    await anna.sees("5 — Вау!")
    await anna.says("Спасибо!")
    await anna.sees("записали каждое слово")
    await maria.says("/broadcast red Не проходит оплата картой")
    await maria.presses("Опубликовать")
    await maria.says("/faq доставка")
    await maria.sees("Сколько стоит доставка?")

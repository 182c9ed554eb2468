"""People who have subscribed to everything, on a desk that tells them."""

from collections.abc import Callable

from bot import desk_at_work
from bot.rooms.stores import Stores
from broadcasts.audience.subscriber import EVERYTHING, ConsentSource
from desk.profile import DeskPlaces
from sandbox import Customer
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from tests.stories.conftest import Scene


async def in_database(scene: Scene, unit: Callable[[Stores], None]) -> None:
    """Something is written as the bot itself would have written it."""
    ledger = Ledger(await open_engine(scene.settings().storage.url))
    places = DeskPlaces(group=scene.group.id)
    await ledger.run(lambda conn: unit(Stores(conn, "main", scene.bot.id, desk_at_work.now(), places)))
    await ledger.close()


async def subscribers(scene: Scene, *names: str) -> list[Customer]:
    """People who start the bot and want to hear of everything."""
    people = [scene.customer(name) for name in names]
    for person in people:
        await person.starts()
        await person.sees("Здравствуйте")

    def subscribe(stores: Stores) -> None:
        for person in people:
            customer = stores.customers.known(person.id)
            assert customer is not None
            stores.subscribers.subscribe(customer.id, {EVERYTHING}, ConsentSource.BOT, desk_at_work.now())

    await in_database(scene, subscribe)
    return people


def copies(person: Customer, text: str) -> int:
    """How many messages with these words somebody has."""
    said = (each.get("text") or each.get("caption") or "" for each in person.chat.messages.values())
    return sum(text in each for each in said)

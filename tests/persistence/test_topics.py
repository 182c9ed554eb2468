"""Topics and placements: where a customer's matter stands, whatever Telegram numbers it."""

from desk.placement import Placement
from tests.persistence.conftest import LARGE, Archive
from tickets.topics.topic import Topic

GROUP, OTHER = -5, -6


async def test_a_topic_is_asked_for_made_renamed_closed_and_lost(archive: Archive) -> None:
    anna = await archive.meets()
    assert await archive.run(lambda stores: stores.topics.of(anna.id)) is None
    await archive.run(lambda stores: stores.topics.ask_for(anna.id, GROUP, "🔵 Анна"))
    asked = Topic(chat_id=GROUP, thread_id=None, customer_id=anna.id, title="🔵 Анна")
    assert await archive.run(lambda stores: stores.topics.titled(GROUP, "🔵 Анна")) == [asked]
    await archive.run(lambda stores: stores.topics.made(anna.id, GROUP, LARGE, "🔵 Анна"))
    assert await archive.run(lambda stores: stores.topics.rename(anna.id, "🟢 Анна", stood="🔵 Анна"))
    assert not await archive.run(lambda stores: stores.topics.rename(anna.id, "🟡 Анна", stood="🔵 Анна"))
    await archive.run(lambda stores: stores.topics.shut(GROUP, LARGE, closed=True))
    made = Topic(chat_id=GROUP, thread_id=LARGE, customer_id=anna.id, title="🟢 Анна", closed=True)
    assert await archive.run(lambda stores: stores.topics.of(anna.id)) == made
    await archive.run(lambda stores: stores.topics.lose(anna.id))
    assert await archive.run(lambda stores: stores.topics.of(anna.id)) is None
    assert await archive.run(lambda stores: stores.topics.titled(GROUP, "🟢 Анна")) == []
    late = await archive.run(lambda stores: stores.customers.in_topic(GROUP, LARGE))
    assert late == anna, "what is written in an older topic is the customer's all the same"


async def test_thread_numbers_mean_something_only_inside_a_chat(archive: Archive) -> None:
    anna, boris = await archive.meets(), await archive.meets(7, "Борис")
    await archive.run(lambda stores: stores.topics.made(anna.id, GROUP, 3, "Анна"))
    await archive.run(lambda stores: stores.topics.made(boris.id, OTHER, 3, "Борис"))
    assert await archive.run(lambda stores: stores.customers.in_topic(GROUP, 3)) == anna
    assert await archive.run(lambda stores: stores.customers.in_topic(OTHER, 3)) == boris
    await archive.run(lambda stores: stores.topics.shut(OTHER, 3, closed=True))
    stands = await archive.run(lambda stores: stores.topics.of(anna.id))
    assert stands is not None
    assert not stands.closed


async def test_whose_a_topic_is_once_known_stays_so(archive: Archive) -> None:
    anna, boris = await archive.meets(), await archive.meets(7, "Борис")
    await archive.run(lambda stores: stores.topics.spare(GROUP, 4, None))
    nobodys = await archive.run(lambda stores: stores.topics.at(GROUP, 4))
    assert nobodys == Topic(chat_id=GROUP, thread_id=4, customer_id=None)
    await archive.run(lambda stores: stores.topics.spare(GROUP, 4, anna.id))
    await archive.run(lambda stores: stores.topics.spare(GROUP, 4, boris.id))
    assert await archive.run(lambda stores: stores.customers.in_topic(GROUP, 4)) == anna
    assert await archive.run(lambda stores: stores.topics.of(anna.id)) is None, "a spare one is not current"


async def test_a_topic_found_after_a_crash_becomes_the_current_one(archive: Archive) -> None:
    anna = await archive.meets()
    await archive.run(lambda stores: stores.topics.ask_for(anna.id, GROUP, "Анна"))
    await archive.run(lambda stores: stores.topics.spare(GROUP, 8, anna.id))
    await archive.run(lambda stores: stores.topics.made(anna.id, GROUP, 8, "Анна"))
    stands = await archive.run(lambda stores: stores.topics.of(anna.id))
    assert stands == Topic(chat_id=GROUP, thread_id=8, customer_id=anna.id, title="Анна")


async def test_where_things_stand(archive: Archive) -> None:
    await archive.run(lambda stores: stores.placements.put("incident:1", Placement(-7)))
    await archive.run(lambda stores: stores.placements.put("incident:1", Placement(-7, LARGE)))
    await archive.run(lambda stores: stores.placements.put("notice:1:2", Placement(-7, 2)))
    found = await archive.run(lambda stores: stores.placements.among(["incident:1", "notice:1:2", "card:1"]))
    assert found == {"incident:1": Placement(-7, LARGE), "notice:1:2": Placement(-7, 2)}
    assert await archive.run(lambda stores: stores.placements.of("incident:1"), desk="second") is None
    await archive.run(lambda stores: stores.placements.forget("incident:1"))
    assert await archive.run(lambda stores: stores.placements.of("incident:1")) is None

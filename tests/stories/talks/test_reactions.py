"""Reactions show on the other side: put, changed, taken back; what bots cannot show is said."""

from typing import Any

from sandbox import Customer, Operator
from sandbox.changing import react
from sandbox.chats import Message
from tests.stories.talk import Talk

CUSTOM = [{"type": "custom_emoji", "custom_emoji_id": "5368324170671202286"}]


async def comes(talk: Talk, who: Customer | Operator, message: Message, emoji: str | None) -> None:
    """The bot's reaction on a message becomes this one."""

    def so(_: Any) -> bool:
        return who.reaction_on(message) == emoji

    if not so(None):
        await talk.scene.world.changes.until(so, 15)
    assert who.reaction_on(message) == emoji


async def test_a_customers_reaction_shows_on_the_reply_and_goes_again(talk: Talk) -> None:
    his, copy = await talk.carried("починили!")
    await talk.anna.reacts(copy, "❤")
    await comes(talk, talk.oleg, his, "❤")
    await talk.anna.reacts(copy, "🔥")
    await comes(talk, talk.oleg, his, "🔥")
    await talk.anna.reacts(copy, None)
    await comes(talk, talk.oleg, his, "👍")  # which says that it was delivered


async def test_an_operators_reaction_shows_on_what_the_customer_wrote(talk: Talk) -> None:
    hers, seen = await talk.asked("спасибо!")
    await talk.oleg.reacts(seen, "🤝")
    await comes(talk, talk.anna, hers, "🤝")
    await talk.oleg.reacts(seen, None)
    await comes(talk, talk.anna, hers, None)


async def test_a_reaction_on_a_sticker_under_its_header_reaches_it(talk: Talk) -> None:
    hers = await talk.anna.sends_sticker()
    seen = await talk.oleg.sees_kind(talk.topic, "sticker")
    await talk.settled()
    await talk.oleg.reacts(seen, "😁")
    await comes(talk, talk.anna, hers, "😁")


async def test_a_custom_emoji_is_said_to_the_operators(talk: Talk) -> None:
    his, copy = await talk.carried("починили!")
    react(talk.scene.world, talk.anna.chat, copy, talk.anna.account, CUSTOM)
    await talk.oleg.sees(talk.topic, "Клиент поставил реакцию, которую боты показать не могут")
    assert talk.oleg.reaction_on(his) == "👍"
    hers, seen = await talk.asked("ура")
    react(talk.scene.world, talk.scene.group, seen, talk.oleg.account, CUSTOM)
    await talk.oleg.sees(talk.topic, "Реакцию с таким эмодзи клиент не увидит")
    assert talk.anna.reaction_on(hers) is None


async def test_reactions_among_operators_stay_among_them(talk: Talk) -> None:
    his, copy = await talk.carried("починили!")
    lena = talk.scene.operator("Лена")
    await lena.reacts(his, "🔥")
    await lena.reacts(talk.card, "🔥")
    await talk.settled()
    assert talk.anna.reaction_on(copy) is None
    assert talk.oleg.reaction_on(his) == "👍"

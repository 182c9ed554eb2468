"""An operator's good reply becomes a draft for the FAQ in two presses."""

import pytest

from sandbox.people.looking import buttons, words
from tests.stories.clock import in_a_hurry
from tests.stories.talk import FIRST, Talk
from tests.stories.waiting import comes_true

REPLY = "Он влюбился. Поставьте его сушиться отдельно, и к утру пройдёт."


async def test_two_presses_send_the_reply_to_managers(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_hurry(monkeypatch)
    oleg, maria = talk.oleg, talk.scene.manager()
    await maria.starts()
    assert "В FAQ" not in buttons(talk.card)
    await talk.replies("Здравствуйте!")
    await talk.replies(html=REPLY.replace("отдельно", "<b>отдельно</b>"), text=None)
    await talk.anna.sees("Он влюбился")
    assert await comes_true(talk.scene.world, lambda: "В FAQ" in buttons(talk.card))
    await oleg.presses(talk.topic, "В FAQ", on=talk.card)
    draft = await oleg.sees(talk.topic, "Так это станет записью")
    assert f"Вопрос: {FIRST}" in words(draft)
    assert REPLY in words(draft)
    assert buttons(draft) == ["Отправить менеджерам", "Отмена"]
    assert await oleg.presses(talk.topic, "Отправить менеджерам") == "Отправлено менеджерам."
    assert "Отправили менеджерам" in words(await oleg.sees(talk.topic, "Отправили менеджерам"))
    assert buttons(draft) == []
    told = await maria.sees("зонтик поёт")
    assert "Олег" in words(told)


async def test_not_after_all(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_hurry(monkeypatch)
    maria = talk.scene.manager()
    await maria.starts()
    await talk.replies(REPLY)
    assert await comes_true(talk.scene.world, lambda: "В FAQ" in buttons(talk.card))
    await talk.oleg.presses(talk.topic, "В FAQ", on=talk.card)
    await talk.oleg.presses(talk.topic, "Отмена")
    await talk.oleg.sees(talk.topic, "ничего не предложили")
    await maria.sees_nothing(0.2)

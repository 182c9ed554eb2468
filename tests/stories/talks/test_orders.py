"""What stands beside an operator's command is used, passed on or named, never dropped."""

import pytest

from sandbox.chats import Message
from sandbox.people.looking import words
from tests.stories.clock import Clock, in_a_hurry
from tests.stories.conftest import SetUp
from tests.stories.talk import Talk, talking
from tests.stories.waiting import comes_true


async def heard_by_anna(talk: Talk) -> list[Message]:
    """What the bot told Anna after the hand-over."""
    return [each for each in await talk.anna.reads() if each["_by"] == talk.scene.bot.id][2:]


async def obeyed(talk: Talk, message: Message) -> bool:
    return await comes_true(talk.scene.world, lambda: talk.oleg.reaction_on(message) == "👌")


async def test_words_behind_close_go_first(talk: Talk) -> None:
    closing = await talk.replies("/close Деньги вернём до пятницы")
    await talk.anna.sees("Деньги вернём до пятницы")
    await talk.anna.sees("Как мы справились?")
    told = [words(each).partition("\n")[0] for each in await heard_by_anna(talk)]
    assert told[0] == "Деньги вернём до пятницы"
    assert len(told) == 2
    await talk.delivered(closing)


async def test_their_formatting_stays_and_lines_for_operators_do_not_leave(talk: Talk) -> None:
    html = "/close  <b>Готово</b>,\n// он просил трижды\nспасибо"
    await talk.oleg.replies(talk.topic, html=html, to=talk.to)
    seen = await talk.anna.sees("Готово")
    assert seen["text"] == "Готово,\nспасибо"
    assert [(each["type"], each["offset"], each["length"]) for each in seen["entities"]] == [("bold", 0, 6)]


async def test_an_edit_of_such_words_arrives_too(talk: Talk) -> None:
    closing = await talk.replies("/close Вернём в пятницу")
    copy = await talk.anna.sees("Вернём в пятницу")
    await talk.delivered(closing)
    await talk.oleg.edits(closing, "/close Вернём в четверг")
    assert await comes_true(talk.scene.world, lambda: copy["text"] == "Вернём в четверг")


async def test_words_that_cannot_be_delivered_are_named_and_the_ticket_is_closed(talk: Talk) -> None:
    await talk.anna.blocks()
    await talk.replies("/close Деньги вернём")
    await talk.oleg.sees(talk.topic, "Не доставлено: клиент заблокировал бота.")
    await talk.replies("/close")
    await talk.oleg.sees(talk.topic, "Заявка №\u00a01 уже закрыта.")


async def test_a_last_word_after_closing_leaves_the_ticket_closed(talk: Talk) -> None:
    await talk.replies("/close")
    await talk.anna.sees("Как мы справились?")
    late = await talk.replies("/close И зонтик пришлём")
    await talk.anna.sees("И зонтик пришлём")
    await talk.oleg.sees(talk.topic, "Заявка №\u00a01 уже закрыта.")
    await talk.delivered(late)
    assert len([each for each in await talk.anna.reads() if "Как мы справились?" in words(each)]) == 1


@pytest.mark.parametrize("typed", ["/close silent", "/close тихо", "/CLOSE ТИХО", "/close\nSilent"])
async def test_closing_silently_asks_for_no_rating(talk: Talk, typed: str) -> None:
    assert await obeyed(talk, await talk.replies(typed))
    await talk.anna.sees_nothing(0.3)
    await talk.anna.says("почему он теперь молчит?")
    await talk.anna.sees("Передали вопрос людям, заявка №\u00a02")


async def test_closing_silently_with_words_sends_them(talk: Talk) -> None:
    await talk.replies("/close тихо До свидания")
    assert words(await talk.anna.sees("До свидания")) == "До свидания"
    await talk.anna.sees_nothing(0.3)


async def test_a_silent_closing_calls_off_what_was_to_be_asked(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up(desk={"rating_delay_seconds": 3600}) as scene, scene.at_work():
        talk = Talk(scene, scene.customer("Анна"), scene.operator("Олег"))
        await talk.begins()
        for command in ("/close", "/reopen", "/close тихо"):
            assert await obeyed(talk, await talk.replies(command))
        clock.passes(hours=2)
        await talk.anna.sees_nothing(1.2)


async def test_a_picture_is_carried_before_closing(talk: Talk) -> None:
    await talk.oleg.sends_photo(talk.topic, caption="/close", to=talk.to)
    await talk.anna.sees_photo()
    await talk.anna.sees("Как мы справились?")
    assert ["photo" in each for each in await heard_by_anna(talk)] == [True, False]


@pytest.mark.parametrize("forum", [True, False], ids=["topics", "plain group"])
async def test_an_album_is_carried_whole_and_the_ticket_stays_closed(set_up: SetUp, *, forum: bool) -> None:
    async with talking(set_up, forum=forum, album_wait=2) as talk:
        await talk.oleg.sends_album(["photo"] * 3, talk.topic, caption="/close вот чеки", to=talk.to)
        await talk.anna.sees_photo("вот чеки")
        await talk.anna.sees("Как мы справились?")
        assert ["photo" in each for each in await heard_by_anna(talk)] == [True, True, True, False]
        await talk.replies("/close")
        await talk.oleg.sees(talk.topic, "Заявка №\u00a01 уже закрыта.")


@pytest.mark.parametrize("typed", ["/take я займусь", "/undo не тому", "/reopen он звонил", "/close // врёт"])
async def test_words_that_are_not_sent_are_named(talk: Talk, typed: str) -> None:
    if typed.startswith("/undo"):
        await talk.carried("не вам")
    if typed.startswith("/reopen"):
        await talk.replies("/close тихо")
    told = len(await talk.anna.reads())
    await talk.replies(typed)
    command = typed.partition(" ")[0]
    await talk.oleg.sees(talk.topic, f"То, что стоит рядом с {command}, клиенту не ушло")
    new = [words(each) for each in (await talk.anna.reads())[told:]]
    assert not any(word in text for text in new for word in typed.split()[1:])


async def test_words_beside_what_is_so_already_are_named_as_well(talk: Talk) -> None:
    await talk.replies("/take")
    await talk.replies("/take пожалуйста, подождите")
    await talk.oleg.sees(talk.topic, "уже в работе")
    await talk.oleg.sees(talk.topic, "То, что стоит рядом с /take, клиенту не ушло")


async def test_words_to_a_colleague_behind_close_stay_inside(talk: Talk) -> None:
    lena = talk.scene.operator("Лена", username="lena_support")
    await lena.replies(talk.topic, "// смотрю", to=talk.to)
    await talk.replies("/close @lena_support проверь потом")
    await talk.oleg.sees(talk.topic, "То, что стоит рядом с /close, клиенту не ушло")
    await talk.anna.sees("Как мы справились?")
    assert len(await heard_by_anna(talk)) == 1


async def test_the_card_says_that_it_is_closed(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_hurry(monkeypatch)
    async with talking(set_up, forum=True) as talk:
        await talk.replies("/close Готово")
        await talk.oleg.sees(talk.topic, "✅ Закрыта")

"""Lines that begin with //, mentions of operators and replies to colleagues stay inside; a mark says so."""

import pytest

from sandbox import Operator
from sandbox.chats import Message
from sandbox.content import samples
from sandbox.people.looking import words
from tests.stories.conftest import SetUp
from tests.stories.looks import pieces
from tests.stories.talk import Talk, talking
from tests.stories.waiting import comes_true

SECRET = "тайна"


async def marked(talk: Talk, message: Message, emoji: str = "✍", who: Operator | None = None) -> None:
    """The bot's reaction on a message becomes this one."""
    who = who or talk.oleg
    assert await comes_true(talk.scene.world, lambda: who.reaction_on(message) == emoji)


async def nothing_slipped_out(talk: Talk) -> None:
    await talk.settled()
    assert SECRET not in str(await talk.anna.reads())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Здравствуйте!\n// тайна\nСмотрим.", "Здравствуйте!\nСмотрим."),
        ("// тайна\nЗдравствуйте!", "Здравствуйте!"),
        ("Здравствуйте!\n// тайна", "Здравствуйте!"),
        ("Здравствуйте!\n\n   //тайна\n\nСмотрим.", "Здравствуйте!\n\nСмотрим."),
        ("Раз\n// тайна\n// ещё тайна\nдва\n//тайна", "Раз\nдва"),
        ("Раз\n\u2063// тайна\u2028// тайна\nдва", "Раз\nдва"),
        ("https://shop.example // касса\n//тайна", "https://shop.example // касса"),
    ],
)
async def test_lines_of_a_note_stay_and_the_others_go(talk: Talk, typed: str, read: str) -> None:
    his = await talk.replies(typed)
    copy = await talk.anna.sees(read.splitlines()[0])
    assert copy["text"] == read
    await marked(talk, his)
    await nothing_slipped_out(talk)


async def test_formatting_is_cut_where_a_line_is_taken_out(talk: Talk) -> None:
    html = "🎈 <b>жирно\n// 🎈 тайна\nи дальше</b> <i>🎈 курсив</i>\n<code>// тайна</code>\n<u>конец</u>"
    await talk.replies(html=html)
    copy = await talk.anna.sees("жирно")
    assert copy["text"] == "🎈 жирно\nи дальше 🎈 курсив\nконец"
    assert pieces(copy, "bold") == ["жирно\nи дальше"]
    assert pieces(copy, "italic") == ["🎈 курсив"]
    assert pieces(copy, "underline") == ["конец"]
    assert pieces(copy, "code") == []


async def test_a_comment_in_a_program_stays_too_and_the_mark_tells(talk: Talk) -> None:
    his = await talk.replies(html="<pre>a = 1;\n  // тайна\nb = 2; // остаток</pre>")
    copy = await talk.anna.sees("a = 1;")
    assert pieces(copy, "pre") == ["a = 1;\nb = 2; // остаток"]
    await marked(talk, his)
    await nothing_slipped_out(talk)


async def test_captions_too_and_an_album_goes_without_the_line(talk: Talk) -> None:
    his = await talk.oleg.sends_photo(talk.topic, caption="Чек\n// тайна", to=talk.to)
    copy = await talk.anna.sees_photo("Чек")
    assert copy["caption"] == "Чек"
    await marked(talk, his)
    album = [samples.of(talk.scene.world, "photo") | {"caption": text} for text in ("Дом\n// тайна", "Сад")]
    sent = await talk.oleg.sends_album(album, talk.topic, to=talk.to)
    first, second = await talk.anna.sees_photo("Дом"), await talk.anna.sees_photo("Сад")
    assert first["caption"] == "Дом"
    assert first["media_group_id"] == second["media_group_id"]
    for each in sent:  # Telegram shows them on the album's first picture
        await marked(talk, each)
    await nothing_slipped_out(talk)


async def test_a_note_in_the_middle_of_an_album_stays_alone(talk: Talk) -> None:
    captions = ("Дом", "// тайна", "Сад")
    album = [samples.of(talk.scene.world, "photo") | {"caption": text} for text in captions]
    first, noted, last = await talk.oleg.sends_album(album, talk.topic, to=talk.to)
    await marked(talk, noted)
    await talk.anna.sees_photo("Дом")
    await talk.anna.sees_photo("Сад")
    for each in (first, last):  # whichever is marked last, Telegram shows it on the first
        await marked(talk, each)
    await nothing_slipped_out(talk)


async def test_anonymous_colleagues_are_told_apart_by_their_titles(talk: Talk) -> None:
    boss, chief = (talk.scene.operator(name, anonymous=True) for name in ("Первая", "Вторая"))
    for each, title in ((boss, "Смена"), (chief, "Склад")):
        member = talk.scene.group.member(each.account)
        assert member is not None
        member.title = title
    first = await boss.replies(talk.topic, "Здравствуйте!", to=talk.to)
    await talk.anna.sees("Здравствуйте!")
    kept = await chief.replies(talk.topic, "тайна", to=first)
    await marked(talk, kept, who=chief)
    await boss.replies(talk.topic, "И ещё", to=first)
    await talk.anna.sees("И ещё")
    await nothing_slipped_out(talk)


async def test_an_edit_adds_takes_and_changes_lines_of_a_note(talk: Talk) -> None:
    his, copy = await talk.carried("Скидка пять процентов")
    await talk.oleg.edits(his, "Скидка шесть процентов\n// тайна: потолок десять")
    await talk.anna.sees("Скидка шесть процентов")
    assert copy["text"] == "Скидка шесть процентов"
    await marked(talk, his)
    await talk.oleg.edits(his, "Скидка шесть процентов\n// тайна: потолок девять")
    await nothing_slipped_out(talk)
    assert copy["text"] == "Скидка шесть процентов"
    await talk.oleg.edits(his, "Скидка шесть процентов\nпотолок девять")
    await talk.anna.sees("потолок девять")
    await marked(talk, his, "👍")
    await nothing_slipped_out(talk)


async def test_a_mark_comes_back_when_the_customer_takes_a_reaction_back(talk: Talk) -> None:
    his = await talk.replies("Готово\n// тайна")
    copy = await talk.anna.sees("Готово")
    await marked(talk, his)
    await talk.settled()
    await talk.anna.reacts(copy, "🔥")
    await marked(talk, his, "🔥")
    await talk.anna.reacts(copy, None)
    await marked(talk, his)


async def test_lines_added_to_a_note_go_and_a_note_without_slashes_stays_and_says_so(talk: Talk) -> None:
    _, last = await talk.carried("смотрю")
    note = await talk.replies("// тайна")
    await marked(talk, note)
    await talk.oleg.edits(note, "// тайна\nА вам спасибо за снимок")
    await talk.anna.sees("А вам спасибо за снимок")
    await marked(talk, note)
    await talk.oleg.edits(note, "// тайна\nА вам спасибо за видео")
    await talk.anna.sees("А вам спасибо за видео")
    other = await talk.replies("// клиент нервничает: тайна")
    await talk.oleg.edits(other, "клиент очень нервничает: тайна")
    await talk.oleg.sees(talk.topic, "правка того, что было для своих, клиенту не уходит")
    await nothing_slipped_out(talk)
    assert [each["text"] for each in await talk.from_oleg(last)][:1] == ["А вам спасибо за видео"]


async def test_a_reply_edited_to_a_note_and_back_is_said_and_amended(talk: Talk) -> None:
    his, copy = await talk.carried("перезвоним в пять")
    await talk.oleg.edits(his, "// тайна")
    await talk.oleg.sees(talk.topic, "Правка осталась в группе")
    await talk.oleg.edits(his, "перезвоним в шесть")
    await talk.anna.sees("перезвоним в шесть")
    assert copy["text"] == "перезвоним в шесть"


@pytest.mark.parametrize("forum", [True, False], ids=["topics", "plain group"])
async def test_after_a_restart_an_edit_still_keeps_the_line_inside(set_up: SetUp, forum: bool) -> None:
    async with set_up(forum=forum, desk={"album_wait_seconds": 0.6}) as scene:
        talk = Talk(scene, scene.customer("Анна"), scene.operator("Олег"))
        async with scene.at_work():
            await talk.begins()
            his = await talk.replies("Смотрим\n// тайна")
            copy = await talk.anna.sees("Смотрим")
            await marked(talk, his)
            note = await talk.replies("// тайна")
            await marked(talk, note)
        await talk.oleg.edits(his, "Нашли\n// тайна, и ещё одна")
        await talk.oleg.edits(note, "тайна")
        async with scene.at_work():
            await talk.anna.sees("Нашли")
            assert copy["text"] == "Нашли"
            await talk.oleg.sees(talk.topic, "клиенту не уходит")
            await nothing_slipped_out(talk)
            await marked(talk, his)


async def test_the_preview_of_a_link_in_a_note_stays_with_it(talk: Talk) -> None:
    preview = {"link_preview_options": {"url": "https://secret.example/", "show_above_text": True}}
    text = {"text": "Вот: https://shop.example/\n// тайна https://secret.example/"}
    await talk.oleg.sends(text | preview, talk.topic, to=talk.to)
    copy = await talk.anna.sees("Вот: https://shop.example/")
    assert copy["text"] == "Вот: https://shop.example/"
    sent = talk.scene.world.log.calls("sendMessage", chat=talk.anna.chat.id)[-1]
    assert "secret" not in str(sent.params)


async def test_a_customer_s_own_name_and_a_stranger_s_are_for_the_customer(set_up: SetUp) -> None:
    async with set_up() as scene, scene.at_work():
        talk = Talk(
            scene, scene.customer("Анна", username="anna_k"), scene.operator("Олег", username="oleg_s")
        )
        await talk.begins()
        unnamed = [{"type": "text_mention", "offset": 0, "length": 4, "user": talk.anna.account.card()}]
        stranger = [
            {"type": "text_mention", "offset": 0, "length": 4, "user": scene.customer("Борис").account.card()}
        ]
        for text, entities in (
            ("@anna_k, ваш заказ готов", None),
            ("@Anna_K, и второй тоже", None),
            ("Анна, приходите", unnamed),
            ("Боря привезёт его сам", stranger),
            ("@courier_boris позвонит вам", None),
        ):
            his = await talk.replies(text, entities=entities)
            await talk.anna.sees(text)
            await talk.delivered(his)


async def test_whoever_answers_here_is_called_inside_and_every_such_word_is_marked(talk: Talk) -> None:
    lena = talk.scene.operator("Лена", username="lena_support")
    hers = await lena.replies(talk.topic, "Здравствуйте!", to=talk.to)
    await talk.anna.sees("Здравствуйте!")
    maria = talk.scene.manager(username="maria_boss")
    await maria.starts()
    await maria.sees("Здравствуйте")
    talk.scene.operator("Пётр", username="petr_quiet")
    unseen = talk.scene.operator("Яна")
    yana = {"offset": 8, "length": 3, "type": "text_mention", "user": unseen.account.card()}
    card = {"offset": 8, "length": 5, "type": "text_mention", "user": lena.account.card()}
    photo = samples.of(talk.scene.world, "photo")
    kept = [
        await talk.replies("@lena_support, тайна"),
        await talk.replies("спросим @LENA_support, тайна"),
        await talk.replies("позовём Елену, тайна", entities=[card]),
        await talk.replies("позовём Яну, тайна", entities=[yana]),
        await talk.replies("@petr_quiet глянь, тайна"),
        await talk.replies("@maria_boss решит, тайна"),
        await talk.replies("тайна, я бы не обещал", to=hers),
        await talk.oleg.sends(photo, talk.topic, caption="тайна", to=hers),
        await talk.oleg.sends(samples.of(talk.scene.world, "sticker"), talk.topic, to=hers),
        *await talk.oleg.sends_album([photo, photo], talk.topic, caption="тайна", to=hers),
        await talk.replies("// тайна\n@lena_support, глянь"),
        await talk.replies("/"),
    ]
    for each in kept:
        await marked(talk, each)
    seen = [words(each) for each in await talk.anna.reads()]
    assert seen[-1] == "Здравствуйте!"
    both = await talk.replies("// @lena_support, тайна\nСейчас проверим")
    assert (await talk.anna.sees("Сейчас проверим"))["text"] == "Сейчас проверим"
    await marked(talk, both)
    await nothing_slipped_out(talk)


async def test_a_reply_edited_so_that_it_calls_a_colleague_is_not_amended(talk: Talk) -> None:
    lena = talk.scene.operator("Лена", username="lena_support")
    await lena.replies(talk.topic, "Здравствуйте!", to=talk.to)
    his, copy = await talk.carried("Сейчас проверю")
    await talk.oleg.edits(his, "Сейчас проверю, @lena_support, тайна")
    await talk.oleg.sees(talk.topic, "Правка осталась в группе")
    await nothing_slipped_out(talk)
    assert copy["text"] == "Сейчас проверю"


async def test_the_draft_of_an_entry_has_no_line_of_a_note(set_up: SetUp) -> None:
    async with talking(set_up, forum=True) as talk:
        his = await talk.replies("Так поёт ветер в спицах, это неисправность.\n// тайна: брак партии")
        await talk.anna.sees("Так поёт ветер")
        await marked(talk, his)
        await talk.oleg.presses(talk.topic, "В FAQ")
        draft = await talk.oleg.sees(talk.topic, "Так поёт ветер")
        assert SECRET not in words(draft)

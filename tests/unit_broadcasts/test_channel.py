"""One incident in the channel from its first post to its end, and what happens when Telegram refuses."""

from desk.conversation import Press
from desk.formatted import bare
from desk.post import Chat, Parcel, Rewrite, Say, rewrite
from tests.managers import ANNA, CHANNEL, GROUP, PRIVATE, refusal
from tests.unit_broadcasts.newsroom import Newsroom

NO_RIGHTS = "Bad Request: not enough rights to send text messages to the chat"


def test_an_incident_is_one_post_and_each_step_a_reply_to_it(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не проходит <b>оплата</b> картой")
    newsroom.passes(minutes=15)
    newsroom.goes_on("Обновить", "Нашли причину, чиним")
    newsroom.passes(minutes=65)
    newsroom.goes_on("Решено", "Оплата снова работает")

    post, update, end = newsroom.chats[CHANNEL]
    assert newsroom.newest_message(ANNA.telegram_id).text.startswith(post.text + "\n"), (
        "what the manager published"
    )
    assert '<tg-time unix="1795177500" format="t">15:25</tg-time>' in post.text
    assert bare(post.text) == (
        "✅ Решено, длилось 1\xa0ч 20\xa0мин · обновлено 15:25\n\nОплата снова работает\n\n"
        "Как это было\n14:20\xa0— Нашли причину, чиним\n14:05\xa0— Не проходит оплата картой"
    )
    assert update.text == "🔴 <b>Обновление</b>\n\nНашли причину, чиним"
    assert end.text == "✅ <b>Решено, длилось 1\xa0ч 20\xa0мин</b>\n\nОплата снова работает"
    assert [update.answers, end.answers] == [post.id, post.id]


def test_only_red_makes_a_sound(newsroom: Newsroom) -> None:
    for severity in ("red", "yellow", "green"):
        newsroom.publishes(severity, "Текст")
        newsroom.goes_on("Обновить", "Ещё текст")
    assert [message.silent for message in newsroom.chats[CHANNEL]] == [False, False, True, True, True, True]


def test_resolving_needs_no_words(newsroom: Newsroom) -> None:
    newsroom.publishes("yellow", "Каталог открывается медленно")
    newsroom.passes(minutes=5)
    newsroom.goes_on("Решено")
    assert newsroom.sees(CHANNEL)[0].startswith("✅ <b>Решено, длилось 5\xa0мин</b>")
    assert "Всё снова работает" in newsroom.sees(CHANNEL)[0]
    assert newsroom.live() == []


def test_a_correction_takes_the_place_of_the_wrong_words_wherever_they_stand(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает оплата")
    newsroom.goes_on("Обновить", "Починим к полуночи")
    newsroom.goes_on("Исправить", "Починим к полудню")
    post, update, correction = newsroom.chats[CHANNEL]
    assert "полуночи" not in post.text + update.text
    assert "Починим к полудню" in post.text
    assert update.text == "🔴 <b>Обновление</b>\n\nПочиним к полудню"
    assert correction.text == "🔴 <b>Исправление</b>\n\nПочиним к полудню"
    assert (correction.answers, correction.silent) == (post.id, True)


def test_what_is_withdrawn_is_read_by_nobody_any_more(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает оплата")
    newsroom.goes_on("Обновить", "Всё ещё чиним")
    newsroom.goes_on("Отозвать")
    post = newsroom.chats[CHANNEL][0]
    assert post.text.startswith("⚪️ <b>Отозвано</b>")
    assert "оплата" not in post.text
    assert newsroom.live() == []


def test_operators_hear_every_step_with_what_to_answer(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает оплата")
    newsroom.goes_on("Обновить", "Чиним")
    newsroom.goes_on("Решено")
    opened, updated, resolved = newsroom.chats[GROUP]
    for message, words in ((opened, "Не работает оплата"), (updated, "Чиним"), (resolved, "Решено")):
        assert words in message.text
        assert "Что спросят клиенты" in message.text
        assert "Что отвечать" in message.text
        assert message.thread is None, "General is where everybody looks"
    assert "Когда почините?" in opened.text
    assert "Точно заработало?" in resolved.text


def test_steps_told_before_the_post_stands_wait_for_it(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "Не работает оплата")
    message = newsroom.newest_message(ANNA.telegram_id)
    press = Press.read(message.buttons["Опубликовать"], message.id)
    assert press is not None
    newsroom.side.pressed(ANNA, PRIVATE, press)
    [post] = [parcel for parcel in newsroom.posted if parcel.to == Chat(CHANNEL)]
    newsroom.posted.remove(post)  # Telegram is slow today

    newsroom.goes_on("Обновить", "Чиним")
    assert newsroom.sees(CHANNEL) == []

    newsroom.post(post)
    newsroom.deliver()
    first, reply = newsroom.chats[CHANNEL]
    assert "Чиним" in first.text
    assert reply.text == "🔴 <b>Обновление</b>\n\nЧиним"
    assert reply.answers == first.id


def test_a_post_that_cannot_be_edited_any_more_gives_way_to_a_new_one(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает оплата")
    newsroom.refuses[CHANNEL, Rewrite] = "Bad Request: message can't be edited"
    newsroom.goes_on("Обновить", "Чиним")
    assert any("Чиним" in text and "Как это было" in text for text in newsroom.sees(CHANNEL))


def test_a_deleted_post_is_posted_anew_and_goes_on(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает оплата")
    newsroom.chats[CHANNEL].clear()
    newsroom.goes_on("Обновить", "Чиним")
    newsroom.goes_on("Решено", "Готово")
    reposted = next(message for message in newsroom.chats[CHANNEL] if "Решено" in message.text)
    assert "Не работает оплата" in reposted.text
    assert newsroom.chats[CHANNEL][-1].answers == reposted.id


def test_two_edits_that_find_no_post_make_one(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает оплата")
    newsroom.chats[CHANNEL].clear()
    stands = newsroom.placements.of("incident:1")
    assert stands is not None
    ref = {"incident": 1, "last": 1, "post": stands.message_id, "origin": [1001, None]}
    edit = Parcel(to=Chat(CHANNEL), body=rewrite(1, "Чиним"), kind="incident.edit", ref=ref)
    for _ in range(2):
        newsroom.hears(edit, refusal("Bad Request: message to edit not found"))
    assert len(newsroom.sees(CHANNEL)) == 1


def test_a_refused_post_is_said_with_what_to_do_and_one_press_tries_again(newsroom: Newsroom) -> None:
    newsroom.refuses[CHANNEL, Say] = NO_RIGHTS
    newsroom.publishes("red", "Не работает оплата")
    said = newsroom.newest_message(ANNA.telegram_id)
    assert "администратором канала" in said.text
    assert len(newsroom.live()) == 1, "the incident stays"

    newsroom.refuses.clear()
    newsroom.presses("Повторить")
    assert len(newsroom.sees(CHANNEL)) == 1
    assert "Не работает оплата" in newsroom.sees(CHANNEL)[0]


def test_a_refused_update_is_said_once_and_tried_again_whole(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает оплата")
    newsroom.refuses = {(CHANNEL, Say): NO_RIGHTS, (CHANNEL, Rewrite): NO_RIGHTS}
    newsroom.goes_on("Обновить", "Чиним")
    assert sum("⚠️" in text for text in newsroom.sees(ANNA.telegram_id)) == 1
    newsroom.refuses.clear()
    newsroom.presses("Повторить")
    post, reply = newsroom.chats[CHANNEL]
    assert "Чиним" in post.text
    assert reply.answers == post.id


def test_an_edit_alone_can_be_tried_again(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает оплата")
    newsroom.refuses[CHANNEL, Rewrite] = "Bad Request: not enough rights to edit the message"
    newsroom.goes_on("Обновить", "Чиним")
    newsroom.refuses.clear()
    newsroom.presses("Повторить")
    post, _reply = newsroom.chats[CHANNEL]
    assert "Чиним" in post.text


def test_without_a_channel_operators_are_told_all_the_same(newsroom: Newsroom) -> None:
    newsroom.profile.places.channel = None
    preview = newsroom.broadcast("red", "Не работает оплата")
    assert "incident_channel" in preview.text
    newsroom.presses("Опубликовать")
    assert "Не работает оплата" in newsroom.sees(GROUP)[0]
    assert "клиенты этого ещё не видят" in newsroom.sees(GROUP)[0]
    assert len(newsroom.live()) == 1

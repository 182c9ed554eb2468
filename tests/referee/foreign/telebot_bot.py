"""A small support bot on pyTelegramBotAPI. Usage: telebot_bot.py URL TOKEN GROUP."""

import io
import sys

import telebot
from telebot import apihelper, types

url, token, group = sys.argv[1], sys.argv[2], int(sys.argv[3])
apihelper.API_URL, apihelper.FILE_URL = f"{url}/bot{{0}}/{{1}}", f"{url}/file/bot{{0}}/{{1}}"
bot = telebot.TeleBot(token, threaded=False)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@bot.message_handler(func=lambda message: message.chat.type == "private" and not message.text.startswith("/"))
def said(message: types.Message) -> None:
    """Every feature of the round, in turn, for whatever a customer says."""
    chat = message.chat.id
    topic = bot.create_forum_topic(group, "Round")
    carried = bot.copy_message(group, chat, message.message_id, message_thread_id=topic.message_thread_id)
    bot.set_message_reaction(chat, message.message_id, [types.ReactionTypeEmoji("👍")])
    keyboard = types.InlineKeyboardMarkup([[types.InlineKeyboardButton("Press", callback_data="pressed")]])
    sent = bot.reply_to(message, "*bold*", parse_mode="Markdown", reply_markup=keyboard)
    bot.send_chat_action(chat, "typing")
    bot.send_photo(chat, PNG, caption="photo")
    words = io.BytesIO(b"words")
    words.name = "words.txt"
    bot.send_document(chat, words, caption="document")
    bot.send_media_group(chat, [types.InputMediaPhoto(PNG, caption="album"), types.InputMediaPhoto(PNG)])
    bot.send_poll(chat, "poll", ["one", "two"])
    bot.edit_message_text("edited", chat, sent.message_id, reply_markup=keyboard)
    bot.delete_message(group, carried.message_id)
    bot.close_forum_topic(group, topic.message_thread_id)
    bot.get_user_profile_photos(message.from_user.id)
    bot.send_message(chat, "round is over")


@bot.callback_query_handler(func=lambda press: True)
def pressed(press: types.CallbackQuery) -> None:
    """A press."""
    bot.answer_callback_query(press.id, "answered")


bot.infinity_polling(timeout=5, long_polling_timeout=5)

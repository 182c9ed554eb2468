"""A small support bot on python-telegram-bot. Usage: ptb_bot.py URL TOKEN GROUP."""

import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

url, token, group = sys.argv[1], sys.argv[2], int(sys.argv[3])
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


async def said(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Every feature of the round, in turn, for whatever a customer says."""
    bot, message, chat = context.bot, update.effective_message, update.effective_chat.id
    topic = await bot.create_forum_topic(group, "Round")
    carried = await bot.copy_message(group, chat, message.id, message_thread_id=topic.message_thread_id)
    await bot.set_message_reaction(chat, message.id, "👍")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Press", callback_data="pressed")]])
    sent = await message.reply_text("*bold*", parse_mode="MarkdownV2", reply_markup=keyboard)
    await bot.send_chat_action(chat, "typing")
    await bot.send_photo(chat, PNG, caption="photo")
    await bot.send_document(chat, b"words", filename="words.txt", caption="document")
    await bot.send_media_group(chat, [InputMediaPhoto(PNG, caption="album"), InputMediaPhoto(PNG)])
    await bot.send_poll(chat, "poll", ["one", "two"])
    await bot.edit_message_text("edited", chat, sent.id, reply_markup=keyboard)
    await bot.delete_message(group, carried.message_id)
    await bot.close_forum_topic(group, topic.message_thread_id)
    await bot.get_user_profile_photos(update.effective_user.id)
    await bot.send_message(chat, "round is over")


async def pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """A press."""
    await update.callback_query.answer("answered")


application = (
    Application.builder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").build()
)
application.add_handler(CallbackQueryHandler(pressed))
application.add_handler(MessageHandler(filters.ChatType.PRIVATE & filters.TEXT & ~filters.COMMAND, said))
application.run_polling()

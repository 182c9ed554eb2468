// A small support bot on grammY. Usage: grammy_bot.mjs URL TOKEN GROUP.
import { Bot, InlineKeyboard, InputFile, InputMediaBuilder } from "grammy";

const [url, token, group] = process.argv.slice(2);
const PNG = Buffer.from(
  "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de" +
    "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082",
  "hex",
);
const bot = new Bot(token, { client: { apiRoot: url } });
const keyboard = new InlineKeyboard().text("Press", "pressed");

bot.chatType("private").on("message:text").filter((c) => !c.msg.text.startsWith("/"), async (context) => {
  const { api, chat, msg } = context;
  const topic = await api.createForumTopic(group, "Round");
  const carried = await api.copyMessage(group, chat.id, msg.message_id, { message_thread_id: topic.message_thread_id });
  await context.react("👍");
  const sent = await context.reply("*bold*", {
    parse_mode: "MarkdownV2",
    reply_markup: keyboard,
    reply_parameters: { message_id: msg.message_id },
  });
  await context.replyWithChatAction("typing");
  await context.replyWithPhoto(new InputFile(PNG, "a.png"), { caption: "photo" });
  await context.replyWithDocument(new InputFile(Buffer.from("words"), "words.txt"), { caption: "document" });
  await context.replyWithMediaGroup([
    InputMediaBuilder.photo(new InputFile(PNG, "a.png"), { caption: "album" }),
    InputMediaBuilder.photo(new InputFile(PNG, "b.png")),
  ]);
  await context.replyWithPoll("poll", [{ text: "one" }, { text: "two" }]);
  await api.editMessageText(chat.id, sent.message_id, "edited", { reply_markup: keyboard });
  await api.deleteMessage(group, carried.message_id);
  await api.closeForumTopic(group, topic.message_thread_id);
  await api.getUserProfilePhotos(context.from.id);
  await context.reply("round is over");
});
bot.on("callback_query:data", (context) => context.answerCallbackQuery("answered"));
bot.start();

// A small support bot on telegraf. Usage: telegraf_bot.mjs URL TOKEN GROUP.
import { Markup, Telegraf } from "telegraf";

const [url, token, group] = process.argv.slice(2);
const PNG = Buffer.from(
  "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de" +
    "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082",
  "hex",
);
const bot = new Telegraf(token, { telegram: { apiRoot: url } });
const keyboard = Markup.inlineKeyboard([Markup.button.callback("Press", "pressed")]);

bot.on("text", async (context, next) => {
  if (context.chat.type !== "private" || context.message.text.startsWith("/")) return next();
  const { telegram, chat, message } = context;
  const topic = await telegram.createForumTopic(group, "Round");
  const carried = await telegram.copyMessage(group, chat.id, message.message_id, {
    message_thread_id: topic.message_thread_id,
  });
  await context.react("👍");
  const sent = await context.reply("*bold*", {
    parse_mode: "MarkdownV2",
    reply_parameters: { message_id: message.message_id },
    ...keyboard,
  });
  await context.sendChatAction("typing");
  await context.replyWithPhoto({ source: PNG, filename: "a.png" }, { caption: "photo" });
  await context.replyWithDocument({ source: Buffer.from("words"), filename: "words.txt" }, { caption: "document" });
  await context.replyWithMediaGroup([
    { type: "photo", media: { source: PNG, filename: "a.png" }, caption: "album" },
    { type: "photo", media: { source: PNG, filename: "b.png" } },
  ]);
  await context.replyWithPoll("poll", ["one", "two"]);
  await telegram.editMessageText(chat.id, sent.message_id, undefined, "edited", keyboard);
  await telegram.deleteMessage(group, carried.message_id);
  await telegram.closeForumTopic(group, topic.message_thread_id);
  await telegram.getUserProfilePhotos(context.from.id);
  await context.reply("round is over");
});
bot.on("callback_query", (context) => context.answerCbQuery("answered"));
bot.launch();

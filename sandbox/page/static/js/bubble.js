// One message, or one album, as a bubble.

import { el } from "./dom.js";
import { richText } from "./entities.js";
import { keyboard } from "./keyboard.js";
import { album, media } from "./media.js";
import { summary } from "./lines.js";
import { avatar, kindOf, nameOf, senderOf, tint } from "./names.js";
import { reactions } from "./reactions.js";
import { clock, fullDate, t } from "./words.js";

const BARE = new Set(["sticker", "video_note", "dice"]);

// `about` says how the bubble stands among its neighbours: {mine, first, last, group, channel}; `does` is what a press may do.
export function bubble(messages, about, does) {
  const lead = messages[0];
  const worded = messages.find((message) => message.text ?? message.caption) ?? lead;
  const kind = kindOf(lead);
  const sender = senderOf(lead);
  const body = el("div", { class: classes(kind, messages, worded) }, [
    about.group && about.first && !about.mine && title(sender),
    origin(lead),
    quoted(lead, does),
    messages.length > 1 ? el("div", { class: "media" }, album(messages)) : kind !== "text" && el("div", { class: "media" }, media(lead)),
    el("div", { class: "words" }, words(worded, does), meta(messages.at(-1), messages)),
    reactions(messages, about.who, does),
  ]);
  const row = el(
    "div",
    {
      class: `row ${about.mine ? "mine" : "theirs"}${about.first ? " first" : ""}${about.last ? " last" : ""}`,
      dataset: { id: lead.message_id },
      tabindex: "-1",
      role: "article",
      "aria-label": `${about.mine ? t("you") : sender.name}, ${clock(lead.date)}`,
    },
    about.group && !about.mine && el("span", { class: "row-avatar" }, about.last && avatar(sender.id, sender.name, sender.bot ? "headset" : null)),
    el("div", { class: "row-body" }, body, keyboard(messages, does)),
  );
  row.messages = messages;
  return row;
}

function classes(kind, messages, worded) {
  const parts = ["bubble", `kind-${kind}`];
  if (BARE.has(kind)) parts.push("bare");
  if (messages.length > 1) parts.push("with-album");
  if (kind !== "text" && !worded.caption) parts.push("wordless");
  return parts.join(" ");
}

const title = (sender) => el("div", { class: `sender ink-${tint(sender.id)}` }, sender.name, sender.bot && el("small", {}, t("bot")));

function origin(message) {
  const from = message.forward_origin;
  if (!from) return null;
  const name = from.sender_user_name ?? (from.sender_user ? nameOf(from.sender_user) : (from.chat ?? from.sender_chat)?.title);
  return el("div", { class: "origin" }, t("forwarded", { name: name ?? "?" }));
}

// What is answered: a message here or, by its outline, one from elsewhere. Every message of a topic answers the
// topic's first one without anybody having meant it.
function quoted(message, does) {
  const target = message.reply_to_message ?? elsewhere(message.external_reply);
  if (!target || target.forum_topic_created) return null;
  const sender = senderOf(target);
  const text = message.quote?.text ?? summary(target);
  return el(
    "button",
    { type: "button", class: `quoted ink-${tint(sender.id)}`, onclick: () => does.show(target.message_id) },
    el("b", {}, sender.name),
    el("span", {}, message.quote ? `«${text}»` : text),
  );
}

const elsewhere = (outline) =>
  outline && { text: "", ...outline, from: outline.origin.sender_user, sender_chat: outline.origin.chat ?? outline.origin.sender_chat };

function words(message, does) {
  if (message.text !== undefined) return el("div", { class: "text" }, richText(message.text, message.entities, does));
  if (!message.caption) return null;
  return el("div", { class: "text" }, richText(message.caption, message.caption_entities, does));
}

function meta(message, messages) {
  const edited = messages.some((one) => one.edit_date);
  return el(
    "span",
    { class: "meta", title: fullDate(message.date) },
    message.author_signature && el("span", {}, message.author_signature),
    edited && el("span", {}, t("edited")),
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)),
  );
}

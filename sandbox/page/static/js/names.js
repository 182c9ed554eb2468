// How people and chats are called and coloured.

import { el, icon } from "./dom.js";

export const nameOf = (account) =>
  account ? [account.first_name, account.last_name].filter(Boolean).join(" ") || account.title || "?" : "?";

export const chatTitle = (chat) => chat.title || nameOf(chat.bot) || chat.key;

export const tint = (id) => Math.abs(Number(id) || 0) % 7;

export function senderOf(message) {
  if (message.sender_chat) return { id: message.sender_chat.id, name: message.sender_chat.title, bot: false };
  return { id: message.from?.id ?? 0, name: nameOf(message.from), bot: Boolean(message.from?.is_bot) };
}

export function initials(name) {
  const letters = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word)).map((word) => [...word][0]);
  return letters.slice(0, 2).join("").toUpperCase() || [...name][0] || "?";
}

export function avatar(id, name, look) {
  return el("span", { class: `avatar tint-${tint(id)}`, "aria-hidden": "true" }, look ? icon(look) : initials(name));
}

const KINDS = [
  "animation",
  "photo",
  "video",
  "voice",
  "video_note",
  "audio",
  "sticker",
  "document",
  "venue",
  "location",
  "contact",
  "poll",
  "dice",
];

export function kindOf(message) {
  if (message.text !== undefined) return "text";
  return KINDS.find((kind) => message[kind] !== undefined) ?? "service";
}

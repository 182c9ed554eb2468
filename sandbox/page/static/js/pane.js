// One window into the sandbox: somebody's chat, with its header, topics, messages and the place to write.

import { makeActions } from "./actions.js";
import { makeComposer } from "./composer.js";
import { makeConversation } from "./conversation.js";
import { el, icon } from "./dom.js";
import { makeHeader } from "./header.js";
import { summary } from "./lines.js";
import { chatOf, messagesOf } from "./store.js";
import { alertBox, toast } from "./toast.js";
import { makeTopics } from "./topics.js";
import { shownTopic } from "./view.js";
import { act, Refused } from "./wire.js";
import { t } from "./words.js";

export function makePane(slot, goes) {
  let place = null;
  const root = el("section", { class: `pane ${slot}`, dataset: { slot } });

  // Whatever a person does goes through here; a refusal is said and not thrown.
  const attempt = async (what, files) => {
    try {
      return await act({ as: place.who.id, chat: place.chat.key, ...what }, files);
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal;
      toast(t("refused", { why: t(refusal.message) }));
      return null;
    }
  };
  const topic = () => (shownTopic(place) ? { topic: shownTopic(place) } : {});
  const does = {
    who: () => place.who,
    say: (text) => attempt({ do: "say", text, ...topic() }),
    press: async (message, row, column) => answered(await attempt({ do: "press", message: message.message_id, row, column })),
    react: (message, emoji) => attempt({ do: "react", message: message.message_id, emoji }),
    remove: (message) => attempt({ do: "delete", message: message.message_id }),
    reply: (message, quote) => composer.reply(message, quote),
    edit: (message) => composer.edit(message),
    show: (id) => conversation.reveal(id) || toast(t("not_here")),
    copy: (text) => navigator.clipboard.writeText(text).then(() => toast(t("copied"))),
    send: ({ task, text, files }) => {
      if (task?.edit) return attempt({ do: "edit", message: task.edit.message_id, text });
      const reply = task?.reply ? { reply_to: task.reply.message_id, quote: task.quote ?? undefined } : {};
      if (!files.length) return attempt({ do: "say", text, ...topic(), ...reply });
      const items = files.map((item) => ({ kind: item.kind, file: item.file ? files.filter((one) => one.file).indexOf(item) : null }));
      return attempt({ do: "send", items, caption: text, ...topic(), ...reply }, files.filter((item) => item.file).map((item) => item.file));
    },
  };
  const header = makeHeader(slot, { ...goes, attempt });
  const topics = makeTopics((id) => goes.openTopic(slot, id));
  const conversation = makeConversation(does, makeActions(does));
  const pinned = el("button", { type: "button", class: "pinned", hidden: true });
  const start = el("div", { class: "start", hidden: true });
  const composer = makeComposer(does);
  root.append(header, el("div", { class: "pane-body" }, topics, el("div", { class: "talk" }, pinned, conversation, start, composer)));
  acceptDrops(root, composer);

  root.show = (wanted) => {
    place = wanted && { ...wanted, silent: silence(wanted) };
    root.hidden = !place;
    if (!place) return false;
    root.dataset.list = String(Boolean(place.chat.chat.is_forum && place.topic === null));
    root.classList.toggle("forum", Boolean(place.chat.chat.is_forum));
    root.setAttribute("aria-label", t("pane_label", { name: place.who.name }));
    header.show(place);
    if (place.chat.chat.is_forum) topics.show(place);
    showPinned(pinned, place, does);
    showStart(start, place, does);
    composer.show(place);
    return conversation.show(place);
  };
  root.composer = composer;
  root.place = () => place;
  root.conversation = conversation;
  return root;
}

function silence({ who, chat }) {
  if (chat.chat.type === "channel" && !chat.posters?.includes(who.id)) return t("channel_is_read");
  return undefined;
}

function answered(answer) {
  if (!answer) return;
  if (answer.silent) toast(t("bot_is_silent"));
  else if (answer.text) (answer.show_alert ? alertBox : toast)(answer.text);
}

function showPinned(bar, place, does) {
  const here = new Set(messagesOf(place.chat, shownTopic(place)).map((message) => message.message_id));
  const ids = (place.chat.pinned ?? []).filter((id) => here.has(id));
  const message = place.chat.messages.get(ids[0]);
  bar.hidden = !message;
  if (!message) return;
  bar.replaceChildren(icon("pin"), el("span", {}, el("b", {}, t("pinned_message")), el("span", {}, summary(message))));
  bar.onclick = () => does.show(message.message_id);
}

function showStart(start, place, does) {
  const empty = place.chat.chat.type === "private" && chatOf(place.chat.key).messages.size === 0;
  start.hidden = !empty;
  if (!empty) return;
  start.replaceChildren(
    el("p", {}, t("start_hint", { name: place.who.name })),
    el("button", { type: "button", class: "start-button", onclick: () => does.say("/start") }, t("start")),
  );
}

function acceptDrops(root, composer) {
  root.addEventListener("dragover", (event) => {
    event.preventDefault();
    root.classList.add("dropping");
  });
  root.addEventListener("dragleave", (event) => !root.contains(event.relatedTarget) && root.classList.remove("dropping"));
  root.addEventListener("drop", (event) => {
    event.preventDefault();
    root.classList.remove("dropping");
    composer.attach(event.dataTransfer.files);
  });
}

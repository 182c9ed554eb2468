// The messages of one place, oldest at the top, with days between them.

import { button, el, reconcile } from "./dom.js";
import { bubble } from "./bubble.js";
import { serviceText } from "./lines.js";
import { kindOf, senderOf } from "./names.js";
import { markSeen } from "./seen.js";
import { isMine, messagesOf } from "./store.js";
import { address, shownTopic } from "./view.js";
import { currentLanguage, dayName, t } from "./words.js";

const SHOWN = 300;
const RUN_SECONDS = 300;
const NEAR_END = 80;

export function makeConversation(does, actions) {
  const log = el("div", { class: "log", role: "log", tabindex: "0", "aria-live": "polite" });
  const down = button(t("to_end"), "down", () => toEnd(true), { class: "icon-button to-end", hidden: true });
  const root = el("div", { class: "conversation" }, log, down);
  let shown = "";
  let stuck = true;

  const toEnd = (smooth) => log.scrollTo({ top: log.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  const look = () => {
    stuck = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
    down.hidden = stuck;
  };
  log.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(() => stuck && toEnd(false)).observe(log);
  // Pictures take their height when they arrive.
  log.addEventListener("load", () => stuck && toEnd(false), true);
  actions.serve(log);

  root.show = (place) => {
    const here = `${address({ ...place, topic: shownTopic(place) })}`;
    const messages = messagesOf(place.chat, shownTopic(place)).slice(-SHOWN);
    log.setAttribute("aria-label", t("messages"));
    if (here !== shown) {
      reconcile(log, []);
      stuck = true;
    }
    shown = here;
    reconcile(log, rows(messages, place, does));
    if (stuck) toEnd(false);
    const last = messages.at(-1);
    if (!last || document.hidden || !root.checkVisibility()) return false;
    return markSeen(place.who, place.chat, shownTopic(place), last.message_id);
  };
  root.reveal = (id) => {
    const node = log.querySelector(`[data-id="${Number(id)}"]`);
    if (!node) return false;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("flash");
    requestAnimationFrame(() => node.classList.add("flash"));
    return true;
  };
  return root;
}

function rows(messages, place, does) {
  const made = [];
  let day = "";
  const groups = grouped(messages);
  groups.forEach((group, index) => {
    const name = dayName(group[0].date);
    if (name !== day) made.push(dayRow(name, group[0]));
    const before = name === day ? groups[index - 1] : null;
    day = name;
    made.push(kindOf(group[0]) === "service" ? service(group[0]) : messageRow(group, before, groups[index + 1], place, does));
  });
  return made;
}

function grouped(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (message.media_group_id && last?.[0].media_group_id === message.media_group_id) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

const dayRow = (name, message) => ({
  key: `day-${message.message_id}`,
  stamp: [name],
  build: () => note(name),
});

const note = (text, id) => el("div", { class: "service", dataset: id ? { id } : {} }, el("span", { class: "service-text" }, text));

const service = (message) => ({
  key: `message-${message.message_id}`,
  stamp: [message, currentLanguage()],
  build: () => note(serviceText(message), message.message_id),
});

function messageRow(group, before, after, place, does) {
  const lead = group[0];
  const about = {
    who: place.who,
    mine: isMine(lead, place.who),
    first: !joined(before, group),
    last: !joined(group, after),
    group: ["group", "supergroup"].includes(place.chat.chat.type),
  };
  return {
    key: `message-${lead.message_id}`,
    stamp: [about.mine, about.first, about.last, place.who.id, currentLanguage(), ...group],
    build: () => bubble(group, about, does),
  };
}

function joined(left, right) {
  if (!left || !right || kindOf(left[0]) === "service" || kindOf(right[0]) === "service") return false;
  const [from, to] = [left.at(-1), right[0]];
  return senderOf(from).id === senderOf(to).id && to.date - from.date < RUN_SECONDS && !from.reply_markup?.inline_keyboard?.length;
}

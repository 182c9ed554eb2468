// The people one may be, and the chats each of them has.

import { besideOpener } from "./beside.js";
import { button, el, icon, reconcile } from "./dom.js";
import { summary } from "./lines.js";
import { avatar, chatTitle } from "./names.js";
import { unreadInChat } from "./seen.js";
import { chatOf, state } from "./store.js";
import { go, view } from "./view.js";
import { clock, currentLanguage, t } from "./words.js";

const ROLES = ["customer", "operator", "manager"];
const LOOKS = { channel: "megaphone", private: "headset", supergroup: "group", group: "group" };

export function makeRail(does) {
  const list = el("nav", { class: "people" });
  const line = el("span", { class: "online" });
  const other = el("button", { type: "button", class: "plain-button", onclick: does.switchLanguage });
  const head = el("header", { class: "rail-head" }, el("img", { src: "page/static/icon.svg", alt: "" }), el("div", { class: "brand" }, el("h1"), line), other);
  const foot = el("footer", { class: "rail-foot" });
  const besides = besideOpener();
  const root = el("aside", { class: "rail" }, head, list, foot);

  root.show = () => {
    head.querySelector("h1").textContent = state.title || t("sandbox");
    line.textContent = state.online ? t("sandbox") : t("offline");
    line.classList.toggle("lost", !state.online);
    other.textContent = currentLanguage() === "ru" ? "EN" : "RU";
    other.setAttribute("aria-label", t("switch_language"));
    list.setAttribute("aria-label", t("people"));
    besides.show();
    foot.replaceChildren(
      besides,
      button(t("new_customer"), "person", does.newCustomer, { class: "icon-button foot-button" }),
      button(t("shortcuts"), "keys", does.showShortcuts, { class: "icon-button foot-button" }),
    );
    foot.children[1].append(el("span", {}, t("new_customer")));
    reconcile(list, rows());
  };
  return root;
}

function rows() {
  const language = currentLanguage();
  return ROLES.flatMap((role) => {
    const people = state.people.filter((person) => person.role === role);
    if (!people.length) return [];
    const head = { key: role, stamp: [language], build: () => el("h2", {}, t(`role_${role}`)) };
    return [head, ...people.flatMap((person) => personRows(person, language))];
  });
}

function personRows(person, language) {
  const chats = person.chats.map(chatOf).filter(Boolean);
  const here = view.main?.who.id === person.id;
  const first = chats[0];
  if (!first) return [];
  const last = chats.map(latest).reduce((left, right) => ((right?.date ?? 0) > (left?.date ?? 0) ? right : left));
  const news = chats.reduce((sum, chat) => sum + unreadInChat(person, chat), 0);
  const row = {
    key: person.id,
    stamp: [language, here, last, news],
    build: () => personRow(person, first, last, news, here),
  };
  if (!here || chats.length === 1) return [row];
  return [row, ...chats.map((chat) => chatRow(person, chat, language))];
}

const latest = (chat) => [...chat.messages.values()].at(-1);

function personRow(person, chat, last, news, here) {
  return el(
    "button",
    {
      type: "button",
      class: `entry person${here ? " here" : ""}`,
      dataset: { who: person.id },
      "aria-current": here ? "true" : undefined,
      onclick: () => go(person, chat, null),
    },
    avatar(person.id, person.name),
    el(
      "span",
      { class: "entry-lines" },
      el("span", { class: "entry-top" }, el("b", {}, person.name), last && el("time", {}, clock(last.date))),
      el("span", { class: "entry-under" }, el("span", { class: "entry-last" }, summary(last) || t("nothing_yet")), badge(news)),
    ),
  );
}

function chatRow(person, chat, language) {
  const open = view.main.chat === chat;
  const news = unreadInChat(person, chat);
  return {
    key: `${person.id}/${chat.key}`,
    stamp: [language, open, news, chatTitle(chat)],
    build: () =>
      el(
        "button",
        { type: "button", class: `entry sub${open ? " open" : ""}`, "aria-current": open ? "page" : undefined, onclick: () => go(person, chat, null) },
        icon(LOOKS[chat.chat.type]),
        el("span", { class: "entry-last" }, chatTitle(chat)),
        badge(news),
      ),
  };
}

export const badge = (n) => n > 0 && el("span", { class: "badge", "aria-label": t("unread", { n }) }, n > 99 ? "99+" : String(n));

// Every place in the order it stands in the rail, for walking through it with the keyboard.
export const places = () =>
  ROLES.flatMap((role) =>
    state.people
      .filter((person) => person.role === role)
      .flatMap((who) => who.chats.map(chatOf).filter(Boolean).map((chat) => ({ who, chat }))),
  );

// The top of a pane: where one is, as whom, and what else may stand here.

import { button, el } from "./dom.js";
import { avatar, chatTitle } from "./names.js";
import { chatOf, state } from "./store.js";
import { topicIcon } from "./topics.js";
import { shownTopic, view } from "./view.js";
import { t } from "./words.js";

const LOOKS = { channel: "megaphone", private: "headset", supergroup: "group", group: "group" };

export function makeHeader(slot, goes) {
  const back = button(t("back"), "back", () => goes.back(slot), { class: "icon-button back" });
  const look = el("span", { class: "head-look" });
  const title = el("h2");
  const under = el("small");
  const tools = el("div", { class: "head-tools" });
  const root = el("header", { class: "head" }, back, look, el("div", { class: "head-lines" }, title, under), tools);
  const beside = slot === "side" && sideChooser(goes);

  root.show = (place) => {
    const topic = (place.chat.topics ?? []).find((known) => known.id === shownTopic(place));
    const listed = place.chat.chat.is_forum && place.topic === null;
    back.setAttribute("aria-label", t("back"));
    look.replaceChildren(topic ? topicIcon(topic) : avatar(place.chat.chat.id, chatTitle(place.chat), LOOKS[place.chat.chat.type]));
    title.textContent = topic && !listed ? topic.name : chatTitle(place.chat);
    under.replaceChildren(t("as", { name: place.who.name }), topic?.closed ? ` · ${t("closed")}` : "");
    tools.replaceChildren(...menuFor(place, topic, goes), ...(beside ? [beside.show()] : []));
  };
  return root;
}

function menuFor(place, topic, goes) {
  if (place.chat.chat.type === "private" && place.who.role === "customer") {
    const blocked = place.chat.blocked;
    const look = { class: `icon-button${blocked ? " on" : ""}`, "aria-pressed": String(Boolean(blocked)) };
    return [button(t(blocked ? "unblock" : "block"), "block", () => goes.attempt({ do: blocked ? "unblock" : "block" }), look)];
  }
  if (!topic) return [];
  const turn = topic.closed ? "reopen_topic" : "close_topic";
  return [
    button(t(turn), "lock", () => goes.attempt({ do: turn, topic: topic.id }), { "aria-pressed": String(topic.closed) }),
    button(t("delete_topic"), "bin", () => confirm(t("delete_topic_sure")) && goes.attempt({ do: "delete_topic", topic: topic.id })),
  ];
}

function sideChooser(goes) {
  const select = el("select", { class: "beside", onchange: () => goes.chooseSide(select.value) });
  select.show = () => {
    const option = (value, text) => el("option", { value, selected: view.sideChoice === value }, text);
    select.setAttribute("aria-label", t("beside"));
    select.title = t("beside");
    if (document.activeElement === select) return select;
    select.replaceChildren(
      option("auto", t("beside_auto")),
      ...state.people.map((person) =>
        el(
          "optgroup",
          { label: person.name },
          person.chats.map(chatOf).filter(Boolean).map((chat) => option(`${person.id}/${encodeURIComponent(chat.key)}`, chatTitle(chat))),
        ),
      ),
      option("none", t("beside_none")),
    );
    return select;
  };
  return select;
}

export const sideButton = (goes) => button(t("beside_show"), "swap", () => goes.chooseSide("auto"), { class: "icon-button side-opener" });

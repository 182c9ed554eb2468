// A forum's topics at the left of its messages.

import { el, icon, reconcile } from "./dom.js";
import { summary } from "./lines.js";
import { senderOf, tint } from "./names.js";
import { badge } from "./rail.js";
import { unread } from "./seen.js";
import { topicsOf } from "./store.js";
import { shownTopic } from "./view.js";
import { clock, currentLanguage, t } from "./words.js";

export function makeTopics(open) {
  const list = el("nav", { class: "topics" });
  list.show = (place) => {
    list.setAttribute("aria-label", t("topics"));
    reconcile(list, topicsOf(place.chat).map((topic) => topicRow(place, topic, open)));
  };
  return list;
}

function topicRow(place, topic, open) {
  const here = shownTopic(place) === topic.id;
  const news = unread(place.who, place.chat, topic.id);
  return {
    key: topic.id,
    stamp: [currentLanguage(), here, place.topic === null, news, topic.last, topic.name, topic.closed, topic.icon, place.who.id],
    build: () =>
      el(
        "button",
        {
          type: "button",
          class: `entry topic${here ? " open" : ""}`,
          dataset: { topic: topic.id },
          "aria-current": here ? "page" : undefined,
          onclick: () => open(topic.id),
        },
        topicIcon(topic),
        el(
          "span",
          { class: "entry-lines" },
          el("span", { class: "entry-top" }, el("b", {}, topic.name), topic.closed && icon("lock", t("closed")), topic.last && el("time", {}, clock(topic.last.date))),
          el("span", { class: "entry-under" }, el("span", { class: "entry-last" }, lastLine(topic.last)), badge(news)),
        ),
      ),
  };
}

export function topicIcon(topic) {
  if (topic.general) return el("span", { class: "topic-icon general", "aria-hidden": "true" }, icon("hash"));
  if (topic.icon) return el("span", { class: "topic-icon emoji", "aria-hidden": "true" }, topic.icon);
  const letter = [...topic.name.replace(/^[^\p{L}\p{N}]+/u, "")][0] ?? "#";
  return el("span", { class: `topic-icon tint-${tint(topic.icon_color)}`, "aria-hidden": "true" }, letter.toUpperCase());
}

const lastLine = (message) => (message ? `${senderOf(message).name.split(" ")[0]}: ${summary(message)}` : "");

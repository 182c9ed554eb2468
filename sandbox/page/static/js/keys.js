// Shortcuts that work everywhere on the page.

import { el } from "./dom.js";
import { places } from "./rail.js";
import { topicsOf } from "./store.js";
import { go, leave, shownTopic, view } from "./view.js";
import { t } from "./words.js";

const LIST = ["Enter", "Shift+Enter", "↑", "/", "Esc", "Alt+↑ / Alt+↓", "Alt+1 … Alt+9", "Alt+←/→", "Ctrl+`"];

export function serveKeys({ panes, drawer }) {
  document.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && step) neighbour(step, panes());
    else if (event.altKey && /^Digit[1-9]$/.test(event.code)) nth(Number(event.code.at(-1)) - 1);
    else if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) crossOver(panes());
    else if (event.ctrlKey && event.code === "Backquote") drawer.flip();
    else if (event.key === "Escape" && !document.querySelector("dialog[open]")) return escape(panes());
    else return undefined;
    event.preventDefault();
    return undefined;
  });
}

// The next chat, and inside a forum the next topic.
function neighbour(step, [main]) {
  const all = places().flatMap(({ who, chat }) =>
    chat.chat.is_forum ? topicsOf(chat).map((topic) => ({ who, chat, topic: topic.id })) : [{ who, chat, topic: null }],
  );
  const here = view.main;
  const at = all.findIndex(
    ({ who, chat, topic }) => who.id === here.who.id && chat === here.chat && (topic === null || topic === shownTopic(here)),
  );
  const next = all[(at + step + all.length) % all.length];
  go(next.who, next.chat, next.topic);
  setTimeout(() => main.composer.focusField());
}

function nth(index) {
  const wanted = places().filter((place, at, all) => all.findIndex((other) => other.who === place.who) === at)[index];
  if (wanted) go(wanted.who, wanted.chat);
}

function crossOver(panes) {
  const shown = panes.filter((pane) => pane.checkVisibility());
  const at = shown.findIndex((pane) => pane.contains(document.activeElement));
  shown[(at + 1) % shown.length]?.composer.focusField();
}

function escape([main]) {
  if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur();
  else if (view.open && !main.composer.checkVisibility()) leave();
}

export function showShortcuts() {
  const dialog = el(
    "dialog",
    { class: "alert", onclose: () => dialog.remove(), "aria-label": t("shortcuts") },
    el("h2", {}, t("shortcuts")),
    el("dl", {}, LIST.flatMap((keys, index) => [el("dt", {}, keys), el("dd", {}, t(`shortcut_${index}`))])),
    el("form", { method: "dialog" }, el("button", { class: "plain-button", autofocus: true }, t("ok"))),
  );
  document.body.append(dialog);
  dialog.showModal();
}

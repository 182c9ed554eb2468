// Short words from the bot or the page: a toast that goes by itself, or an alert that waits.

import { el } from "./dom.js";
import { t } from "./words.js";

const SHOWN_MS = 4500;
const shelf = el("div", { class: "toasts", role: "status", "aria-live": "polite" });

export function toast(text) {
  if (!shelf.isConnected) document.body.append(shelf);
  const note = el("div", { class: "toast" }, text);
  shelf.append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}

export function alertBox(text) {
  const dialog = el(
    "dialog",
    { class: "alert", onclose: () => dialog.remove() },
    el("p", {}, text),
    el("form", { method: "dialog" }, el("button", { class: "plain-button", autofocus: true }, t("ok"))),
  );
  document.body.append(dialog);
  dialog.showModal();
}

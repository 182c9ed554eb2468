// Where one writes: text, what is attached, what is replied to or edited, commands and ready answers.

import { attachments } from "./attach.js";
import { button, el, icon } from "./dom.js";
import { commandHints } from "./hints.js";
import { summary } from "./lines.js";
import { senderOf } from "./names.js";
import { isMine, messagesOf } from "./store.js";
import { address, shownTopic } from "./view.js";
import { t } from "./words.js";

export function makeComposer(does) {
  const field = el("textarea", { class: "field", rows: 1, dir: "auto", enterkeyhint: "send" });
  const about = el("div", { class: "about", hidden: true });
  const ready = el("div", { class: "ready", hidden: true });
  const files = attachments();
  const hints = commandHints(field, () => place.chat.commands ?? [], (text) => {
    write("");
    send(text);
  });
  const clip = button(t("attach"), "clip", () => files.openMenu());
  const go = button(t("send"), "send", () => send(), { class: "icon-button send" });
  const root = el(
    "form",
    { class: "composer", onsubmit: (event) => event.preventDefault() },
    el("div", { class: "composer-inner" }, about, files.strip, hints.list, el("div", { class: "composer-line" }, clip, files.menu, field, go), ready),
  );
  let place = null;
  let shown = "";
  let task = null; // {reply, quote} or {edit}

  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
    go.classList.toggle("armed", Boolean(field.value.trim() || files.any()));
  };
  const keepDraft = () => {
    if (!task?.edit) sessionStorage.setItem(`draft ${shown}`, field.value);
  };
  const write = (text) => {
    field.value = text;
    grow();
  };
  const setTask = (wanted) => {
    task = wanted;
    const message = wanted?.reply ?? wanted?.edit;
    about.hidden = !message;
    if (!message) return;
    const label = wanted.edit ? t("editing") : senderOf(message).name;
    about.replaceChildren(
      icon(wanted.edit ? "edit" : "reply"),
      el("div", {}, el("b", {}, label), el("span", {}, wanted.quote ? `«${wanted.quote.text}»` : summary(message))),
      button(t("cancel"), "close", () => root.cancel()),
    );
    field.focus();
  };

  async function send(ready) {
    const text = (ready ?? field.value).trim();
    if (!text && !files.any()) return;
    const job = { task, text, files: files.take() };
    if (ready === undefined) write("");
    setTask(null);
    keepDraft();
    hints.close();
    field.focus(); // before the wait: by the time it was sent one may be writing elsewhere
    if (!(await does.send(job))) {
      if (ready === undefined && !field.value) write(text);
      files.giveBack(job.files);
    }
  }

  const editLast = () => {
    const own = messagesOf(place.chat, shownTopic(place)).filter((message) => isMine(message, place.who) && message.text !== undefined);
    if (own.length) root.edit(own.at(-1));
  };
  field.addEventListener("input", () => {
    grow();
    keepDraft();
    hints.look();
  });
  field.addEventListener("keydown", (event) => {
    if (hints.take(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && !field.value && !event.altKey) {
      event.preventDefault();
      editLast();
    } else if (event.key === "Escape" && (task || files.any())) {
      event.stopPropagation();
      root.cancel();
    }
  });
  field.addEventListener("paste", (event) => event.clipboardData.files.length && files.add(event.clipboardData.files));
  files.changed(grow);

  root.show = (wanted) => {
    const here = address({ ...wanted, topic: shownTopic(wanted) });
    place = wanted;
    field.placeholder = wanted.silent ?? t("write");
    field.setAttribute("aria-label", t("write_as", { name: wanted.who.name }));
    root.classList.toggle("silent", Boolean(wanted.silent));
    field.disabled = Boolean(wanted.silent);
    if (here !== shown) {
      shown = here;
      setTask(null);
      files.take();
      write(sessionStorage.getItem(`draft ${here}`) ?? "");
    }
    showReady(ready, wanted, send);
  };
  root.reply = (message, quote) => setTask({ reply: message, quote });
  root.edit = (message) => {
    write(message.text);
    setTask({ edit: message });
  };
  root.cancel = () => {
    if (task?.edit) write("");
    files.take();
    setTask(null);
  };
  root.attach = (list) => files.add(list);
  root.focusField = () => field.focus();
  return root;
}

// A reply keyboard stands until the bot takes it away.
function showReady(ready, place, send) {
  const keys = place.chat.keyboard ?? [];
  ready.hidden = !keys.length;
  ready.replaceChildren(
    ...keys.map((row) =>
      el("div", { class: "keys-row" }, row.map((key) => el("button", { type: "button", class: "key", onclick: () => send(key) }, key))),
    ),
  );
}

// What one may do with a message: a small bar that appears on the one under the pointer or in focus.

import { button, el } from "./dom.js";
import { reactionPicker } from "./reactions.js";
import { isMine } from "./store.js";
import { t } from "./words.js";

export function makeActions(does) {
  const bar = el("div", { class: "actions" });
  let row = null;

  const offer = (wanted) => {
    if (!wanted?.messages || wanted === row) return;
    row = wanted;
    row.querySelector(".row-body").append(bar);
    fill();
  };
  const fill = () => {
    const message = row.messages[0];
    const mine = isMine(message, does.who());
    bar.replaceChildren(
      button(t("reply"), "reply", () => does.reply(message, selectedQuote(row))),
      button(t("react"), "smile", () => openPicker(bar, reactionPicker(message, does, fill))),
      ...(mine && message.text !== undefined ? [button(t("edit"), "edit", () => does.edit(message))] : []),
      ...(mine ? [button(t("delete"), "bin", () => row.messages.forEach((one) => does.remove(one)))] : []),
    );
  };
  const withRow = (event) => event.target.closest?.(".row");

  const serve = (log) => {
    log.addEventListener("pointerover", (event) => offer(withRow(event)));
    log.addEventListener("focusin", (event) => offer(withRow(event)));
    log.addEventListener("dblclick", (event) => {
      const target = withRow(event);
      if (target?.messages && !event.target.closest("button, a, video, input")) does.reply(target.messages[0], null);
    });
    log.addEventListener("keydown", (event) => walk(log, event));
  };
  return { serve };
}

const PICKER_HEIGHT = 60;

function openPicker(bar, picker) {
  const room = bar.getBoundingClientRect().top - bar.closest(".log").getBoundingClientRect().top;
  picker.classList.toggle("below", room < PICKER_HEIGHT);
  bar.querySelector(".picker")?.remove();
  bar.append(picker);
}

// Arrow keys walk through the messages.
function walk(log, event) {
  const rows = [...log.querySelectorAll(".row")];
  const at = rows.indexOf(document.activeElement);
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step || (document.activeElement !== log && at < 0)) return;
  const next = at < 0 ? (step < 0 ? rows.at(-1) : null) : rows[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

// Text selected inside the message becomes the quote of the reply.
function selectedQuote(row) {
  const selection = getSelection();
  const text = row.querySelector(".text");
  if (!text || selection.isCollapsed || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { text: range.toString(), position: before.toString().length };
}

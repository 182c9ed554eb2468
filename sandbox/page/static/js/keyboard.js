// Inline buttons under a message.

import { el, icon, safeLink } from "./dom.js";
import { t } from "./words.js";

export function keyboard(messages, does) {
  const carrier = messages.find((message) => message.reply_markup?.inline_keyboard?.length);
  if (!carrier) return null;
  const rows = carrier.reply_markup.inline_keyboard.map((row, y) =>
    el("div", { class: "keys-row" }, row.map((key, x) => keyNode(carrier, key, y, x, does))),
  );
  return el("div", { class: "keys", role: "group", "aria-label": t("buttons") }, rows);
}

function keyNode(message, key, row, column, does) {
  const look = `key${key.style ? ` key-${key.style}` : ""}`;
  const address = key.url ?? key.login_url?.url;
  if (address !== undefined) {
    const href = safeLink(address);
    return el("a", { class: look, href: href ?? undefined, target: "_blank", rel: "noopener noreferrer" }, key.text, icon("link"));
  }
  const press = async (event) => {
    const node = event.currentTarget;
    if (node.classList.contains("busy")) return;
    if (key.copy_text) {
      await does.copy(key.copy_text.text);
      return;
    }
    node.classList.add("busy");
    node.setAttribute("aria-busy", "true");
    try {
      await does.press(message, row, column);
    } finally {
      node.classList.remove("busy");
      node.removeAttribute("aria-busy");
    }
  };
  const mute = key.callback_data === undefined && !key.copy_text;
  return el("button", { type: "button", class: look, disabled: mute || key.disabled, onclick: press }, key.text, key.copy_text && icon("copy"));
}

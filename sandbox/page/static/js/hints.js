// The bot's commands, offered while one types a slash.

import { el } from "./dom.js";
import { t } from "./words.js";

let lists = 0;

export function commandHints(field, commands, choose) {
  const id = `commands-${++lists}`;
  const list = el("div", { class: "hints", role: "listbox", id, hidden: true });
  let found = [];
  let at = 0;
  field.setAttribute("aria-controls", id);
  field.setAttribute("aria-autocomplete", "list");

  const close = () => {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };
  const show = () => {
    list.setAttribute("aria-label", t("commands"));
    list.hidden = !found.length;
    list.replaceChildren(...found.map(option));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    if (found.length) field.setAttribute("aria-activedescendant", `${id}-${at}`);
  };
  const option = (command, index) =>
    el(
      "div",
      { class: "hint", role: "option", id: `${id}-${index}`, "aria-selected": String(index === at), onpointerdown: (event) => pick(event, index) },
      el("b", {}, `/${command.command}`),
      el("span", {}, command.description),
    );
  const pick = (event, index) => {
    event.preventDefault();
    close();
    choose(`/${found[index].command}`);
  };
  const look = () => {
    const typed = /^\/(\w*)$/.exec(field.value)?.[1];
    if (typed === undefined) return close();
    found = commands().filter(({ command }) => command.startsWith(typed.toLowerCase()));
    at = 0;
    return show();
  };
  const complete = () => {
    field.value = `/${found[at].command} `;
    close();
  };
  // Says whether the key was meant for the list.
  const take = (event) => {
    if (list.hidden || !found.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      at = (at + step + found.length) % found.length;
      show();
    } else if (event.key === "Tab") complete();
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && !event.shiftKey) pick(event, at);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { list, look, close, take };
}

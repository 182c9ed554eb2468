// Telegram's formatted text as DOM. Offsets are UTF-16 units, which is what JavaScript strings count in.

import { el, safeLink } from "./dom.js";
import { t } from "./words.js";

const PLAIN = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
};

export function richText(text, entities = [], actions = {}) {
  const sorted = [...entities].sort((left, right) => left.offset - right.offset || right.length - left.length);
  return nested(text, sorted, 0, text.length, actions);
}

function nested(text, entities, start, end, actions) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; index++) {
    const entity = entities[index];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    if (from > at) nodes.push(document.createTextNode(text.slice(at, from)));
    const inside = entities.slice(index + 1).filter((other) => other.offset < to);
    nodes.push(wrapped(entity, text.slice(from, to), nested(text, inside, from, to, actions), actions));
    // A quote is a block of its own: the line that ends with it is no empty one.
    at = entity.type.endsWith("blockquote") && to < end && text[to] === "\n" ? to + 1 : to;
  }
  if (at < end) nodes.push(document.createTextNode(text.slice(at, end)));
  return nodes;
}

function wrapped(entity, covered, children, actions) {
  switch (entity.type) {
    case "bold":
    case "italic":
    case "underline":
    case "strikethrough":
    case "code":
      return el(PLAIN[entity.type], {}, children);
    case "pre":
      return el("pre", { dataset: { language: entity.language ?? "" } }, el("code", {}, children));
    case "blockquote":
      return el("blockquote", {}, children);
    case "expandable_blockquote":
      return expandable(children);
    case "spoiler":
      return spoiler(children);
    case "text_link":
      return link(entity.url, children);
    case "url":
      return link(covered, children);
    case "email":
      return link(`mailto:${covered}`, children);
    case "phone_number":
      return link(`tel:${covered.replace(/[^\d+]/g, "")}`, children);
    case "bot_command":
      return command(covered, children, actions);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "mention" }, children);
    default:
      return el("span", {}, children);
  }
}

function link(address, children) {
  const href = safeLink(address);
  if (!href) return el("span", {}, children);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, children);
}

function command(text, children, actions) {
  if (!actions.say) return el("span", { class: "mention" }, children);
  return el("button", { type: "button", class: "inline-command", onclick: () => actions.say(text) }, children);
}

function spoiler(children) {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler") }, children);
  const show = () => {
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("tabindex");
    node.removeAttribute("aria-label");
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => event.key === "Enter" && show());
  return node;
}

// Telegram folds a quote of more than three lines. How many it has is known once it stands on the page.
function expandable(children) {
  const fold = el("button", { type: "button", class: "fold", "aria-expanded": "false", "aria-label": t("unfold") });
  const quote = el("blockquote", { class: "folded" }, children);
  const turn = (folded) => {
    quote.classList.toggle("folded", folded);
    fold.setAttribute("aria-expanded", String(!folded));
    fold.setAttribute("aria-label", t(folded ? "unfold" : "fold"));
  };
  quote.addEventListener("click", ({ target }) => {
    const other = target.closest("a, .inline-command, .spoiler") || !document.getSelection().isCollapsed;
    if (target === fold || (quote.classList.contains("long") && !other)) turn(!quote.classList.contains("folded"));
  });
  new ResizeObserver(() => {
    if (!quote.classList.contains("folded")) return;
    const long = quote.scrollHeight > quote.clientHeight + 1;
    quote.classList.toggle("long", long);
    if (long) quote.append(fold);
    else fold.remove();
  }).observe(quote);
  return quote;
}

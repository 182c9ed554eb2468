// Reactions under a message, and the row of those one may add.

import { el } from "./dom.js";
import { t } from "./words.js";

export const OFFERED = ["👍", "❤️", "🔥", "🎉", "😁", "🤔", "😢", "👎"];

// Telegram's emoji reactions carry no variation selector; the page shows one, so they are compared without it.
const bare = (emoji) => emoji.replace(/\uFE0F/g, "");

export function reactions(messages, who, does) {
  const carrier = messages.find((message) => message._reactions?.length) ?? messages[0];
  if (!carrier._reactions?.length) return null;
  const pills = carrier._reactions.map(({ emoji, by }) => {
    const own = by.includes(who.id);
    return el(
      "button",
      {
        type: "button",
        class: `reaction${own ? " own" : ""}`,
        "aria-pressed": String(own),
        "aria-label": t("reaction_count", { emoji, n: by.length }),
        onclick: () => does.react(carrier, own ? null : bare(emoji)),
      },
      emoji,
      by.length > 1 && el("span", {}, String(by.length)),
    );
  });
  return el("div", { class: "reactions" }, pills);
}

export function reactionPicker(message, does, done) {
  const pick = (emoji) => {
    done();
    does.react(message, bare(emoji));
  };
  return el(
    "div",
    { class: "picker", role: "menu", "aria-label": t("react") },
    OFFERED.map((emoji) => el("button", { type: "button", role: "menuitem", "aria-label": emoji, onclick: () => pick(emoji) }, emoji)),
  );
}

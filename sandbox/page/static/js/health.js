// How the bot behind the page is, if whoever started the sandbox can tell: a word in the bar, and what waits below it.

import { el } from "./dom.js";
import { changed, state } from "./store.js";
import { currentLanguage, t } from "./words.js";

const EVERY_MS = 2000;
const LANES = ["reply", "incident", "survey", "bulk"];
let told = null;

// Only asked where there is a bot that tells: elsewhere the address would be nobody's.
export async function watchHealth() {
  if (state.watched) {
    try {
      told = await (await fetch(`page/health?language=${currentLanguage()}`)).json();
    } catch {
      told = null;
    }
    changed();
  }
  setTimeout(watchHealth, EVERY_MS);
}

const waitingOn = (desk) => [desk.inbox, ...LANES.map((lane) => desk.outbox[lane])];

export function makeHealth() {
  const word = el("span", { class: "health-word", role: "status" });
  const details = el("div", { class: "health", hidden: true });
  const show = () => {
    word.hidden = details.hidden = !told;
    if (!told) return;
    const waits = Object.values(told.desks).flatMap(waitingOn);
    const count = waits.reduce((sum, each) => sum + each.waiting, 0);
    word.className = `health-word ${told.ready ? "good" : "bad"}`;
    const said = [told.ready ? t("health_well") : t("health_ill"), ...(count ? [t("health_waiting", { n: count })] : [])].join(" · ");
    if (word.textContent !== said) word.textContent = said;
    details.replaceChildren(...told.reasons.map((reason) => el("p", { class: "health-reason" }, reason.text)), ...Object.values(told.desks).map(figures));
  };
  return { word, details, show };
}

function figures(desk) {
  const oldest = Math.round(Math.max(...waitingOn(desk).map((each) => each.oldest_seconds)));
  const cell = (name, value) => el("div", { class: "health-figure" }, el("b", {}, String(value)), el("span", {}, name));
  return el(
    "div",
    { class: "health-figures" },
    cell(t("health_inbox"), desk.inbox.waiting),
    ...LANES.map((lane) => cell(t(`health_lane_${lane}`), desk.outbox[lane].waiting)),
    cell(t("health_oldest"), t("health_seconds", { n: oldest })),
    cell(t("health_quarantine"), desk.quarantine),
    cell(t("health_set_aside"), desk.set_aside),
  );
}

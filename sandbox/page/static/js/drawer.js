// Under the hood: every Bot API call and every update, as they happen.

import { button, el, icon, reconcile } from "./dom.js";
import { makeHealth } from "./health.js";
import { pretty } from "./pretty.js";
import { clearCalls, state } from "./store.js";
import { currentLanguage, preciseClock, t } from "./words.js";

const OPEN = "sandbox.drawer";
const SHOWN = 200;

export function makeDrawer() {
  let open = localStorage.getItem(OPEN) === "open";
  let held = null; // what stood there when the log was paused
  let chosen = null;
  const health = makeHealth();
  const last = el("span", { class: "drawer-last" });
  const count = el("span", { class: "drawer-count" });
  const name = el("span", { class: "drawer-name" });
  const toggle = el("button", { type: "button", class: "drawer-bar", onclick: () => flip() }, icon("hood"), name, count, health.word, last, icon("up"));
  const filter = el("input", { type: "search", class: "filter", oninput: () => root.show() });
  const tools = el("div", { class: "drawer-tools" });
  const table = el("div", { class: "calls", role: "list" });
  const detail = el("div", { class: "call-detail", hidden: true });
  const root = el("section", { class: "drawer" }, toggle, health.details, tools, el("div", { class: "drawer-body" }, table, detail));

  const flip = () => {
    open = !open;
    localStorage.setItem(OPEN, open ? "open" : "shut");
    root.show();
    if (open) filter.focus();
  };
  const choose = (call) => {
    chosen = chosen?.id === call.id ? null : call;
    root.show();
  };
  const pause = () => {
    held = held ? null : [...state.calls];
    root.show();
  };
  const wanted = (call) => {
    const words = filter.value.trim().toLowerCase();
    return !words || `${call.method} ${call.chat ?? ""} ${call.status ?? ""}`.toLowerCase().includes(words);
  };

  root.show = () => {
    const calls = (held ?? state.calls).filter(wanted);
    root.classList.toggle("open", open);
    root.setAttribute("aria-label", t("under_the_hood"));
    name.textContent = t("under_the_hood");
    toggle.setAttribute("aria-expanded", String(open));
    count.textContent = String(state.calls.length);
    last.replaceChildren(...lastCall());
    health.show();
    document.body.classList.toggle("drawer-open", open);
    if (!open) return;
    filter.placeholder = t("filter");
    filter.setAttribute("aria-label", t("filter"));
    showTools(tools, filter, Boolean(held), pause);
    const atTop = table.scrollTop < 30;
    reconcile(table, calls.slice(-SHOWN).reverse().map((call) => callRow(call, chosen?.id === call.id, choose)));
    if (atTop) table.scrollTop = 0;
    showDetail(detail, chosen, () => choose(chosen));
  };
  root.flip = flip;
  return root;
}

function lastCall() {
  const call = state.calls.at(-1);
  return call ? [el("code", {}, call.method), ` ${call.chat ?? ""} `, statusOf(call)] : [t("quiet")];
}

function showTools(tools, filter, paused, pause) {
  if (tools.dataset.look === `${paused}${currentLanguage()}`) return;
  tools.dataset.look = `${paused}${currentLanguage()}`;
  tools.replaceChildren(
    filter,
    button(t(paused ? "go_on" : "pause"), paused ? "play" : "pause", pause, { class: `icon-button${paused ? " on" : ""}`, "aria-pressed": String(paused) }),
    button(t("clear"), "bin", clearCalls),
  );
}

const statusOf = (call) => {
  if (call.kind === "update") return el("span", { class: "status in" }, t("update"));
  if (call.status === undefined || call.status === null) return el("span", { class: "status" }, "…");
  return el("span", { class: `status ${call.status === 200 ? "good" : "bad"}` }, String(call.status));
};

function callRow(call, here, choose) {
  return {
    key: call.id,
    stamp: [call, here, currentLanguage()],
    build: () =>
      el(
        "button",
        { type: "button", class: `call ${call.kind}${here ? " here" : ""}`, "aria-expanded": String(here), onclick: () => choose(call) },
        el("time", {}, preciseClock(call.at)),
        el("span", { class: "arrow", "aria-hidden": "true" }, call.kind === "update" ? "→" : "←"),
        el("code", {}, call.method),
        el("span", { class: "call-chat" }, call.chat ?? ""),
        statusOf(call),
        el("span", { class: "ms" }, call.ms === undefined || call.ms === null ? "" : t("milliseconds", { n: call.ms })),
      ),
  };
}

function showDetail(detail, call, close) {
  detail.hidden = !call;
  if (detail.shown === call) return;
  detail.shown = call;
  if (!call) return;
  const part = (title, value) => (value === undefined ? [] : [el("h3", {}, title), pretty(value)]);
  detail.replaceChildren(
    el("header", {}, el("code", {}, call.method), button(t("close"), "close", close)),
    ...(call.kind === "update" ? part(t("update"), call.params) : [...part(t("parameters"), call.params), ...part(t("result"), call.result)]),
  );
}

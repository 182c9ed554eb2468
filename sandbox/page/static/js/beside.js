// What whoever serves the page shows beside the chats: other pages in frames, and buttons that set something off.

import { button, el } from "./dom.js";
import { changed, state } from "./store.js";
import { toast } from "./toast.js";
import { currentLanguage, t } from "./words.js";

const OPEN = "sandbox.besides";
const SETTLE_MS = 1500;
const EVERY_MS = 20000;
let open = localStorage.getItem(OPEN) === "yes";

const said = (words) => words[currentLanguage()] ?? Object.values(words)[0] ?? "";

function flip() {
  open = !open;
  localStorage.setItem(OPEN, open ? "yes" : "no");
  changed();
}

async function setOff(deed) {
  try {
    const answer = await fetch(deed.path.replace(/^\//, ""), { method: "POST", headers: { "X-Sandbox": "page" } });
    if (!answer.ok) throw new Error(answer.statusText);
  } catch (error) {
    toast(t("refused", { why: error.message }));
  }
}

export function besideOpener() {
  const opener = button("", "swap", flip, { class: "icon-button foot-button beside-opener" });
  opener.append(el("span"));
  opener.show = () => {
    opener.hidden = !state.beside;
    if (!state.beside) return;
    for (const name of ["aria-label", "title"]) opener.setAttribute(name, said(state.beside.caption));
    opener.setAttribute("aria-pressed", String(open));
    opener.querySelector("span").textContent = said(state.beside.caption);
  };
  return opener;
}

export function makeBeside() {
  const root = el("aside", { class: "besides", hidden: true });
  let built = "";
  let settling = 0;
  // A browser may keep a page for as long as its server allows, and another address is another page.
  const refresh = () => root.querySelectorAll("iframe").forEach((frame) => frame.setAttribute("src", `${frame.dataset.url}&at=${Date.now()}`));
  const soon = () => {
    clearTimeout(settling);
    settling = setTimeout(refresh, SETTLE_MS);
  };
  setInterval(() => !root.hidden && !document.hidden && refresh(), EVERY_MS);
  let told = "";
  root.show = () => {
    root.hidden = !(open && state.beside);
    document.body.dataset.besides = String(!root.hidden);
    if (root.hidden) return;
    const wanted = `${currentLanguage()}${JSON.stringify(state.beside)}`;
    if (wanted !== built) root.replaceChildren(...contents());
    built = wanted;
    const news = channelNews();
    if (news !== told) soon();
    told = news;
  };
  return root;
}

function contents() {
  const deeds = state.beside.deeds.map((deed) =>
    el("button", { type: "button", class: "plain-button", onclick: () => setOff(deed) }, said(deed.caption)),
  );
  const close = button(t("close"), "close", flip);
  const head = el("header", { class: "besides-head" }, el("div", { class: "besides-deeds" }, deeds), close);
  return [head, ...state.beside.pages.map(framed)];
}

// A stranger to the page: it may run its own scripts, and reaches nothing of ours.
function framed({ caption, url: bare }) {
  const url = `${bare}?language=${currentLanguage()}`;
  const frame = el("iframe", { src: url, title: said(caption), sandbox: "allow-scripts allow-same-origin allow-popups", dataset: { url } });
  const link = el("a", { href: url, target: "_blank", rel: "noreferrer" }, said(caption));
  return el("section", { class: "besides-page" }, el("h2", {}, link), frame);
}

// Whatever stands in the channels, by what changes with it.
function channelNews() {
  const channels = [...state.chats.values()].filter((chat) => chat.chat.type === "channel");
  return channels.flatMap((chat) => [...chat.messages.values()].map((one) => `${one.message_id}:${one.edit_date ?? 0}`)).join();
}

// The page put together: people at the left, two panes, the log below.

import { makeBeside } from "./beside.js";
import { el } from "./dom.js";
import { makeDrawer } from "./drawer.js";
import { sideButton } from "./header.js";
import { watchHealth } from "./health.js";
import { serveKeys, showShortcuts } from "./keys.js";
import { makePane } from "./pane.js";
import { makeRail } from "./rail.js";
import { unreadInChat } from "./seen.js";
import { changed, chatOf, state, subscribe } from "./store.js";
import { toast } from "./toast.js";
import { chooseSide, chooseTopic, go, leave, resolve, view } from "./view.js";
import { act, connect } from "./wire.js";
import { currentLanguage, loadWords, setLanguage, t } from "./words.js";

const LANGUAGE = "sandbox.language";

const goes = {
  back: (slot) => {
    const { who, chat, topic } = view.main;
    if (slot === "main" && topic !== null) go(who, chat, null);
    else if (slot === "main") leave();
    else {
      chooseTopic(null);
      changed();
    }
  },
  openTopic: (slot, topic) => {
    if (slot === "main") return go(view.main.who, view.main.chat, topic);
    chooseTopic(topic);
    return changed();
  },
  chooseSide: (choice) => {
    chooseSide(choice);
    changed();
  },
};

async function newCustomer() {
  try {
    const { person } = await act({ do: "new_customer" });
    location.hash = `#${person}/`;
  } catch (refusal) {
    toast(t("refused", { why: t(refusal.message) }));
  }
}

function switchLanguage() {
  setLanguage(currentLanguage() === "ru" ? "en" : "ru");
  localStorage.setItem(LANGUAGE, currentLanguage());
  changed();
}

function unreadEverywhere() {
  return state.people.reduce(
    (sum, person) => sum + person.chats.map(chatOf).filter(Boolean).reduce((inner, chat) => inner + unreadInChat(person, chat), 0),
    0,
  );
}

async function begin() {
  await loadWords(localStorage.getItem(LANGUAGE) ?? "ru");
  const rail = makeRail({ newCustomer, switchLanguage, showShortcuts });
  const [main, side] = [makePane("main", goes), makePane("side", goes)];
  const drawer = makeDrawer();
  const opener = sideButton(goes);
  const stage = el("main", { class: "stage" }, main, side, opener);
  const besides = makeBeside();
  document.querySelector("#app").append(rail, stage, besides, drawer);

  const show = () => {
    resolve();
    document.body.dataset.screen = view.open ? "chat" : "people";
    stage.classList.toggle("two", Boolean(view.side));
    opener.hidden = Boolean(view.side);
    const read = [main.show(view.main), side.show(view.side)];
    rail.show();
    besides.show();
    drawer.show();
    const news = unreadEverywhere();
    document.title = `${news ? `(${news}) ` : ""}${state.title || t("sandbox")}`;
    document.body.dataset.ready = String(state.online);
    if (read.some(Boolean)) changed();
  };
  subscribe(show);
  window.addEventListener("hashchange", show);
  document.addEventListener("visibilitychange", show);
  serveKeys({ panes: () => [main, side], drawer });
  connect();
  watchHealth();
}

begin();

// Where one is: who one is, which chat and topic stand in the middle, and what stands beside it.

import { chatOf, GENERAL, person, state, topicsOf } from "./store.js";

const SIDE = "sandbox.side";

// `topic: null` means the list of topics, which matters only where the list and the messages do not fit side by side.
export const view = { main: null, side: null, sideChoice: localStorage.getItem(SIDE) ?? "auto", focus: "main" };

export const address = (place) =>
  `#${[place.who.id, encodeURIComponent(place.chat.key), place.topic ?? ""].join("/")}`;

export function go(who, chat, topic = null) {
  const wanted = address({ who, chat, topic });
  if (location.hash === wanted) window.dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = wanted;
}

// Back to the list of people, still being who one was.
export const leave = () => {
  location.hash = view.main ? `#${view.main.who.id}` : "#";
};

export function chooseSide(choice) {
  view.sideChoice = choice;
  view.side = null;
  localStorage.setItem(SIDE, choice);
}

export function resolve() {
  const [who, key, topic] = location.hash.slice(1).split("/");
  const owner = person(Number(who)) ?? state.people[0];
  const chat = owner && (chatOf(decodeURIComponent(key ?? "")) ?? chatOf(owner.chats[0]));
  view.open = Boolean(key);
  view.main = owner && chat ? { who: owner, chat, topic: topic ? Number(topic) : null } : null;
  view.side = view.main && sidePlace();
}

function sidePlace() {
  if (view.sideChoice === "none") return null;
  if (view.sideChoice !== "auto") {
    const [who, key] = view.sideChoice.split("/");
    const [owner, chat] = [person(Number(who)), chatOf(decodeURIComponent(key))];
    if (owner && chat) return { who: owner, chat, topic: view.side?.chat === chat ? view.side.topic : null };
  }
  return companion(view.main);
}

export const chooseTopic = (topic) => {
  if (view.side) view.side.topic = topic;
};

// Beside a customer stands the operators' view of that customer; beside an operator, the customer of the open topic;
// beside a manager, the channel.
function companion({ who, chat, topic }) {
  if (who.role === "customer") return operatorsBeside(who);
  if (chat.chat.is_forum && topic) return customerBeside(chat, topic) ?? view.side;
  const others = who.chats.map(chatOf).filter((other) => other && other !== chat);
  const channel = others.find((other) => other.chat.type === "channel");
  if (channel) return { who, chat: channel, topic: null };
  return view.side ?? firstPrivate("customer");
}

function operatorsBeside(customer) {
  const operator = state.people.find((one) => one.role === "operator");
  const group = operator?.chats.map(chatOf).find((chat) => chat && chat.chat.type !== "private");
  if (!group) return null;
  const stays = view.side?.chat === group && view.side.beside === customer.id;
  const own = topicsOf(group).filter((topic) => topic.name.includes(customer.name)).at(0);
  const seen = stays ? view.side.topic : null;
  return { who: operator, chat: group, topic: seen ?? own?.id ?? null, beside: customer.id };
}

function customerBeside(chat, topic) {
  const name = (chat.topics ?? []).find((known) => known.id === topic)?.name ?? "";
  const customer = state.people.find((one) => one.role === "customer" && name.includes(one.name));
  return customer ? { who: customer, chat: chatOf(customer.chats[0]), topic: null } : null;
}

function firstPrivate(role) {
  const who = state.people.find((one) => one.role === role);
  return who ? { who, chat: chatOf(who.chats[0]), topic: null } : null;
}

export const shownTopic = (place) => (place.chat.chat.is_forum ? (place.topic ?? GENERAL) : GENERAL);

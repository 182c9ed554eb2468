// What the page knows of the sandbox: a snapshot, and then every change as it comes.

const CALLS_KEPT = 500;
const listeners = new Set();

export const state = { run: "", title: "", people: [], chats: new Map(), calls: [], online: false, watched: false, beside: null };

export const subscribe = (listener) => listeners.add(listener);

let waiting = false;
export function changed() {
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => {
    waiting = false;
    for (const listener of listeners) listener();
  });
}

export function takeSnapshot(snapshot) {
  Object.assign(state, { run: snapshot.run, title: snapshot.title, people: snapshot.people, calls: snapshot.calls, watched: snapshot.watched, beside: snapshot.beside });
  state.chats = new Map(snapshot.chats.map((chat) => [chat.key, withMessages(chat)]));
  changed();
}

function withMessages(chat) {
  return { ...chat, messages: new Map(chat.messages.map((message) => [message.message_id, message])) };
}

const changes = {
  message({ chat, message }) {
    const known = state.chats.get(chat);
    if (!known) return;
    const late = !known.messages.has(message.message_id) && message.message_id < newest(known);
    known.messages.set(message.message_id, message);
    if (late) known.messages = new Map([...known.messages].sort(([left], [right]) => left - right));
  },
  deleted({ chat, ids }) {
    for (const id of ids) state.chats.get(chat)?.messages.delete(id);
  },
  chat({ chat }) {
    const known = state.chats.get(chat.key);
    if (known) Object.assign(known, chat, { messages: known.messages });
    else state.chats.set(chat.key, withMessages({ messages: [], ...chat }));
  },
  people({ people }) {
    state.people = people;
  },
  call({ call }) {
    const at = state.calls.findIndex((known) => known.id === call.id);
    if (at >= 0) state.calls[at] = call;
    else state.calls.push(call);
    if (state.calls.length > CALLS_KEPT) state.calls.splice(0, state.calls.length - CALLS_KEPT);
  },
};

export function apply(change) {
  changes[change.type]?.(change);
  changed();
}

export function clearCalls() {
  state.calls = [];
  changed();
}

export const newest = (chat) => [...chat.messages.keys()].reduce((left, right) => Math.max(left, right), 0);
export const person = (id) => state.people.find((known) => known.id === id);
export const chatOf = (key) => state.chats.get(key);

// General is where messages without a topic stand; everywhere else a message's topic is its thread.
export const GENERAL = 0;
export const topicOf = (message) => (message.is_topic_message ? message.message_thread_id : GENERAL);

export function messagesOf(chat, topic) {
  const all = [...chat.messages.values()];
  return chat.chat.is_forum ? all.filter((message) => topicOf(message) === topic) : all;
}

export const topicsOf = (chat) => {
  const last = new Map();
  for (const message of chat.messages.values()) last.set(topicOf(message), message);
  const rows = (chat.topics ?? []).map((topic) => ({ ...topic, last: last.get(topic.id) }));
  rows.sort((left, right) => (right.last?.message_id ?? right.id) - (left.last?.message_id ?? left.id));
  return [{ id: GENERAL, name: "General", general: true, last: last.get(GENERAL) }, ...rows];
};

export const isMine = (message, who) => {
  if (message._author !== undefined) return message._author === who.id;
  return message.from?.id === who.id && !message.sender_chat;
};

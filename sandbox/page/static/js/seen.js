// What each person has already read, kept in the browser for as long as the same sandbox runs.

import { isMine, messagesOf, state, topicsOf } from "./store.js";

const STORE = "sandbox.seen";
let marks = null;

function known() {
  if (marks?.run === state.run) return marks.ids;
  const saved = JSON.parse(localStorage.getItem(STORE) ?? "{}");
  marks = saved.run === state.run ? saved : { run: state.run, ids: {} };
  return marks.ids;
}

const keyOf = (who, chat, topic) => `${who.id}/${chat.key}/${topic}`;

export function markSeen(who, chat, topic, id) {
  const ids = known();
  const key = keyOf(who, chat, topic);
  if ((ids[key] ?? 0) >= id) return false;
  ids[key] = id;
  localStorage.setItem(STORE, JSON.stringify(marks));
  return true;
}

export function unread(who, chat, topic) {
  const last = known()[keyOf(who, chat, topic)] ?? 0;
  return messagesOf(chat, topic).filter((message) => message.message_id > last && counts(message, who)).length;
}

// A new topic is news by what stands in it, not by the line that says it was made.
const counts = (message, who) => !isMine(message, who) && !message.forum_topic_created && !message.forum_topic_edited;

export function unreadInChat(who, chat) {
  if (!chat.chat.is_forum) return unread(who, chat, 0);
  return topicsOf(chat).reduce((sum, topic) => sum + unread(who, chat, topic.id), 0);
}

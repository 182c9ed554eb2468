// One line about a message: for lists, replies, the pinned bar and the grey notes in the middle.

import { kindOf, nameOf, senderOf } from "./names.js";
import { t } from "./words.js";

const LINES = {
  forum_topic_created: (what) => t("service_topic_created", { name: what.name }),
  forum_topic_edited: (what) => (what.name ? t("service_topic_renamed", { name: what.name }) : t("service_topic_icon")),
  forum_topic_closed: () => t("service_topic_closed"),
  forum_topic_reopened: () => t("service_topic_reopened"),
  general_forum_topic_hidden: () => t("service_general_hidden"),
  general_forum_topic_unhidden: () => t("service_general_shown"),
  pinned_message: (what, who) => t("service_pinned", { who, what: shortened(summary(what)) }),
  new_chat_members: (people) => t("service_joined", { names: people.map(nameOf).join(", ") }),
  left_chat_member: (who) => t("service_left", { name: nameOf(who) }),
  new_chat_title: (title) => t("service_title", { title }),
  group_chat_created: () => t("service_group_created"),
  supergroup_chat_created: () => t("service_group_created"),
  channel_chat_created: () => t("service_channel_created"),
  migrate_to_chat_id: () => t("service_migrated"),
  migrate_from_chat_id: () => t("service_migrated"),
  message_auto_delete_timer_changed: () => t("service_timer"),
};

const shortened = (text) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

export function serviceText(message) {
  const key = Object.keys(LINES).find((name) => message[name] !== undefined);
  return key ? LINES[key](message[key], senderOf(message).name) : t("service_other");
}

export function summary(message) {
  if (!message) return "";
  const text = message.text ?? message.caption;
  const kind = kindOf(message);
  if (kind === "text") return text;
  if (kind === "service") return serviceText(message);
  const label = kind === "sticker" ? `${message.sticker.emoji ?? ""} ${t("kind_sticker")}`.trim() : t(`kind_${kind}`);
  return text ? `${label}: ${text}` : label;
}

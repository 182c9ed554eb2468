// What a message carries besides words.

import { el, icon } from "./dom.js";
import { kindOf } from "./names.js";
import { player } from "./player.js";
import { viewPicture } from "./viewer.js";
import { fileAddress } from "./wire.js";
import { duration, size, t } from "./words.js";

const WIDEST = 420;
const TALLEST = 420;

const kinds = {
  photo: (message) => veiled(message, picture(largest(message.photo))),
  video: (message) => veiled(message, video(message.video, { controls: true })),
  animation: (message) => veiled(message, video(message.animation, moving())),
  video_note: ({ video_note: note }) =>
    el("div", { class: "round" }, el("video", { src: fileAddress(note.file_id), controls: true, preload: "metadata" })),
  sticker: ({ sticker }) => stickerPicture(sticker),
  voice: ({ voice }) => player(fileAddress(voice.file_id), "voice.ogg", voice.duration, null),
  audio: ({ audio }) => player(fileAddress(audio.file_id), audio.file_name ?? "audio.mp3", audio.duration, audioLabel(audio)),
  document: ({ document }) => fileCard(document),
  location: ({ location }) => map(location),
  venue: ({ venue }) => map(venue.location, venue),
  contact: ({ contact }) => contactCard(contact),
  poll: ({ poll }) => pollCard(poll),
  dice: ({ dice }) =>
    el("div", { class: "dice" }, el("span", { class: "huge" }, dice.emoji), el("b", {}, String(dice.value))),
};

export const media = (message) => kinds[kindOf(message)]?.(message) ?? null;

const moving = () =>
  matchMedia("(prefers-reduced-motion: reduce)").matches
    ? { controls: true, loop: true }
    : { autoplay: true, muted: true, loop: true };

const largest = (sizes) => sizes.reduce((left, right) => (left.width * left.height >= right.width * right.height ? left : right));

function shape({ width, height }) {
  const [wide, tall] = [width || 320, height || 240];
  const scale = Math.min(1, WIDEST / wide, TALLEST / tall);
  return { width: `${Math.max(120, Math.round(wide * scale))}px`, "aspect-ratio": `${wide} / ${tall}` };
}

export function picture(photo) {
  const address = fileAddress(photo.file_id);
  return el(
    "button",
    { type: "button", class: "picture", "aria-label": t("open_picture"), style: shape(photo), onclick: () => viewPicture(address, "photo.jpg") },
    el("img", { src: address, alt: t("kind_photo"), onload: trueShape }),
  );
}

// What was said of a picture's size may be wrong; the picture itself knows better.
function trueShape({ target }) {
  const frame = target.parentElement;
  if (!frame.style.width) return;
  for (const [name, value] of Object.entries(shape({ width: target.naturalWidth, height: target.naturalHeight }))) {
    frame.style.setProperty(name, value);
  }
}

function video(file, props) {
  const node = el("video", { src: fileAddress(file.file_id), preload: "metadata", playsinline: true, class: "video", style: shape(file), ...props });
  node.muted = Boolean(props.muted);
  return node;
}

function veiled(message, node) {
  if (!message.has_media_spoiler) return node;
  const lift = (event) => {
    event.preventDefault();
    event.stopPropagation();
    veil.remove();
  };
  const veil = el("button", { type: "button", class: "veil", "aria-label": t("spoiler"), onclick: lift }, t("spoiler"));
  return el("div", { class: "veiled" }, node, veil);
}

function stickerPicture(sticker) {
  if (sticker.is_animated) return el("span", { class: "huge" }, sticker.emoji ?? "🙂");
  const address = fileAddress(sticker.file_id);
  if (sticker.is_video) return el("video", { class: "sticker", src: address, autoplay: true, loop: true, muted: true });
  return el("img", { class: "sticker", src: address, alt: sticker.emoji ?? t("kind_sticker") });
}

const audioLabel = (audio) =>
  el("span", { class: "player-label" }, [audio.performer, audio.title].filter(Boolean).join(" — ") || audio.file_name || t("kind_audio"));

function fileCard(file) {
  const name = file.file_name ?? t("kind_document");
  return el(
    "a",
    { class: "card", href: fileAddress(file.file_id, name), download: name },
    el("span", { class: "card-look" }, icon("file")),
    el("span", { class: "card-lines" }, el("b", {}, name), el("small", {}, [size(file.file_size), t("download")].filter(Boolean).join(" · "))),
  );
}

function map(place, venue) {
  const spot = `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`;
  const href = `https://www.openstreetmap.org/?mlat=${Number(place.latitude)}&mlon=${Number(place.longitude)}#map=15/${Number(place.latitude)}/${Number(place.longitude)}`;
  return el(
    "a",
    { class: "map", href, target: "_blank", rel: "noopener noreferrer" },
    el("span", { class: "map-ground" }, icon("place")),
    el("span", { class: "card-lines" }, el("b", {}, venue?.title ?? t("kind_location")), el("small", {}, venue?.address ?? spot)),
  );
}

function contactCard(contact) {
  return el(
    "div",
    { class: "card" },
    el("span", { class: "card-look" }, icon("person")),
    el("span", { class: "card-lines" }, el("b", {}, [contact.first_name, contact.last_name].filter(Boolean).join(" ")), el("small", {}, contact.phone_number)),
  );
}

function pollCard(poll) {
  const total = poll.total_voter_count || 0;
  const rows = poll.options.map((option) => {
    const share = total ? Math.round((option.voter_count / total) * 100) : 0;
    return el("li", {}, el("span", {}, option.text), el("small", {}, `${share} %`), el("i", { style: { width: `${share}%` } }));
  });
  return el("div", { class: "poll" }, el("b", {}, poll.question), el("small", {}, t("poll_votes", { n: total })), el("ul", {}, rows));
}

export function album(messages) {
  const cells = messages.map((message) => {
    const node = message.photo || message.video ? albumCell(message) : media(message);
    node.dataset.id = message.message_id;
    return node;
  });
  const visual = messages.every((message) => message.photo || message.video);
  return el("div", { class: visual ? `album album-${Math.min(cells.length, 10)}` : "album-list" }, cells);
}

function albumCell(message) {
  const node = kinds[kindOf(message)](message);
  for (const part of [node, ...node.querySelectorAll(".picture, .video")]) {
    part.style.removeProperty("width");
    part.style.removeProperty("aspect-ratio");
  }
  if (message.video) node.append?.(el("span", { class: "length" }, duration(message.video.duration)));
  return el("div", { class: "album-cell" }, node);
}

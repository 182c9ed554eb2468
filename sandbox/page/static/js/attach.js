// Files on their way into a message, and the menu they come from. The samples let one try every kind of message
// without having to look for a file.

import { button, el, icon } from "./dom.js";
import { size, t } from "./words.js";

const SAMPLES = [
  ["photo", "picture", ["morning.jpg"]],
  ["album", "picture", ["morning.jpg", "meadow.jpg", "evening.jpg"], "photo"],
  ["video", "play", ["ball.mp4"]],
  ["voice", "voice", ["voice.ogg"]],
  ["video_note", "round", ["round.mp4"]],
  ["animation", "loop", ["loop.mp4"]],
  ["sticker", "smile", ["smile.webp"]],
  ["audio", "note", ["tune.mp3"]],
  ["document", "file", ["note.txt"]],
  ["location", "place", []],
  ["venue", "place", []],
  ["contact", "person", []],
  ["poll", "poll", []],
  ["dice", "dice", []],
];

export function attachments() {
  let items = []; // {kind, file} or {kind}
  let heard = () => {};
  const strip = el("div", { class: "strip", hidden: true });
  const menu = el("div", { class: "menu", role: "menu", hidden: true });
  const chooser = (accept, kind) => {
    const input = el("input", { type: "file", multiple: true, accept, hidden: true });
    input.addEventListener("change", () => {
      add(input.files, kind);
      input.value = "";
    });
    return input;
  };
  const pictures = chooser("image/*,video/*");
  const anything = chooser("", "document");

  const show = () => {
    strip.hidden = !items.length;
    strip.replaceChildren(...items.map((item) => chip(item, () => keep(items.filter((other) => other !== item)))));
    heard();
  };
  const keep = (wanted) => {
    items = wanted;
    show();
  };
  const add = (files, kind) => keep([...items, ...[...files].map((file) => ({ kind: kind ?? kindOfFile(file), file }))].slice(0, 10));
  const addSample = async ([name, , paths, kind = name]) => {
    close();
    if (!paths.length) return keep([...items, { kind }].slice(0, 10));
    const loaded = await Promise.all(paths.map(sample));
    return keep([...items, ...loaded.map((file) => ({ kind, file }))].slice(0, 10));
  };
  const close = () => {
    menu.hidden = true;
    document.removeEventListener("pointerdown", outside, true);
  };
  const outside = (event) => !menu.contains(event.target) && close();
  const openMenu = () => {
    if (!menu.hidden) return close();
    const pick = (input) => () => {
      close();
      input.click();
    };
    menu.replaceChildren(
      entry("picture", t("pictures_or_video"), pick(pictures)),
      entry("file", t("any_file"), pick(anything)),
      el("div", { class: "menu-title" }, t("samples")),
      el("div", { class: "menu-grid" }, SAMPLES.map((one) => entry(one[1], t(`sample_${one[0]}`), () => addSample(one)))),
      pictures,
      anything,
    );
    menu.hidden = false;
    menu.querySelector("button").focus();
    document.addEventListener("pointerdown", outside, true);
    return undefined;
  };
  menu.addEventListener("keydown", (event) => {
    const entries = [...menu.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (step) entries.at((entries.indexOf(document.activeElement) + step) % entries.length).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const take = () => {
    const taken = items;
    keep([]);
    return taken;
  };
  return { strip, menu, openMenu, add, take, giveBack: (taken) => keep(taken), any: () => items.length > 0, changed: (listener) => (heard = listener) };
}

const entry = (look, text, onclick) => el("button", { type: "button", role: "menuitem", onclick }, icon(look), el("span", {}, text));

async function sample(name) {
  const blob = await (await fetch(`page/samples/${name}`)).blob();
  return new File([blob], name, { type: blob.type });
}

function kindOfFile(file) {
  if (/^image\/(jpeg|png|webp|avif)$/.test(file.type)) return "photo";
  if (file.type === "image/gif") return "animation";
  if (file.type.startsWith("video/")) return "video";
  if (file.type.startsWith("audio/")) return "audio";
  return "document";
}

function chip(item, drop) {
  const look = item.kind === "photo" && item.file ? thumbnail(item.file) : icon(SAMPLES.find(([name]) => name === item.kind)?.[1] ?? "file");
  const name = item.file ? item.file.name : t(`sample_${item.kind}`);
  return el("div", { class: "chip" }, look, el("span", {}, name, item.file && el("small", {}, size(item.file.size))), button(t("remove"), "close", drop));
}

function thumbnail(file) {
  const address = URL.createObjectURL(file);
  return el("img", { src: address, alt: "", onload: () => URL.revokeObjectURL(address) });
}

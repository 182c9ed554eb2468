// Voice messages and music: a button, a line to drag along, the time.

import { el, icon } from "./dom.js";
import { duration, t } from "./words.js";

let playing = null;

export function player(address, name, seconds, label) {
  const sound = new Audio();
  sound.preload = "none";
  sound.src = address;
  const time = el("span", { class: "player-time" }, duration(seconds));
  const line = el("input", { type: "range", min: 0, max: 1000, value: 0, "aria-label": t("position"), class: "player-line" });
  const toggle = el("button", { type: "button", class: "player-toggle", "aria-label": t("play") }, icon("play"));

  const length = () => (Number.isFinite(sound.duration) && sound.duration) || seconds || 1;
  const show = () => {
    const done = sound.currentTime / length();
    line.value = String(Math.round(done * 1000));
    line.style.setProperty("--done", `${done * 100}%`);
    time.textContent = duration(sound.paused && !sound.currentTime ? seconds : sound.currentTime);
    toggle.replaceChildren(icon(sound.paused ? "play" : "pause"));
    toggle.setAttribute("aria-label", sound.paused ? t("play") : t("pause"));
  };
  toggle.addEventListener("click", () => {
    if (!sound.paused) return sound.pause();
    if (playing && playing !== sound) playing.pause();
    playing = sound;
    return sound.play().catch(() => time.replaceChildren(t("cannot_play")));
  });
  line.addEventListener("input", () => {
    sound.currentTime = (Number(line.value) / 1000) * length();
  });
  for (const event of ["timeupdate", "play", "pause"]) sound.addEventListener(event, show);
  sound.addEventListener("ended", () => {
    sound.currentTime = 0;
    show();
  });
  const body = el("div", { class: "player-body" }, label, line, time);
  const save = el("a", { class: "player-save", href: `${address}?name=${encodeURIComponent(name)}`, download: name, "aria-label": t("download") }, icon("download"));
  return el("div", { class: "player" }, toggle, body, save);
}

// A picture at its full size.

import { button, el, icon } from "./dom.js";
import { t } from "./words.js";

export function viewPicture(address, name) {
  const close = () => dialog.close();
  const dialog = el(
    "dialog",
    { class: "viewer", "aria-label": t("kind_photo"), onclose: () => dialog.remove() },
    el("img", { src: address, alt: t("kind_photo"), onclick: close }),
    el(
      "div",
      { class: "viewer-bar" },
      el("a", { href: address, download: name, class: "icon-button", "aria-label": t("download") }, icon("download")),
      button(t("close"), "close", close),
    ),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
}

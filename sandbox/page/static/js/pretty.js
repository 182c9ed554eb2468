// JSON with a little colour, built node by node.

import { el } from "./dom.js";

export function pretty(value) {
  return el("pre", { class: "json" }, nodes(value, ""));
}

function nodes(value, indent) {
  if (value === null || typeof value !== "object") return [leaf(value)];
  const list = Array.isArray(value);
  const parts = Object.entries(value);
  if (!parts.length) return [list ? "[]" : "{}"];
  const deeper = `${indent}  `;
  const lines = parts.flatMap(([key, part], index) => [
    `\n${deeper}`,
    ...(list ? [] : [el("span", { class: "json-key" }, key), ": "]),
    ...nodes(part, deeper),
    index < parts.length - 1 ? "," : "",
  ]);
  return [list ? "[" : "{", ...lines, `\n${indent}`, list ? "]" : "}"];
}

const leaf = (value) =>
  el("span", { class: value === null ? "json-null" : `json-${typeof value}` }, typeof value === "string" ? JSON.stringify(value) : String(value));

// Building blocks of the page. Whatever comes from a message enters as a text node, never as markup.

const SVG = "http://www.w3.org/2000/svg";

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name === "style") for (const [key, part] of Object.entries(value)) node.style.setProperty(key, part);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name, label) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("viewBox", "0 0 24 24");
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `page/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

export function button(label, look, onclick, props = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...props }, icon(look));
}

// Keeps a list of children in step with rows of {key, stamp, build}: a row whose stamp stays equal keeps its node,
// so a playing video or a focused button survives the arrival of its neighbours.
export function reconcile(parent, rows) {
  const before = parent.rows ?? new Map();
  const after = new Map();
  let cursor = parent.firstChild;
  for (const row of rows) {
    const old = before.get(row.key);
    const kept = old && same(old.stamp, row.stamp);
    const node = kept ? old.node : row.build();
    if (!kept && old) old.node.replaceWith(node);
    if (old && cursor === old.node) cursor = node;
    after.set(row.key, { node, stamp: row.stamp });
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
  }
  for (const [key, old] of before) if (!after.has(key)) old.node.remove();
  parent.rows = after;
}

function same(left, right) {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

// The site offers only addresses that cannot run anything.
export function safeLink(address) {
  try {
    const url = new URL(address.includes(":") || address.startsWith("//") ? address : `https://${address}`);
    return ["http:", "https:", "mailto:", "tel:", "tg:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

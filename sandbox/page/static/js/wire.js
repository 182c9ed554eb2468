// The way to the sandbox and back: one stream of changes in, one POST for whatever a person does.

import { apply, changed, state, takeSnapshot } from "./store.js";

const RETRY_MS = 1000;

export class Refused extends Error {}

export function connect() {
  const stream = new EventSource("page/events");
  let held = [];
  // Changes that arrive while the snapshot is on its way are applied after it, so nothing falls between the two.
  stream.addEventListener("open", async () => {
    held = [];
    try {
      takeSnapshot(await (await fetch("page/snapshot")).json());
      for (const change of held) apply(change);
      held = null;
      state.online = true;
    } catch {
      stream.close();
      setTimeout(connect, RETRY_MS);
    }
    changed();
  });
  stream.addEventListener("message", ({ data }) => {
    const change = JSON.parse(data);
    if (held) held.push(change);
    else apply(change);
  });
  stream.addEventListener("error", () => {
    state.online = false;
    changed();
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MS);
  });
}

export async function act(act, files = []) {
  const form = new FormData();
  form.append("act", JSON.stringify(act));
  files.forEach((file, index) => form.append(`file${index}`, file, file.name));
  let response;
  try {
    response = await fetch("page/act", { method: "POST", body: form, headers: { "X-Sandbox": "page" } });
  } catch {
    throw new Refused("offline_short");
  }
  const answer = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw new Refused(answer.error);
  return answer;
}

export const fileAddress = (fileId, name) =>
  `page/file/${encodeURIComponent(fileId)}${name ? `?name=${encodeURIComponent(name)}` : ""}`;

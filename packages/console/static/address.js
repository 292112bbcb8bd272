/** What is shown stands in the address, so a link shows the same: `#open=event:12&q=ada`. */

const listeners = new Set();

export function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const [kind, ...id] = (parts.get("open") ?? "").split(":");
  return { open: id.length > 0 ? { kind, id: id.join(":") } : undefined, q: parts.get("q") ?? "" };
}

/** Opens the drawer on something: event, task, email, alert, inbound or contact. Going back closes it. */
export function open(kind, id) {
  write({ ...readAddress(), open: { kind, id } }, "push");
}

export function close() {
  write({ ...readAddress(), open: undefined }, "push");
}

/** Typing replaces the address rather than filling the history. */
export function search(q) {
  write({ ...readAddress(), q }, "replace");
}

export function onAddress(listener) {
  listeners.add(listener);
}

/** An address to be opened in a new tab as well. */
export function linkTo(kind, id) {
  return hashOf({ ...readAddress(), open: { kind, id } });
}

function write(state, how) {
  const hash = hashOf(state);
  if (hash === (location.hash || "#")) return;
  if (how === "push") history.pushState(null, "", hash);
  else history.replaceState(null, "", hash);
  tell();
}

function hashOf({ open, q }) {
  const parts = new URLSearchParams();
  if (open !== undefined) parts.set("open", `${open.kind}:${open.id}`);
  if (q !== "") parts.set("q", q);
  return `#${parts.toString().replaceAll("%3A", ":")}`;
}

function tell() {
  for (const listener of listeners) listener(readAddress());
}

addEventListener("popstate", tell);
addEventListener("hashchange", tell);

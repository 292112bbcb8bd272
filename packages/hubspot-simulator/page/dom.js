/** Makes elements and asks the simulator. All text goes in as text, never as HTML. */

/** @param {Record<string, unknown>} attributes `on…` become listeners, the rest attributes. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** The simulator's own doors. A refusal becomes an Error with its words. */
export async function ask(method, path, body) {
  const response = await fetch(`/__simulator${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message ?? `Error ${response.status}`);
  return answer;
}

export const timeOf = (at) => new Date(at).toLocaleTimeString([], { hour12: false });

/** Replaces a list only when it changed, so that focus and scrolling stay where they are. */
const shown = new WeakMap();
export function showList(box, items, rowOf, empty) {
  const key = JSON.stringify(items);
  if (shown.get(box) === key) return;
  shown.set(box, key);
  box.replaceChildren(...(items.length === 0 ? [el("p", { class: "empty" }, empty)] : items.map(rowOf)));
}

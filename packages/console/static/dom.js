/** Building the page. Text goes in as text nodes only, so nothing a stranger wrote is ever read as markup. */

/**
 * An element. Attributes that are undefined or false are left out, `on*` are listeners, children may be nested lists.
 * @example h("button", { class: "quiet", onclick: close }, "Close")
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

/**
 * Shows items as rows and keeps the rows that have not changed, so that focus and selection stay where they are.
 * @param keyOf what names an item for good. @param renderRow makes the row's element.
 */
export function showRows(list, items, keyOf, renderRow) {
  const old = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const rows = items.map((item) => {
    const key = String(keyOf(item));
    const print = JSON.stringify(item);
    const kept = old.get(key);
    // A row in which somebody is writing is left alone.
    if (kept?.dataset.print === print || kept?.querySelector("[data-draft]")) return kept;
    const row = renderRow(item);
    row.dataset.key = key;
    row.dataset.print = print;
    if (kept?.contains(document.activeElement)) restoreFocus(row);
    return row;
  });
  // Moving a node takes its focus away, so only what is out of place is moved.
  for (const row of [...list.children]) if (!rows.includes(row)) row.remove();
  rows.forEach((row, i) => {
    if (list.children[i] !== row) list.insertBefore(row, list.children[i] ?? null);
  });
}

/** The control at the same place of the new row gets the focus the old one had. */
function restoreFocus(to) {
  const name = document.activeElement?.dataset?.act;
  requestAnimationFrame(() =>
    (to.querySelector(`[data-act="${name}"]`) ?? to.querySelector("button, a") ?? to).focus(),
  );
}

/** Tells people who listen rather than look. */
export function say(text) {
  byId("say").textContent = text;
}

/** Parts every panel is made of: its frame, chips, and the four states a list can be in. */
import { linkTo, open } from "./address.js";
import { h } from "./dom.js";

const SKELETON_AFTER_MS = 150;

/** A panel's head and list. @returns the elements that change. */
export function frame(section, title, hint) {
  const id = `${section.id}-title`;
  const count = h("span", { class: "count" });
  const pill = h("button", { class: "pill", type: "button", hidden: true });
  const notice = h("div", { class: "notice" });
  const list = h("ul", { class: "rows" });
  section.replaceChildren(
    h("header", { class: "head" }, h("h2", { id }, title), count, pill, h("span", { class: "hint" }, hint)),
    notice,
    list,
  );
  return { section, list, notice, count, pill };
}

/** Rows of nothing in the shape of what will come, only when it takes long enough to be noticed. */
export function showLoading(panel, rows = 3) {
  const timer = setTimeout(() => {
    panel.list.setAttribute("aria-busy", "true");
    panel.list.replaceChildren(
      ...Array.from({ length: rows }, () =>
        h("li", { class: "skeleton", "aria-hidden": "true" }, h("span"), h("span")),
      ),
    );
  }, SKELETON_AFTER_MS);
  return () => {
    clearTimeout(timer);
    panel.list.removeAttribute("aria-busy");
    for (const row of panel.list.querySelectorAll(".skeleton")) row.remove();
  };
}

/** Why there is nothing, and what to do about it. */
export function showEmpty(panel, text, ...next) {
  panel.notice.replaceChildren(h("p", { class: "empty" }, text, " ", ...next));
}

export function showError(panel, error, again) {
  panel.notice.replaceChildren(
    h(
      "div",
      { class: "trouble", role: "alert" },
      h("strong", {}, error.message),
      ` Next: ${error.next ?? "try it again."} `,
      h("button", { type: "button", class: "quiet", onclick: again }, "Try again"),
    ),
  );
}

export function clearNotice(panel) {
  panel.notice.replaceChildren();
}

/** A link that opens the drawer here and can be opened elsewhere. */
export function opener(kind, id, attributes, ...children) {
  return h(
    "a",
    {
      ...attributes,
      href: linkTo(kind, id),
      onclick: (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open(kind, id);
      },
    },
    ...children,
  );
}

export function chip(text, tone = "dim") {
  return h("span", { class: `chip ${tone}` }, text);
}

/** A score with its band in words, never by colour alone. */
export function scoreChip(score, band) {
  if (score === null || score === undefined) return chip("no score");
  return chip(`${Math.round(score)}${band ? ` ${band}` : ""}`, band === "hot" ? "hot" : "score");
}

export function facts(pairs) {
  return h(
    "dl",
    { class: "facts" },
    pairs
      .filter(([, value]) => value !== undefined && value !== null && value !== "")
      .map(([name, value]) => [h("dt", {}, name), h("dd", {}, value instanceof Node ? value : String(value))]),
  );
}

export function rawData(data, title = "Data") {
  return h(
    "details",
    { class: "raw" },
    h("summary", {}, title),
    h("pre", { tabindex: "0" }, JSON.stringify(data, null, 2)),
  );
}

/** The latest contacts, each with the path it has taken. */
import { search } from "./address.js";
import { get } from "./api.js";
import { byId, h, showRows } from "./dom.js";
import { chip, clearNotice, frame, opener, scoreChip, showEmpty, showError, showLoading } from "./parts.js";
import { timeOf } from "./time.js";
import { contactName, eventWords, humanly, STATES, toneOf } from "./words.js";

const SHOWN = 12;
const STEPS_SHOWN = 7;

let panel;
let q = "";
let known = [];

export function startLeads() {
  panel = frame(byId("leads"), "Latest leads", "newest first");
  panel.pill.addEventListener("click", () => show(known, true));
}

/** Names of contacts seen so far, by id, for panels that only know the id. */
export const names = new Map();

export async function refreshLeads(query = q) {
  q = query;
  const done = known.length === 0 ? showLoading(panel, 4) : () => {};
  try {
    const { contacts } = await get(`/api/contacts?limit=${SHOWN}${q === "" ? "" : `&q=${encodeURIComponent(q)}`}`);
    done();
    for (const contact of contacts) names.set(contact.id, contactName(contact));
    show(contacts, false);
  } catch (error) {
    done();
    showError(panel, error, () => refreshLeads());
  }
}

/** While somebody points at the list, rows change in place and new ones wait behind a pill. */
function show(contacts, isAsked) {
  const shownIds = new Set([...panel.list.children].map((row) => row.dataset.key));
  const fresh = contacts.filter(({ id }) => !shownIds.has(id));
  const isHeld =
    !isAsked && q === "" && shownIds.size > 0 && fresh.length > 0 && panel.list.matches(":hover, :focus-within");
  known = contacts;
  panel.pill.hidden = !isHeld;
  panel.pill.textContent = `${fresh.length} new`;
  clearNotice(panel);
  const kept = isHeld ? contacts.filter(({ id }) => shownIds.has(id)) : contacts;
  showRows(panel.list, kept, ({ id }) => id, row);
  if (contacts.length === 0) explainNothing();
}

function explainNothing() {
  if (q !== "") {
    showEmpty(
      panel,
      `Nobody matches “${q}”.`,
      h("button", { type: "button", class: "quiet", onclick: () => search("") }, "Show all"),
    );
    return;
  }
  showEmpty(
    panel,
    "No leads yet.",
    h("a", { href: "/forms/demo" }, "Fill in the demo form"),
    " or run ",
    h("code", {}, "npm run demo"),
    ".",
  );
}

function row(contact) {
  const { properties } = contact;
  const about = [properties.jobtitle, properties.company].filter(Boolean).join(", ");
  return h(
    "li",
    { class: "row lead" },
    h(
      "div",
      { class: "line" },
      opener("contact", contact.id, { class: "name", "data-act": "open" }, contactName(contact)),
      h("span", { class: "about" }, about),
      scoreChip(properties.lead_score, properties.lead_band),
      timeOf(contact.createdAt),
    ),
    h("ol", { class: "path", "aria-label": "Path" }, steps(contact)),
  );
}

/** A step that says the same as one before it says nothing. What is still to be done stands at the end. */
function steps({ path, openTasks }) {
  const telling = path.filter((step, i) => path.findIndex((other) => eventWords(other) === eventWords(step)) === i);
  const left = telling.length - STEPS_SHOWN;
  const shown = telling
    .slice(-STEPS_SHOWN)
    .map((step) => h("li", {}, opener("event", step.position, { class: `chip ${toneOf(step)}` }, eventWords(step))));
  const open = openTasks.map((task) => h("li", {}, opener("task", task.id, { class: "chip open" }, openWords(task))));
  return [left > 0 ? h("li", {}, chip(`${left} before`)) : undefined, ...shown, ...open];
}

function openWords({ kind, state, worker }) {
  return state === "IN_PROGRESS" && worker !== null && !worker.includes(":")
    ? `${humanly(kind)}: ${worker} is at it`
    : `${humanly(kind)}: ${STATES[state].word}`;
}

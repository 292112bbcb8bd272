/** What flows now: the tail of the log, one line for each outside event and everything it led to. */
import { byId, h, showRows } from "./dom.js";
import { names } from "./leads.js";
import { chip, clearNotice, frame, opener, showEmpty } from "./parts.js";
import { timeOf } from "./time.js";
import { eventWords, isPersons, spanWords, toneOf } from "./words.js";

const CASCADES_KEPT = 40;
const CASCADES_SHOWN = 14;
const PAINT_MS = 250;
/** Bookkeeping that stands behind a count. */
const QUIET = new Set([
  "task_completed",
  "task_status_changed",
  "lead_score_updated",
  "contact_created",
  "enrichment_started",
  "enrichment_completed",
]);

/** What the monitor notes while all is well: it belongs to the panel on health. */
const UPKEEP = new Set(["metrics_calculated", "agent_started", "agent_completed", "queue_depth_changed"]);

let panel;
let timer;
/** By root, oldest first. */
const cascades = new Map();

export function startFlow() {
  panel = frame(byId("flow"), "What flows now", "one line for each event from outside");
  panel.pill.addEventListener("click", () => paint(true));
}

/** Takes events in the order of the log; paints a few times a second at most, however many come. */
export function takeEvents(events) {
  for (const event of events.filter((one) => !isUpkeep(one))) {
    if (event.type === "contact_erased") forget(event.contact);
    const cascade = cascades.get(event.root) ?? { root: event.root, first: event, events: [], contact: event.contact };
    cascade.events.push(event);
    if (event.position === event.root) cascade.first = event;
    cascades.delete(event.root);
    cascades.set(event.root, cascade);
  }
  while (cascades.size > CASCADES_KEPT) cascades.delete(cascades.keys().next().value);
  timer ??= setTimeout(() => paint(false), PAINT_MS);
}

/** What this page still knows of an erased person, it knew from before. */
function forget(contact) {
  names.delete(contact);
  for (const cascade of [...cascades.values()]) if (cascade.contact === contact) cascades.delete(cascade.root);
}

function isUpkeep({ type, data }) {
  return UPKEEP.has(type) || (type === "component_health_check" && data.ok);
}

export function paint(isAsked) {
  clearTimeout(timer);
  timer = undefined;
  const newest = [...cascades.values()].reverse().slice(0, CASCADES_SHOWN);
  const shown = new Set([...panel.list.children].map((row) => Number(row.dataset.key)));
  const fresh = newest.filter(({ root }) => !shown.has(root));
  const isHeld = !isAsked && shown.size > 0 && panel.list.matches(":hover, :focus-within");
  panel.pill.hidden = !isHeld || fresh.length === 0;
  panel.pill.textContent = `${fresh.length} new`;
  const order = isHeld ? [...shown].map((root) => cascades.get(root)).filter(Boolean) : newest;
  showRows(panel.list, order.map(inShort), ({ root }) => root, row);
  if (newest.length === 0)
    showEmpty(
      panel,
      "Nothing has happened yet.",
      h("a", { href: "/forms/demo" }, "Fill in the demo form"),
      " or run ",
      h("code", {}, "npm run demo"),
      ".",
    );
  else clearNotice(panel);
}

function inShort({ root, first, events, contact }) {
  const telling = events.filter(
    (event) => !QUIET.has(event.type) || event.type === first.type || isPersons(event.actor),
  );
  const [begin, end] = [events[0].occurredAt, events.at(-1).occurredAt];
  return {
    root,
    first,
    steps: telling.slice(-9),
    quiet: events.length - telling.length,
    count: events.length,
    tookMs: Math.max(0, end - begin),
    name: nameIn(first, contact),
  };
}

function nameIn({ data }, contact) {
  const given = data?.fields ?? data?.properties ?? {};
  const name = [given.firstname, given.lastname].filter(Boolean).join(" ");
  return name || names.get(contact) || given.email || data?.email || "";
}

function row({ root, first, steps, quiet, count, tookMs, name }) {
  return h(
    "li",
    { class: "row cascade" },
    h(
      "div",
      { class: "line" },
      h("span", { class: "position" }, `#${root}`),
      opener("event", first.position, { class: "name", "data-act": "open" }, eventWords(first)),
      h("span", { class: "about" }, name),
      h("span", { class: "took" }, count === 1 ? "1 step" : `${count} steps, ${spanWords(tookMs)}`),
      timeOf(first.occurredAt),
    ),
    h(
      "ol",
      { class: "path", "aria-label": "Steps" },
      steps
        .filter((event) => event.position !== first.position)
        .map((event) =>
          h("li", {}, opener("event", event.position, { class: `chip ${toneOf(event)}` }, eventWords(event))),
        ),
      quiet > 0 ? h("li", {}, chip(`and ${quiet} more`)) : undefined,
    ),
  );
}

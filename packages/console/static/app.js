/** The console's first page: loads what is there, follows the log, and refreshes what an event may have changed. */
import { onAddress, readAddress, search } from "./address.js";
import { get, post } from "./api.js";
import { byId, h } from "./dom.js";
import { forgetShown, startDrawer } from "./drawer.js";
import { paint, startFlow, takeEvents } from "./flow.js";
import { HEALTH_EVENTS, refreshHealth, startHealth } from "./health.js";
import { refreshAlerts, refreshIncoming, refreshMail, startInbox } from "./inbox.js";
import { refreshLeads, startLeads } from "./leads.js";
import { setHealth, showNumbers } from "./numbers.js";
import { follow } from "./stream.js";
import { refreshTasks, setPerson, startTasks } from "./tasks.js";
import { setServerClock } from "./time.js";
import { clockWords } from "./words.js";

const SETTLE_MS = 200;
const OVERVIEW_MS = 5_000;
const TAIL = 200;
const TYPING_MS = 200;

/** Panels that want a look at the engine again. */
const wanting = new Set();
let settling;
let freshAt = Date.now();

startTasks();
startLeads();
startFlow();
startInbox();
startHealth();
startSearch();
await start();

async function start() {
  try {
    await refreshOverview();
  } catch (error) {
    showStart(error);
    return;
  }
  startDrawer();
  const { events } = await get(`/api/events?limit=${TAIL}`);
  takeEvents(events.toReversed());
  paint(true);
  await Promise.all([
    refreshLeads(readAddress().q),
    refreshTasks(),
    refreshAlerts(),
    refreshMail(),
    refreshIncoming(),
    refreshHealth(),
  ]);
  follow(events[0]?.position ?? 0, onEvent, onLine);
  setInterval(() => want(refreshOverview), OVERVIEW_MS);
}

async function refreshOverview() {
  const overview = await get("/api/overview");
  setServerClock(overview.now);
  setPerson(overview.person);
  showNumbers(overview);
  showPerson(overview.person);
}

function onEvent(event) {
  freshAt = Date.now();
  takeEvents([event]);
  want(refreshOverview);
  if (event.contact !== null) want(refreshLeads);
  if (event.type.startsWith("task_") || event.type === "lead_score_updated" || event.type === "contact_enriched")
    want(refreshTasks);
  if (event.type.startsWith("email_")) want(refreshMail);
  if (event.type === "email_engagement") want(refreshIncoming);
  if (event.type === "alert_sent" || event.type === "health_alert_cleared") want(refreshAlerts);
  if (HEALTH_EVENTS.test(event.type)) want(refreshHealth);
  if (event.type === "contact_erased") forgetPerson(event.contact);
}

/** Of an erased person nothing is left on any panel. */
function forgetPerson(contact) {
  for (const refresh of [refreshTasks, refreshMail, refreshIncoming, refreshAlerts]) want(refresh);
  forgetShown(contact);
}

/** Many events ask for one look: what is wanted is fetched together, a few times a second at most. */
function want(refresh) {
  wanting.add(refresh);
  if (settling !== undefined) return;
  settling = setTimeout(async () => {
    const now = [...wanting];
    wanting.clear();
    await Promise.allSettled(now.map((one) => one()));
    settling = undefined;
    if (wanting.size > 0) want(refreshOverview);
  }, SETTLE_MS);
}

function onLine(state) {
  const stale = byId("stale");
  const wasLost = !stale.hidden;
  stale.hidden = state === "live";
  if (state === "live") {
    if (wasLost)
      for (const refresh of [
        refreshOverview,
        refreshLeads,
        refreshTasks,
        refreshMail,
        refreshIncoming,
        refreshAlerts,
        refreshHealth,
      ])
        want(refresh);
    return;
  }
  stale.replaceChildren(
    h("strong", {}, "Live updates are lost."),
    ` This is how things were at ${clockWords(freshAt)}. Trying again…`,
  );
  setHealth("bad", "Not connected");
}

function startSearch() {
  const field = byId("q");
  let timer;
  field.value = readAddress().q;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search(field.value.trim()), TYPING_MS);
  });
  byId("find").addEventListener("submit", (event) => event.preventDefault());
  onAddress(({ q }) => {
    if (document.activeElement !== field) field.value = q;
    refreshLeads(q);
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, textarea, dialog")) return;
    event.preventDefault();
    field.focus();
  });
  // The address holds what is shown, so a link within the page must not write to it.
  document.querySelector("[data-skip]").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
}

function showPerson(person) {
  if (byId("who").dataset.person === person) return;
  byId("who").dataset.person = person;
  byId("who").replaceChildren(
    h("span", {}, person),
    h("button", { type: "button", class: "quiet", onclick: signOut }, "Sign out"),
  );
}

async function signOut() {
  await post("/api/sign-out");
  location.reload();
}

/** Before anything can be shown: signed out, or no engine. */
function showStart(error) {
  const isSignedOut = error.status === 401;
  byId("find").hidden = true;
  setHealth(isSignedOut ? "unknown" : "bad", isSignedOut ? "Signed out" : "Not connected");
  byId("main").replaceChildren(
    h(
      "section",
      { class: "panel start" },
      h("h2", {}, isSignedOut ? "Sign in" : "The engine does not answer"),
      isSignedOut
        ? h(
            "p",
            {},
            "The engine prints a sign-in link when it starts. For a new one, run this beside it and open what it prints:",
          )
        : h("p", {}, error.message, " ", error.next ?? ""),
      isSignedOut ? h("pre", {}, "millrace sign-in") : undefined,
      h(
        "p",
        {},
        h("button", { type: "button", class: "main", onclick: () => location.reload() }, "Try again"),
        " ",
        h("a", { href: "/forms/demo" }, "See the demo form"),
      ),
    ),
  );
}

/** The page's beat: once a second it asks what is new. */

import { showActions } from "./actions.js";
import { ask, el, showList, timeOf } from "./dom.js";
import { showFaults } from "./faults.js";
import { showKinds, showRecords } from "./records.js";

const BEAT_MS = 1_000;
const trouble = document.querySelector("#trouble");

function toneOf(status) {
  if (status >= 200 && status < 300) return status === 207 ? "warn" : "good";
  return status === 429 ? "warn" : "bad";
}

function callRow({ at, method, path, status, tookMs, fault }) {
  return el(
    "div",
    { class: "entry" },
    el("span", { class: toneOf(status) }, status === 0 ? "cut" : String(status)),
    el("span", { class: "what" }, `${method} ${path}${fault ? ` (${fault})` : ""}`),
    el("span", { class: "when" }, `${timeOf(at)} ${tookMs} ms`),
  );
}

function deliveryRow({ at, status, events, types, attempt, outcome, fault }) {
  const what = `${events} × ${types.join(", ")}${attempt > 0 ? `, attempt ${attempt + 1}` : ""}: ${outcome}`;
  return el(
    "div",
    { class: "entry" },
    el("span", { class: toneOf(status) }, status === 0 ? "none" : String(status)),
    el("span", { class: "what" }, fault ? `${what} (${fault})` : what),
    el("span", { class: "when" }, timeOf(at)),
  );
}

let counts = "";
async function show() {
  const [state, calls, deliveries] = await Promise.all([
    ask("GET", "/state"),
    ask("GET", "/calls"),
    ask("GET", "/deliveries"),
  ]);
  document.querySelector("#account").textContent = `Account ${state.portalId}, app ${state.appId}`;
  const { perTenSeconds, searchesPerSecond } = state.limits;
  document.querySelector("#limits").textContent =
    perTenSeconds === null
      ? `${state.usedToday} today, no limits`
      : `${state.usedToday} today; limits ${perTenSeconds} in 10 s, ${searchesPerSecond ?? "any number of"} searches a second`;
  document.querySelector("#target").textContent =
    state.webhooks.targetUrl === null
      ? "No target set"
      : `${state.webhooks.subscriptions.length} subscriptions to ${state.webhooks.targetUrl}`;
  showFaults(state.faults);
  if (counts !== JSON.stringify(state.counts)) {
    counts = JSON.stringify(state.counts);
    showKinds(state.counts);
  }
  showList(document.querySelector("#calls"), calls.results, callRow, "No calls yet.");
  showList(document.querySelector("#hooks"), deliveries.results, deliveryRow, "Nothing sent yet.");
  await Promise.all([showRecords(), showActions()]);
}

async function beat() {
  try {
    await show();
    trouble.hidden = true;
  } catch {
    trouble.textContent = "The simulator does not answer.";
    trouble.hidden = false;
  }
  setTimeout(beat, BEAT_MS);
}

await beat();

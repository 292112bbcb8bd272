/** The numbers on top: how quickly leads are answered, what flows, what waits, and whether all is well. */
import { byId, h } from "./dom.js";
import { countWords, spanWords } from "./words.js";

const PROMISE_MS = 300_000;
const LONG_WAIT_MS = 60_000;

export function showNumbers(overview) {
  const { formToAction: clock, events, tasks } = overview;
  byId("numbers").replaceChildren(
    number({
      name: "Form to action",
      value: clock === null ? "–" : spanWords(clock.p50),
      note:
        clock === null
          ? "no hot lead yet; promised: 5 min"
          : `p95 ${spanWords(clock.p95)} over ${clock.count} hot ${clock.count === 1 ? "lead" : "leads"}; promised: 5 min`,
      tone: clock === null ? undefined : clock.p95 > PROMISE_MS ? "bad" : "good",
      isMain: true,
    }),
    number({
      name: "Hot leads today",
      value: countWords(overview.hotLeadsToday),
      note: overview.unseenAlerts === 0 ? "all alerts seen" : `${countWords(overview.unseenAlerts)} not seen yet`,
    }),
    number({
      name: "Waiting for people",
      value: countWords(tasks.forPeople),
      note: tasks.forPeople === 0 ? "nobody waits" : "open tasks below",
    }),
    number({
      name: "Forms a minute",
      value: countWords(events.formsPerMinute),
      note: `${countWords(events.perMinute)} events`,
    }),
    number({ name: "Agents’ queue", value: countWords(tasks.ready), note: queueNote(overview) }),
  );
  showHealth(overview);
}

function queueNote({ tasks, backlog }) {
  const parts = [
    `${countWords(tasks.running)} under way`,
    backlog === 0 ? undefined : `${countWords(backlog)} events to decide`,
  ];
  return parts.filter(Boolean).join(", ");
}

function number({ name, value, note, tone, isMain }) {
  return h(
    "div",
    { class: `number${isMain ? " main" : ""}` },
    h("p", { class: "label" }, name),
    h("p", { class: `value ${tone ?? ""}` }, value),
    h("p", { class: "note" }, note),
  );
}

let lastOverview;
let engineStatus = "unknown";

/** What the monitor says, which weighs more than our own impression. */
export function noteHealth(status) {
  engineStatus = status;
  if (lastOverview !== undefined) showHealth(lastOverview);
}

function showHealth(overview) {
  lastOverview = overview;
  if (overview.deadLetters > 0) setHealth("bad", `Not well: ${countWords(overview.deadLetters)} events set aside`);
  else if (engineStatus === "ill") setHealth("bad", "Not well");
  else if (overview.oldestReadyMs > LONG_WAIT_MS) setHealth("warn", `Behind by ${spanWords(overview.oldestReadyMs)}`);
  else setHealth("good", "All well");
}

/** @param tone good, warn, bad or unknown; the words carry the meaning. */
export function setHealth(tone, text) {
  byId("health").dataset.tone = tone;
  byId("health-text").textContent = text;
}

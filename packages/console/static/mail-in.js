/** One message that came in: who wrote it, what was cut of it and why, how it was read, what followed, and its headers. */
import { h } from "./dom.js";
import { chip, facts, opener } from "./parts.js";
import { readAgainPart, readingOf } from "./read-again.js";
import { timeOf } from "./time.js";
import { actorWords, eventWords, humanly, INBOUND_STATES, STATES, toneOf } from "./words.js";

const STEPS = { author: "Who wrote", kind: "Kind of mail", words: "Own words", subject: "Subject", size: "Size" };

/** @param again asked to show the message anew, when it was read again. */
export function mailIn(message, again) {
  const { from, author, state, why, receivedAt, contact, event, followed } = message;
  const known = INBOUND_STATES[state];
  return [
    message.subject || "(no subject)",
    facts([
      ["From", from],
      ["Written by", author === from ? undefined : author],
      ["Came", timeOf(receivedAt)],
      ["State", chip(known.word, known.tone)],
      ["Because", why],
      ["Contact", contact === null ? undefined : opener("contact", contact, {}, "see the contact")],
      ["Event", event === null ? undefined : opener("event", event, {}, `#${event}`)],
    ]),
    h("h3", {}, "What it says"),
    wordsOf(message.pieces),
    h("h3", {}, "How it was read"),
    stepsOf(message.steps, followed.events),
    h("h3", {}, "What followed"),
    followedPart(followed),
    isReply(message) ? readAgainPart(event, readingOf(followed.events), again) : undefined,
    headersOf(message.headers),
  ];
}

/** Bounces and complaints are no words to read again. */
function isReply({ state, event, why }) {
  return state === "taken" && event !== null && !/^a (hard |soft )?(bounce|complaint)$/.test(why);
}

/** Their own words as they are; what was cut is folded, under its reason. */
function wordsOf(pieces) {
  if (pieces.length === 0) return h("p", { class: "empty" }, "No text was kept of it.");
  const hasOwn = pieces.some(({ what }) => what === "own");
  return (hasOwn ? pieces : [{ what: "own", text: "" }, ...pieces]).map(({ what, text }) =>
    what === "own"
      ? text === ""
        ? h("p", { class: "empty" }, "No words of their own.")
        : h("pre", { class: "letter", tabindex: "0", "aria-label": "Their own words" }, text)
      : h(
          "details",
          { class: "cut-piece" },
          h("summary", {}, chip(`cut: ${what}`), h("span", { class: "about cut" }, text.split("\n")[0])),
          h("pre", { tabindex: "0", "aria-label": `Cut: ${what}` }, text),
        ),
  );
}

function stepsOf(steps, events) {
  const readings = events.filter(({ type }) => type === "reply_classified");
  if (steps.length + readings.length === 0) return h("p", { class: "empty" }, "Its reading was not kept.");
  return h(
    "ol",
    { class: "steps" },
    steps.map(({ step, found }) => h("li", {}, h("b", {}, STEPS[step] ?? humanly(step)), h("span", {}, found))),
    readings.map(({ position, data }) =>
      h(
        "li",
        {},
        h("b", {}, "Meaning"),
        h(
          "span",
          {},
          opener("event", position, { class: "chip in" }, humanly(data.class)),
          ` ${Math.round(data.confidence * 100)} %, ${data.sure ? "sure" : "a guess"}, by ${actorWords(data.by)}`,
          (data.reasons ?? []).length === 0 ? undefined : h("span", { class: "about" }, ` ${data.reasons.join(", ")}`),
        ),
      ),
    ),
  );
}

function followedPart({ events, tasks }) {
  if (events.length + tasks.length === 0) return h("p", { class: "empty" }, "Nothing.");
  return [
    h(
      "ol",
      { class: "path wrap" },
      events.map((event) =>
        h("li", {}, opener("event", event.position, { class: `chip ${toneOf(event)}` }, eventWords(event))),
      ),
    ),
    h(
      "ul",
      { class: "made" },
      tasks.map((task) =>
        h(
          "li",
          {},
          "task ",
          opener("task", task.id, {}, humanly(task.kind)),
          " ",
          chip(STATES[task.state].word, STATES[task.state].tone),
        ),
      ),
    ),
  ];
}

function headersOf(headers) {
  if (headers === null) return undefined;
  return h(
    "details",
    { class: "raw" },
    h("summary", {}, "Headers as they came"),
    h("pre", { tabindex: "0", "aria-label": "Headers as they came" }, headers),
  );
}

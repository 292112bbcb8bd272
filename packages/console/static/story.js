/** What one thing is, and why it is there, back to the outside event it began with. Shown in the drawer. */
import { get } from "./api.js";
import { h } from "./dom.js";
import { erasePart } from "./erase.js";
import { mailIn } from "./mail-in.js";
import { chip, facts, opener, rawData, scoreChip } from "./parts.js";
import { readAgainPart, readingOf } from "./read-again.js";
import { timeOf } from "./time.js";
import {
  actorWords,
  clockWords,
  contactName,
  eventWords,
  humanly,
  MAIL_STATES,
  mailSubject,
  outcomeWords,
  personWords,
  STATES,
  toneOf,
} from "./words.js";

const WHY = { event: "events", task: "tasks", email: "emails", alert: "alerts" };

/**
 * @param again asked to show the same thing anew, when it was changed from here.
 * @returns the title, then what stands below it. @throws ApiError when there is no such thing.
 */
export async function contentOf({ kind, id }, again) {
  if (kind === "contact") return contactStory(await get(`/api/contacts/${encodeURIComponent(id)}`), again);
  if (kind === "inbound") return mailIn(await get(`/api/mail/inbox/${encodeURIComponent(id)}`), again);
  const place = WHY[kind];
  if (place === undefined)
    throw Object.assign(new Error(`There is nothing called “${kind}”.`), {
      next: "close this and choose something on the page.",
    });
  const why = await get(`/api/${place}/${encodeURIComponent(id)}/why`);
  return [
    titleOf(why.subject),
    subjectOf(why.subject),
    h("h3", {}, "Why"),
    chainOf(why),
    effectsOf(why),
    readAgainOf(why, again),
  ];
}

/** A reply, or a reading of one, can be read again from its own story. */
function readAgainOf({ subject, effects }, again) {
  if (subject.kind !== "event") return undefined;
  const { event } = subject;
  const isReply = event.type === "email_replied" || event.data?.engagement === "replied";
  if (event.type === "reply_classified") return readAgainPart(event.position, event, again);
  return isReply ? readAgainPart(event.position, readingOf(effects), again) : undefined;
}

function titleOf(subject) {
  if (subject.kind === "event") return eventWords(subject.event);
  if (subject.kind === "task") return humanly(subject.task.kind);
  return subject.kind === "email" ? mailSubject(subject.email) : subject.alert.title;
}

function subjectOf(subject) {
  if (subject.kind === "event") return eventFacts(subject.event);
  if (subject.kind === "task") return taskFacts(subject.task);
  return subject.kind === "email" ? mailFacts(subject.email) : alertFacts(subject.alert);
}

function eventFacts(event) {
  return [
    facts([
      ["Event", `#${event.position} ${event.type}`],
      ["When", timeOf(event.occurredAt)],
      ["Stated by", actorWords(event.actor)],
      ["Contact", contactLink(event.contact)],
    ]),
    event.data?.reasons ? reasonsOf(event.data.reasons) : undefined,
    rawData(event.data),
  ];
}

/** A score explained in points. */
function reasonsOf(reasons) {
  const rows = reasons.map((reason) =>
    typeof reason === "string"
      ? h("li", {}, reason)
      : h(
          "li",
          {},
          h("b", { class: "points" }, `${reason.points > 0 ? "+" : ""}${reason.points}`),
          ` ${reason.because}`,
        ),
  );
  return h("ul", { class: "reasons" }, rows);
}

function taskFacts(task) {
  const state = STATES[task.state];
  return [
    facts([
      ["State", chip(state.word, state.tone)],
      ["Priority", task.priority.toLowerCase()],
      ["Due", task.finishedAt === null ? timeOf(task.dueAt, "due") : undefined],
      ["Finished", task.finishedAt === null ? undefined : timeOf(task.finishedAt)],
      ["About", task.contact === null ? undefined : contactLink(task.contact, personWords(task.who))],
      ["Held or done by", task.worker],
      ["Asked for by", actorWords(task.requestedBy)],
      ["Attempts", task.attempt],
      ["Said", task.result?.note ?? task.error],
    ]),
    rawData({ payload: task.payload, result: task.result }),
  ];
}

function mailFacts(email) {
  const state = MAIL_STATES[email.state];
  return [
    facts([
      ["To", email.recipient],
      ["State", chip(email.reason === null ? state.word : `${state.word}: ${email.reason}`, state.tone)],
      ["When", timeOf(email.sentAt ?? email.createdAt)],
      ["Template", humanly(email.template)],
      ["Contact", contactLink(email.contact)],
    ]),
    letter(email.body, { tabindex: "0", "aria-label": "Text of the e-mail" }),
  ];
}

function alertFacts(alert) {
  return [
    letter(alert.body),
    facts([
      ["Told", alert.audience],
      ["When", timeOf(alert.createdAt)],
      ["Seen", alert.seenAt === null ? "not yet" : `by ${alert.seenBy}`],
      ["Contact", contactLink(alert.contact)],
    ]),
  ];
}

/** A text as it was sent; of an erased one nothing is left to show. */
function letter(body, attributes = {}) {
  return body ? h("pre", { class: "letter", ...attributes }, body) : undefined;
}

function contactLink(id, name = "see the contact") {
  return id === null ? undefined : opener("contact", id, {}, name);
}

function chainOf({ chain }) {
  if (chain.length === 0) return h("p", { class: "empty" }, "The log does not tell what led to it.");
  return h("ol", { class: "chain" }, chain.map(linkOf));
}

function linkOf({ event, decisions, tasks, emails, alerts }) {
  return h(
    "li",
    {},
    h(
      "div",
      { class: "line" },
      opener("event", event.position, { class: `chip ${toneOf(event)}` }, eventWords(event)),
      h("span", { class: "about" }, `#${event.position}, ${actorWords(event.actor)}, ${clockWords(event.occurredAt)}`),
    ),
    h(
      "ul",
      { class: "made" },
      decisions.map(decisionOf),
      tasks.map(taskLine),
      emails.map(mailLine),
      alerts.map(alertLine),
    ),
  );
}

function decisionOf(decision) {
  const asked = decision.outcomes.map(outcomeWords);
  const said = asked.length === 0 ? "nothing" : asked.join(", ");
  return h(
    "li",
    {},
    h("b", {}, humanly(decision.workflow)),
    decision.branch === "" ? " decided: " : [" took ", h("q", {}, decision.branch), ": "],
    said,
    decision.because === null ? undefined : h("span", { class: "about" }, ` because ${decision.because}`),
  );
}

function taskLine(task) {
  const state = STATES[task.state];
  return h(
    "li",
    {},
    "task ",
    opener("task", task.id, {}, humanly(task.kind)),
    " ",
    chip(state.word, state.tone),
    task.worker === null ? undefined : h("span", { class: "about" }, ` ${task.worker}`),
  );
}

function mailLine(email) {
  return h(
    "li",
    {},
    "e-mail ",
    opener("email", email.id, {}, mailSubject(email)),
    " ",
    chip(MAIL_STATES[email.state].word, MAIL_STATES[email.state].tone),
  );
}

function alertLine(alert) {
  return h("li", {}, "alert ", opener("alert", alert.id, {}, alert.title), " ", chip(alert.audience, "alert"));
}

function effectsOf({ effects }) {
  if (effects.length === 0) return undefined;
  return [
    h("h3", {}, "What it led to"),
    h(
      "ol",
      { class: "path wrap" },
      effects.map((event) =>
        h("li", {}, opener("event", event.position, { class: `chip ${toneOf(event)}` }, eventWords(event))),
      ),
    ),
  ];
}

function contactStory(contact, again) {
  const { properties, facts: known } = contact;
  const { firstname, lastname, lead_score: score, lead_band: band, message, ...rest } = properties;
  return [
    contactName(contact),
    h(
      "p",
      { class: "line" },
      scoreChip(score, band),
      known.optedOut ? chip("opted out", "bad") : undefined,
      known.erasedAt ? chip("all data erased") : undefined,
      h("span", { class: "about" }, [properties.jobtitle, properties.company].filter(Boolean).join(", ")),
    ),
    message ? h("blockquote", {}, String(message)) : undefined,
    facts(Object.entries(rest).map(([name, value]) => [humanly(name), sourced(value, known.sources?.[name])])),
    h("h3", {}, "Tasks"),
    contact.tasks.length === 0
      ? h("p", { class: "empty" }, "None.")
      : h("ul", { class: "made" }, contact.tasks.map(taskLine)),
    h("h3", {}, "E-mails"),
    contact.emails.length === 0
      ? h("p", { class: "empty" }, "None.")
      : h("ul", { class: "made" }, contact.emails.map(mailLine)),
    h("h3", {}, "Everything that happened"),
    h(
      "ol",
      { class: "timeline" },
      contact.events.map((event) =>
        h(
          "li",
          {},
          h("span", { class: "position" }, clockWords(event.occurredAt)),
          opener("event", event.position, { class: `chip ${toneOf(event)}` }, eventWords(event)),
          h("span", { class: "about" }, actorWords(event.actor)),
        ),
      ),
    ),
    erasePart(contact, again),
  ];
}

/** A value an agent found says so. */
function sourced(value, source) {
  if (source === undefined) return value;
  return h(
    "span",
    {},
    String(value),
    h("span", { class: "about" }, ` found by ${actorWords(source.by)}, ${Math.round(source.confidence * 100)} % sure`),
  );
}

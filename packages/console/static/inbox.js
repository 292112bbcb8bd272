/** What people are alerted to, what left and what came in: the alerts and the mailboxes. */
import { get, post } from "./api.js";
import { byId, h, say, showRows } from "./dom.js";
import { chip, clearNotice, frame, opener, showEmpty, showError, showLoading } from "./parts.js";
import { timeOf } from "./time.js";
import { humanly, INBOUND_STATES, MAIL_STATES, mailSubject } from "./words.js";

const ALERTS_SHOWN = 8;
const MAILS_SHOWN = 10;

let alerts;
let mail;
let incoming;

export function startInbox() {
  alerts = frame(byId("alerts"), "Alerts", "");
  mail = frame(byId("mail"), "Mailbox", "what left, and what was held back");
  incoming = frame(byId("incoming"), "Incoming mail", "how each was read");
}

export async function refreshAlerts() {
  const done = alerts.list.children.length === 0 ? showLoading(alerts, 1) : () => {};
  try {
    const { alerts: newest } = await get(`/api/alerts?limit=${ALERTS_SHOWN}`);
    done();
    clearNotice(alerts);
    const unseen = newest.filter(isUnseen).length;
    alerts.count.textContent = unseen === 0 ? "" : `${unseen} new`;
    showRows(alerts.list, newest, ({ id }) => id, alertRow);
    if (newest.length === 0) showEmpty(alerts, "No alerts. One is raised within a second of a hot lead’s form.");
  } catch (error) {
    done();
    showError(alerts, error, refreshAlerts);
  }
}

/** What is over needs nobody's eye any more. */
function isUnseen({ seenAt, resolvedAt }) {
  return seenAt === null && resolvedAt === null;
}

function alertRow(alert) {
  const isNew = isUnseen(alert);
  return h(
    "li",
    { class: `row alert${isNew ? " new" : ""}${alert.resolvedAt === null ? "" : " over"}` },
    h(
      "div",
      { class: "line" },
      opener("alert", alert.id, { class: "name", "data-act": "open" }, alert.title),
      timeOf(alert.createdAt),
    ),
    h(
      "div",
      { class: "line about" },
      chip(alert.audience, alert.resolvedAt === null ? "alert" : "dim"),
      h("span", { class: "cut" }, alert.body.split("\n").slice(0, 2).join(" · ")),
      isNew
        ? h(
            "button",
            {
              type: "button",
              class: "quiet",
              "data-act": "seen",
              "aria-label": `Mark “${alert.title}” as seen`,
              onclick: () => markSeen(alert),
            },
            "Seen",
          )
        : h("span", { class: "seen" }, alert.seenBy === null ? "resolved" : `seen by ${alert.seenBy}`),
    ),
  );
}

async function markSeen(alert) {
  try {
    await post(`/api/alerts/${alert.id}/seen`);
    say("Marked as seen.");
    await refreshAlerts();
  } catch (error) {
    showError(alerts, error, refreshAlerts);
  }
}

export async function refreshMail() {
  const done = mail.list.children.length === 0 ? showLoading(mail, 2) : () => {};
  try {
    const { emails } = await get(`/api/emails?limit=${MAILS_SHOWN}`);
    done();
    clearNotice(mail);
    showRows(mail.list, emails, ({ id }) => id, mailRow);
    if (emails.length === 0)
      showEmpty(mail, "No mail yet. Until a mail server is set, nothing leaves this machine and all of it lands here.");
  } catch (error) {
    done();
    showError(mail, error, refreshMail);
  }
}

export async function refreshIncoming() {
  const done = incoming.list.children.length === 0 ? showLoading(incoming, 2) : () => {};
  try {
    const { inbox } = await get(`/api/mail/inbox?limit=${MAILS_SHOWN}`);
    done();
    clearNotice(incoming);
    showRows(incoming.list, inbox, ({ id }) => id, incomingRow);
    if (inbox.length === 0) showEmpty(incoming, "No mail has come in. An inbox is set with mail.inbox.");
  } catch (error) {
    done();
    showError(incoming, error, refreshIncoming);
  }
}

function incomingRow(message) {
  const state = INBOUND_STATES[message.state];
  return h(
    "li",
    { class: "row mail" },
    h(
      "div",
      { class: "line" },
      opener("inbound", message.id, { class: "name", "data-act": "open" }, message.subject || "(no subject)"),
      timeOf(message.receivedAt),
    ),
    h(
      "div",
      { class: "line about" },
      h("span", { class: "cut" }, message.from ? `from ${message.from}` : "from an unknown sender"),
      chip(state.word, state.tone),
      h("span", { class: "cut" }, message.why),
    ),
  );
}

function mailRow(email) {
  const state = MAIL_STATES[email.state];
  return h(
    "li",
    { class: "row mail" },
    h(
      "div",
      { class: "line" },
      opener("email", email.id, { class: "name", "data-act": "open" }, mailSubject(email)),
      timeOf(email.sentAt ?? email.createdAt),
    ),
    h(
      "div",
      { class: "line about" },
      h("span", { class: "cut" }, email.recipient ? `to ${email.recipient}` : humanly(email.template)),
      chip(email.reason === null ? state.word : `${state.word}: ${email.reason}`, state.tone),
    ),
  );
}

/** Conversations: what came back and what we wrote in one thread, and an answer from here that leaves once, through every gate. */
import assert from "node:assert/strict";
import { it } from "node:test";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { formSubmitted } from "../factories/engine.ts";
import { testGateway } from "../http/gateway.fixture.ts";
import { headerOf, mailServer } from "../servers/smtp.ts";

const ADA = "ada@acme-systems.example";
const SALES = "Sales <sales@acme.example>";

function mailFrom(text: string, id = "yes-1", more = ""): string {
  return `From: Ada <${ADA}>\nTo: ${SALES}\nSubject: Re: Your demo\nMessage-ID: <${id}@acme-systems.example>\n${more}\n${text}\n`;
}

async function withReply(mail: MillraceConfig["mail"] = {}, text = "Yes, gladly. Tuesday at ten?") {
  const tested = await testGateway({}, { mail: { from: SALES, ...mail } });
  await tested.engine.append([formSubmitted({ email: ADA, firstname: "Ada", company: "Acme" })]);
  await tested.engine.idle();
  const deliver = async (raw: string) => {
    const response = await tested.call("/mail/inbound", {
      method: "POST",
      body: raw,
      headers: { "content-type": "message/rfc822" },
    });
    assert.ok(response.status < 300, await response.text());
    await tested.engine.idle();
  };
  await deliver(mailFrom(`${text}\n\nOn Mon, 2 Mar 2026, Sales wrote:\n> Thank you for your interest.`));
  const { queries, actions } = tested.engine;
  return { ...tested, deliver, queries, actions };
}

const BY = { by: "person:grace" };

it("a conversation shows both directions, what was cut on demand, and how the reply was read and by what", async () => {
  await using tested = await withReply();
  const { messages, mayAnswer } = await tested.queries.conversation({ contact: ADA });
  const reply = messages.find((message) => message.direction === "in");
  assert.ok(reply?.direction === "in");
  assert.equal(reply.text, "Yes, gladly. Tuesday at ten?");
  assert.ok(reply.pieces.some(({ what, text }) => what !== "own" && text.includes("Thank you for your interest")));
  assert.equal(reply.reading?.class, "positive");
  assert.ok((reply.reading?.confidence ?? 0) > 0.5 && (reply.reading?.reasons.length ?? 0) > 0);
  assert.ok(
    messages.some((message) => message.direction === "out"),
    "the thank-you is there",
  );
  assert.equal(mayAnswer, true);
});

it("who wrote back and waits is listed, by what they said; once answered they wait no more", async () => {
  await using tested = await withReply();
  const names = async (filter: object) =>
    (await tested.queries.conversations(filter)).conversations.map(({ who }) => who?.name);
  assert.deepEqual(await names({ waiting: true, class: "positive" }), ["Ada"]);
  assert.deepEqual(await names({ class: "negative" }), []);
  tested.clock.advance(60_000);
  await tested.actions.replyToContact({ contact: ADA, text: "See you on Tuesday.", key: "answer-1" }, BY);
  await tested.engine.idle();
  assert.deepEqual(await names({ waiting: true }), []);
  assert.deepEqual(await names({ waiting: false }), ["Ada"]);
});

it("who was thanked by itself still waits, while a person is to agree on a time", async () => {
  await using tested = await withReply({}, "Yes, I am interested. Let us talk.");
  const { db } = tested.engine;
  const thanked =
    "update emails set sent_at = sent_at + interval '1 min' where template = 'positive_follow_up' and state = 'sent' returning 1";
  assert.equal((await db.query(thanked)).length, 1, "a minute after the reply");
  const waiting = async () => (await tested.queries.conversations({ waiting: true })).conversations.length;
  assert.equal(await waiting(), 1);
  const { tasks } = await tested.queries.tasks({ human: true });
  for (const { id } of tasks) await tested.actions.completeTask({ id, result: { called: true } }, BY);
  assert.equal(await waiting(), 0);
});

it("an answer leaves once, in the thread of what it answers, and the task is done with it", async () => {
  await using smtp = await mailServer();
  await using tested = await withReply({ smtpUrl: smtp.url });
  const meeting = (await tested.queries.queue({ kind: "schedule_meeting" })).tasks[0];
  const before = smtp.letters.length;
  const letter = {
    contact: ADA,
    text: "Tuesday at ten is fine.\r\nBcc: eve@evil.example",
    key: "answer-to-ada",
    task: meeting?.id,
  };
  const first = await tested.actions.replyToContact(letter, BY);
  const again = await tested.actions.replyToContact(letter, BY);
  await tested.engine.idle();
  assert.deepEqual([first.isNew, again.isNew, again.task], [true, false, first.task]);
  assert.equal(smtp.letters.length, before + 1);
  const [out = ""] = smtp.letters.slice(-1);
  assert.equal(headerOf(out, "In-Reply-To"), "<yes-1@acme-systems.example>");
  assert.equal(headerOf(out, "References"), "<yes-1@acme-systems.example>");
  assert.equal(headerOf(out, "Subject"), "Re: Your demo");
  assert.equal(headerOf(out, "Bcc"), undefined);
  assert.equal((await tested.queries.queue({ kind: "schedule_meeting" })).tasks.length, 0);
  const [fact] = (await tested.queries.events({ type: "reply_written" })).events;
  assert.equal(fact?.actor, "person:grace");
  await assert.rejects(tested.actions.replyToContact({ ...letter, text: "Other words." }, BY), {
    code: "idempotency_conflict",
  });
});

it("who opted out is not written to, and it is said before anybody believes it was sent", async () => {
  await using tested = await withReply({}, "Please stop writing to me and delete my address.");
  const { mayAnswer, whyNot } = await tested.queries.conversation({ contact: ADA });
  assert.equal(mayAnswer, false);
  assert.match(whyNot ?? "", /opted out/);
  await assert.rejects(
    tested.actions.replyToContact({ contact: ADA, text: "But …", key: "answer-no" }, BY),
    /opted out/,
  );
});

it("an answer that is planned for later can be taken back", async () => {
  await using smtp = await mailServer();
  await using tested = await withReply({ smtpUrl: smtp.url });
  const before = smtp.letters.length;
  const sendAtMs = tested.clock.now() + 60_000;
  const { task } = await tested.actions.replyToContact(
    { contact: ADA, text: "Oops.", key: "answer-oops", sendAtMs },
    BY,
  );
  const [planned] = (await tested.queries.outbox({ state: "planned" })).emails;
  assert.deepEqual(
    [planned?.id, planned?.subject, planned?.recipient, planned?.notBefore],
    [task, "Re: Your demo", ADA, sendAtMs],
  );
  await tested.actions.cancelTask({ id: task, reason: "undone" }, BY);
  tested.clock.advance(120_000);
  await tested.engine.idle();
  assert.equal(smtp.letters.length, before);
});

it("an answer to what another contact wrote, or without a subject to be had, is refused", async () => {
  await using tested = await withReply();
  await tested.engine.append([formSubmitted({ email: "bob@other.example" }, "demo", "bob")]);
  await tested.engine.idle();
  const reply = (await tested.queries.conversations({})).conversations[0]?.reply;
  const bob = { contact: "bob@other.example", text: "Hello.", key: "answer-bob" };
  await assert.rejects(tested.actions.replyToContact({ ...bob, answers: reply }, BY), { code: "not_found" });
  await assert.rejects(tested.actions.replyToContact(bob, BY), { code: "invalid_request", message: /subject/ });
});

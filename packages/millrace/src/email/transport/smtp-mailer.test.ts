import assert from "node:assert/strict";
import type { AddressInfo, Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { MillraceError } from "../../base/errors.ts";
import type { Contact, ContactFacts } from "../../contacts/contact.ts";
import type { Json } from "../../events/event.ts";
import type { Outcome, TaskInput } from "../../tasks/handler.ts";
import type { Begun, SendingRecord } from "../../tasks/sending.ts";
import { workContext } from "../../testing/work-context.ts";
import { messageIdOf } from "../compose/mail-layout.ts";
import { Templates } from "../compose/templates.ts";
import { type EffectLedger, type SmtpMailerOptions, smtpMailer } from "./mailer.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const thankYou = { template: "thank_you", onceKey: "thank_you:event:1", purpose: "transactional" };

/** The ledger's promises, in memory: begun, then sent or abandoned. */
class FakeLedger implements EffectLedger {
  readonly rows = new Map<string, SendingRecord>();
  readonly answers: Begun[] = [];

  async begin(record: SendingRecord): Promise<Begun> {
    const answer = this.answers.shift();
    if (answer !== undefined) return answer;
    if (this.rows.has(record.onceKey)) return { state: "unknown" };
    this.rows.set(record.onceKey, record);
    return { state: "begun", subject: record.subject, references: [] };
  }

  async abandon(onceKey: string) {
    this.rows.delete(onceKey);
  }
}

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly message: string;
}

/** A real SMTP server on loopback that does as it is told. */
class Server {
  readonly received: Received[] = [];
  readonly ledgerAtStart: number[] = [];
  readonly #server: SMTPServer;
  #socket: Socket | undefined;

  constructor(options: (cut: () => void) => SMTPServerOptions = () => ({})) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS", "AUTH"],
      disableReverseLookup: true,
      closeTimeout: 100,
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const { mailFrom, rcptTo } = session.envelope;
          const from = mailFrom === false ? "" : mailFrom.address;
          this.received.push({ from, to: rcptTo.map((to) => to.address), message: Buffer.concat(chunks).toString() });
          done();
        });
      },
      ...options(() => this.#socket?.destroy()),
    });
    this.#server.on("error", () => {});
    this.#server.server.on("connection", (socket: Socket) => {
      this.#socket = socket;
    });
  }

  async start(t: TestContext): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    t.after(() => new Promise<void>((resolve) => this.#server.close(() => resolve())));
    return (this.#server.server.address() as AddressInfo).port;
  }
}

function refusal(responseCode: number): Error {
  return Object.assign(new Error("no"), { responseCode });
}

async function post(t: TestContext, server: Server, options: Partial<SmtpMailerOptions> = {}) {
  const port = await server.start(t);
  const ledger = new FakeLedger();
  const mailer = smtpMailer({
    templates: new Templates(),
    from: "Acme <hello@acme.com>",
    transport: `smtp://127.0.0.1:${port}`,
    ledger,
    timeoutMs: 500,
    ...options,
  });
  t.after(() => mailer.close());
  const send = async (
    payload: Json = thankYou,
    email = "ada@acme.de",
    facts: Partial<ContactFacts> = {},
    signal = new AbortController().signal,
  ) => {
    const contact: Contact = { id: "c1", properties: { email, firstname: "Ada" }, facts: { createdAt: NOW, ...facts } };
    const task: TaskInput = { id: 7, kind: "send_email", payload, contact, attempt: 1, root: 1, createdAt: NOW };
    const [outcome] = await mailer.run([task], workContext({ now: NOW, signal }));
    assert.ok(outcome);
    return outcome;
  };
  return { send, ledger, mailer, server };
}

function header(message: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)$`, "im")
    .exec(message.split("\r\n\r\n")[0]?.replaceAll(/\r\n[ \t]+/g, " ") ?? "")?.[1]
    ?.trim();
}

test("an e-mail leaves to one address, with a fixed set of headers, after its row was written", async (t) => {
  const { send, ledger, server } = await post(t, new Server());
  const outcome = await send();
  assert.ok(outcome.outcome === "completed", JSON.stringify(outcome));
  assert.equal(outcome.emails?.[0]?.state, "sent");
  assert.equal(outcome.events?.[0]?.type, "email_sent");
  const [mail, ...others] = server.received;
  assert.ok(mail && others.length === 0);
  assert.deepEqual([mail.from, mail.to], ["hello@acme.com", ["ada@acme.de"]]);
  const names = mail.message.split("\r\n\r\n")[0]?.match(/^[\w-]+(?=:)/gm) ?? [];
  const expected = ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"];
  assert.deepEqual(names.toSorted(), expected);
  assert.equal(header(mail.message, "From"), "Acme <hello@acme.com>");
  assert.equal(header(mail.message, "Auto-Submitted"), "auto-generated");
  assert.equal(header(mail.message, "Message-ID"), messageIdOf("thank_you:event:1", "acme.com"));
  assert.equal(ledger.rows.get("thank_you:event:1")?.messageId, messageIdOf("thank_you:event:1", "acme.com"));
  assert.match(mail.message, /Hi Ada,/);
});

test("prospecting is not marked as an automatic answer, and can be left with one click where a link is given", async (t) => {
  const unsubscribeUrl = (contact: string) => `https://acme.com/u/${contact}`;
  const { send, server } = await post(t, new Server(), { unsubscribeUrl });
  await send({ template: "outreach", onceKey: "first_touch:c1", purpose: "outreach" });
  const message = server.received[0]?.message ?? "";
  assert.equal(header(message, "Auto-Submitted"), undefined);
  assert.equal(header(message, "List-Unsubscribe"), "<https://acme.com/u/c1>");
  assert.equal(header(message, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
});

const refusals: readonly (readonly [where: string, code: number, SMTPServerOptions, retry: "later" | "never"])[] = [
  ["the sender", 421, { onMailFrom: (_address, _session, done) => done(refusal(421)) }, "later"],
  ["the sender", 550, { onMailFrom: (_address, _session, done) => done(refusal(550)) }, "never"],
  ["the recipient", 451, { onRcptTo: (_address, _session, done) => done(refusal(451)) }, "later"],
  [
    "the letter after reading it",
    452,
    { onData: (stream, _session, done) => stream.resume().on("end", () => done(refusal(452))) },
    "later",
  ],
  [
    "the letter after reading it",
    554,
    { onData: (stream, _session, done) => stream.resume().on("end", () => done(refusal(554))) },
    "never",
  ],
  ["the connection", 421, { onConnect: (_session, done) => done(refusal(421)) }, "later"],
  ["the connection", 554, { onConnect: (_session, done) => done(refusal(554)) }, "later"],
];
for (const [where, code, options, retry] of refusals) {
  test(`a server that refuses ${where} with ${code} has nothing: the row is taken back and it is tried ${retry}`, async (t) => {
    const { send, ledger } = await post(t, new Server(() => options));
    const outcome = await send();
    assert.ok(outcome.outcome === "failed", JSON.stringify(outcome));
    assert.equal(outcome.retry, retry);
    assert.equal(ledger.rows.size, 0);
  });
}

const recipients: readonly (readonly [said: string, code: number, hard: boolean, meaning: string])[] = [
  ["5.1.1 User unknown", 550, true, "gone"],
  ["5.1.10 Recipient address has null MX", 556, true, "gone"],
  ["5.2.1 The account is disabled", 550, true, "gone"],
  ["5.2.2 Mailbox full", 552, false, "full"],
  ["5.7.1 Blocked by policy", 550, false, "refused"],
  ["Recipient address rejected: user unknown", 550, true, "gone"],
  ["Relaying denied", 554, false, "refused"],
];
for (const [said, code, hard, meaning] of recipients) {
  test(`a recipient refused with "${code} ${said}" is a ${hard ? "hard" : "soft"} bounce, and no failure of the mailer`, async (t) => {
    const refused = Object.assign(new Error(said), { responseCode: code });
    const { send, ledger } = await post(
      t,
      new Server(() => ({ onRcptTo: (_address, _session, done) => done(refused) })),
    );
    const outcome = await send();
    assert.ok(outcome.outcome === "completed", JSON.stringify(outcome));
    const [event, ...others] = outcome.events ?? [];
    assert.deepEqual([event?.type, others], ["email_bounced", []]);
    const data = event?.data as Record<string, unknown>;
    assert.deepEqual([data.hard, data.meaning], [hard, meaning]);
    assert.match(String(data.reason), new RegExp(said.slice(0, 20)));
    assert.equal(outcome.emails?.[0]?.state, "suppressed");
    assert.equal(ledger.rows.size, 0, "the row is taken back: nothing left");
  });
}

test("nobody listening: nothing left, it is tried later", async (t) => {
  const { send, ledger } = await post(t, new Server(), { transport: { host: "127.0.0.1", port: 1 } });
  const outcome = await send();
  assert.ok(outcome.outcome === "failed" && outcome.retry === "later");
  assert.equal(ledger.rows.size, 0);
});

const cuts: readonly (readonly [when: string, (cut: () => void) => SMTPServerOptions])[] = [
  [
    "after the greeting",
    (cut) => ({
      onConnect: (_session, done) => {
        done();
        setTimeout(cut, 20);
      },
      onMailFrom: () => {},
    }),
  ],
  ["before DATA", (cut) => ({ onRcptTo: () => cut() })],
];
for (const [when, options] of cuts) {
  test(`a connection cut ${when}: nothing left, it is tried later`, async (t) => {
    const { send, ledger } = await post(t, new Server(options));
    const outcome = await send();
    assert.ok(outcome.outcome === "failed" && outcome.retry === "later", JSON.stringify(outcome));
    assert.equal(ledger.rows.size, 0);
  });
}

test("a server that says nothing is given up after the time limit, and nothing left", async (t) => {
  const { send, ledger } = await post(t, new Server(() => ({ onRcptTo: () => {} })));
  const outcome = await send();
  assert.ok(outcome.outcome === "failed" && outcome.retry === "later");
  assert.equal(ledger.rows.size, 0);
});

const lost: readonly (readonly [what: string, (cut: () => void) => SMTPServerOptions])[] = [
  ["cut after the final dot, before the answer", (cut) => ({ onData: (stream) => stream.resume().on("end", cut) })],
  ["silent after the final dot", () => ({ onData: (stream) => void stream.resume() })],
];
for (const [what, options] of lost) {
  test(`a connection ${what}: a person decides, and the row stays`, async (t) => {
    const { send, ledger } = await post(t, new Server(options));
    const outcome = await send();
    assert.ok(outcome.outcome === "waiting", JSON.stringify(outcome));
    assert.match(outcome.reason, /ada@acme\.de/);
    assert.equal(ledger.rows.size, 1);
    assert.equal((await send()).outcome, "waiting");
  });
}

const smuggled = [
  "a@acme.de\r\nBcc: v@evil.com",
  "a@acme.de, v@evil.com",
  "a@acme.de\nRCPT TO:<v@evil.com>",
  "<a@acme.de> <v@evil.com>",
];
for (const email of smuggled) {
  test(`the address ${JSON.stringify(email)} never reaches the server`, async (t) => {
    const { send, ledger, server } = await post(t, new Server());
    assert.equal((await send(thankYou, email)).outcome, "cancelled");
    assert.equal(server.received.length + ledger.rows.size, 0);
  });
}

test("a line break in a subject does not become a header", async (t) => {
  const { send, server } = await post(t, new Server());
  await send({ ...thankYou, subject: "Hi\r\nBcc: v@evil.com", text: "Text\r\n.\r\nMAIL FROM:<x@evil.com>" });
  const [mail] = server.received;
  assert.deepEqual(mail?.to, ["ada@acme.de"]);
  assert.equal(header(mail?.message ?? "", "Bcc"), undefined);
  assert.equal(header(mail?.message ?? "", "Subject"), "Hi Bcc: v@evil.com");
  assert.equal(server.received.length, 1);
});

const answers: readonly (readonly [says: string, Begun, Outcome["outcome"]])[] = [
  ["that it left before", { state: "already_sent" }, "completed"],
  ["that nobody can know", { state: "unknown" }, "waiting"],
  ["that the contact opted out a moment ago", { state: "held", reason: "The contact opted out." }, "cancelled"],
  ["that it is not the time", { state: "held", reason: "Not now.", notBefore: NOW + 1 }, "snoozed"],
];
for (const [says, answer, outcome] of answers) {
  test(`when the ledger says ${says}, nothing is sent and the task is ${outcome}`, async (t) => {
    const { send, ledger, server } = await post(t, new Server());
    ledger.answers.push(answer);
    const given = await send();
    assert.equal(given.outcome, outcome);
    assert.equal("events" in given, false);
    assert.equal(server.received.length, 0);
  });
}

test("an opted-out contact receives nothing, and the ledger is not even asked", async (t) => {
  const { send, ledger, server } = await post(t, new Server());
  assert.equal((await send(thankYou, "ada@acme.de", { optedOut: { at: NOW, by: "stop" } })).outcome, "cancelled");
  assert.equal(server.received.length + ledger.rows.size, 0);
});

test("a task taken away before it began touches neither ledger nor server", async (t) => {
  const { send, ledger, server } = await post(t, new Server());
  assert.equal((await send(thankYou, "ada@acme.de", {}, AbortSignal.abort())).outcome, "failed");
  assert.equal(server.received.length + ledger.rows.size, 0);
});

const stops: readonly (readonly [when: string, (stop: () => void) => SMTPServerOptions, Outcome["outcome"]])[] = [
  ["before DATA: it is tried later", (stop) => ({ onRcptTo: stop }), "failed"],
  [
    "after the final dot: a person decides",
    (stop) => ({ onData: (stream) => stream.resume().on("end", stop) }),
    "waiting",
  ],
];
for (const [when, options, outcome] of stops) {
  test(`stopping the engine ends a dialogue ${when}`, async (t) => {
    const reached = Promise.withResolvers<void>();
    const { send, mailer } = await post(t, new Server(() => options(reached.resolve)), { timeoutMs: 20_000 });
    const sending = send();
    await reached.promise;
    await mailer.close();
    const ended = await sending;
    assert.equal(ended.outcome, outcome, JSON.stringify(ended));
  });
}

test("an unsubscribe link that is none stops before anything is written", async (t) => {
  const { send, ledger } = await post(t, new Server(), { unsubscribeUrl: () => "javascript:alert(1)" });
  await assert.rejects(send({ template: "outreach", onceKey: "first_touch:c1", purpose: "outreach" }), MillraceError);
  assert.equal(ledger.rows.size, 0);
});

test("a pooled transport, which sends again by itself, is refused", () => {
  const options = { templates: new Templates(), from: "a@b.de", ledger: new FakeLedger() };
  assert.throws(() => smtpMailer({ ...options, transport: "smtp://127.0.0.1:25?pool=true" }), MillraceError);
});

test("twenty e-mails at once all arrive, each once", async (t) => {
  // So patient that a slow machine, too, tells of the mailer and not of itself.
  const { send, server } = await post(t, new Server(), { timeoutMs: 20_000 });
  const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => send({ ...thankYou, onceKey: `k${i}` })));
  assert.ok(outcomes.every(({ outcome }) => outcome === "completed"));
  assert.equal(new Set(server.received.map(({ message }) => header(message, "Message-ID"))).size, 20);
});

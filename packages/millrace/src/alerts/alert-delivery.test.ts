import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { SMTPServer } from "smtp-server";
import { Webhook } from "standardwebhooks";
import type { MailSettings } from "../email/mail-settings.ts";
import type { Outcome, TaskInput } from "../tasks/handler.ts";
import { workContext } from "../testing/work-context.ts";
import { alertDelivery } from "./alert-delivery.ts";
import type { AlertChannel } from "./channel.ts";

const SECRET = `whsec_${Buffer.from("a secret of 24 bytes or more").toString("base64")}`;
const PAYLOAD = {
  audience: "sales",
  name: "hot_lead",
  onceKey: "hot_lead:sales:event:7",
  title: "Hot lead: Ada Lovelace",
  text: "CTO, Acme <script> & Sons\nScore 92",
};

test("an alert reaches Slack as plain text that cannot call a channel or hide a link", async () => {
  await using place = await receiver();
  const outcome = await deliver({ type: "slack", url: place.url }, "slack:0");
  assert.equal(outcome.outcome, "completed");
  assert.deepEqual(JSON.parse(place.received[0]?.body ?? ""), {
    text: "Hot lead: Ada Lovelace\nCTO, Acme &lt;script&gt; &amp; Sons\nScore 92",
  });
});

test("what was delivered is stated as a fact that names the channel and the task", async () => {
  await using place = await receiver();
  const outcome = await deliver({ type: "slack", url: place.url }, "slack:0");
  assert.deepEqual(outcome.outcome === "completed" && outcome.events, [
    { type: "alert_sent", data: { audience: "sales", name: "hot_lead", channel: "slack:0", task: 41 } },
  ]);
});

test("a webhook is signed so that a receiver with the secret can check it, and a repeated one has the same id", async () => {
  await using place = await receiver();
  const channel: AlertChannel = { type: "webhook", url: place.url, secret: SECRET };
  await deliver(channel, "webhook:0");
  await deliver(channel, "webhook:0");
  const [first, second] = place.received;
  const read = new Webhook(SECRET).verify(first?.body ?? "", first?.headers as Record<string, string>) as {
    type: string;
    data: { title: string };
  };
  assert.equal(read.type, "alert");
  assert.equal(read.data.title, "Hot lead: Ada Lovelace");
  assert.equal(first?.headers["webhook-id"], second?.headers["webhook-id"]);
});

const PHONE = { type: "phone", secret: SECRET, numbers: ["+4930123456", "+44 20 7946 0000"] } as const;

test("a phone service gets a signed message for each number, short enough for a text message", async () => {
  await using place = await receiver();
  const long = { text: "Score 92\n".repeat(100) };
  await deliver({ ...PHONE, url: place.url, from: "Acme" }, "phone:0", {}, long);
  const sent = place.received.map(
    ({ body, headers }) =>
      new Webhook(SECRET).verify(body, headers as Record<string, string>) as {
        type: string;
        data: { to: string; mode: string; text: string; from: string };
      },
  );
  assert.deepEqual(sent.map(({ data }) => data.to).sort(), [...PHONE.numbers].sort());
  assert.deepEqual(
    [...new Set(sent.map(({ type, data }) => `${type} ${data.mode} ${data.from}`))],
    ["alert.phone sms Acme"],
  );
  assert.ok(
    sent.every(({ data }) => data.text.startsWith("Hot lead: Ada Lovelace. Score 92, ") && data.text.length <= 300),
  );
  assert.notEqual(place.received[0]?.headers["webhook-id"], place.received[1]?.headers["webhook-id"]);
});

test("a phone rings only for the alerts that are named", () => {
  const { channelsOf } = alertDelivery({ sales: [{ ...PHONE, url: "https://sms.example", only: ["hot_lead"] }] }, {});
  assert.deepEqual(channelsOf("sales", "hot_lead"), ["phone:0"]);
  assert.deepEqual(channelsOf("sales", "task_overdue"), []);
});

test("a number without country code is refused at the start", () => {
  const channel = { ...PHONE, url: "https://sms.example", numbers: ["030 123456"] };
  assert.throws(
    () => alertDelivery({ sales: [channel] }, {}),
    /alerts\.sales\.0\.numbers\.0 is not a number with country code/,
  );
});

const ANSWERS: readonly {
  answer: (response: ServerResponse) => void;
  named: string;
  retry: string;
  afterMs?: number;
}[] = [
  {
    named: "429 with Retry-After: waits as long as it asks",
    answer: (r) => r.writeHead(429, { "retry-after": "7" }).end(),
    retry: "wait",
    afterMs: 7_000,
  },
  { named: "429 without: waits half a minute", answer: (r) => r.writeHead(429).end(), retry: "wait", afterMs: 30_000 },
  { named: "404: never again", answer: (r) => r.writeHead(404).end(), retry: "never" },
  {
    named: "a redirect: not followed, never again",
    answer: (r) => r.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    retry: "never",
  },
  { named: "503: later", answer: (r) => r.writeHead(503).end(), retry: "later" },
  { named: "a connection cut off: later", answer: (r) => r.destroy(), retry: "later" },
];
for (const { named, answer, retry, afterMs } of ANSWERS) {
  test(`when the receiver answers ${named}`, async () => {
    await using place = await receiver(answer);
    const outcome = await deliver({ type: "slack", url: place.url }, "slack:0");
    assert.equal(outcome.outcome, "failed");
    assert.equal(outcome.outcome === "failed" && outcome.retry, retry);
    if (afterMs !== undefined) assert.equal(outcome.outcome === "failed" && outcome.afterMs, afterMs);
    assert.equal(place.received.length, 1);
  });
}

test("an alert by e-mail arrives at exactly one mailbox, its title on one line", async () => {
  await using mail = await mailServer();
  const outcome = await deliver(
    { type: "email", to: "sales@example.com" },
    "email:0",
    { smtpUrl: mail.url },
    { title: "Hot\r\nBcc: x@evil.example" },
  );
  assert.equal(outcome.outcome, "completed");
  assert.deepEqual(mail.recipients, ["sales@example.com"]);
  assert.match(mail.messages[0] ?? "", /^Subject: Hot Bcc: x@evil.example\r$/m);
});

test("without a mail server an e-mail alert fails for good and says what to set", async () => {
  const outcome = await deliver({ type: "email", to: "sales@example.com" }, "email:0");
  assert.equal(outcome.outcome === "failed" && outcome.retry, "never");
  assert.match(outcome.outcome === "failed" ? outcome.error : "", /mail\.smtpUrl or MILLRACE_SMTP_URL/);
});

test("a channel taken out of the config meanwhile fails for good", async () => {
  const outcome = await deliver({ type: "email", to: "sales@example.com" }, "slack:0");
  assert.equal(outcome.outcome === "failed" && outcome.retry, "never");
});

test("each audience has its own channels, named by type and place", () => {
  const { channelsOf } = alertDelivery(
    {
      sales: [
        { type: "slack", url: "https://chat.example/x" },
        { type: "email", to: "a@example.com" },
      ],
    },
    {},
  );
  assert.deepEqual(channelsOf("sales", "hot_lead"), ["slack:0", "email:1"]);
  assert.deepEqual(channelsOf("constructor", "hot_lead"), []);
});

for (const [named, channel, field] of [
  ["two addresses", { type: "email", to: "a@example.com,b@example.com" }, "alerts.sales.0.to"],
  ["a URL of another protocol", { type: "slack", url: "file:///etc/passwd" }, "alerts.sales.0.url"],
  [
    "a secret that is not base64",
    { type: "webhook", url: "https://a.example", secret: "whsec_$" },
    "alerts.sales.0.secret",
  ],
] as const) {
  test(`${named} in the config is refused at the start, by its place`, () => {
    assert.throws(
      () => alertDelivery({ sales: [channel] }, {}),
      (error: { code?: string; parts?: { field?: string } }) => {
        return error.code === "invalid_config" && error.parts?.field === field;
      },
    );
  });
}

async function deliver(
  channel: AlertChannel,
  name: string,
  mail: MailSettings = {},
  payload: object = {},
): Promise<Outcome> {
  const { handler, close } = alertDelivery({ sales: [channel] }, mail);
  const task: TaskInput = {
    id: 41,
    kind: "deliver_alert",
    payload: { ...PAYLOAD, ...payload, channel: name },
    contact: undefined,
    attempt: 1,
    root: 7,
    createdAt: 0,
  };
  try {
    const [outcome] = await handler.run([task], workContext());
    assert.ok(outcome);
    return outcome;
  } finally {
    await close();
  }
}

async function receiver(answer: (response: ServerResponse) => void = (response) => response.end()) {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const parts = await request.toArray();
    received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function mailServer() {
  const recipients: string[] = [];
  const messages: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo(address, _session, done) {
      recipients.push(address.address);
      done();
    },
    onData(stream, _session, done) {
      stream.toArray().then((parts) => {
        messages.push(Buffer.concat(parts).toString());
        done();
      }, done);
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  return {
    recipients,
    messages,
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

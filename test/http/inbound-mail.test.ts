/** Mail services post what comes in: what each really sends, over HTTP, with its own proof of who it is. */
import assert from "node:assert/strict";
import { createHmac, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { test } from "node:test";
import type { InboundMailSettings } from "../../packages/millrace/src/config/http-settings.ts";
import { LEAD, type TestGateway, testGateway } from "./gateway.fixture.ts";

const KEY = "a signing key";
const BASIC_AUTH = { username: "millrace", password: "hush: and hush" };
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const SENDGRID = { publicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64") };
const ALL: InboundMailSettings = {
  mailgun: { signingKey: KEY },
  sendgrid: SENDGRID,
  postmark: { basicAuth: BASIC_AUTH },
};
const MESSAGE = `From: Ada <${LEAD.email}>\r\nMessage-ID: <1@x.example>\r\nSubject: Hi\r\n\r\nYes, gladly.\r\n`;
/** One byte for "ü": in UTF-8 it is none. */
const LATIN_1 = Buffer.from(
  `From: Ada <${LEAD.email}>\r\nMessage-ID: <2@x.example>\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGerne, schöne Grüße.\r\n`,
  "latin1",
);

const STATUS = `Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ${LEAD.email}\r\nAction: failed\r\nStatus: 5.1.1\r\n`;

const NOW = () => Math.floor(Date.now() / 1000);

interface Signed {
  readonly token?: string;
  readonly timestamp?: number;
  readonly key?: string;
}

function mailgunFields({ token = randomBytes(25).toString("hex"), timestamp = NOW(), key = KEY }: Signed = {}) {
  const signature = createHmac("sha256", key).update(`${timestamp}${token}`).digest("hex");
  return { timestamp: String(timestamp), token, signature, recipient: "hello@acme.com", sender: LEAD.email };
}

function multipart(fields: Readonly<Record<string, string | Buffer>>): { body: Buffer; type: string } {
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.concat([
      Buffer.from(`--xYzZY\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
      Buffer.from(value),
      Buffer.from("\r\n"),
    ]),
  );
  return { body: Buffer.concat([...parts, Buffer.from("--xYzZY--\r\n")]), type: "multipart/form-data; boundary=xYzZY" };
}

function post(tested: TestGateway, path: string, body: Buffer | string, headers: Record<string, string>) {
  return fetch(`${tested.url}/mail/inbound/${path}`, {
    method: "POST",
    body: new Uint8Array(Buffer.from(body)),
    headers,
  });
}

function toMailgun(tested: TestGateway, fields: Readonly<Record<string, string>>) {
  const type = { "content-type": "application/x-www-form-urlencoded" };
  return post(tested, "mailgun/mime", new URLSearchParams(fields).toString(), type);
}

function toSendGrid(tested: TestGateway, fields: Readonly<Record<string, string | Buffer>>, at = NOW()) {
  const { body, type } = multipart(fields);
  const signature = sign("sha256", Buffer.concat([Buffer.from(String(at)), body]), privateKey).toString("base64");
  return post(tested, "sendgrid", body, {
    "content-type": type,
    "x-twilio-email-event-webhook-signature": signature,
    "x-twilio-email-event-webhook-timestamp": String(at),
  });
}

function toPostmark(tested: TestGateway, body: object, { username, password } = BASIC_AUTH) {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  return post(tested, "postmark", JSON.stringify(body), { "content-type": "application/json", authorization });
}

async function gatewayWithLead(inboundMail: InboundMailSettings = ALL): Promise<TestGateway> {
  const tested = await testGateway({ inboundMail });
  await tested.post("/forms/demo", LEAD);
  await tested.engine.idle();
  return tested;
}

async function rowsOf(tested: TestGateway): Promise<number> {
  return (await tested.engine.db.query("select 1 from inbound_mail")).length;
}

async function textOf(tested: TestGateway, answer: Response): Promise<string> {
  const row = (await answer.json()) as { state: string; event: number };
  assert.deepEqual([answer.status, row.state], [200, "taken"], JSON.stringify(row));
  const event = await tested.read(`/api/events/${row.event}`);
  return JSON.stringify(event);
}

test("a message comes in from Mailgun, SendGrid and Postmark, as it was sent, in whatever charset", async () => {
  await using tested = await gatewayWithLead();
  const { body, type } = multipart({ ...mailgunFields(), "body-mime": LATIN_1 });
  const mailgun = await post(tested, "mailgun/mime", body, { "content-type": type });
  assert.match(await textOf(tested, mailgun), /Gerne, schöne Grüße/);
  // Its own boundary begins with the form's.
  const mixed = MESSAGE.replace("<1@", "<3@").replace(
    "\r\n\r\nYes, gladly.",
    "\r\nContent-Type: multipart/mixed; boundary=xYzZY-own\r\n\r\n--xYzZY-own\r\n\r\nYes, by all means.\r\n--xYzZY-own--",
  );
  assert.match(await textOf(tested, await toSendGrid(tested, { email: mixed, to: "x" })), /Yes, by all means/);
  const postmark = await toPostmark(tested, {
    RawEmail: MESSAGE,
    From: "else@x.example",
    Headers: [],
    Attachments: [],
  });
  assert.match(await textOf(tested, postmark), /Yes, gladly/);
});

test("a message in another charset is the same one at every door that takes forms", async () => {
  await using tested = await gatewayWithLead();
  const first = await (await toSendGrid(tested, { email: LATIN_1 })).json();
  const escaped = [...LATIN_1].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const body = `${new URLSearchParams(mailgunFields())}&body-mime=${escaped}`;
  const type = { "content-type": "application/x-www-form-urlencoded" };
  assert.deepEqual(await (await post(tested, "mailgun/mime", body, type)).json(), first);
  const form = multipart({ message: LATIN_1 });
  const generic = await tested.call("/mail/inbound", {
    method: "POST",
    body: new Uint8Array(form.body),
    headers: { "content-type": form.type },
  });
  assert.deepEqual(await generic.json(), first);
  assert.equal(await rowsOf(tested), 1);
});

test("a message taken apart by the service is put together again, and a report stays a report", async () => {
  await using tested = await gatewayWithLead();
  const headers = [
    ["From", `Ada <${LEAD.email}>`],
    ["Message-Id", "<4@x.example>"],
    ["Subject", "Größe\r\nBcc: x"],
  ];
  const apart = { "message-headers": JSON.stringify(headers), "body-plain": "Schön, ja.", "stripped-text": "no" };
  assert.match(await textOf(tested, await toMailgun(tested, { ...mailgunFields(), ...apart })), /Schön, ja/);
  const parts = {
    headers: `From: Ada <${LEAD.email}>\nMessage-Id: <5@x.example>\nSubject: Hi\nContent-Type: text/plain;\n charset=x\n`,
    text: Buffer.from("Schöne Sache.", "latin1"),
    charsets: '{"text":"iso-8859-1"}',
  };
  assert.match(await textOf(tested, await toSendGrid(tested, parts)), /Schöne Sache/);
  const postmark = await toPostmark(tested, {
    From: "MAILER-DAEMON@mx.example",
    Subject: "Undelivered Mail Returned to Sender",
    TextBody: "The mail system could not deliver it.",
    Headers: [
      { Name: "Message-ID", Value: "<6@x.example>" },
      { Name: "Content-Type", Value: 'multipart/report; report-type=delivery-status; boundary="b"' },
    ],
    Attachments: [
      { Name: "", ContentType: "message/delivery-status", Content: Buffer.from(STATUS).toString("base64") },
    ],
  });
  assert.equal(((await postmark.json()) as { why: string }).why, "a hard bounce");
});

const forged: readonly (readonly [string, (tested: TestGateway) => Promise<Response>, number])[] = [
  ["Mailgun with another key", (t) => toMailgun(t, { ...mailgunFields({ key: "x" }), "body-mime": MESSAGE }), 401],
  [
    "Mailgun of 16 minutes ago",
    (t) => toMailgun(t, { ...mailgunFields({ timestamp: NOW() - 960 }), "body-mime": MESSAGE }),
    401,
  ],
  [
    "Mailgun of 16 minutes ahead",
    (t) => toMailgun(t, { ...mailgunFields({ timestamp: NOW() + 960 }), "body-mime": MESSAGE }),
    401,
  ],
  [
    "Mailgun without a signature",
    (t) => toMailgun(t, { ...mailgunFields(), signature: "", "body-mime": MESSAGE }),
    401,
  ],
  [
    "Mailgun with a signature that is no hex",
    (t) => toMailgun(t, { ...mailgunFields(), signature: "z".repeat(64), "body-mime": MESSAGE }),
    401,
  ],
  ["Mailgun without a message", (t) => toMailgun(t, mailgunFields()), 400],
  ["SendGrid of 16 minutes ago", (t) => toSendGrid(t, { email: MESSAGE }, NOW() - 960), 401],
  [
    "SendGrid without a signature",
    (t) => post(t, "sendgrid", multipart({ email: MESSAGE }).body, { "content-type": multipart({}).type }),
    401,
  ],
  ["SendGrid without a message", (t) => toSendGrid(t, { subject: "nothing" }), 400],
  [
    "Postmark with another password",
    (t) => toPostmark(t, { RawEmail: MESSAGE }, { username: "millrace", password: "x" }),
    401,
  ],
  [
    "Postmark without a name",
    (t) => post(t, "postmark", JSON.stringify({ RawEmail: MESSAGE }), { "content-type": "application/json" }),
    401,
  ],
  ["Postmark with the API key", (t) => t.post("/mail/inbound/postmark", { RawEmail: MESSAGE }), 401],
  ["Postmark without a message", (t) => toPostmark(t, { Subject: "x" }), 400],
  [
    "Postmark with what is no JSON",
    (t) =>
      post(t, "postmark", "{", {
        "content-type": "application/json",
        authorization: `Basic ${btoa(`${BASIC_AUTH.username}:${BASIC_AUTH.password}`)}`,
      }),
    400,
  ],
];

test("what does not prove to come from the service, or holds no message, is refused and nothing is kept", async (t) => {
  await using tested = await gatewayWithLead();
  for (const [named, send, status] of forged) {
    await t.test(named, async () => {
      const answer = await send(tested);
      assert.equal(answer.status, status, await answer.text());
    });
  }
  const { body, type } = multipart({ email: MESSAGE });
  const signature = sign("sha256", Buffer.concat([Buffer.from(String(NOW())), body]), privateKey).toString("base64");
  const changed = Buffer.from(body.toString("latin1").replace("gladly", "never!"), "latin1");
  const answer = await post(tested, "sendgrid", changed, {
    "content-type": type,
    "x-twilio-email-event-webhook-signature": signature,
    "x-twilio-email-event-webhook-timestamp": String(NOW()),
  });
  assert.equal(answer.status, 401);
  assert.equal(await rowsOf(tested), 0);
  assert.deepEqual(tested.troubles, []);
});

test("a Mailgun token is good for one message: sent again it is the same, with another message it is refused", async () => {
  await using tested = await gatewayWithLead();
  const fields = mailgunFields();
  const first = await (await toMailgun(tested, { ...fields, "body-mime": MESSAGE })).json();
  assert.deepEqual(await (await toMailgun(tested, { ...fields, "body-mime": MESSAGE })).json(), first);
  const forgery = MESSAGE.replace("Yes, gladly.", "Please unsubscribe me.").replace("<1@", "<9@");
  const answer = await toMailgun(tested, { ...fields, "body-mime": forgery });
  assert.equal(answer.status, 401);
  assert.match(await answer.text(), /token came before/);
  assert.equal(await rowsOf(tested), 1);
});

test("the door of a service that is not set is shut, before its body is read", async () => {
  await using tested = await testGateway();
  for (const [path, type] of [
    ["mailgun/mime", "application/x-www-form-urlencoded"],
    ["sendgrid", "multipart/form-data; boundary=b"],
    ["postmark", "application/json"],
  ] as const) {
    assert.equal((await post(tested, path, "x", { "content-type": type })).status, 404, path);
  }
});

test("SendGrid may prove itself by a name and a password instead", async () => {
  await using tested = await gatewayWithLead({ sendgrid: { basicAuth: BASIC_AUTH } });
  const { body, type } = multipart({ email: MESSAGE });
  assert.equal((await post(tested, "sendgrid", body, { "content-type": type })).status, 401);
  const authorization = `Basic ${btoa(`${BASIC_AUTH.username}:${BASIC_AUTH.password}`)}`;
  assert.equal((await post(tested, "sendgrid", body, { "content-type": type, authorization })).status, 200);
});

test("a body larger than a mail can be is refused before it is read", async () => {
  await using tested = await gatewayWithLead();
  const answer = await toPostmark(tested, { RawEmail: "x".repeat(51 * 1024 * 1024) }).catch(() => undefined);
  assert.ok(answer === undefined || answer.status === 413, String(answer?.status));
  assert.equal(await rowsOf(tested), 0);
});

/**
 * What strangers throw at the public doors: each is answered with a declared 4xx that names the field and the next
 * step, nothing is recorded, nothing of ours shows, and the engine goes on. Source: reliability, "Bad input".
 */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, suite, test } from "node:test";
import { type TestGateway, testGateway } from "./gateway.fixture.ts";

const SECRET = `whsec_${Buffer.from("shared with the shop, 24 bytes").toString("base64")}`;
const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

interface Thrown {
  readonly named: string;
  readonly type?: string;
  readonly body: string | Uint8Array;
  readonly status: number;
  /** The field the answer names. */
  readonly field?: string;
  readonly headers?: Record<string, string>;
}

const field = (name: string, value: unknown) => JSON.stringify({ email: "ada@example.com", [name]: value });
const email = (value: unknown) => JSON.stringify({ email: value });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, "x"]));
const HUGE_NUMBER = '{"email":"ada@example.com","n":1e400}';

/** What no door takes, whatever it is for. */
const FOR_EVERY_DOOR: readonly Thrown[] = [
  { named: "nothing", body: "", status: 400, field: "body" },
  { named: "half an object", body: '{"email":', status: 400, field: "body" },
  { named: "a comma too many", body: '{"a":1,}', status: 400, field: "body" },
  { named: "single quotes", body: "{'a':1}", status: 400, field: "body" },
  { named: "two documents", body: "{}{}", status: 400, field: "body" },
  { named: "NaN", body: '{"a":NaN}', status: 400, field: "body" },
  { named: "a byte order mark", body: Buffer.from("\uFEFF{}"), status: 400, field: "body" },
  { named: "UTF-16", body: Buffer.from('{"email":"ada@example.com"}', "utf16le"), status: 400 },
  { named: "broken UTF-8", body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), status: 400, field: "body" },
  { named: "null", body: "null", status: 400, field: "body" },
  { named: "a number", body: "42", status: 400, field: "body" },
  { named: "a text", body: '"hello"', status: 400, field: "body" },
  { named: "true", body: "true", status: 400, field: "body" },
  {
    named: "__proto__",
    body: '{"email":"ada@example.com","__proto__":{"polluted":true}}',
    status: 400,
    field: "__proto__",
  },
  {
    named: "constructor.prototype",
    body: '{"constructor":{"prototype":{"polluted":true}}}',
    status: 400,
    field: "constructor",
  },
  { named: "a nested __proto__", body: '{"data":{"a":[{"__proto__":1}]}}', status: 400, field: "data.a.0.__proto__" },
  { named: "1,000 levels", body: `${"[".repeat(1_000)}${"]".repeat(1_000)}`, status: 400 },
  { named: "100,000 levels", body: `${"[".repeat(100_000)}${"]".repeat(100_000)}`, status: 400 },
  { named: "a number that is infinite", body: HUGE_NUMBER, status: 400, field: "n" },
  { named: "multipart", type: "multipart/form-data; boundary=x", body: "--x--", status: 415, field: "content-type" },
  { named: "plain text", type: "text/plain", body: "{}", status: 415, field: "content-type" },
  {
    named: "XML",
    type: "application/xml",
    body: "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
    status: 415,
    field: "content-type",
  },
  {
    named: "JSON in another charset",
    type: "application/json; charset=iso-8859-1",
    body: "{}",
    status: 415,
    field: "content-type",
  },
  {
    named: "something compressed",
    body: "{}",
    headers: { "content-encoding": "gzip" },
    status: 415,
    field: "content-type",
  },
  { named: "more than two megabytes", body: `{"a":"${"x".repeat(2 * 1024 * 1024)}"}`, status: 413, field: "body" },
];

const FOR_FORMS: readonly Thrown[] = [
  {
    named: "a list of two forms",
    body: '[{"email":"ada@example.com"},{"email":"bob@example.com"}]',
    status: 400,
    field: "body",
  },
  { named: "an empty object", body: "{}", status: 400, field: "email" },
  { named: "257 KiB", body: field("message", "x".repeat(257 * 1024)), status: 413, field: "body" },
  { named: "two addresses", body: email("ada@example.com,bob@example.com"), status: 400, field: "email" },
  {
    named: "two addresses with a semicolon",
    body: email("ada@example.com;bob@example.com"),
    status: 400,
    field: "email",
  },
  {
    named: "a header in the address",
    body: email("ada@example.com\r\nBcc: bob@example.com"),
    status: 400,
    field: "email",
  },
  { named: "a comment in the address", body: email("ada(x)@example.com"), status: 400, field: "email" },
  { named: "a quoted address", body: email('"a b"@example.com'), status: 400, field: "email" },
  { named: "an option for a mail program", body: email("-oQ/tmp@example.com"), status: 400, field: "email" },
  {
    named: "an address of 320 characters",
    body: email(`${"a".repeat(64)}@${"b".repeat(251)}.com`),
    status: 400,
    field: "email",
  },
  { named: "an address that is a number", body: email(1), status: 400, field: "email" },
  {
    named: "a list without an address",
    body: email(["ada", "bob"]),
    status: 400,
    field: "email",
  },
  {
    named: "no address under the sender's own name",
    body: JSON.stringify({ "your-email": "ada at example" }),
    status: 400,
    field: "your-email",
  },
  { named: "a key with NUL", body: field("submission_id", "a\u0000"), status: 400, field: "submission_id" },
  { named: "a key that is an object", body: field("submission_id", {}), status: 400, field: "submission_id" },
  {
    named: "a key of 300 characters",
    body: field("submission_id", "x".repeat(300)),
    status: 400,
    field: "submission_id",
  },
  { named: "fields that are a list of numbers", body: '{"fields":[1]}', status: 400, field: "email" },
  {
    named: "a form with 5,000 fields",
    type: FORM_TYPE,
    body: new URLSearchParams(many(5_000)).toString(),
    status: 400,
    field: "body",
  },
  { named: "a form with broken escapes", type: FORM_TYPE, body: "email=%zz", status: 400, field: "email" },
  { named: "a form with escaped broken UTF-8", type: FORM_TYPE, body: "email=%ff%fe", status: 400, field: "email" },
  {
    named: "a form with __proto__",
    type: FORM_TYPE,
    body: "email=ada%40example.com&__proto__[polluted]=1&__proto__=1",
    status: 400,
    field: "__proto__",
  },
  {
    named: "a form with a header in the address",
    type: FORM_TYPE,
    body: "email=ada%40example.com%0d%0aBcc:x%40y.com",
    status: 400,
    field: "email",
  },
  { named: "a form without an address", type: FORM_TYPE, body: "firstname=Ada", status: 400, field: "email" },
];

const event = (parts: object) =>
  JSON.stringify({ type: "contact_created", data: { email: "ada@example.com" }, ...parts });
const cloud = (parts: object) =>
  JSON.stringify({ specversion: "1.0", id: "1", source: "/s", type: "contact_created", data: {}, ...parts });
const CLOUD = "application/cloudevents+json";

const FOR_EVENTS: readonly Thrown[] = [
  { named: "an empty list", body: "[]", status: 400, field: "body" },
  {
    named: "1,001 events",
    body: JSON.stringify(Array(1_001).fill({ type: "email_opened", data: {} })),
    status: 400,
    field: "body",
  },
  { named: "a list in a list", body: "[[]]", status: 400, field: "0" },
  { named: "a list with null", body: `[${event({})},null]`, status: 400, field: "1" },
  { named: "no type", body: '{"data":{}}', status: 400, field: "type" },
  { named: "a type that is a list", body: event({ type: ["contact_created"] }), status: 400, field: "type" },
  { named: "a type misspelt", body: event({ type: "contact_craeted" }), status: 400, field: "type" },
  { named: "the type __proto__", body: event({ type: "__proto__" }), status: 400, field: "type" },
  { named: "the type toString", body: event({ type: "toString" }), status: 400, field: "type" },
  { named: "an internal type", body: event({ type: "task_completed" }), status: 400, field: "type" },
  { named: "no data", body: '{"type":"contact_created"}', status: 400, field: "data" },
  { named: "data that is a list", body: event({ data: [] }), status: 400, field: "data" },
  {
    named: "data with something unknown",
    body: event({ data: { email: "ada@example.com", isAdmin: true } }),
    status: 400,
  },
  { named: "a position of one's own", body: event({ position: 1 }), status: 400, field: "position" },
  { named: "an actor of one's own", body: event({ actor: "person:boss" }), status: 400, field: "actor" },
  { named: "an id that is a number", body: event({ id: 7 }), status: 400, field: "id" },
  { named: "a contact that is no uuid", body: event({ contact: { id: "1" } }), status: 400, field: "contact.id" },
  {
    named: "a contact with two addresses",
    body: event({ contact: { email: "a@b.com,c@d.com" } }),
    status: 400,
    field: "contact.email",
  },
  { named: "a contact with nothing", body: event({ contact: {} }), status: 400, field: "contact" },
  { named: "a moment that is none", body: event({ occurredAt: "yesterday" }), status: 400, field: "occurredAt" },
  { named: "a moment before all time", body: event({ occurredAt: -1 }), status: 400, field: "occurredAt" },
  {
    named: "another version of CloudEvents",
    type: CLOUD,
    body: cloud({ specversion: "0.3" }),
    status: 400,
    field: "specversion",
  },
  { named: "a CloudEvent without an id", type: CLOUD, body: cloud({ id: "" }), status: 400, field: "id" },
  {
    named: "a CloudEvent with bytes",
    type: CLOUD,
    body: cloud({ data_base64: "AA==" }),
    status: 400,
    field: "data_base64",
  },
  {
    named: "a CloudEvent about nobody",
    type: CLOUD,
    body: cloud({ subject: "somebody" }),
    status: 400,
    field: "subject",
  },
  { named: "a CloudEvent of no time", type: CLOUD, body: cloud({ time: "noon" }), status: 400, field: "time" },
  { named: "a CloudEvent that is a list", type: CLOUD, body: `[${cloud({})}]`, status: 400, field: "body" },
  {
    named: "a batch that is none",
    type: "application/cloudevents-batch+json",
    body: cloud({}),
    status: 400,
    field: "body",
  },
  {
    named: "binary mode without a source",
    body: "{}",
    headers: { "ce-specversion": "1.0", "ce-id": "1", "ce-type": "contact_created" },
    status: 400,
    field: "ce-source",
  },
  {
    named: "binary mode badly escaped",
    body: "{}",
    headers: { "ce-specversion": "1.0", "ce-id": "%ff%fe" },
    status: 400,
    field: "ce-id",
  },
];

const FOR_WEBHOOKS: readonly Thrown[] = [
  { named: "a list for an object", body: `[${event({})}]`, status: 400, field: "body" },
  { named: "no type", body: '{"data":{}}', status: 400, field: "type" },
  { named: "an internal type", body: event({ type: "task_completed" }), status: 400, field: "type" },
  { named: "data that does not fit", body: event({ data: { email: "nobody" } }), status: 400, field: "data.email" },
];

/** A form comes in whatever charset and encoding its page has; what it lacks then is an address. */
const READ_BY_FORMS: ReadonlySet<string> = new Set([
  "multipart",
  "plain text",
  "JSON in another charset",
  "a byte order mark",
]);

const DOORS: Readonly<Record<string, readonly Thrown[]>> = {
  "/forms/demo": [
    ...FOR_EVERY_DOOR.map((thrown) =>
      READ_BY_FORMS.has(thrown.named) ? { ...thrown, status: 400, field: "email" } : thrown,
    ),
    ...FOR_FORMS,
  ],
  "/events": [...FOR_EVERY_DOOR, ...FOR_EVENTS],
  "/webhooks/shop": [...FOR_EVERY_DOOR, ...FOR_WEBHOOKS],
};

suite("bad input", () => {
  let tested: TestGateway;
  before(async () => {
    tested = await testGateway({ webhookSecrets: { shop: SECRET } });
  });
  after(() => tested[Symbol.asyncDispose]());

  for (const [door, table] of Object.entries(DOORS)) {
    for (const thrown of table) {
      test(`${door} refuses ${thrown.named}`, async () => {
        const before = await tested.countEvents();
        const response = await send(door, thrown);
        const text = await response.text();
        assert.equal(response.status, thrown.status, text);
        const problem = JSON.parse(text) as { status: number; code: string; saw: string; next: string; field?: string };
        assert.equal(response.headers.get("content-type"), "application/problem+json; charset=utf-8");
        assert.equal(problem.status, thrown.status);
        assert.ok(problem.saw.length > 5 && problem.next.length > 5, text);
        if (thrown.field !== undefined) assert.equal(problem.field, thrown.field, text);
        assert.ok(problem.field !== undefined && text.length < 2_048, text);
        assert.doesNotMatch(text, /node_modules|\/work\/|\.ts:|at Object|select |insert /);
        assert.equal(await tested.countEvents(), before, "nothing is recorded");
        assert.equal(({} as { polluted?: boolean }).polluted, undefined);
        assert.deepEqual(tested.troubles, [], "nobody has to look at it");
      });
    }
  }

  test("text that would be code somewhere else is kept as it came", async () => {
    for (const text of [
      "'; drop table events; --",
      "$$ pg_sleep(10) $$",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is thrown as it is.
      "{{7*7}}${7*7}<%= 1 %>",
      "<svg/onload=alert(1)>",
      "../../etc/passwd",
      "\u202Egpj.exe",
      "👩‍👩‍👧‍👦 e\u0301 é ß İ",
      "=1+1",
      "\u001b[31m",
    ]) {
      const response = await tested.post("/forms/demo", { email: "ada@example.com", message: text });
      assert.equal(response.status, 202, text);
      const { position } = (await response.json()) as { position: number };
      assert.equal((await tested.read(`/api/events/${position}`)).data.fields.message, text);
    }
  });

  for (const [named, bytes, status] of [
    ["what is not HTTP", "\u0016\u0003\u0001\u0002\r\n\r\n", 400],
    ["a header of 64 KB", `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${"x".repeat(65_536)}\r\n\r\n`, 431],
    [
      "both a length and chunks",
      "POST /forms/demo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
    ],
    [
      "a bad chunk",
      "POST /forms/demo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      400,
    ],
    ["no host", "GET /healthz HTTP/1.1\r\n\r\n", 400],
    ["a path out of the folder", "GET /../package.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404],
    [
      "an escaped path out of the folder",
      "GET /%2e%2e%2f%2e%2e%2fpackage.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      404,
    ],
    ["an escape that is none", "GET /forms/%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400],
  ] as const) {
    test(`on the wire, ${named} is answered ${status}`, async () => {
      const answer = await exchange(tested.gateway.port, bytes);
      assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `));
      assert.doesNotMatch(answer, /node_modules|\/work\//);
    });
  }

  test("after all of it the engine takes a form and works", async () => {
    assert.equal((await tested.post("/forms/demo", { email: "last@example.com" })).status, 202);
    await tested.engine.idle();
    assert.equal((await tested.read("/api/emails?limit=1")).emails[0].recipient, "last@example.com");
    assert.deepEqual(tested.errors, []);
  });

  function send(door: string, thrown: Thrown): Promise<Response> {
    const type = thrown.type ?? JSON_TYPE;
    const headers = {
      "content-type": type,
      ...(door.startsWith("/webhooks") ? signatureOf(thrown.body) : {}),
      ...thrown.headers,
    };
    return tested.call(door, { method: "POST", body: thrown.body as RequestInit["body"], headers });
  }
});

/** A signature over bytes that are not UTF-8 cannot be made with the library's text; those are refused as unsigned or unread. */
function signatureOf(body: string | Uint8Array): Record<string, string> {
  const now = new Date();
  const id = `msg_${now.getTime()}`;
  const timestamp = String(Math.floor(now.getTime() / 1000));
  // Over the bytes as they are: the library would sign broken UTF-8 as what it reads in it.
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)]);
  const key = Buffer.from(SECRET.replace("whsec_", ""), "base64");
  const signature = createHmac("sha256", key).update(signed).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}

async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (part) => {
    answer += part;
    if (answer.includes("\r\n\r\n")) socket.end();
  });
  socket.on("error", () => {});
  socket.write(bytes, "latin1");
  await once(socket, "close");
  return answer;
}

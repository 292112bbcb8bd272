import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import { emit, on, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { type TestGateway, testGateway } from "./gateway.fixture.ts";

const DATA = { email: "ada@example.com", properties: { company: "Acme" } };
const CLOUD_EVENT = {
  specversion: "1.0",
  id: "e-1",
  source: "/crm/import",
  type: "contact_created",
  time: "2026-03-01T10:00:00.5+01:00",
  traceparent: "00-x",
  datacontenttype: "application/json",
  data: DATA,
};

test("a CloudEvent in structured mode keeps its source, id and time", async () => {
  await using tested = await testGateway();
  const answer = await send(tested, CLOUD_EVENT, { "content-type": "application/cloudevents+json; charset=UTF-8" });
  assert.equal(answer.status, 202);
  const event = await tested.read(`/api/events/${answer.events[0]?.position}`);
  assert.equal(event.type, "contact_created");
  assert.equal(event.occurredAt, Date.parse(CLOUD_EVENT.time));
  const again = await send(tested, CLOUD_EVENT, { "content-type": "application/cloudevents+json" });
  assert.deepEqual(again.events, [{ ...answer.events[0], isDuplicate: true }]);
});

test("a CloudEvent in binary mode has its attributes in headers", async () => {
  await using tested = await testGateway();
  const headers = {
    "ce-specversion": "1.0",
    "ce-id": "e-2",
    "ce-source": "/shop%20floor",
    "ce-type": "contact_created",
    "ce-time": CLOUD_EVENT.time,
  };
  const answer = await send(tested, DATA, headers);
  assert.equal(answer.status, 202);
  const [row] = await tested.engine.db.query<{ source: string; id: string }>(
    "select source, id from events where position = $1",
    [answer.events[0]?.position],
  );
  assert.deepEqual(row, { source: "/shop floor", id: "e-2" });
});

test("in binary mode data may be JSON of a name of its own, or missing, and an id may hold a bare %", async () => {
  await using tested = await testGateway();
  const headers = (id: string) => ({
    "ce-specversion": "1.0",
    "ce-id": id,
    "ce-source": "/shop",
    "ce-type": "contact_created",
  });
  const vendor = { ...headers("promo-100%-off"), "content-type": "application/vnd.acme.v1+json" };
  const answer = await send(tested, DATA, vendor);
  assert.equal(answer.status, 202);
  const [row] = await tested.engine.db.query("select id from events where position = $1", [answer.events[0]?.position]);
  assert.deepEqual(row, { id: "promo-100%-off" });
  const plain = await fetch(`${tested.url}/events`, {
    method: "POST",
    headers: { ...headers("e-3"), authorization: `Bearer ${tested.gateway.apiKey}` },
  });
  const problem = (await plain.json()) as { field: string };
  assert.equal(plain.status, 400);
  assert.match(problem.field, /^data/, "refused for its data, as in structured mode, and not for an empty body");
  const other = await send(tested, DATA, { "content-type": "application/vnd.acme.v1+json" });
  assert.equal(other.status, 415, "without ce- headers that type says nothing");
});

test("a batch of CloudEvents is appended in its order, and a batch of our own events as well", async () => {
  await using tested = await testGateway();
  const batch = [CLOUD_EVENT, { ...CLOUD_EVENT, id: "e-2", data: { email: "bob@example.com" } }];
  const cloud = await send(tested, batch, { "content-type": "application/cloudevents-batch+json" });
  const own = await send(
    tested,
    batch.map(({ type, data }) => ({ type, data })),
  );
  const positions = [...cloud.events, ...own.events].map(({ position }) => position);
  assert.equal(positions.length, 4);
  assert.deepEqual(
    positions,
    positions.toSorted((a, b) => a - b),
  );
});

test("one bad event of a hundred refuses all of them, and names it", async () => {
  await using tested = await testGateway();
  const events = Array.from({ length: 100 }, (_, i) => ({
    type: "contact_created",
    data: { email: i === 41 ? "nobody" : `a${i}@example.com` },
  }));
  const answer = await send(tested, events);
  assert.equal(answer.status, 400);
  assert.equal(answer.field, "41.data.email");
  assert.match(answer.saw, /Event 41 of 100/);
  assert.equal(await tested.countEvents(), 0);
});

test("the subject names the contact: by address, by our id, by another system's id", async () => {
  await using tested = await testGateway();
  const of = async (subject: string, id: string) => {
    const answer = await send(
      tested,
      { ...CLOUD_EVENT, id, subject, type: "email_opened", data: {} },
      { "content-type": "application/cloudevents+json" },
    );
    assert.equal(answer.status, 202, answer.saw);
    return answer.events[0]?.contact;
  };
  const byAddress = await of("Ada@Example.com", "1");
  assert.equal(await of(String(byAddress), "2"), byAddress);
  assert.equal(await of("hubspot:101", "3"), await of("hubspot:101", "4"));
});

test("a fact only the engine states is refused at the door", async () => {
  await using tested = await testGateway();
  const answer = await send(tested, { type: "lead_score_updated", data: { from: null, to: 99, cause: "me" } });
  assert.equal(answer.status, 400);
  assert.equal(answer.field, "type");
  assert.match(answer.saw, /only the engine itself states/);
  assert.equal(await tested.countEvents(), 0);
});

test("an unknown type is refused with the name that was probably meant", async () => {
  await using tested = await testGateway();
  const answer = await send(tested, [
    { type: "contact_created", data: DATA },
    { type: "contact_creatd", data: DATA },
  ]);
  assert.equal(answer.status, 400);
  assert.equal(answer.code, "unknown_event_type");
  assert.match(answer.saw, /Did you mean "contact_created"\?/);
  assert.equal(answer.field, "1.type");
  assert.equal(await tested.countEvents(), 0);
});

const SECRET = `whsec_${Buffer.from("shared with the shop, 24 bytes").toString("base64")}`;
const PURCHASE = {
  type: "customer_purchased",
  timestamp: "2026-03-01T10:00:00Z",
  data: { email: "ada@example.com", product: "Team plan", amount: 490, currency: "EUR" },
};

test("a signed webhook is taken once, however often it is delivered", async () => {
  await using tested = await testGateway({ webhookSecrets: { shop: SECRET } });
  const first = await deliver(tested, PURCHASE, "msg_1");
  const second = await deliver(tested, PURCHASE, "msg_1");
  assert.equal(first.status, 202);
  assert.deepEqual(second.events, [{ ...first.events[0], isDuplicate: true }]);
  const event = await tested.read(`/api/events/${first.events[0]?.position}`);
  assert.equal(event.actor, "webhook:shop");
});

test("a webhook is taken under the old and the new secret while one is being changed", async () => {
  const next = `whsec_${Buffer.from("the shop's next one, 24 bytes.").toString("base64")}`;
  await using tested = await testGateway({ webhookSecrets: { shop: [next, SECRET] } });
  assert.equal((await deliver(tested, PURCHASE, "msg_1")).status, 202);
  assert.equal((await deliver(tested, PURCHASE, "msg_2", { secret: next })).status, 202);
  const other = `whsec_${Buffer.from("somebody else's secret, long").toString("base64")}`;
  assert.equal((await deliver(tested, PURCHASE, "msg_3", { secret: other })).status, 401);
});

for (const [named, change] of [
  ["a body changed by one byte", { body: `${JSON.stringify(PURCHASE)} ` }],
  ["another secret", { secret: `whsec_${Buffer.from("somebody else's secret, long").toString("base64")}` }],
  ["a time six minutes ago", { at: new Date(Date.now() - 360_000) }],
  ["a time six minutes ahead", { at: new Date(Date.now() + 360_000) }],
  ["no signature at all", { signature: "" }],
] as const) {
  test(`a webhook with ${named} is refused before it is read`, async () => {
    await using tested = await testGateway({ webhookSecrets: { shop: SECRET } });
    const answer = await deliver(tested, PURCHASE, "msg_1", change);
    assert.equal(answer.status, 401);
    assert.equal(answer.code, "bad_signature");
    assert.equal(await tested.countEvents(), 0);
  });
}

test("a source nobody has set up is not found, whatever its name", async () => {
  await using tested = await testGateway({ webhookSecrets: { shop: SECRET } });
  for (const source of ["other", "constructor", "__proto__"]) {
    assert.equal((await deliver(tested, PURCHASE, "msg_1", { source })).status, 404, source);
  }
});

test("an unknown type of a signed sender is acknowledged, kept as it came, once, and workflows can answer it", async () => {
  const answers = workflow("answers", { about: "" }, [on("external_event", emit("system_healthy", {}))]);
  await using tested = await testGateway({ webhookSecrets: { shop: SECRET } }, { workflows: [answers] });
  const created = { type: "user.created", timestamp: 1_772_442_000_123, data: { email: "ada@example.com" } };
  for (let i = 0; i < 2; i++) assert.equal((await deliver(tested, created, "msg_1", { prefix: "svix-" })).status, 202);
  await tested.engine.idle();
  const rows = await tested.engine.db.query<{ type: string; data: object }>(
    "select type, data from events order by position",
  );
  assert.deepEqual(
    rows.map(({ type }) => type),
    ["external_event", "system_healthy"],
  );
  assert.deepEqual(rows[0]?.data, { source: "shop", type: "user.created", payload: created });
});

test("a known type with its time in milliseconds, or seconds, is taken at that time", async () => {
  await using tested = await testGateway({ webhookSecrets: { shop: SECRET } });
  for (const timestamp of [1_772_442_000_000, 1_772_442_000]) {
    const answer = await deliver(tested, { ...PURCHASE, timestamp }, `msg_${timestamp}`);
    assert.equal(answer.status, 202);
    const event = await tested.read(`/api/events/${answer.events[0]?.position}`);
    assert.equal(new Date(event.occurredAt).getTime(), 1_772_442_000_000);
  }
});

test("a payment that comes by its session and by its charge is one purchase; what the preset does not know is kept", async () => {
  await using tested = await testGateway({ webhooks: { stripe: { preset: "stripe", secret: "plain" } } });
  const send = async (id: string, type: string, object: object) => {
    const body = JSON.stringify({ id, type, created: Math.floor(Date.now() / 1_000), data: { object } });
    const t = Math.floor(Date.now() / 1_000);
    const v1 = createHmac("sha256", "plain").update(`${t}.${body}`).digest("hex");
    const headers = { authorization: "", "content-type": "application/json", "stripe-signature": `t=${t},v1=${v1}` };
    return (await tested.call("/webhooks/stripe", { method: "POST", body, headers })).status;
  };
  const paid = { payment_intent: "pi_1", amount: 100, currency: "eur", billing_details: { email: "ada@example.com" } };
  const session = { payment_intent: "pi_1", amount_total: 100, customer_details: { email: "ada@example.com" } };
  assert.equal(await send("evt_1", "charge.succeeded", { id: "ch_1", ...paid }), 202);
  assert.equal(await send("evt_2", "checkout.session.completed", { id: "cs_1", ...session }), 202);
  assert.equal(await send("evt_3", "payout.paid", {}), 202);
  assert.equal(await send("evt_3", "payout.paid", {}), 202);
  await tested.engine.idle();
  const rows = await tested.engine.db.query<{ type: string; id: string }>(
    "select type, id from events where source = 'webhook:stripe' order by position",
  );
  assert.deepEqual(rows, [
    { type: "customer_purchased", id: "payment:pi_1" },
    { type: "external_event", id: "evt_3" },
  ]);
});

interface Answer {
  readonly status: number;
  readonly events: readonly { position: number; contact: string | null }[];
  readonly code: string;
  readonly saw: string;
  readonly field: string;
}

async function send(tested: TestGateway, body: unknown, headers?: Record<string, string>): Promise<Answer> {
  const response = await tested.post("/events", body, headers);
  return { ...((await response.json()) as Answer), status: response.status };
}

interface Change {
  readonly body?: string;
  readonly secret?: string;
  readonly at?: Date;
  readonly signature?: string;
  readonly source?: string;
  readonly prefix?: string;
}

async function deliver(tested: TestGateway, event: object, id: string, change: Change = {}): Promise<Answer> {
  const at = change.at ?? new Date();
  const signed = JSON.stringify(event);
  const response = await tested.call(`/webhooks/${change.source ?? "shop"}`, {
    method: "POST",
    body: change.body ?? signed,
    headers: {
      authorization: "",
      "content-type": "application/json",
      [`${change.prefix ?? "webhook-"}id`]: id,
      [`${change.prefix ?? "webhook-"}timestamp`]: String(Math.floor(at.getTime() / 1000)),
      [`${change.prefix ?? "webhook-"}signature`]:
        change.signature ?? new Webhook(change.secret ?? SECRET).sign(id, at, signed),
    },
  });
  return { ...((await response.json()) as Answer), status: response.status };
}

test("events sent with lane=bulk are taken and enter the log when no live event waits; any other lane is refused", async () => {
  await using tested = await testGateway();
  const post = (lane: string) => tested.post(`/events?lane=${lane}`, [{ type: "contact_created", data: DATA }]);
  const taken = await post("bulk");
  assert.deepEqual([taken.status, await taken.json()], [202, { taken: 1 }]);
  await tested.engine.idle();
  const [row] = await tested.engine.db.query<{ count: number }>("select count(*)::int as count from contacts");
  assert.equal(row?.count, 1);
  assert.equal((await post("fast")).status, 400);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { LEAD, testGateway } from "./gateway.fixture.ts";

const URLENCODED = "application/x-www-form-urlencoded";

test("a form sent as JSON is answered with its place in the log, and becomes a lead", async () => {
  await using tested = await testGateway();
  const response = await tested.post("/forms/demo", { ...LEAD, context_utm_source: "ads" }, { authorization: "" });
  assert.equal(response.status, 202);
  const { position, contact, isDuplicate } = (await response.json()) as {
    position: number;
    contact: string;
    isDuplicate: boolean;
  };
  assert.equal(isDuplicate, false);
  await tested.engine.idle();
  const event = await tested.read(`/api/events/${position}`);
  assert.deepEqual(event.data, { form: "demo", fields: LEAD, context: { utm_source: "ads" } });
  assert.equal((await tested.read(`/api/contacts/${contact}`)).properties.lead_band, "hot");
});

test("fields and context may stand under names of their own", async () => {
  await using tested = await testGateway();
  const body = { fields: { email: "Ada@Example.com" }, context: { page: "/pricing" }, submission_id: "s-1" };
  const { position } = (await (await tested.post("/forms/webinar-2026", body)).json()) as { position: number };
  const event = await tested.read(`/api/events/${position}`);
  assert.deepEqual(event.data, {
    form: "webinar-2026",
    fields: { email: "ada@example.com" },
    context: { page: "/pricing" },
  });
});

test("the same form sent twice with one key is one event", async () => {
  await using tested = await testGateway();
  const once = await (await tested.post("/forms/demo", LEAD, { "idempotency-key": "k-1" })).json();
  const twice = await (await tested.post("/forms/demo", { ...LEAD, submission_id: "k-1" })).json();
  assert.deepEqual(twice, { ...(once as object), isDuplicate: true });
  assert.equal((await tested.read("/api/events?type=form_submitted")).events.length, 1);
});

test("another form under the same key is refused and says so", async () => {
  await using tested = await testGateway();
  await tested.post("/forms/demo", LEAD, { "idempotency-key": "k-1" });
  const response = await tested.post("/forms/demo", { ...LEAD, company: "Other" }, { "idempotency-key": "k-1" });
  assert.equal(response.status, 409);
  assert.equal(((await response.json()) as { code: string }).code, "idempotency_conflict");
});

test("a browser without JavaScript is thanked on a page", async () => {
  await using tested = await testGateway();
  const response = await tested.call(
    "/forms/demo",
    browserPost("email=ada%40example.com&firstname=Ada+B%C3%A9la&topics=a&topics=b&company="),
  );
  assert.equal(response.status, 303);
  assert.equal(response.headers.get("location"), "/forms/demo/thanks");
  assert.match(await (await tested.call("/forms/demo/thanks")).text(), /Thank you/);
  const [event] = (await tested.read("/api/events?type=form_submitted")).events;
  assert.deepEqual(event.data.fields, { email: "ada@example.com", firstname: "Ada Béla", topics: "a;b" });
});

test("a program that sends a form gets JSON, not a page", async () => {
  await using tested = await testGateway();
  const response = await tested.call("/forms/demo", {
    method: "POST",
    body: "email=ada%40example.com",
    headers: { "content-type": URLENCODED },
  });
  assert.equal(response.status, 202);
});

test("a visitor's mistake brings the form back with everything typed and the message at the field", async () => {
  await using tested = await testGateway();
  const response = await tested.call(
    "/forms/demo",
    browserPost('email=ada@a.com,b@b.com&firstname="><script>alert(1)</script>&context_utm_source=ads'),
  );
  assert.equal(response.status, 400);
  const html = await response.text();
  assert.match(html, /id="email"[^>]*aria-invalid="true"[^>]*value="ada@a.com,b@b.com"/);
  assert.match(html, /id="email-trouble">Enter exactly one/);
  assert.match(html, /value="&quot;&gt;&lt;script&gt;alert\(1\)/);
  assert.match(html, /name="context_utm_source" value="ads"/);
  assert.doesNotMatch(html, /<script/);
  assert.equal(await tested.countEvents(), 0);
});

test("a form page carries the campaign it was reached by, a trap for scripts and a key against double sending", async () => {
  await using tested = await testGateway();
  const html = await (await tested.call("/forms/demo?utm_campaign=spring&evil=1")).text();
  assert.match(html, /name="context_utm_campaign" value="spring"/);
  assert.match(html, /name="hp_website"/);
  assert.match(html, /name="submission_id" value="[0-9a-f-]{36}"/);
  assert.doesNotMatch(html, /evil/);
});

test("who fills in the trap is recorded and gets nothing", async () => {
  await using tested = await testGateway();
  await tested.post("/forms/demo", { email: "buy@example.com", hp_website: "https://spam.example" });
  await tested.engine.idle();
  assert.equal((await tested.read("/api/emails")).emails.length, 0);
  assert.equal((await tested.read("/api/alerts")).alerts.length, 0);
});

test("pages for unknown forms do not exist, but an unknown form is taken", async () => {
  await using tested = await testGateway();
  assert.equal((await tested.call("/forms/whatever")).status, 404);
  assert.equal((await tested.post("/forms/whatever", { email: "ada@example.com" })).status, 202);
});

test("too many forms from one address are asked to wait, and how long; other doors stay open", async () => {
  await using tested = await testGateway({ formsPerMinute: 3 });
  const statuses = [];
  for (let i = 0; i < 5; i++) statuses.push(await tested.post("/forms/demo", { email: `a${i}@example.com` }));
  assert.deepEqual(
    statuses.map(({ status }) => status),
    [202, 202, 202, 429, 429],
  );
  assert.match(statuses[4]?.headers.get("retry-after") ?? "", /^\d+$/);
  assert.equal((await tested.read("/api/events?type=form_submitted")).events.length, 3);
});

function browserPost(body: string): RequestInit {
  return { method: "POST", body, headers: { "content-type": URLENCODED, accept: "text/html,application/xhtml+xml" } };
}

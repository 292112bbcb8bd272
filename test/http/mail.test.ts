/** The doors of the mail channel that are not links: inbound mail, the switch, and the list of what came in. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import type { MailSwitch } from "../../packages/millrace/src/email/policy/mail-switch.ts";
import { LEAD, testGateway } from "./gateway.fixture.ts";

const SECRET = `whsec_${Buffer.from("a secret of thirty-two characters").toString("base64")}`;
const MESSAGE = `From: Ada <${LEAD.email}>\r\nMessage-ID: <1@x.example>\r\nSubject: Hi\r\n\r\nYes, gladly.\r\n`;
const RAW = { "content-type": "message/rfc822" };

test("a message comes in raw with the API key, and is taken once", async () => {
  await using tested = await testGateway();
  await tested.post("/forms/demo", LEAD);
  await tested.engine.idle();
  const first = await tested.call("/mail/inbound", { method: "POST", body: MESSAGE, headers: RAW });
  assert.equal(first.status, 202);
  const row = (await first.json()) as { state: string; why: string; event: number };
  assert.deepEqual([row.state, row.why], ["taken", "from a contact"]);
  const form = new FormData();
  form.set("email", MESSAGE);
  const again = await tested.call("/mail/inbound", { method: "POST", body: form });
  assert.deepEqual(await again.json(), row);
  const { inbox } = await tested.read("/api/mail/inbox?state=taken");
  assert.deepEqual(inbox, [row]);
  const event = await tested.read(`/api/events/${row.event}`);
  assert.ok(JSON.stringify(event).includes("Yes, gladly."));
});

test("inbound mail proves itself by the key or by the signature set for it; anything else is 401 and not read", async () => {
  await using tested = await testGateway({ webhookSecrets: { mail: SECRET, shop: SECRET } });
  const send = (headers: Record<string, string>) =>
    fetch(`${tested.url}/mail/inbound`, { method: "POST", body: MESSAGE, headers: { ...RAW, ...headers } });
  const at = new Date();
  const signed = {
    "webhook-id": "m1",
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(SECRET).sign("m1", at, MESSAGE),
  };
  assert.equal((await send({})).status, 401);
  assert.equal((await send({ authorization: "Bearer mr_wrong" })).status, 401);
  assert.equal((await send({ ...signed, "webhook-signature": "v1,AAAA" })).status, 401);
  assert.equal((await tested.engine.db.query("select 1 from inbound_mail")).length, 0);
  assert.equal((await send(signed)).status, 202);
  await using without = await testGateway();
  assert.equal(
    (await fetch(`${without.url}/mail/inbound`, { method: "POST", body: MESSAGE, headers: RAW })).status,
    401,
  );
});

test("a form without a message, and a body that is no form, are refused", async () => {
  await using tested = await testGateway();
  const form = new FormData();
  form.set("subject", "nothing");
  assert.equal((await tested.call("/mail/inbound", { method: "POST", body: form })).status, 400);
  const broken = { method: "POST", body: "x", headers: { "content-type": "multipart/form-data; boundary=b" } };
  assert.equal((await tested.call("/mail/inbound", broken)).status, 400);
});

test("an operator stops the mail and lets it go on, and it says who and why", async () => {
  await using tested = await testGateway();
  const paused = await tested.post("/api/mail/pause", { person: "ada", reason: "Wrong price." });
  const state = (await paused.json()) as MailSwitch;
  assert.deepEqual([state.isPaused, state.reason, state.changedBy], [true, "Wrong price.", "ada"]);
  assert.equal((await tested.read("/api/mail")).isPaused, true);
  const resumed = (await (await tested.post("/api/mail/resume", {})).json()) as MailSwitch;
  assert.deepEqual([resumed.isPaused, resumed.changedBy], [false, "api"]);
});

/** HubSpot's door: only what HubSpot signed comes in, whole and once; what cannot be read is kept and stops nothing. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { whatIsWrong } from "../../packages/millrace/src/crm/hubspot/inbound/signature.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { startGateway } from "../../packages/millrace/src/http/server.ts";
import { type CrmIn, crmIn, hubspotEvent, SECRET, type SignedInit, signed } from "./crm-in.fixture.ts";

const OWN = { webhooks: false } as const;
const CHANGES = 5_000;
const doorOf = (crm: CrmIn) => `${crm.gateway.url}/webhooks/hubspot`;

describe("HubSpot's published signatures", () => {
  const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
  const url = "https://www.example.com/webhook_uri";
  const rules = { secrets: ["another", secret], acceptsOld: true };

  it("are accepted", () => {
    const v3 = {
      "x-hubspot-signature-v3": "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=",
      "x-hubspot-request-timestamp": "1693657560000",
    };
    const body = Buffer.from("{'example_field':'example_value'}");
    assert.equal(whatIsWrong({ method: "POST", url, body, headers: v3 }, { ...rules, now: 1693657560000 }), undefined);
    assert.match(
      whatIsWrong({ method: "POST", url, body, headers: v3 }, { ...rules, now: 1693657560000 + 300_001 }) ?? "",
      /5 minutes/,
    );
    const v1 = {
      "x-hubspot-signature": "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de",
      "x-hubspot-signature-version": "v1",
    };
    const contact = Buffer.from(
      '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]',
    );
    assert.equal(whatIsWrong({ method: "POST", url, body: contact, headers: v1 }, { ...rules, now: 0 }), undefined);
    const v2 = {
      "x-hubspot-signature": "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900",
      "x-hubspot-signature-version": "v2",
    };
    const example = Buffer.from('{"example_field":"example_value"}');
    assert.equal(whatIsWrong({ method: "POST", url, body: example, headers: v2 }, { ...rules, now: 0 }), undefined);
    assert.ok(
      whatIsWrong({ method: "POST", url, body: example, headers: v2 }, { ...rules, acceptsOld: false, now: 0 }),
    );
  });
});

describe("the door", () => {
  it("takes none of hundreds of requests that were changed after signing, and the valid one behind a proxy", async () => {
    await using crm = await crmIn({ ...OWN, gateway: { publicUrl: "https://engine.example.com" } });
    const door = `http://127.0.0.1:${crm.gateway.port}/webhooks/hubspot`;
    const url = "https://engine.example.com/webhooks/hubspot";
    const now = crm.test.clock.now();
    const body = JSON.stringify([hubspotEvent()]);
    const post = (init: SignedInit, at = door) =>
      fetch(at, { ...init, headers: { ...init.headers, host: "engine.example.com" } });
    const valid = signed(url, body, now);
    const v3 = valid.headers["x-hubspot-signature-v3"] ?? "";
    const wrong: { init: SignedInit; at?: string }[] = [];
    for (let i = 0; i < v3.length; i++) {
      for (const letter of ["A", "b", "=", "/"]) {
        if (v3[i] === letter) continue;
        wrong.push({ init: withSignature(valid, v3.slice(0, i) + letter + v3.slice(i + 1)) });
      }
    }
    for (let i = 0; i < body.length; i += 2) {
      const changed = body.slice(0, i) + String.fromCharCode(body.charCodeAt(i) ^ 1) + body.slice(i + 1);
      wrong.push({ init: { ...valid, body: changed } });
    }
    for (const off of [-301_000, 301_000, -86_400_000]) wrong.push({ init: signed(url, body, now + off) });
    for (const secret of ["", "other", `${SECRET} `]) wrong.push({ init: signed(url, body, now, secret || " ") });
    wrong.push({ init: withSignature(valid, "") }, { init: withSignature(valid, `${v3} ${v3}`) });
    wrong.push(
      { init: withSignature(valid, `${v3}, ${v3}`) },
      { init: { ...valid, headers: { "content-type": "application/json" } } },
    );
    wrong.push({ init: { ...valid, headers: { ...valid.headers, "x-hubspot-request-timestamp": `${now + 1}` } } });
    wrong.push({ init: { ...valid, headers: { ...valid.headers, "x-hubspot-request-timestamp": `${now}.0` } } });
    wrong.push(
      { init: signed(door, body, now) },
      { init: valid, at: `${door}?a=1` },
      { init: valid, at: door.replace("hubspot", "hub%73pot") },
    );
    wrong.push(
      { init: { ...valid, headers: old("v1", SECRET + body) } },
      { init: { ...valid, headers: old("v2", `${SECRET}POST${url}${body}`) } },
    );
    const accepted: number[] = [];
    for (let i = 0; i < wrong.length; i += 20) {
      const answers = await Promise.all(wrong.slice(i, i + 20).map(({ init, at }) => post(init, at)));
      for (const { status } of answers) if (status !== 401) accepted.push(status);
    }
    assert.ok(wrong.length > 300, `${wrong.length} tried`);
    assert.deepEqual(accepted, []);
    assert.equal(
      await crm.count("select (select count(*) from events) + (select count(*) from crm_waiting) as count"),
      0,
    );
    assert.equal((await post(valid)).status, 204);
    await crm.test.engine.idle();
    assert.equal(
      await crm.count("select (select count(*) from events) + (select count(*) from crm_waiting) as count"),
      1,
    );
  });

  it("takes both secrets while one is being changed, old signatures only when told to, and nothing without a secret", async () => {
    await using crm = await crmIn({ ...OWN, hubspot: { clientSecret: ["new", "old"], acceptOldSignatures: true } });
    const body = JSON.stringify([hubspotEvent()]);
    const now = crm.test.clock.now();
    const statusOf = async (init: RequestInit) => (await fetch(doorOf(crm), init)).status;
    assert.equal(await statusOf(signed(doorOf(crm), body, now, "old")), 204);
    assert.equal(await statusOf(signed(doorOf(crm), body, now, "new")), 204);
    assert.equal(await statusOf(signed(doorOf(crm), body, now, "older")), 401);
    assert.equal(await statusOf({ method: "POST", body, headers: old("v1", `old${body}`) }), 204);
    assert.equal(await statusOf(signed(doorOf(crm), body, now, "")), 401);
  });

  it("keeps ninety-nine of a hundred when one cannot be read, and that one for a person", async () => {
    await using crm = await crmIn(OWN);
    const id = await crm.make({ email: "ada@acme-systems.example" });
    const bad: unknown[] = [
      [hubspotEvent()],
      null,
      "text",
      hubspotEvent({ objectId: 2 ** 63 }),
      hubspotEvent({ objectId: -5 }),
      hubspotEvent({ objectId: "one" }),
      hubspotEvent({ occurredAt: crm.test.clock.now() + 86_400_000 }),
      hubspotEvent({ subscriptionType: "moon.landing" }),
      hubspotEvent({ subscriptionType: undefined }),
      hubspotEvent({ propertyName: "__proto__" }),
      hubspotEvent({ propertyValue: "x".repeat(20_000) }),
      hubspotEvent({ propertyValue: { deep: true } }),
      hubspotEvent({ propertyValue: "\u0000" }),
    ];
    const good = Array.from({ length: 99 }, (_, i) =>
      hubspotEvent({
        eventId: String(i),
        objectId: id,
        occurredAt: crm.test.clock.now() + i,
        propertyValue: `title ${i}`,
      }),
    );
    for (const one of bad) {
      const body = JSON.stringify([...good.slice(0, 50), one, ...good.slice(50)]);
      assert.equal((await fetch(doorOf(crm), signed(doorOf(crm), body, crm.test.clock.now()))).status, 204);
    }
    for (const body of ["{}", "[", "null", '"x"', ""]) {
      const { status } = await fetch(doorOf(crm), signed(doorOf(crm), body, crm.test.clock.now()));
      assert.equal(status, 204, body);
    }
    await crm.settle();
    assert.equal(await crm.count("select count(*) from crm_set_aside"), bad.length + 5);
    assert.equal((await crm.events("contact_updated")).length, 99);
    assert.equal((await crm.contact(id))?.properties.jobtitle, "title 98");
  });

  it("answers while HubSpot does not: what must be asked waits, and comes in later", async () => {
    await using crm = await crmIn(OWN);
    const id = await crm.make({ email: "ada@acme-systems.example", firstname: "Ada" });
    crm.simulator.faults.set({ serverError: 1, onlyPath: "batch/read" });
    const body = JSON.stringify([hubspotEvent({ objectId: Number(id) })]);
    assert.equal((await fetch(doorOf(crm), signed(doorOf(crm), body, crm.test.clock.now()))).status, 204);
    await crm.test.engine.idle();
    assert.equal(await crm.count("select count(*) from crm_waiting"), 1);
    crm.simulator.faults.reset();
    crm.test.clock.advance(120_000);
    await crm.settle();
    assert.equal((await crm.contact(id))?.properties.firstname, "Ada");
    assert.equal((await crm.contact(id))?.properties.jobtitle, "CTO");
  });
});

describe("a change that comes many times", () => {
  it("is one: 5,000 changes, each 1 to 46 times, shuffled, over two gateways, a tenth cut off before the answer; one eventId with other content is another", {
    timeout: 120_000,
  }, async () => {
    await using crm = await crmIn(OWN);
    const { engine, clock, url } = crm.test;
    const other = await openEngine({ databaseUrl: url, hubspot: engine.config.hubspot }, { clock });
    const second = await startGateway(other, { port: 0 });
    const ids = await Promise.all(Array.from({ length: 20 }, (_, i) => crm.make({ email: `lead${i}@acme.example` })));
    const now = clock.now();
    const changes = Array.from({ length: CHANGES }, (_, i) =>
      hubspotEvent({
        // Ids repeat, as HubSpot's do; two hundred share everything but the value.
        eventId: 3_000 + (i % 300),
        objectId: Number(ids[i % 20]),
        occurredAt: i < 200 ? now + 7 : now + i,
        propertyName: "jobtitle",
        propertyValue: `title ${i}`,
      }),
    );
    const random = seeded(7);
    const copies = changes.flatMap((change) => {
      const times = 1 + Math.floor(random() * (random() < 0.1 ? 46 : 3));
      return Array.from({ length: times }, (_, attemptNumber) => ({ ...change, attemptNumber }));
    });
    const shuffled = copies
      .map((one) => ({ one, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
    const deliveries = Array.from({ length: Math.ceil(shuffled.length / 40) }, (_, i) =>
      JSON.stringify(shuffled.slice(i * 40, i * 40 + 40)),
    );
    const statuses = new Set<number>();
    let cutOff = 0;
    const deliver = async (body: string, at: number) => {
      const door = `${at % 2 === 0 ? crm.gateway.url : second.url}/webhooks/hubspot`;
      if (random() < 0.1) {
        cutOff += 1;
        await cutBeforeAnswer(door, signed(door, body, now), random() * 10);
      }
      // Without an answer HubSpot sends it again.
      statuses.add((await fetch(door, signed(door, body, now))).status);
    };
    for (let i = 0; i < deliveries.length; i += 10) await Promise.all(deliveries.slice(i, i + 10).map(deliver));
    await crm.settle();
    await second.close();
    await other.stop();
    assert.deepEqual([...statuses], [204]);
    assert.ok(cutOff > 20, `${cutOff} connections were cut`);
    const [inLog] = await engine.db.query(
      `select count(*) as events, count(distinct coalesce(data->'changes'->'jobtitle'->>'to', data->>'value')) as values
       from events where source = 'hubspot:4711'`,
    );
    assert.deepEqual(inLog, { events: CHANGES, values: CHANGES });
    for (const [i, id] of ids.entries()) {
      const newest = `title ${CHANGES - 20 + i}`;
      assert.equal((await crm.contact(id))?.properties.jobtitle, newest, "the newest by HubSpot's clock");
    }
    assert.equal(await crm.count("select count(*) from contacts"), 20);
    assert.equal(await crm.count("select count(*) from hubspot_deliveries"), 0);
    assert.deepEqual(crm.test.errors, []);
  });
});

/** Sends all of a request and hangs up some milliseconds later, perhaps before it is answered. */
async function cutBeforeAnswer(url: string, { body, headers }: SignedInit, afterMs: number): Promise<void> {
  const sending = request(url, { method: "POST", headers });
  sending.on("error", () => {});
  sending.end(body);
  await once(sending, "finish");
  await sleep(afterMs);
  sending.destroy();
}

function withSignature(init: SignedInit, signature: string) {
  return { ...init, headers: { ...init.headers, "x-hubspot-signature-v3": signature } };
}

function old(version: string, text: string): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-hubspot-signature": createHash("sha256").update(text).digest("hex"),
    "x-hubspot-signature-version": version,
  };
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

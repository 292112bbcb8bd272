/** A webhook that was answered is kept, and comes into the log once, whatever happens in between. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RUNNER_LOCK } from "../../packages/millrace/src/decider/runner.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { LOG_LOCK } from "../../packages/millrace/src/events/log-lock.ts";
import { formSubmitted } from "../factories/engine.ts";
import { type CrmIn, crmIn, hubspotEvent, signed } from "./crm-in.fixture.ts";

const OWN = { webhooks: false } as const;
const WAITING = "select count(*) from hubspot_deliveries";
const IN_LOG = "select count(*) from events where source = 'hubspot:4711'";

/** HubSpot tells of these changes in one webhook. */
async function tell(crm: CrmIn, changes: readonly (object | null)[]): Promise<void> {
  const url = `${crm.gateway.url}/webhooks/hubspot`;
  const answer = await fetch(url, signed(url, JSON.stringify(changes), crm.test.clock.now()));
  assert.equal(answer.status, 204);
}

/** A contact both know, by HubSpot's id. */
async function known(crm: CrmIn): Promise<number> {
  const data = { email: "ada@acme-systems.example", externalIds: { hubspot: "501" } };
  await crm.test.engine.append([{ type: "contact_created", data }]);
  await crm.test.engine.idle();
  return 501;
}

async function metricsOf({ gateway }: CrmIn): Promise<string> {
  const headers = { authorization: `Bearer ${gateway.apiKey}` };
  return (await fetch(`${gateway.url}/metrics`, { headers })).text();
}

function changesOf(objectId: number, from: number, count: number): object[] {
  return Array.from({ length: count }, (_, i) =>
    hubspotEvent({
      eventId: from + i,
      objectId,
      occurredAt: Date.UTC(2026, 2, 2, 9) + from + i,
      propertyValue: `${from + i}`,
    }),
  );
}

/** Holds a lock of the engine's in a session of its own until `release`. */
async function holding(crm: CrmIn, key: number) {
  const client = await crm.test.engine.db.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = ${key} and objsubid = 1 and granted
       and database = (select oid from pg_database where datname = current_database())`,
  );
  await client.query("select pg_advisory_lock($1)", [key]);
  return { release: () => client.end() };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1_000; i++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail("it did not come to that");
}

describe("a webhook", () => {
  it("is answered while somebody holds the log, and in it when the log is free; nothing of its body is left over", async () => {
    await using crm = await crmIn(OWN);
    const id = await known(crm);
    const log = await holding(crm, LOG_LOCK);
    await tell(crm, changesOf(id, 0, 100));
    assert.equal(await crm.count(WAITING), 1);
    assert.equal(await crm.count(IN_LOG), 0);
    assert.match(await metricsOf(crm), /^hubspot_webhooks_waiting 1$/m);
    assert.match(await metricsOf(crm), /^event_lag_seconds (?!0$)/m);
    await log.release();
    await crm.test.engine.idle();
    assert.equal(await crm.count(WAITING), 0);
    assert.equal(await crm.count(IN_LOG), 100);
    assert.match(await metricsOf(crm), /^hubspot_webhooks_waiting 0$/m);
    assert.match(await metricsOf(crm), /^event_lag_seconds 0$/m);
    assert.match(await metricsOf(crm), /^events_total\{door="hubspot"\} 100$/m);
    assert.equal((await crm.contact(String(id)))?.properties.jobtitle, "99");
  });

  it("that was answered by an engine which ended before it could take it is taken by the next one", async () => {
    await using crm = await crmIn(OWN);
    const id = await known(crm);
    const { db } = crm.test.engine;
    await db.query("create function refuse() returns trigger language plpgsql as $$ begin raise 'not now'; end $$");
    await db.query("create trigger refuse before delete on hubspot_deliveries for each row execute function refuse()");
    await tell(crm, changesOf(id, 0, 10));
    await crm.test.engine.stop();
    const next = await openEngine({ databaseUrl: crm.test.url, hubspot: crm.test.engine.config.hubspot });
    try {
      const [before] = await next.db.query<{ count: number }>(IN_LOG);
      assert.equal(before?.count, 0);
      await next.db.query("drop trigger refuse on hubspot_deliveries");
      await next.idle();
      const [after] = await next.db.query<{ count: number }>(IN_LOG);
      assert.equal(after?.count, 10);
    } finally {
      await next.stop();
    }
  });

  it("stays whole and unread when the transaction that takes it fails at its end", async () => {
    await using crm = await crmIn(OWN);
    const id = await known(crm);
    const { db } = crm.test.engine;
    await db.query(
      "create function fail_late() returns trigger language plpgsql as $$ begin raise 'at the end'; end $$",
    );
    await db.query(
      "create constraint trigger fail_late after insert on single_events deferrable initially deferred for each row execute function fail_late()",
    );
    await tell(crm, changesOf(id, 0, 10));
    await until(async () => crm.test.errors.length > 0);
    assert.equal(await crm.count(WAITING), 1);
    assert.equal(await crm.count(IN_LOG), 0);
    assert.equal(await crm.count("select count(*) from crm_heard where heard ? 'jobtitle'"), 0);
    await db.query("drop trigger fail_late on single_events");
    await crm.test.engine.idle();
    assert.equal(await crm.count(WAITING), 0);
    assert.equal(await crm.count(IN_LOG), 10);
  });

  it("with one change that the database refuses: that one is set aside, all others of all webhooks go on", async () => {
    await using crm = await crmIn(OWN);
    const id = await known(crm);
    const { db } = crm.test.engine;
    await db.query(
      `create function refuse_poison() returns trigger language plpgsql as $$ begin
         if new.data::text like '%poison%' then raise 'no' using errcode = 'check_violation'; end if; return new; end $$`,
    );
    await db.query(
      "create trigger refuse_poison before insert on single_events for each row execute function refuse_poison()",
    );
    const log = await holding(crm, LOG_LOCK);
    const poison = { ...changesOf(id, 50, 1)[0], propertyValue: "poison" };
    await tell(crm, changesOf(id, 0, 50));
    await tell(crm, [...changesOf(id, 100, 20), poison, null, ...changesOf(id, 120, 20)]);
    await tell(crm, changesOf(id, 200, 50));
    await log.release();
    await crm.test.engine.idle();
    assert.equal(await crm.count(WAITING), 0);
    assert.equal(await crm.count(IN_LOG), 140);
    const aside = await db.query<{ error: string; raw: string }>("select error, raw from crm_set_aside order by raw");
    assert.equal(aside.length, 2);
    assert.ok(aside.some(({ error, raw }) => error === "no" && raw.includes("poison")));
    assert.ok(aside.some(({ raw }) => raw === "null"));
    assert.equal((await crm.contact(String(id)))?.properties.jobtitle, "249");
  });

  it("waits while a batch of events is undecided, so that a form does not stand behind all of them", async () => {
    await using crm = await crmIn({ ...OWN, config: { pack: false, engine: { batchSize: 100 } } });
    const id = await known(crm);
    const runner = await holding(crm, RUNNER_LOCK);
    for (let i = 0; i < 20; i++) await tell(crm, changesOf(id, i * 100, 100));
    await until(async () => (await crm.count(IN_LOG)) > 100);
    const [form] = await crm.test.engine.append([formSubmitted({ email: "grace@navy.example" })]);
    await runner.release();
    await crm.test.engine.idle();
    assert.equal(await crm.count(IN_LOG), 2_000);
    const behind = await crm.count(`${IN_LOG} and position > ${form?.position}`);
    assert.ok(behind > 500, `${behind} changes came in behind the form`);
  });
});

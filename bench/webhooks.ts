/**
 * How soon HubSpot has its answer, on a database that syncs to disk: webhooks of 100 changes, 20 a second, to an engine that
 * does everything it does; and how long after the last answer every change is in the log, and decided with all it leads to.
 * The sender, the engine, and the HubSpot that the engine writes back to are a process each.
 * Run: node bench/webhooks.ts [seconds, default 20]
 */
import { type ChildProcess, fork } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HEAP_OPTIONS } from "../packages/millrace/bin/heap-options.mjs";
import { systemClock } from "../packages/millrace/src/base/clock.ts";
import { hubspotApi } from "../packages/millrace/src/crm/hubspot/client/client.ts";
import { checkedHubspot } from "../packages/millrace/src/crm/hubspot/client/hubspot-settings.ts";
import { isDeliveryWaiting } from "../packages/millrace/src/crm/hubspot/inbound/delivery-rows.ts";
import { mappingOf } from "../packages/millrace/src/crm/hubspot/outbound/contact-mapping.ts";
import { setUpHubspot } from "../packages/millrace/src/crm/hubspot/outbound/setup.ts";
import { Database } from "../packages/millrace/src/db/database.ts";
import { hasUndecidedEvents } from "../packages/millrace/src/engine/pending-work.ts";

const SECONDS = Number(process.argv[2] ?? 20);
const PER_SECOND = 20;
const CHANGES = 100;
const CONTACTS = 1_000;
const SECRET = "a secret of this run";

const [hubspotProcess, simulator] = await started<{ url: string; token: string }>("webhooks-hubspot.ts");
const dataFolder = await mkdtemp(join(tmpdir(), "millrace-bench-"));
const limits = { perTenSeconds: 20_000, perDay: 10_000_000, searchPerSecond: 1_000 };
const hubspot = {
  accessToken: simulator.token,
  baseUrl: simulator.url,
  clientSecret: SECRET,
  pollEveryMs: 0,
  limits,
  mirrorTasks: false,
};
const [engineProcess, engine] = await started<{ url: string; apiKey: string; databaseUrl: string }>(
  "webhooks-engine.ts",
  JSON.stringify({ dataFolder, hubspot }),
);
const db = new Database({ url: engine.databaseUrl });
const url = `${engine.url}/webhooks/hubspot`;

try {
  const ids = await makeContacts();
  await introduce(ids);
  const took: number[] = [];
  const statuses = new Map<number, number>();
  const startedAt = performance.now();
  const sending: Promise<void>[] = [];
  for (let n = 0; n < SECONDS * PER_SECOND; n++) {
    const waitMs = startedAt + (n * 1_000) / PER_SECOND - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    sending.push(send(n));
  }
  await Promise.all(sending);
  const answeredAt = performance.now();
  const seconds = (answeredAt - startedAt) / 1_000;
  while (await isDeliveryWaiting(db)) await sleep(5);
  const takenAt = performance.now();
  while (await hasUndecidedEvents(db)) await sleep(5);
  const decidedAt = performance.now();
  const [row] = await db.query<{ count: number }>(
    "select count(*)::int as count from events where source like 'hubspot:%'",
  );
  took.sort((a, b) => a - b);
  const at = (share: number) => Math.round(took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0);
  console.log(
    JSON.stringify({
      webhooks: took.length,
      changes: took.length * CHANGES,
      inLog: row?.count,
      statuses: Object.fromEntries(statuses),
      perSecond: Math.round((took.length * CHANGES) / seconds),
      afterTheLastAnswerMs: { inLog: Math.round(takenAt - answeredAt), decided: Math.round(decidedAt - answeredAt) },
      ackMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
    }),
  );

  async function send(n: number): Promise<void> {
    const now = Date.now();
    const body = JSON.stringify(Array.from({ length: CHANGES }, (_, i) => change(n * CHANGES + i, ids, now)));
    const signature = createHmac("sha256", SECRET).update(`POST${url}${body}${now}`).digest("base64");
    const began = performance.now();
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "x-hubspot-signature-v3": signature,
        "x-hubspot-request-timestamp": String(now),
      },
    });
    await response.arrayBuffer();
    took.push(performance.now() - began);
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
  }
} finally {
  await db.close();
  await stop(engineProcess);
  await stop(hubspotProcess);
  await rm(dataFolder, { recursive: true, force: true });
}

/** @returns HubSpot's ids. */
async function makeContacts(): Promise<string[]> {
  const api = hubspotApi(checkedHubspot(hubspot), undefined, systemClock);
  await setUpHubspot(api, mappingOf(), false);
  const ids: string[] = [];
  for (let at = 0; at < CONTACTS; at += CHANGES) {
    const inputs = Array.from({ length: CHANGES }, (_, i) => ({ properties: { email: `lead${at + i}@acme.example` } }));
    const path = api.paths.batch("contacts", "create");
    const answer = await api.request({ method: "POST", path, body: { inputs }, urgency: "normal", kind: "other" });
    if (!answer.ok) throw new Error(answer.failure.message);
    ids.push(...(answer.body as { results: { id: string }[] }).results.map(({ id }) => id));
  }
  await api.close();
  return ids;
}

/** The engine knows everybody before the first webhook comes. */
async function introduce(ids: readonly string[]): Promise<void> {
  const events = ids.map((id, i) => ({
    type: "contact_created",
    data: { externalIds: { hubspot: id }, email: `lead${i}@acme.example` },
  }));
  const answer = await fetch(`${engine.url}/events`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${engine.apiKey}` },
    body: JSON.stringify(events),
  });
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
  while (await hasUndecidedEvents(db)) await sleep(20);
}

/** @returns the process, and what it says when it is ready. */
async function started<Ready>(file: string, ...words: string[]): Promise<[ChildProcess, Ready]> {
  const child = fork(join(import.meta.dirname, file), words, { execArgv: HEAP_OPTIONS });
  const [ready] = (await once(child, "message")) as [Ready];
  return [child, ready];
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.send("stop");
  await ended;
}

function change(i: number, ids: readonly string[], now: number): object {
  return {
    eventId: i,
    subscriptionId: 12,
    portalId: 4711,
    appId: 88,
    occurredAt: now + (i % CHANGES),
    subscriptionType: "contact.propertyChange",
    attemptNumber: 0,
    objectId: Number(ids[i % ids.length]),
    propertyName: "city",
    propertyValue: `town ${i}`,
    changeSource: "CRM_UI",
    sourceId: "userId:7",
  };
}

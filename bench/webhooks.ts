/**
 * How soon HubSpot has its answer, on a database that syncs to disk: webhooks of 100 changes, 20 a second. HubSpot waits
 * 5 seconds and then sends again. Run: node bench/webhooks.ts [seconds, default 20]
 */
import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "../hubspot-simulator/server.ts";
import { createEngine } from "../src/engine.ts";
import { startGateway } from "../src/gateway/server.ts";

const SECONDS = Number(process.argv[2] ?? 20);
const PER_SECOND = 20;
const CHANGES = 100;
const CONTACTS = 1_000;
const SECRET = "a secret of this run";

const simulator = await startSimulator({ tier: "none" });
const dataFolder = await mkdtemp(join(tmpdir(), "millrace-bench-"));
const limits = { perTenSeconds: 20_000, perDay: 10_000_000, searchPerSecond: 1_000 };
const engine = await createEngine({
  dataFolder,
  hubspot: { accessToken: simulator.token, baseUrl: simulator.url, clientSecret: SECRET, pollEveryMs: 0, limits },
});
const gateway = await startGateway(engine, { port: 0 });
const url = `${gateway.url}/webhooks/hubspot`;

try {
  for (let i = 0; i < CONTACTS; i++) {
    const externalIds = { hubspot: String(1_000 + i) };
    await engine.append([{ type: "contact_created", data: { externalIds, email: `lead${i}@acme.example` } }]);
  }
  const took: number[] = [];
  const statuses = new Map<number, number>();
  const startedAt = performance.now();
  const sending: Promise<void>[] = [];
  for (let n = 0; n < SECONDS * PER_SECOND; n++) {
    const waitMs = startedAt + (n * 1_000) / PER_SECOND - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    sending.push(send(n));
  }
  await Promise.all(sending);
  const seconds = (performance.now() - startedAt) / 1_000;
  const [row] = await engine.db.query<{ count: number }>(
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
      ackMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
    }),
  );

  async function send(n: number): Promise<void> {
    const now = Date.now();
    const body = JSON.stringify(Array.from({ length: CHANGES }, (_, i) => change(n * CHANGES + i, now)));
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
  await gateway.close();
  await engine.stop();
  await simulator.close();
  await rm(dataFolder, { recursive: true, force: true });
}

function change(i: number, now: number): object {
  return {
    eventId: i,
    subscriptionId: 12,
    portalId: 4711,
    appId: 88,
    occurredAt: now + (i % CHANGES),
    subscriptionType: "contact.propertyChange",
    attemptNumber: 0,
    objectId: 1_000 + (i % CONTACTS),
    propertyName: "city",
    propertyValue: `town ${i}`,
    changeSource: "CRM_UI",
    sourceId: "userId:7",
  };
}

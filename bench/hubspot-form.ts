/**
 * How soon sales are alerted of a hot lead who sends a form at HubSpot: 20 forms a second, each announced by a webhook, read
 * from HubSpot, thanked, scored and alerted of. From the moment HubSpot has the form, so its webhook is part of it. Sender,
 * HubSpot and engine are a process each; the database syncs to disk. Ends with 1 when a form is lost or doubled, or p99 is
 * above a second.
 * Run: node bench/hubspot-form.ts [seconds, default 20]
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HEAP_OPTIONS } from "../packages/millrace/bin/heap-options.mjs";
import { systemClock } from "../packages/millrace/src/base/clock.ts";
import { hubspotApi } from "../packages/millrace/src/crm/hubspot/client/client.ts";
import { checkedHubspot } from "../packages/millrace/src/crm/hubspot/client/hubspot-settings.ts";
import { mappingOf } from "../packages/millrace/src/crm/hubspot/outbound/contact-mapping.ts";
import { setUpHubspot } from "../packages/millrace/src/crm/hubspot/outbound/setup.ts";
import { Database } from "../packages/millrace/src/db/database.ts";

const SECONDS = Number(process.argv[2] ?? 20);
const PER_SECOND = 20;
const MAX_MS = 1_000;
const TIMEOUT_MS = 60_000;
const SECRET = "a secret of this run";
const LEAD = { firstname: "Ada", lastname: "Lovelace", company: "Bigcorp", jobtitle: "CTO", industry: "Software" };

const [hubspotProcess, simulator] = await started<{ url: string; token: string }>("hubspot-form-hubspot.ts", SECRET);
const dataFolder = await mkdtemp(join(tmpdir(), "millrace-bench-"));
const limits = { perTenSeconds: 20_000, perDay: 10_000_000, searchPerSecond: 1_000 };
const hubspot = { accessToken: simulator.token, baseUrl: simulator.url, clientSecret: SECRET, limits };
const api = hubspotApi(checkedHubspot(hubspot), undefined, systemClock);
await setUpHubspot(api, mappingOf(), false);
const form = await makeForm();
const [engineProcess, engine] = await started<{ url: string; databaseUrl: string }>(
  "webhooks-engine.ts",
  JSON.stringify({ dataFolder, hubspot }),
);
hubspotProcess.send({ targetUrl: `${engine.url}/webhooks/hubspot` });
const db = new Database({ url: engine.databaseUrl });

try {
  // The first forms find everything cold; they are taken and not measured.
  const warm = PER_SECOND * 2;
  const all = SECONDS * PER_SECOND + warm;
  const sentAt = new Map<string, number>();
  const startedAt = performance.now();
  const sending: Promise<void>[] = [];
  for (let n = 0; n < all; n++) {
    const waitMs = startedAt + (n * 1_000) / PER_SECOND - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    sending.push(submit(n, sentAt));
  }
  await Promise.all(sending);
  for (const deadline = Date.now() + TIMEOUT_MS; Date.now() < deadline && (await countAlerts()) < all; )
    await sleep(50);
  const rows = await db.query<{ email: string; at: number; recordedAt: number }>(
    `select c.properties->>'email' as email, a.created_at as at,
            (select min(e.recorded_at) from events_of(c.id) e where e.type = 'form_submitted') as "recordedAt"
     from alerts a join contacts c on c.id = a.contact where a.name = 'hot_lead'`,
  );
  const measured = rows.filter(({ email }) => Number(/\d+/.exec(email)?.[0]) >= warm);
  const toLog = spread(measured.map(({ email, recordedAt }) => recordedAt - (sentAt.get(email) ?? recordedAt)));
  const toAlert = spread(measured.map(({ email, at }) => at - (sentAt.get(email) ?? at)));
  const [forms] = await db.query<{ count: number }>(
    "select count(*)::int as count from events where type = 'form_submitted'",
  );
  console.log(
    JSON.stringify({
      forms: all,
      inLog: forms?.count,
      alerts: rows.length,
      formToLogMs: toLog,
      formToAlertMs: toAlert,
    }),
  );
  process.exitCode = forms?.count === all && rows.length === all && toAlert.p99 <= MAX_MS ? 0 : 1;
} finally {
  await db.close();
  await api.close();
  await stop(engineProcess);
  await stop(hubspotProcess);
  await rm(dataFolder, { recursive: true, force: true });
}

function spread(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

async function countAlerts(): Promise<number> {
  const [row] = await db.query<{ count: number }>("select count(*)::int as count from alerts where name = 'hot_lead'");
  return row?.count ?? 0;
}

async function submit(n: number, sentAt: Map<string, number>): Promise<void> {
  const email = `lead${n}@bigcorp-systems.com`;
  const values = { ...LEAD, email, numemployees: "1000+", phone: `+1212555${String(n).padStart(4, "0")}` };
  const fields = Object.entries(values).map(([name, value]) => ({ objectTypeId: "0-1", name, value }));
  sentAt.set(email, Date.now());
  const answer = await fetch(`${simulator.url}/submissions/v3/integration/submit/4711/${form}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ submittedAt: Date.now(), fields, context: { pageUri: "https://acme.example/demo" } }),
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

async function makeForm(): Promise<string> {
  const names = [...Object.keys(LEAD), "email", "numemployees", "phone"];
  const now = new Date().toISOString();
  const body = {
    formType: "hubspot",
    name: "Demo request",
    createdAt: now,
    updatedAt: now,
    archived: false,
    fieldGroups: names.map((name) => ({
      groupType: "default_group",
      richTextType: "text",
      fields: [
        { objectTypeId: "0-1", name, label: name, required: false, hidden: false, fieldType: "single_line_text" },
      ],
    })),
    configuration: { language: "en", createNewContactForNewEmail: true },
    displayOptions: {},
    legalConsentOptions: { type: "none" },
  };
  const answer = await api.request({ method: "POST", path: api.paths.forms(), body, urgency: "normal", kind: "other" });
  if (!answer.ok) throw new Error(answer.failure.message);
  return (answer.body as { id: string }).id;
}

/** @returns the process, and what it says when it is ready. */
async function started<Ready>(file: string, ...args: readonly string[]): Promise<readonly [ChildProcess, Ready]> {
  const child = fork(join(import.meta.dirname, file), args, { execArgv: HEAP_OPTIONS });
  const [ready] = (await once(child, "message")) as [Ready];
  return [child, ready];
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.send({});
  await ended;
}

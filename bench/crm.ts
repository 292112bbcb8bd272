/**
 * node bench/crm.ts [--changes 10000] [--faults]
 * How much of HubSpot's limit the writer uses: so many changed contacts through the engine to the simulator over HTTP,
 * at the real limit of 190 calls in ten seconds. Two measures: contacts as they come, a hundred a call, and one call
 * a change (what the pace is made for), where the share of the limit is read. The simulator's own log is what counts.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startSimulator } from "../packages/hubspot-simulator/src/server.ts";
import { systemClock } from "../packages/millrace/src/base/clock.ts";
import { hubspotApi } from "../packages/millrace/src/crm/hubspot/client/client.ts";
import { checkedHubspot } from "../packages/millrace/src/crm/hubspot/client/hubspot-settings.ts";
import { mappingOf } from "../packages/millrace/src/crm/hubspot/outbound/contact-mapping.ts";
import { setUpHubspot } from "../packages/millrace/src/crm/hubspot/outbound/setup.ts";
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { on, task, workflow } from "../packages/millrace/src/workflows/workflow.ts";

const { values: options } = parseArgs({
  options: { changes: { type: "string", default: "10000" }, faults: { type: "boolean", default: false } },
});
const changes = Number(options.changes);
const LIMIT = 190;

const dataFolder = await mkdtemp(join(tmpdir(), "millrace-crm-"));
const simulator = await startSimulator({ tier: "professional", limits: { perDay: null } });
const hubspot = { accessToken: simulator.token, baseUrl: simulator.url, mirrorTasks: false };
const setup = hubspotApi(checkedHubspot(hubspot), undefined, systemClock);
await setUpHubspot(setup, mappingOf(), false);
const sync = workflow("sync", {}, [on("contact_created", task("sync_crm"))]);
const engine = await openEngine({ dataFolder, pack: false, workflows: [sync], hubspot });
if (options.faults)
  simulator.faults.set({ tooManyRequests: 0.2, serverError: 0.1, cutAfter: 0.05, partialBatch: 0.05 });

try {
  await contactsInBatches();
  await callsAtFullPace();
} finally {
  await setup.close();
  await engine.stop();
  await simulator.close();
  await rm(dataFolder, { recursive: true, force: true });
}

async function contactsInBatches(): Promise<void> {
  const begun = performance.now();
  for (let at = 0; at < changes; at += 1_000) {
    await engine.append(
      Array.from({ length: Math.min(1_000, changes - at) }, (_, i) => ({
        type: "contact_created",
        data: { email: `person${at + i}@fleet.example`, properties: { firstname: `P${at + i}` } },
      })),
    );
  }
  let open = 1;
  while (open > 0) {
    await engine.idle();
    const [row] = await engine.db.query<{ count: number }>("select count(*) from tasks where kind = 'sync_crm'");
    open = row?.count ?? 0;
    if (open > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const seconds = (performance.now() - begun) / 1_000;
  const there = simulator.account().tables.get("0-1")?.records.size ?? 0;
  const calls = simulator.calls.latest(1_000).filter(({ path }) => path.includes("/contacts/batch/")).length;
  console.log(
    `${changes} changed contacts: ${seconds.toFixed(1)} s, ${Math.round(changes / seconds)} a second, ${calls} calls, ${there} in HubSpot`,
  );
}

/** Two processes' worth of callers, as fast as they are let. */
async function callsAtFullPace(): Promise<void> {
  const settings = checkedHubspot(hubspot);
  const doors = [1, 2].map(() => hubspotApi(settings, engine.db, systemClock));
  simulator.calls.clear();
  const until = Date.now() + 20_000;
  const path = doors[0]?.paths.accountDetails() ?? "";
  const caller = async (door: (typeof doors)[number]) => {
    while (Date.now() < until) await door.request({ method: "GET", path, urgency: "normal", kind: "other" });
  };
  await Promise.all(doors.flatMap((door) => Array.from({ length: 10 }, () => caller(door))));
  for (const door of doors) await door.close();
  const times = simulator.calls
    .latest(1_000)
    .filter(({ status }) => status !== 429)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  const windows = times.map((from, i) => times.slice(i).filter((at) => at < from + 10_000).length);
  const busiest = Math.max(...windows);
  const refused = simulator.calls
    .latest(1_000)
    .filter(({ status, fault }) => status === 429 && fault === undefined).length;
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const perTen = (times.length / spanMs) * 10_000;
  console.log(
    `two processes at full pace: ${perTen.toFixed(0)} calls in ten seconds on average (${((perTen / LIMIT) * 100).toFixed(1)} % of ${LIMIT}), ${busiest} at most, ${refused} refused`,
  );
}

/** kill -9 while webhooks come: what HubSpot was told is taken is in the log, once. SEED=n repeats a run; KILLS=n makes it longer. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { freshDatabase } from "../factories/database.ts";
import { hubspotEvent, SECRET, signed } from "./crm-in.fixture.ts";

const KILLS = Number(process.env.KILLS ?? 8);
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);
const CONTACTS = 50;

describe(`kill -9, ${KILLS} times while webhooks come (SEED=${SEED})`, () => {
  it("loses no change that was answered and records none twice", { timeout: 180_000 }, async () => {
    const database = await freshDatabase();
    // Nothing answers there: who the contacts are is known.
    const hubspot = { accessToken: "t", baseUrl: "http://127.0.0.1:9", clientSecret: SECRET, pollEveryMs: 0 };
    const config = { databaseUrl: database.url, pack: false, monitor: false, hubspot } as const;
    const answered = new Set<string>();
    const sent = new Set<string>();
    try {
      await makeContacts(config);
      const random = randomFrom(SEED);
      for (let trial = 0; trial < KILLS; trial++) {
        const child = spawn(
          process.execPath,
          [join(import.meta.dirname, "listening-engine.ts"), JSON.stringify(config)],
          {
            stdio: ["ignore", "pipe", "inherit"],
          },
        );
        const [url] = await once(createInterface(child.stdout), "line");
        const killed = once(child, "close");
        const telling = Array.from({ length: 5 }, (_, i) => sendUntilGone(`${url}`, trial * 1_000_000 + i * 100_000));
        await sleep(50 + random() * 700);
        child.kill("SIGKILL");
        await Promise.all([...telling, killed]);
      }
      const engine = await openEngine(config);
      try {
        await engine.idle();
        const rows = await engine.db.query<{ id: string }>("select id from events where source = 'hubspot:4711'");
        const values = await engine.db.query<{ value: string }>(
          `select coalesce(data->'changes'->'jobtitle'->>'to', data->>'value') as value from events where source = 'hubspot:4711'`,
        );
        const inLog = new Set(values.map(({ value }) => value));
        assert.ok(answered.size > KILLS * 100, `only ${answered.size} changes were answered: too few to mean anything`);
        assert.deepEqual(
          [...answered].filter((value) => !inLog.has(value)),
          [],
          "answered but lost",
        );
        assert.deepEqual(
          [...inLog].filter((value) => !sent.has(value)),
          [],
          "never sent",
        );
        assert.equal(inLog.size, rows.length, "recorded twice");
        const [left] = await engine.db.query("select count(*) as count from hubspot_deliveries");
        assert.deepEqual(left, { count: 0 });
      } finally {
        await engine.stop();
      }
    } finally {
      await database.drop();
    }

    /** HubSpot, one connection's worth: every webhook twice, the second perhaps after the first was taken. */
    async function sendUntilGone(url: string, from: number): Promise<void> {
      for (let at = from; ; at += 20) {
        const values = Array.from({ length: 20 }, (_, i) => `title ${at + i}`);
        const changes = values.map((propertyValue, i) =>
          hubspotEvent({ eventId: at + i, objectId: 1_000 + ((at + i) % CONTACTS), propertyValue }),
        );
        for (const value of values) sent.add(value);
        for (const _ of ["first", "again"]) {
          const door = `${url}/webhooks/hubspot`;
          const answer = await fetch(door, signed(door, JSON.stringify(changes), Date.now())).catch(() => undefined);
          if (answer === undefined) return;
          assert.equal(answer.status, 204);
          for (const value of values) answered.add(value);
        }
      }
    }
  });
});

async function makeContacts(config: Parameters<typeof openEngine>[0]): Promise<void> {
  const engine = await openEngine(config);
  await engine.append(
    Array.from({ length: CONTACTS }, (_, i) => ({
      type: "contact_created",
      data: { email: `lead${i}@acme.example`, externalIds: { hubspot: String(1_000 + i) } },
    })),
  );
  await engine.idle();
  await engine.stop();
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

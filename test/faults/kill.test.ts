/**
 * kill -9 at random moments under load: nothing acknowledged is lost, nothing is doubled, and what was under way is
 * finished. SEED=n repeats a run; KILLS=n makes it longer.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { hashContacts, rebuildContacts } from "../../packages/millrace/src/contacts/store.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { newestPosition } from "../../packages/millrace/src/events/log.ts";
import { findsNothing } from "../factories/agents.ts";
import { freshDatabase } from "../factories/database.ts";

const KILLS = Number(process.env.KILLS ?? 40);
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);
const LEASE_MS = 1_500;
/** A task may be in the hands of one killed worker after another; this test is about losing, not about giving up. */
const tasks = {
  enrich_data: { about: "Test.", priority: "LOW", dueIn: "5m", doneBy: "data_enricher", retries: 100 },
} as const;

describe(`kill -9, ${KILLS} times under load (SEED=${SEED})`, () => {
  it("on the embedded database: nothing lost, nothing doubled, and every other time the database is killed too", async () => {
    const folder = await mkdtemp(join(tmpdir(), "millrace-kill-"));
    try {
      await killAndCount({ dataFolder: folder, tasks, engine: { leaseMs: LEASE_MS, sweepMs: 200 } }, async (trial) => {
        if (trial % 2 === 1) await killPostgres(folder);
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("on a server: nothing lost, nothing doubled", async () => {
    const database = await freshDatabase();
    try {
      await killAndCount(
        { databaseUrl: database.url, tasks, engine: { leaseMs: LEASE_MS, sweepMs: 200 } },
        async () => {},
      );
    } finally {
      await database.drop();
    }
  });
});

async function killAndCount(config: MillraceConfig, alsoKill: (trial: number) => Promise<void>): Promise<void> {
  const chance = randomFrom(SEED);
  const acknowledged = new Set<string>();
  for (let trial = 0; trial < KILLS; trial++) {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "loaded-engine.ts"), JSON.stringify(config), String(trial * 100_000)],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const ready = collect(child, acknowledged);
    await ready;
    await new Promise((resolve) => setTimeout(resolve, 10 + chance() * 700));
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    await alsoKill(trial);
  }
  assert.ok(
    acknowledged.size > KILLS,
    `only ${acknowledged.size} submissions were acknowledged: too few to mean anything`,
  );
  await finishAndCheck(config, acknowledged);
}

async function finishAndCheck(config: MillraceConfig, acknowledged: ReadonlySet<string>): Promise<void> {
  // The last process died with tasks in its hands: they come back when its lease has run out.
  const engine = await openEngine({ ...config, agents: [findsNothing] });
  try {
    await engine.idle();
    const { db } = engine;
    const forms = await db.query<{ id: string; position: number; contact: string }>(
      "select id, position, contact from events where type = 'form_submitted'",
    );
    const present = new Set(forms.map((form) => form.id));
    assert.deepEqual(
      [...acknowledged].filter((id) => !present.has(id)),
      [],
      "acknowledged but lost",
    );
    assert.equal(present.size, forms.length, "recorded twice");
    const [sums] = await db.query<Record<string, number>>(`
      select (select count(*) from emails where template = 'thank_you') as thanks,
             (select count(distinct root) from emails where template = 'thank_you') as thanked,
             (select count(*) from events where type = 'contact_created') as created,
             (select count(*) from contacts) as contacts,
             (select count(*) from contacts where properties->'lead_score' is not null) as scored,
             (select count(*) from (select 1 from events where type = 'contact_enriched' group by data->>'task' having count(*) > 1) d) as "enrichedTwice",
             (select count(*) from (select 1 from events where type = 'task_completed' group by data->>'task' having count(*) > 1) d) as "completedTwice",
             (select count(*) from finished_tasks where kind = 'enrich_data' and state = 'COMPLETED') as enrichments,
             (select count(*) from tasks where state = 'IN_PROGRESS' or (kind = 'enrich_data')) as stuck,
             (select count(*) from dead_letters) as dead`);
    const submissions = forms.length;
    assert.deepEqual(sums, {
      thanks: submissions,
      thanked: submissions,
      created: submissions,
      contacts: submissions,
      scored: submissions,
      enrichedTwice: 0,
      completedTwice: 0,
      enrichments: submissions,
      stuck: 0,
      dead: 0,
    });
    const before = await hashContacts(db);
    await db.transaction(async (tx) => {
      await tx.query("set local statement_timeout = '120s'");
      await rebuildContacts(tx, await newestPosition(tx));
    });
    assert.equal(await hashContacts(db), before, "contacts rebuilt from the log are the same");
  } finally {
    await engine.stop();
  }
}

/** Resolves when the process says it is ready; goes on collecting what it acknowledges. */
function collect(child: ChildProcess, acknowledged: Set<string>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let rest = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "ready") resolve();
      else acknowledged.add(line);
    }
  });
  child.once("exit", (code, signal) => reject(new Error(`The engine ended before it was ready (${code ?? signal}).`)));
  return promise;
}

async function killPostgres(dataFolder: string): Promise<void> {
  const place = JSON.parse(await readFile(join(dataFolder, "postgres.json"), "utf8")) as Record<string, string>;
  const candidates = [
    join(dataFolder, "pg"),
    ...Object.values(place)
      .filter((value) => typeof value === "string" && value.startsWith("/"))
      .flatMap((at) => [at, join(at, "pg")]),
  ];
  for (const folder of candidates) {
    const pid = Number((await readFile(join(folder, "postmaster.pid"), "utf8").catch(() => "")).split("\n")[0]);
    if (pid > 1) {
      process.kill(pid, "SIGKILL");
      return;
    }
  }
  assert.fail(`no running PostgreSQL found among ${candidates.join(", ")}`);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

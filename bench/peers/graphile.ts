/**
 * The form cascade on graphile-worker, as someone who knows it well would build it: jobs carry what they need, are taken
 * and completed many at a time (its local queue, its batched completion), and the writes of handlers that are under way
 * together share a statement and a commit. Started by piece.ts: node bench/peers/graphile.ts Request-as-JSON.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Database } from "../../packages/millrace/src/db/database.ts";
import type { Submission } from "../form-cascade.ts";
import { band, enrich, expected, outreach, score, thankYou } from "../workload/rubric.mjs";
import { measured, wishOf } from "./measured.ts";

const [wish, databaseUrl] = wishOf(process.argv);
const db = new Database({ url: databaseUrl });
// biome-ignore lint/suspicious/noExplicitAny: installed for the run, so its types are not here.
const graphile: any = createRequire(join(wish.modules, "package.json"))("graphile-worker");

const TABLES = `
  create table submissions (id text primary key, data jsonb not null);
  create table contacts (email text primary key, data jsonb not null, score int, band text, domain text, size_band text, lists text[] not null default '{}');
  create table emails (once_key text primary key, email text not null, template text not null, subject text not null, body text not null);
  create table alerts (once_key text primary key, email text not null);
  create table human_tasks (once_key text primary key, email text not null);
  create table nurture_enrollments (email text primary key)`;

interface Job {
  readonly identifier: string;
  readonly payload: object;
  readonly priority: number;
}

/** What handlers want written, row by row, and the jobs they ask for. */
interface Effects {
  readonly scored: { email: string; score: number; band: string; list: string | null }[];
  readonly enriched: { email: string; domain: string; size: string }[];
  readonly emails: { key: string; email: string; template: string; subject: string; body: string }[];
  readonly alerts: { key: string; email: string }[];
  readonly people: { key: string; email: string }[];
  readonly nurture: { email: string }[];
  readonly jobs: Job[];
}

const noEffects = (): Effects => ({
  scored: [],
  enriched: [],
  emails: [],
  alerts: [],
  people: [],
  nurture: [],
  jobs: [],
});

/** While one transaction commits, what handlers want written gathers for the next. */
class Coalesced {
  #wanted = noEffects();
  #waiting: PromiseWithResolvers<void>[] = [];
  #isWriting = false;

  write(add: (effects: Effects) => void): Promise<void> {
    add(this.#wanted);
    const done = Promise.withResolvers<void>();
    this.#waiting.push(done);
    if (!this.#isWriting) void this.#writeAll();
    return done.promise;
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const [effects, waiting] = [this.#wanted, this.#waiting];
      this.#wanted = noEffects();
      this.#waiting = [];
      await commit(effects).then(
        () => {
          for (const one of waiting) one.resolve();
        },
        (error: unknown) => {
          for (const one of waiting) one.reject(error);
        },
      );
    }
    this.#isWriting = false;
  }
}

const ADD_JOBS = `select count(*) from graphile_worker.add_jobs(array(
  select (j->>'identifier', j->'payload', null, null, 3, null, (j->>'priority')::int, null)::graphile_worker.job_spec
  from json_array_elements($1::json) j))`;

const WRITES = {
  scored: `update contacts c set score = r.score, band = r.band, lists = case when r.list is null then c.lists else c.lists || r.list end
    from json_to_recordset($1) as r(email text, score int, band text, list text) where c.email = r.email`,
  enriched: `update contacts c set domain = r.domain, size_band = r.size
    from json_to_recordset($1) as r(email text, domain text, size text) where c.email = r.email`,
  emails: `insert into emails select r.* from json_to_recordset($1) as r(key text, email text, template text, subject text, body text) on conflict do nothing`,
  alerts: `insert into alerts select r.* from json_to_recordset($1) as r(key text, email text) on conflict do nothing`,
  people: `insert into human_tasks select r.* from json_to_recordset($1) as r(key text, email text) on conflict do nothing`,
  nurture: `insert into nurture_enrollments select r.* from json_to_recordset($1) as r(email text) on conflict do nothing`,
  jobs: ADD_JOBS,
} as const satisfies Record<keyof Effects, string>;

function commit(effects: Effects): Promise<unknown> {
  const some = (Object.keys(WRITES) as (keyof Effects)[]).filter((part) => effects[part].length > 0);
  return db.transaction((tx) =>
    Promise.all(some.map((part) => tx.query(WRITES[part], [JSON.stringify(effects[part])], part))),
  );
}

const writes = new Coalesced();
/** graphile-worker takes the smaller number first. */
const PRIORITY = { URGENT: 0, HIGH: 1, MEDIUM: 2 } as const;

type Work = (submission: Submission) => Promise<void>;
const handlers: Record<string, Work> = {
  qualify_lead: (s) => {
    const points = score(s);
    const found = band(points);
    const { email } = s;
    return writes.write((effects) => {
      effects.scored.push({ email, score: points, band: found, list: found === "cold" ? "low-priority" : null });
      if (found === "hot") {
        effects.alerts.push({ key: s.id, email });
        effects.people.push({ key: s.id, email });
      }
      const next = { warm: "send_outreach", nurture: "nurture_sequence" }[found as string];
      if (next !== undefined) effects.jobs.push({ identifier: next, payload: s, priority: PRIORITY.MEDIUM });
    });
  },
  enrich_data: (s) => {
    const { domain, sizeBand } = enrich(s);
    return writes.write((effects) => effects.enriched.push({ email: s.email, domain, size: sizeBand }));
  },
  send_thank_you: (s) => mailed(s, "thank_you", thankYou(s)),
  send_outreach: (s) => mailed(s, "outreach", outreach(s, score(s))),
  nurture_sequence: (s) => writes.write((effects) => effects.nurture.push({ email: s.email })),
};

function mailed({ id, email }: Submission, template: string, mail: { subject: string; body: string }): Promise<void> {
  return writes.write((effects) => effects.emails.push({ key: `${template}:${id}`, email, template, ...mail }));
}

function startWorker(): Promise<{ stop(): Promise<void> }> {
  return graphile.run({
    connectionString: databaseUrl,
    concurrency: wish.atOnce,
    noHandleSignals: true,
    logger: new graphile.Logger(() => () => {}),
    taskList: Object.fromEntries(
      Object.entries(handlers).map(([kind, work]) => [
        kind,
        async (payload: Submission) => {
          if (wish.ioMs > 0) await sleep(wish.ioMs);
          await work(payload);
        },
      ]),
    ),
    preset: {
      worker: {
        localQueue: { size: wish.atOnce * 4 },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
        maxPoolSize: 10,
      },
    },
  });
}

async function submit(all: readonly Submission[]): Promise<void> {
  const jobs: Job[] = all.flatMap((payload) => [
    { identifier: "qualify_lead", payload, priority: PRIORITY.URGENT },
    { identifier: "enrich_data", payload, priority: PRIORITY.HIGH },
    { identifier: "send_thank_you", payload, priority: PRIORITY.MEDIUM },
  ]);
  const json = JSON.stringify(all);
  await db.transaction((tx) =>
    Promise.all([
      tx.query("insert into submissions select s->>'id', s::jsonb from json_array_elements($1) s", [json], "submitted"),
      tx.query(
        "insert into contacts (email, data) select s->>'email', s::jsonb from json_array_elements($1) s on conflict (email) do update set data = excluded.data",
        [json],
        "contacts",
      ),
      tx.query(ADD_JOBS, [JSON.stringify(jobs)], "jobs"),
    ]),
  );
}

async function idle(): Promise<void> {
  while ((await db.query("select 1 from graphile_worker._private_jobs limit 1")).length > 0) await sleep(10);
}

const COUNTS = `select (select count(*) from submissions) as submissions, count(*) as contacts, count(score) as scored,
  count(*) filter (where domain is not null and size_band is not null) as enriched, count(*) filter (where 'low-priority' = any(lists)) as low_priority,
  coalesce(sum(score), 0) as score_sum, (select count(*) from emails where template = 'thank_you') as emails_thank_you,
  (select count(*) from emails where template = 'outreach') as emails_outreach, (select count(*) from alerts) as alerts,
  (select count(*) from human_tasks) as human_tasks_open, (select count(*) from nurture_enrollments) as nurture from contacts`;

async function wrong(all: readonly Submission[]): Promise<string[]> {
  const [row] = await db.query<Record<string, number>>(COUNTS);
  const must = expected(all) as unknown as Record<string, number>;
  return Object.entries(row ?? {}).flatMap(([name, count]) =>
    Number(count) === must[name] ? [] : [`${name}: ${count}, must be ${must[name]}`],
  );
}

if (process.argv[3] === "worker") {
  const worker = await startWorker();
  process.on("message", async () => {
    await worker.stop();
    await db.close();
    process.disconnect?.();
  });
  process.send?.("ready");
} else {
  await graphile.runMigrations({ connectionString: databaseUrl });
  for (const statement of TABLES.split(";")) await db.query(statement);
  const worker = wish.workers === 0 ? await startWorker() : undefined;
  const workers = Array.from({ length: wish.workers }, () =>
    fork(fileURLToPath(import.meta.url), [process.argv[2] ?? "", "worker"], { stdio: ["ignore", 2, 2, "ipc"] }),
  );
  await Promise.all(workers.map((one) => once(one, "message")));
  const result = await measured({ wish, pids: workers.flatMap(({ pid }) => pid ?? []), submit, idle, wrong });
  await worker?.stop();
  for (const one of workers) one.send("stop");
  await Promise.all(workers.map((one) => once(one, "exit")));
  await db.close();
  process.send?.(result);
  process.disconnect?.();
}

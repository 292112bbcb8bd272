/**
 * The form cascade as someone who knows a queue well would build it on any: jobs carry what they need, and what handlers that are under
 * way together want written shares a statement and a commit. Each peer says how its jobs are added and done.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Database, type Tx } from "../../packages/millrace/src/db/database.ts";
import type { Submission } from "../form-cascade.ts";
import { band, enrich, expected, outreach, score, thankYou } from "../workload/rubric.mjs";
import { measured, type Request, requestOf } from "./measured.ts";

export interface Job {
  readonly kind: string;
  readonly payload: Submission;
  readonly priority: "URGENT" | "HIGH" | "MEDIUM";
}

export const KINDS = ["qualify_lead", "enrich_data", "send_thank_you", "send_outreach", "nurture_sequence"] as const;

/** What a queue of someone else's has to do. */
export interface Peer {
  /** Makes its tables. */
  readonly prepare: () => Promise<void>;
  /** In the transaction that writes what asks for them, where it can. */
  readonly addJobs?: (tx: Tx, jobs: readonly Job[]) => Promise<unknown>;
  /** Once that is committed, where it cannot. */
  readonly addJobsAfter?: (jobs: readonly Job[]) => Promise<unknown>;
  /** Does jobs, so many together, until it is stopped. */
  readonly start: (
    request: Request,
    run: (kind: string, payload: Submission) => Promise<void>,
  ) => Promise<{ stop(): Promise<void> }>;
  readonly isIdle: () => Promise<boolean>;
  /** Processes of its own that count, by pid. */
  readonly pids?: readonly number[];
  readonly close?: () => Promise<unknown>;
}

const TABLES = `
  create table submissions (id text primary key, data jsonb not null);
  create table contacts (email text primary key, data jsonb not null, score int, band text, domain text, size_band text, lists text[] not null default '{}');
  create table emails (once_key text primary key, email text not null, template text not null, subject text not null, body text not null);
  create table alerts (once_key text primary key, email text not null);
  create table human_tasks (once_key text primary key, email text not null);
  create table nurture_enrollments (email text primary key)`;

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

/** Runs a peer as piece.ts asks for it by this process's arguments. @param file the peer's own, for its worker processes. */
export async function runPeer(
  file: string,
  connect: (request: Request, db: Database) => Promise<Peer> | Peer,
): Promise<void> {
  const request = requestOf(process.argv);
  const db = new Database({ url: request.databaseUrl });
  const peer = await connect(request, db);
  const writes = new Coalesced((effects) => commit(db, peer, effects));
  const handlers = handlersOf(writes);
  const start = () =>
    peer.start(request, async (kind, payload) => {
      if (request.ioMs > 0) await sleep(request.ioMs);
      await handlers[kind]?.(payload);
    });
  const close = async () => {
    await peer.close?.();
    await db.close();
  };
  if (process.argv[3] === "worker") {
    const worker = await start();
    process.on("message", async () => {
      await worker.stop();
      await close();
      process.disconnect?.();
    });
    process.send?.("ready");
    return;
  }
  await peer.prepare();
  for (const statement of TABLES.split(";")) await db.query(statement);
  const worker = request.workers === 0 ? await start() : undefined;
  const workers = Array.from({ length: request.workers }, () =>
    fork(file, [process.argv[2] ?? "", "worker"], { stdio: ["ignore", 2, 2, "ipc"] }),
  );
  await Promise.all(workers.map((one) => once(one, "message")));
  const result = await measured({
    request,
    pids: [...workers.flatMap(({ pid }) => pid ?? []), ...(peer.pids ?? [])],
    submit: (all) => submit(db, peer, all),
    idle: async () => {
      while (!(await peer.isIdle())) await sleep(10);
    },
    wrong: (all) => wrong(db, all),
  });
  await worker?.stop();
  for (const one of workers) one.send("stop");
  await Promise.all(workers.map((one) => once(one, "exit")));
  await close();
  process.send?.(result);
  process.disconnect?.();
}

/** While one transaction commits, what handlers want written gathers for the next. */
class Coalesced {
  readonly #commit: (effects: Effects) => Promise<void>;
  #wanted = noEffects();
  #waiting: PromiseWithResolvers<void>[] = [];
  #isWriting = false;

  constructor(commit: (effects: Effects) => Promise<void>) {
    this.#commit = commit;
  }

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
      await this.#commit(effects).then(
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

const WRITES = {
  scored: `update contacts c set score = r.score, band = r.band, lists = case when r.list is null then c.lists else c.lists || r.list end
    from json_to_recordset($1) as r(email text, score int, band text, list text) where c.email = r.email`,
  enriched: `update contacts c set domain = r.domain, size_band = r.size
    from json_to_recordset($1) as r(email text, domain text, size text) where c.email = r.email`,
  emails: `insert into emails select r.* from json_to_recordset($1) as r(key text, email text, template text, subject text, body text) on conflict do nothing`,
  alerts: `insert into alerts select r.* from json_to_recordset($1) as r(key text, email text) on conflict do nothing`,
  people: `insert into human_tasks select r.* from json_to_recordset($1) as r(key text, email text) on conflict do nothing`,
  nurture: `insert into nurture_enrollments select r.* from json_to_recordset($1) as r(email text) on conflict do nothing`,
} as const satisfies Record<Exclude<keyof Effects, "jobs">, string>;

async function commit(db: Database, peer: Peer, { jobs, ...effects }: Effects): Promise<void> {
  const some = (Object.keys(WRITES) as (keyof typeof WRITES)[]).filter((part) => effects[part].length > 0);
  await db.transaction((tx) =>
    Promise.all([
      ...some.map((part) => tx.query(WRITES[part], [JSON.stringify(effects[part])], part)),
      jobs.length > 0 ? peer.addJobs?.(tx, jobs) : undefined,
    ]),
  );
  if (jobs.length > 0) await peer.addJobsAfter?.(jobs);
}

async function submit(db: Database, peer: Peer, all: readonly Submission[]): Promise<void> {
  const jobs: Job[] = all.flatMap((payload) => [
    { kind: "qualify_lead", payload, priority: "URGENT" },
    { kind: "enrich_data", payload, priority: "HIGH" },
    { kind: "send_thank_you", payload, priority: "MEDIUM" },
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
      peer.addJobs?.(tx, jobs),
    ]),
  );
  await peer.addJobsAfter?.(jobs);
}

type Work = (submission: Submission) => Promise<void>;
function handlersOf(writes: Coalesced): Record<string, Work> {
  return {
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
        if (next !== undefined) effects.jobs.push({ kind: next, payload: s, priority: "MEDIUM" });
      });
    },
    enrich_data: (s) => {
      const { domain, sizeBand } = enrich(s);
      return writes.write((effects) => effects.enriched.push({ email: s.email, domain, size: sizeBand }));
    },
    send_thank_you: (s) => mailed(writes, s, "thank_you", thankYou(s)),
    send_outreach: (s) => mailed(writes, s, "outreach", outreach(s, score(s))),
    nurture_sequence: (s) => writes.write((effects) => effects.nurture.push({ email: s.email })),
  };
}

function mailed(
  writes: Coalesced,
  { id, email }: Submission,
  template: string,
  mail: { subject: string; body: string },
): Promise<void> {
  return writes.write((effects) => effects.emails.push({ key: `${template}:${id}`, email, template, ...mail }));
}

const COUNTS = `select (select count(*) from submissions) as submissions, count(*) as contacts, count(score) as scored,
  count(*) filter (where domain is not null and size_band is not null) as enriched, count(*) filter (where 'low-priority' = any(lists)) as low_priority,
  coalesce(sum(score), 0) as score_sum, (select count(*) from emails where template = 'thank_you') as emails_thank_you,
  (select count(*) from emails where template = 'outreach') as emails_outreach, (select count(*) from alerts) as alerts,
  (select count(*) from human_tasks) as human_tasks_open, (select count(*) from nurture_enrollments) as nurture from contacts`;

async function wrong(db: Database, all: readonly Submission[]): Promise<string[]> {
  const [row] = await db.query<Record<string, number>>(COUNTS);
  const must = expected(all) as unknown as Record<string, number>;
  return Object.entries(row ?? {}).flatMap(([name, count]) =>
    Number(count) === must[name] ? [] : [`${name}: ${count}, must be ${must[name]}`],
  );
}

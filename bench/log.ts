/**
 * The log alone, nobody deciding: events in through engine.append in calls of several sizes by several callers, and out
 * by reading and by a subscription from the beginning. Beside each what bare SQL does with the same rows in the same run.
 */
import { once } from "node:events";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { EngineHandle } from "../packages/millrace/src/engine/engine-handle.ts";
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { EVENT_COLUMNS, readEvents } from "../packages/millrace/src/events/log.ts";
import { costInWords, percent, whole } from "./figures.ts";
import { floor } from "./floor.ts";
import { submitted } from "./form-cascade.ts";
import { type Cost, costOf, startMeter } from "./measure.ts";
import type { Bench, Line, Part, Piece } from "./piece.ts";
import { submissions } from "./workload/gen.mjs";

interface AppendRequest {
  readonly perCall: number;
  readonly callers: number;
  readonly events: number;
}

/** Enough of each for a second or two of work. */
const APPENDS: readonly AppendRequest[] = [
  { perCall: 1, callers: 1, events: 1_000 },
  { perCall: 1, callers: 64, events: 20_000 },
  { perCall: 100, callers: 1, events: 20_000 },
  { perCall: 100, callers: 8, events: 40_000 },
  { perCall: 1_000, callers: 1, events: 40_000 },
  { perCall: 1_000, callers: 4, events: 40_000 },
];
/** What one engine has. */
const MAX_CONNECTIONS = 10;
const READ_BATCH = 500;

interface AppendResult extends AppendRequest, Cost {
  readonly eventsPerS: number;
  readonly floorPerS: number;
  readonly wrong: readonly string[];
}

interface ReadResult {
  readonly way: string;
  readonly eventsPerS: number;
  readonly floorPerS: number;
  readonly wrong: readonly string[];
}

export const logPiece: Piece = {
  name: "log",
  about: "append/s in calls of 1, 100 and 1,000 and read/s, beside bare SQL with the same rows",
  takes: "1 min",
  run: measureLog,
};

async function measureLog(bench: Bench): Promise<Part> {
  const appends: AppendResult[] = [];
  for (const wish of APPENDS) {
    bench.say(`append: ${whole(wish.events)} events, ${wish.perCall} a call, ${callers(wish.callers)}`);
    appends.push(await measureAppend(bench, wish));
  }
  bench.say("read");
  const reads = await measureReads(bench, `log_${APPENDS.length - 1}`);
  return {
    lines: [...appends.map(appendLine), ...reads.map(readLine)],
    figures: { appends, reads },
    wrong: [...appends, ...reads].flatMap((result) => result.wrong),
  };
}

function appendLine(result: AppendResult): Line {
  const share = percent(result.eventsPerS / result.floorPerS);
  return [
    `append/s, ${whole(result.perCall)} a call, ${callers(result.callers)}`,
    `${whole(result.eventsPerS)}; bare SQL ${whole(result.floorPerS)} (${share}); CPU s per 1,000 ${costInWords(result)}`,
  ];
}

function readLine({ way, eventsPerS, floorPerS }: ReadResult): Line {
  return [`read/s, ${way}`, `${whole(eventsPerS)}; bare SQL ${whole(floorPerS)} (${percent(eventsPerS / floorPerS)})`];
}

function callers(count: number): string {
  return count === 1 ? "1 caller" : `${count} callers`;
}

async function measureAppend({ server }: Bench, wish: AppendRequest): Promise<AppendResult> {
  const { freshDatabase, postmaster } = await server();
  const name = `log_${APPENDS.indexOf(wish)}`;
  const databaseUrl = await freshDatabase(name);
  // Without a role nothing decides and nothing works: what is left is the way in.
  const engine = await openEngine({ databaseUrl, pack: false }, { roles: [] });
  const meter = startMeter(postmaster);
  await appendAll(engine, wish).finally(() => engine.stop());
  const spent = meter();
  const bare = await floor({
    from: databaseUrl,
    to: await freshDatabase(`${name}_floor`),
    transactions: wish.events / wish.perCall,
    connections: Math.min(wish.callers, MAX_CONNECTIONS),
    postmaster,
  });
  return {
    ...wish,
    ...costOf(spent, wish.events),
    eventsPerS: wish.events / spent.seconds,
    floorPerS: wish.events / bare.seconds,
    wrong: bare.wrong,
  };
}

async function appendAll(engine: EngineHandle, { perCall, callers, events }: AppendRequest): Promise<void> {
  const all = submissions(4, 0, events).map(submitted);
  let next = 0;
  const caller = async () => {
    for (let at = next; at < all.length; at = next) {
      next += perCall;
      await engine.append(all.slice(at, at + perCall));
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
}

async function measureReads({ server }: Bench, name: string): Promise<ReadResult[]> {
  const url = new URL((await server()).url);
  url.pathname = `/${name}`;
  const events = APPENDS.at(-1)?.events ?? 0;
  const engine = await openEngine({ databaseUrl: url.href, pack: false }, { roles: [] });
  try {
    const floorPerS = perSecond(await readBare(url.href));
    const results: ReadResult[] = [];
    for (const [way, read] of Object.entries({ [`${READ_BATCH} a time`]: readAll, "a subscription": subscribed })) {
      const found = await read(engine, events);
      const wrong = found.events === events ? [] : [`log, ${way}: ${found.events} events read, must be ${events}`];
      results.push({ way, eventsPerS: perSecond(found), floorPerS, wrong });
    }
    return results;
  } finally {
    await engine.stop();
  }
}

interface Read {
  readonly events: number;
  readonly seconds: number;
}

function perSecond({ events, seconds }: Read): number {
  return events / seconds;
}

async function readAll(engine: EngineHandle): Promise<Read> {
  const start = performance.now();
  let [position, events] = [0, 0];
  for (;;) {
    const batch = await readEvents(engine.db, position, READ_BATCH);
    events += batch.length;
    position = batch.at(-1)?.position ?? position;
    if (batch.length < READ_BATCH) return { events, seconds: (performance.now() - start) / 1_000 };
  }
}

/** Until as many came as there are. */
async function subscribed(engine: EngineHandle, wanted: number): Promise<Read> {
  const start = performance.now();
  let events = 0;
  const all = Promise.withResolvers<void>();
  const subscription = await engine.subscribe({
    name: "bench",
    batchSize: READ_BATCH,
    take: async (batch) => {
      events += batch.length;
      if (events >= wanted) all.resolve();
    },
  });
  await all.promise;
  const seconds = (performance.now() - start) / 1_000;
  await subscription.stop();
  return { events, seconds };
}

/** The fastest way out of PostgreSQL: one statement, the same columns in order, nothing made of the bytes. */
async function readBare(url: string): Promise<Read> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>("select count(*)::int as count from events");
  const start = performance.now();
  const stream = client.query(copyTo(`copy (select ${EVENT_COLUMNS} from events order by position) to stdout`));
  await once(stream.resume(), "end");
  const seconds = (performance.now() - start) / 1_000;
  await client.end();
  return { events: rows[0]?.count ?? 0, seconds };
}

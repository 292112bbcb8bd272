/**
 * How fast an inbox is taken in: 10,000 mails on an IMAP server in a process of its own, half of them of contacts, to an engine in its
 * own process that decides what follows of each meanwhile; and the highest memory of that process, which is started like the
 * command's: its code is in the compile cache. On a database that syncs to disk.
 * Run: node bench/mail-inbox.ts [mails, default 10000]
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HEAP_OPTIONS } from "../packages/millrace/bin/heap-options.mjs";
import { Database } from "../packages/millrace/src/db/database.ts";
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { hasUndecidedEvents } from "../packages/millrace/src/engine/pending-work.ts";
import { peakRssMb } from "./measure.ts";
import { startBenchServer } from "./server.ts";

const MAILS = Number(process.argv[2] ?? 10_000);
const CONTACTS = 500;
const LOOK_MS = 50;

const scriptOf = (name: string) => join(import.meta.dirname, name);
const server = await startBenchServer();
const imap = fork(scriptOf("mail-inbox-server.ts"), [String(MAILS), String(CONTACTS * 2)]);
const [{ url }] = (await once(imap, "message")) as [{ url: string }];
const databaseUrl = await server.freshDatabase("inbox");
const db = new Database({ url: databaseUrl, maxConnections: 2 });
const cache = await mkdtemp(join(tmpdir(), "millrace-bench-cache-"));
try {
  await makeContacts();
  await startOnce();
  const mail = { from: "sales@ours.example", inbox: { imapUrl: url, everyMs: 1_000 } };
  const engine = startEngine({ databaseUrl, monitor: false, mail });
  let start = 0;
  let taken = 0;
  while (taken < MAILS) {
    await sleep(LOOK_MS);
    taken = await count("select count(*)::int as n from inbound_mail");
    // The start of the engine is none of the inbox.
    if (taken === 0) start = performance.now();
  }
  const seconds = (performance.now() - start) / 1_000;
  while (await hasUndecidedEvents(db, 1_000)) await sleep(LOOK_MS);
  const decided = (performance.now() - start) / 1_000;
  const ofContacts = await count("select count(*)::int as n from events where type = 'email_engagement'");
  console.log(`${MAILS} mails taken in ${seconds.toFixed(1)} s: ${Math.round(MAILS / seconds)} a second (wanted: 300)`);
  console.log(
    `${ofContacts} of them of contacts, all decided ${(decided - seconds).toFixed(1)} s after the last was taken`,
  );
  console.log(`highest memory of the engine: ${Math.round(peakRssMb(engine.pid))} MB (wanted: less than 250)`);
  const ended = once(engine, "exit");
  engine.send("end");
  await ended;
  if (ofContacts !== MAILS / 2) throw new Error(`${MAILS / 2} mails are of contacts, ${ofContacts} are in the log`);
} finally {
  imap.kill();
  await db.close();
  await server.stop();
  await rm(cache, { recursive: true, force: true });
}

async function count(sql: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(sql);
  return row?.n ?? 0;
}

/** Without the cache, Node loads its own compiler to take the types out of our sources: 25 MB that an installed package does not need. */
function startEngine(options: object) {
  return fork(scriptOf("webhooks-engine.ts"), [JSON.stringify(options)], {
    execArgv: [...HEAP_OPTIONS],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
}

/** Fills the cache, as the first start does. */
async function startOnce(): Promise<void> {
  const engine = startEngine({ databaseUrl, monitor: false });
  await once(engine, "message");
  const ended = once(engine, "exit");
  engine.send("end");
  await ended;
}

async function makeContacts(): Promise<void> {
  const engine = await openEngine({ databaseUrl, monitor: false });
  for (let i = 0; i < CONTACTS; i += 100) {
    await engine.append(
      Array.from({ length: 100 }, (_, n) => ({
        type: "form_submitted",
        data: { form: "contact", fields: { email: `contact${i + n}@acme${i + n}.example`, firstname: "Ada" } },
      })),
    );
  }
  await engine.idle();
  await engine.stop();
}

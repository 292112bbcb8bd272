/**
 * One round: an engine on a database of its own is ended at a failpoint, whatever was not acknowledged is sent again to the
 * next one, and when that has done all there is to do, everything is counted, here and outside.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rebuildContacts } from "../../packages/millrace/src/contacts/store.ts";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { newestPosition } from "../../packages/millrace/src/events/log.ts";
import { freshDatabase } from "../factories/database.ts";
import { type Counted, count } from "./count.ts";
import type { Crossing } from "./crossings.ts";
import { type Job, NOTHING } from "./job.ts";
import { type Outside, outside } from "./outside.ts";

export interface Round extends Counted {
  /** Was the process ended at the failpoint? If not, the round says nothing of it. */
  readonly crossed: boolean;
  /** Contacts that are not what the log folds to. */
  readonly others: readonly string[];
  /** Milliseconds. */
  readonly took: number;
}

const FORMS = 12;
const BULK = 4;
/** A process that has not done its work by then hangs. */
const TIMEOUT_MS = 150_000;

/** @param nth at which passing the process is ended. */
export async function round({ name, job, prior }: Crossing, nth: number): Promise<Round> {
  const begun = performance.now();
  const isNew = name.endsWith("-migration") || job === "restore";
  const database = await freshDatabase(isNew && job !== "restore" ? "empty" : "newest");
  const folder = await mkdtemp(join(tmpdir(), "millrace-chaos-"));
  const world = await outside();
  try {
    const target = { url: database.url, folder };
    const wanted = await prepared(job, world, target);
    const acknowledged = new Set<string>();
    if (prior !== undefined) await run(unacknowledged(wanted, acknowledged), acknowledged, `${prior}=kill:2`);
    const ended = await run(
      unacknowledged(wanted, acknowledged),
      acknowledged,
      `${name}=kill:${nth}`,
      job === "append",
    );
    if (ended !== "finished") await run(unacknowledged(wanted, acknowledged), acknowledged, "");
    const counted = await counts(wanted, world, target);
    return { ...counted, crossed: ended === "killed", took: performance.now() - begun };
  } finally {
    await world[Symbol.asyncDispose]();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Target {
  readonly url: string;
  readonly folder: string;
}

const ids = (prefix: string, howMany: number) => Array.from({ length: howMany }, (_, i) => `${prefix}${i + 1}`);

/** What there is to do, with what has to be there before. */
async function prepared(job: Crossing["job"], world: Outside, { url, folder }: Target): Promise<Job> {
  const { subscribers: all, ...config } = world.config;
  const subscribers = job === "subscriber" ? all : {};
  const base: Job = {
    ...NOTHING,
    config: {
      ...config,
      subscribers,
      databaseUrl: url,
      dataFolder: folder,
      ...(job === "hooks" || job === "crm" ? {} : { hubspot: false }),
    },
  };
  const forms = { ...base, forms: ids("f", FORMS), bulk: ids("b", BULK) };
  const before = { ...base, forms: ids("f", 2) };
  switch (job) {
    case "load":
    case "crm":
    case "subscriber":
    case "append":
      return forms;
    case "door":
      return { ...base, forms: ids("f", FORMS), isCalm: true };
    case "erase":
      return { ...before, erase: "f1@load.example" };
    case "backup":
      return { ...before, backup: join(folder, "made") };
    case "hooks": {
      await run(before, new Set(), "");
      const id = world.hubspotIdOf("f1@load.example") ?? "";
      return { ...before, hooks: ids("h", 6).map((name, i) => ({ id: name, body: changeOf(id, i) })) };
    }
    case "mails":
      await run(before, new Set(), "");
      return { ...before, mails: ids("m", 4).map((id) => ({ id, raw: replyOf(id) })) };
    case "restore": {
      const source = await freshDatabase();
      const file = join(folder, "made");
      await run({ ...before, config: { ...base.config, databaseUrl: source.url }, backup: file }, new Set(), "");
      await source.drop();
      return { ...before, restore: { file, folder } };
    }
    case "inbox":
      await run(before, new Set(), "");
      for (const id of ids("m", 4)) world.inbox.deliver(replyOf(id));
      return {
        ...before,
        config: { ...base.config, mail: { ...base.config.mail, inbox: world.inboxSettings } },
        mails: ids("m", 4).map((id) => ({ id })),
      };
  }
}

function unacknowledged(job: Job, acknowledged: ReadonlySet<string>): Job {
  const isOpen = (id: string) => !acknowledged.has(id);
  return {
    ...job,
    forms: job.forms.filter(isOpen),
    bulk: job.bulk.filter(isOpen),
    hooks: job.hooks.filter(({ id }) => isOpen(id)),
    mails: job.mails.filter(({ id }) => isOpen(id)),
    ...(job.backup === undefined || isOpen("backup") ? {} : { backup: undefined as never }),
  };
}

/** @param decidesNothing what comes in is put into the log by a worker, and decided by the next process. @throws Error when the process ends in another way than by its failpoint or when its work is done. */
async function run(
  job: Job,
  acknowledged: Set<string>,
  failpoints: string,
  decidesNothing = false,
): Promise<"killed" | "finished"> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "engine.ts"), JSON.stringify({ ...job, decidesNothing })],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, MILLRACE_FAILPOINTS: failpoints },
    },
  );
  let said = "";
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-2_000);
  });
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const { promise, resolve } = Promise.withResolvers<{ code: number | null; signal: string | null }>();
  child.once("close", (code, signal) => resolve({ code, signal }));
  let isHanging = false;
  const timer = setTimeout(() => {
    isHanging = true;
    child.kill("SIGKILL");
  }, TIMEOUT_MS);
  const { code, signal } = await promise;
  clearTimeout(timer);
  for (const line of said.split("\n")) if (line !== "") acknowledged.add(line);
  if (isHanging)
    throw new Error(`The engine was not done after ${TIMEOUT_MS} ms. It said: ${said.slice(-300)} ${errors}`);
  if (signal === "SIGKILL" && failpoints !== "") return "killed";
  if (code !== 0) throw new Error(`The engine ended with ${code ?? signal}: ${errors}`);
  return "finished";
}

async function counts(job: Job, world: Outside, { url }: Target): Promise<Counted & Pick<Round, "others">> {
  const db = new Database({ url, maxConnections: 2 });
  try {
    const counted = await count(db, job, world);
    const before = await contactsIn(db);
    await db.transaction(async (tx) => rebuildContacts(tx, await newestPosition(tx)));
    const after = await contactsIn(db);
    const other = [...before].flatMap(([id, was]) =>
      after.get(id) === was ? [] : [`contact ${id} was ${was}, and is ${after.get(id)} by the log`],
    );
    return { ...counted, others: other };
  } finally {
    await db.close();
  }
}

/** What is known of each contact, its keys in order. */
async function contactsIn(db: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ id: string; known: string }>(
    "select id, jsonb_build_object('properties', properties, 'facts', facts, 'position', position)::text as known from contacts",
  );
  return new Map(rows.map(({ id, known }) => [id, known]));
}

/** A change of HubSpot, the `nth` of six. */
function changeOf(objectId: string, nth: number): string {
  return JSON.stringify([
    {
      eventId: 1_000 + nth,
      subscriptionId: 1,
      portalId: 4_242,
      appId: 1,
      occurredAt: Date.now() + nth,
      subscriptionType: "contact.propertyChange",
      attemptNumber: 0,
      objectId: Number(objectId),
      propertyName: "jobtitle",
      propertyValue: `Title ${nth}`,
      changeSource: "CRM_UI",
    },
  ]);
}

function replyOf(id: string): string {
  return [
    "From: Ada <f1@load.example>",
    "To: Sales <sales@acme.example>",
    `Message-ID: <${id}@load.example>`,
    "Subject: Hello",
    "",
    `What does it cost for ${id}?`,
    "",
  ].join("\r\n");
}

/**
 * Forms at a steady rate, for minutes, through an engine whose world goes wrong at random moments: killed, its database restarted,
 * the way to it silent, mail and HubSpot misbehaving. Who sends gives up nothing: a form is sent until it is acknowledged.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../../packages/millrace/src/cli/demo/random.ts";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { HOT_FIELDS } from "../factories/engine.ts";
import { type DebianPostgres, debianPostgres } from "../servers/debian-postgres.ts";
import { type SilentProxy, silentProxy } from "../servers/silent-proxy.ts";
import { check, isQuiet, type Verdict } from "./check.ts";
import { type SoakOutside, soakOutside } from "./outside.ts";
import { percentile, readStored, type Sample, type Usage } from "./samples.ts";

export interface SoakOptions {
  readonly minutes: number;
  /** Forms a second. */
  readonly rate: number;
  readonly seed: number;
  readonly onLine: (text: string) => void;
}

export interface Soaked {
  readonly samples: readonly Sample[];
  readonly faults: readonly { readonly at: number; readonly name: string }[];
  readonly offered: number;
  readonly verdict: Verdict;
  /** From the last form to when nothing was left to do; seconds. */
  readonly quietAfterS: number;
}

const SAMPLE_MS = 10_000;
/** Between the end of one fault and the next, seconds. */
const CALM_S = [12, 30] as const;
const AGAIN_MS = 500;
const ANSWER_MS = 15_000;
const QUIET_WITHIN_MS = 480_000;

export async function soak(options: SoakOptions): Promise<Soaked> {
  await using server = await debianPostgres();
  await using proxy = await silentProxy(server.url);
  await using world = await soakOutside();
  const folder = await mkdtemp(join(tmpdir(), "millrace-soak-"));
  const db = new Database({ url: server.url, maxConnections: 2, answerWithinMs: 300_000, onError: () => {} });
  const engine = new Engine({
    databaseUrl: proxy.through(server.url),
    dataFolder: folder,
    mail: { smtpUrl: world.smtpUrl, from: "Sales <sales@acme.example>" },
    hubspot: world.hubspotSettings,
    log: { level: "silent" },
    tasks: { enrich_data: { about: "Test.", priority: "LOW", dueIn: "5m", doneBy: "data_enricher", retries: 100 } },
  });
  try {
    await engine.start();
    const run = new Run(options, { db, engine, server, proxy, world });
    return await run.whole();
  } finally {
    await engine.stop();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The engine's process: started again whenever it has ended. */
class Engine {
  readonly #config: object;
  #child: ChildProcess | undefined;
  #isStopping = false;
  url = "";
  usage: Usage | undefined;

  constructor(config: object) {
    this.#config = config;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [join(import.meta.dirname, "engine.ts"), JSON.stringify(this.#config)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child = child;
    const { promise, resolve } = Promise.withResolvers<void>();
    let rest = "";
    child.stdout.on("data", (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const said = JSON.parse(line) as { url?: string } & Usage;
        if (said.url === undefined) this.usage = said;
        else this.url = said.url;
        resolve();
      }
    });
    child.once("exit", () => {
      this.usage = undefined;
      resolve();
      if (!this.#isStopping) void sleep(500).then(() => this.start());
    });
    await promise;
  }

  kill(): void {
    this.#child?.kill("SIGKILL");
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}

interface Parts {
  readonly db: Database;
  readonly engine: Engine;
  readonly server: DebianPostgres;
  readonly proxy: SilentProxy;
  readonly world: SoakOutside;
}

class Run {
  readonly #options: SoakOptions;
  readonly #parts: Parts;
  readonly #random: Random;
  readonly #begun = performance.now();
  readonly #acknowledged = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #samples: Sample[] = [];
  readonly #faults: { at: number; name: string }[] = [];
  #offered = 0;
  #refused = 0;
  #latencies: number[] = [];

  constructor(options: SoakOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
    this.#random = new Random(options.seed);
  }

  get #at(): number {
    return (performance.now() - this.#begun) / 1_000;
  }

  async whole(): Promise<Soaked> {
    const { minutes, onLine } = this.#options;
    const end = minutes * 60;
    const sampling = this.#every(SAMPLE_MS, () => this.#sample());
    const breaking = this.#break(end - 30);
    await this.#offer(end);
    await breaking;
    onLine(`${this.#offered} forms were offered; what is left is waited for.`);
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    const last = this.#at;
    while (!(await isQuiet(this.#parts.db))) {
      if ((this.#at - last) * 1_000 > QUIET_WITHIN_MS) break;
      await sleep(1_000);
    }
    const quietAfterS = this.#at - last;
    await this.#sample();
    sampling();
    const verdict = await check(this.#parts.db, this.#acknowledged, this.#parts.world);
    return { samples: this.#samples, faults: this.#faults, offered: this.#offered, verdict, quietAfterS };
  }

  /** Each form when it is due, whatever became of those before. */
  async #offer(end: number): Promise<void> {
    const { rate } = this.#options;
    for (let n = 0; ; n++) {
      const dueAt = n / rate;
      if (dueAt > end) return;
      const waitMs = (dueAt - this.#at) * 1_000;
      if (waitMs > 0) await sleep(waitMs);
      this.#offered += 1;
      const sending = this.#send(`s${n}`, n).finally(() => this.#underWay.delete(sending));
      this.#underWay.add(sending);
    }
  }

  async #send(id: string, n: number): Promise<void> {
    const begun = performance.now();
    const fields = { email: `${id}@load.example`, firstname: "Ada", ...(n % 20 === 0 ? HOT_FIELDS : {}) };
    for (;;) {
      const answer = await fetch(`${this.#parts.engine.url}/forms/demo`, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": id },
        body: JSON.stringify(fields),
        signal: AbortSignal.timeout(ANSWER_MS),
      }).catch(() => undefined);
      await answer?.body?.cancel().catch(() => {});
      if (answer?.ok) break;
      this.#refused += 1;
      await sleep(AGAIN_MS);
    }
    this.#acknowledged.add(id);
    this.#latencies.push(performance.now() - begun);
  }

  /** One fault after the other until `end`. */
  async #break(end: number): Promise<void> {
    for (;;) {
      await sleep(this.#random.whole(...CALM_S) * 1_000);
      if (this.#at > end) return;
      const [name, fault] = FAULTS[this.#random.whole(0, FAULTS.length - 1)] as (typeof FAULTS)[number];
      this.#faults.push({ at: this.#at, name });
      this.#options.onLine(`${Math.round(this.#at)} s: ${name}`);
      await fault(this.#parts, this.#random);
    }
  }

  async #sample(): Promise<void> {
    const latencies = this.#latencies;
    this.#latencies = [];
    const stored = await readStored(this.#parts.db);
    this.#samples.push({
      at: this.#at,
      usage: this.#parts.engine.usage,
      stored,
      acknowledged: this.#acknowledged.size,
      refused: this.#refused,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
    });
  }

  /** @returns ends it. */
  #every(ms: number, work: () => Promise<void>): () => void {
    const timer = setInterval(() => void work(), ms);
    return () => clearInterval(timer);
  }
}

type Fault = (parts: Parts, random: Random) => Promise<void>;

const FAULTS: readonly (readonly [string, Fault])[] = [
  ["the engine is killed", async ({ engine }) => engine.kill()],
  [
    "the engine is killed twice, the second time as it starts",
    async ({ engine }, random) => {
      engine.kill();
      await sleep(random.whole(800, 3_000));
      engine.kill();
    },
  ],
  ["the database is killed and started again", ({ server }, random) => server.restart(random.whole(0, 4_000))],
  [
    "the way to the database is silent",
    async ({ proxy }, random) => {
      proxy.goSilent();
      await sleep(random.whole(3, 15) * 1_000);
      proxy.heal();
    },
  ],
  ["the mail server refuses a third", ({ world }, random) => inMood(world, "refuses", random)],
  ["the mail server stalls", ({ world }, random) => inMood(world, "stalls", random)],
  [
    "HubSpot fails",
    async ({ world }, random) => {
      const { faults } = world.hubspot;
      faults.set({
        tooManyRequests: 0.2,
        serverError: 0.1,
        cutBefore: 0.05,
        cutAfter: 0.05,
        partialBatch: 0.1,
        wrongJson: 0.05,
      });
      await sleep(random.whole(10, 25) * 1_000);
      faults.reset();
    },
  ],
];

async function inMood(world: SoakOutside, mood: SoakOutside["mood"], random: Random): Promise<void> {
  world.mood = mood;
  await sleep(random.whole(10, 25) * 1_000);
  world.mood = "well";
}

/**
 * The promise as a web site sees it: forms over HTTP, 50 a second, through the default pack; from the moment a form was
 * due to the answer 202, and to its score (and its alert, for a hot lead) arriving on the event stream.
 */
import { Agent, request } from "node:http";
import { EngineProcess } from "./engine-process.ts";
import { quantilesInMs, whole } from "./figures.ts";
import { EVERY_MS, perSeconds } from "./latency.ts";
import { peakRssMb, type Quantiles, quantilesOf } from "./measure.ts";
import type { Piece } from "./piece.ts";
import { submissions } from "./workload/gen.mjs";

const IMPORTED = 10_000;

interface HttpResult {
  readonly count: number;
  readonly accepted: Quantiles;
  readonly scored: Quantiles;
  /** Of the engine's process from its start on. */
  readonly enginePeakMb: number;
  readonly alerts: number;
  readonly wrong: readonly string[];
}

export const httpPiece: Piece = {
  name: "http",
  about: "50 forms a second at the gateway through the default pack: to the answer 202, and to scored and alerted",
  takes: "1 min",
  run: async ({ server, settings, say }) => {
    say(`50 forms a second for ${settings.seconds} s through the gateway, the default pack`);
    const found = await http(await (await server()).freshDatabase("http"), settings.seconds);
    return {
      lines: [
        ["HTTP 50/s: form to answer 202, ms p50 / p95 / p99 / max", quantilesInMs(found.accepted)],
        ["HTTP 50/s: form to scored (and alerted), ms", quantilesInMs(found.scored)],
        ["engine's peak memory, MB", whole(found.enginePeakMb)],
      ],
      figures: found,
      wrong: found.wrong,
    };
  },
};

export const importPiece: Piece = {
  name: "import",
  about: "the same while 10,000 imported contacts wait in the bulk lane",
  takes: "1 min",
  run: async ({ server, settings, say }) => {
    say(`50 forms a second for ${settings.seconds} s while ${whole(IMPORTED)} imported contacts wait`);
    const found = await http(await (await server()).freshDatabase("import"), settings.seconds, IMPORTED);
    return {
      lines: [[`HTTP 50/s while ${whole(IMPORTED)} are imported: scored, ms`, quantilesInMs(found.scored)]],
      figures: found,
      wrong: found.wrong,
    };
  },
};

/** @param imported contacts that wait in the bulk lane when the first form comes (R11). */
async function http(databaseUrl: string, seconds: number, imported = 0): Promise<HttpResult> {
  const engine = await EngineProcess.start({ databaseUrl, config: "default pack" });
  const { url, apiKey } = engine;
  const all = submissions(5, 0, perSeconds(seconds));
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const dueAt: number[] = [];
  const accepted: number[] = [];
  const contactOf = new Map<string, number>();
  const seen: { contact: string; type: string; at: number }[] = [];
  const stopListening = await listen(`${url}/api/stream`, apiKey, (event) => {
    if (event.type === "contact_scored" || event.type === "alert_sent") seen.push({ ...event, at: performance.now() });
  });
  for (let first = 0; first < imported; first += 1_000) await importContacts(url, apiKey, first);
  const start = performance.now();
  const posts: Promise<void>[] = [];
  for (const [i, { id, employees, linkedin: _, ...fields }] of all.entries()) {
    const due = start + i * EVERY_MS;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    dueAt[i] = due;
    posts.push(
      post(`${url}/forms/demo`, agent, id, { ...fields, numberofemployees: employees }).then(({ contact }) => {
        accepted.push(performance.now() - due);
        contactOf.set(contact, i);
      }),
    );
  }
  await Promise.all(posts);
  await engine.idle();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const enginePeakMb = peakRssMb(engine.pid);
  stopListening();
  agent.destroy();
  await engine.stop();
  const last = new Map(
    seen
      .filter((event) => contactOf.has(event.contact))
      .map((event) => [event.contact, event.at - (dueAt[contactOf.get(event.contact) ?? -1] ?? 0)]),
  );
  const wrong = last.size === all.length ? [] : [`http: ${last.size} of ${all.length} submissions were scored`];
  return {
    count: all.length,
    accepted: quantilesOf(accepted),
    scored: quantilesOf([...last.values()]),
    enginePeakMb,
    alerts: seen.filter((event) => event.type === "alert_sent").length,
    wrong,
  };
}

async function importContacts(url: string, apiKey: string, first: number): Promise<void> {
  const events = Array.from({ length: 1_000 }, (_, i) => ({
    type: "contact_created",
    data: { email: `import${first + i}@import.example`, properties: { firstname: `P${i}`, company: "Imported" } },
  }));
  const answer = await fetch(`${url}/events?lane=bulk`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}` },
    body: JSON.stringify(events),
  });
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
}

function post(url: string, agent: Agent, id: string, body: object): Promise<{ contact: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ contact: string }>();
  const call = request(
    url,
    { method: "POST", agent, headers: { "content-type": "application/json", "idempotency-key": id } },
    (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      answer.on("end", () =>
        answer.statusCode === 202 ? resolve(JSON.parse(text)) : reject(new Error(`${answer.statusCode} ${text}`)),
      );
    },
  );
  call.on("error", reject);
  call.end(JSON.stringify(body));
  return promise;
}

async function listen(
  url: string,
  apiKey: string,
  hear: (event: { type: string; contact: string }) => void,
): Promise<() => void> {
  const stop = new AbortController();
  const answer = await fetch(url, { headers: { authorization: `Bearer ${apiKey}` }, signal: stop.signal });
  const reading = async () => {
    let rest = "";
    for await (const chunk of answer.body ?? []) {
      const lines = (rest + Buffer.from(chunk).toString()).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.startsWith("data:")) hear(JSON.parse(line.slice(5)));
    }
  };
  reading().catch(() => {});
  return () => stop.abort();
}

/** How soon each list of the console answers at the API, with a long history behind it and all its tasks open. */
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { startGateway } from "../packages/millrace/src/http/server.ts";
import { quantilesInMs, short, whole } from "./figures.ts";
import { workloadConfig } from "./form-cascade.ts";
import { makeHistory } from "./grow-history.ts";
import { type Quantiles, quantilesOf } from "./measure.ts";
import type { Piece } from "./piece.ts";

/** Of each address; the first few find code and pages that were never looked at, and are reported with the others. */
const REQUESTS = 200;
/** The wish of issue 19, at the 95th percentile. */
const WISHED_P95_MS = 50;

/** First pages, as the console asks for them, and what a person narrows them to. */
const PAGES: readonly string[] = [
  "/api/queue",
  "/api/queue?role=sales&view=team",
  "/api/queue?role=sales&band=hot",
  "/api/queue?q=acme",
  "/api/queue?view=mine",
  "/api/tasks?state=finished",
  "/api/contacts?path=false",
  "/api/contacts",
  "/api/contacts?path=false&sort=score",
  "/api/contacts?path=false&sort=score&band=nurture",
  "/api/contacts?path=false&sort=activity",
  "/api/contacts?path=false&q=sales",
  "/api/contacts?path=false&q=nobody%20has%20this",
  "/api/contacts?path=false&lifecycle=customer",
  "/api/events",
  "/api/events?type=email_sent",
  "/api/events?type=contact_erased",
  "/api/events?q=nobody%20has%20this",
  "/api/events?actor=person:ada",
  "/api/dead-letters",
  "/api/alerts",
  "/api/alerts?unseen=true",
  "/api/emails",
  "/api/emails?state=suppressed",
];

export const listsPiece: Piece = {
  name: "lists",
  about: "first pages of the lists at the API, with 1M events of history and all its tasks open",
  takes: "4 min",
  run: async ({ server, settings, say }) => {
    const { freshDatabase, dropDatabase } = await server();
    const events = Math.max(...settings.history);
    const databaseUrl = await freshDatabase("lists");
    await makeHistory(databaseUrl, events, { say, except: [] });
    const engine = await openEngine(workloadConfig({ databaseUrl }), { roles: [] });
    const gateway = await startGateway(engine, { port: 0 });
    try {
      const [counted] = await engine.db.query<{ contacts: number; tasks: number }>(
        "select (select count(*)::int from contacts) as contacts, (select count(*)::int from tasks) as tasks",
      );
      say(`${whole(counted?.contacts ?? 0)} contacts, ${whole(counted?.tasks ?? 0)} open tasks`);
      const found: (readonly [page: string, took: Quantiles])[] = [];
      const wrong: string[] = [];
      for (const page of PAGES) {
        const took = await timesOf(`${gateway.url}${page}`, gateway.apiKey);
        if (typeof took === "string") wrong.push(`${page} answered ${took}`);
        else found.push([page, took]);
      }
      return {
        lines: [
          [
            `${short(events)} events`,
            `ms p50 / p95 / p99 / max of ${REQUESTS} requests; * beyond ${WISHED_P95_MS} at p95`,
          ],
          ...found.map(
            ([page, took]) => [page, `${quantilesInMs(took)}${took.p95 > WISHED_P95_MS ? " *" : ""}`] as const,
          ),
        ],
        figures: { ...counted, events, pages: Object.fromEntries(found) },
        wrong,
      };
    } finally {
      await gateway.close();
      await engine.stop();
      await dropDatabase("lists");
    }
  },
};

/** @returns in words what was answered in place of a list. */
async function timesOf(url: string, key: string): Promise<Quantiles | string> {
  const times: number[] = [];
  for (let i = 0; i < REQUESTS; i++) {
    const begun = performance.now();
    const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    const text = await response.text();
    times.push(performance.now() - begun);
    if (response.status !== 200) return `${response.status}: ${text.slice(0, 200)}`;
  }
  return quantilesOf(times);
}

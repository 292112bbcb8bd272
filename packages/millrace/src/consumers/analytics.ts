/**
 * The analytics engine's consumer (flow 9, "Update lead scoring models"): remembers of each lead the scoring that counts
 * and whether it converted. What follows from that is worked out when someone asks (lead-analysis.ts); it suggests, it
 * never changes a rule.
 */
import { jsonbColumn, textColumn, timestampColumn, uuidColumn } from "../db/columns.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Json, RecordedEvent } from "../events/event.ts";
import type { Consumer } from "./consumer.ts";
import type { AnalysedLead } from "./lead-analysis.ts";

export const DEFAULT_CONVERSIONS: readonly string[] = ["purchase_completed", "meeting_booked", "positive_response"];

interface Scored {
  readonly score: number;
  readonly band: string;
  readonly rubric: string;
  readonly reasons: readonly { readonly feature: string; readonly points: number }[];
}

/** @param conversions event types that mean a lead was worth it. */
export function analytics(conversions: readonly string[] = DEFAULT_CONVERSIONS): Consumer {
  return {
    name: "analytics",
    about: "Which leads convert, by band and by feature of the rubric.",
    types: ["contact_scored", ...conversions],
    take: async (events, tx) => {
      // Runs of the same kind are written together; between them order counts: a scoring after a conversion does not.
      for (const run of runsOf(events)) {
        if (run[0]?.type === "contact_scored") await saveScores(tx, run);
        else await saveConversions(tx, run);
      }
    },
    reset: async (tx) => void (await tx.query("truncate analytics_leads")),
  };
}

function runsOf(events: readonly RecordedEvent<string, Json>[]): RecordedEvent<string, Json>[][] {
  const runs: RecordedEvent<string, Json>[][] = [];
  for (const event of events) {
    const last = runs.at(-1);
    const isScoring = event.type === "contact_scored";
    if (last !== undefined && (last[0]?.type === "contact_scored") === isScoring) last.push(event);
    else runs.push([event]);
  }
  return runs;
}

async function saveScores(tx: Tx, events: readonly RecordedEvent<string, Json>[]): Promise<void> {
  const latest = new Map(events.flatMap((event) => (event.contact === null ? [] : [[event.contact, event] as const])));
  const rows = [...latest].map(([contact, event]) => ({
    contact,
    at: event.occurredAt,
    ...(event.data as unknown as Scored),
  }));
  await tx.query(
    `insert into analytics_leads (contact, score, band, rubric, features, scored_at)
     select * from unnest($1::uuid[], $2::text[]::float8[], $3::text[], $4::text[], $5::jsonb[], $6::timestamptz[])
     on conflict (contact) do update set score = excluded.score, band = excluded.band, rubric = excluded.rubric,
       features = excluded.features, scored_at = excluded.scored_at
     where analytics_leads.converted_at is null`,
    [
      uuidColumn(rows.map((row) => row.contact)),
      textColumn(rows.map((row) => String(row.score))),
      textColumn(rows.map((row) => row.band)),
      textColumn(rows.map((row) => row.rubric)),
      jsonbColumn(rows.map((row) => JSON.stringify(pointsByFeature(row)))),
      timestampColumn(rows.map((row) => row.at)),
    ],
    "analytics_scores",
  );
}

async function saveConversions(tx: Tx, events: readonly RecordedEvent<string, Json>[]): Promise<void> {
  const first = new Map(
    events.toReversed().flatMap((event) => (event.contact === null ? [] : [[event.contact, event] as const])),
  );
  await tx.query(
    `update analytics_leads set converted_at = c.at, conversion = c.type
     from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as c(contact, at, type)
     where analytics_leads.contact = c.contact and converted_at is null`,
    [
      uuidColumn([...first.keys()]),
      timestampColumn([...first.values()].map((event) => event.occurredAt)),
      textColumn([...first.values()].map((event) => event.type)),
    ],
    "analytics_conversions",
  );
}

function pointsByFeature({ reasons }: Scored): Record<string, number> {
  const points: Record<string, number> = {};
  for (const reason of reasons) points[reason.feature] = (points[reason.feature] ?? 0) + reason.points;
  return points;
}

/** The leads analytics knows, newest scoring first, at most `limit`. */
export function readAnalysedLeads(db: Queryable, limit = 100_000): Promise<AnalysedLead[]> {
  return db.query(
    `select band, score, features, converted_at is not null as "hasConverted"
     from analytics_leads order by scored_at desc limit $1`,
    [limit],
    "read_analysed_leads",
  );
}

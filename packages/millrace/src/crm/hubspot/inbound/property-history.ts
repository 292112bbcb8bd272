/** The history HubSpot keeps of each property of a contact. Used by history.ts and lifted-opt-outs.ts. */
import { z } from "zod";
import type { HubspotApi } from "../client/client.ts";
import { unread } from "./reading.ts";

/** HubSpot gives the history of so many records at once. */
const AT_ONCE = 50;

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

const answer = z.object({
  results: z
    .array(
      z.object({
        id: z.coerce.string(),
        propertiesWithHistory: z
          .record(
            z.string(),
            z.array(
              z.object({ value: text, timestamp: z.string(), sourceType: z.string().default(""), sourceId: text }),
            ),
          )
          .default({}),
      }),
    )
    .default([]),
});

/** A value a property had from a moment on. */
export interface HistoryEntry {
  readonly value: string;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly sourceType: string;
  readonly sourceId: string;
}

export interface RecordHistory {
  readonly id: string;
  readonly entries: Readonly<Record<string, readonly HistoryEntry[]>>;
}

/**
 * Reads it a request at a time.
 * @param namesOf which properties are asked for, of the records that are asked for together.
 * @throws MillraceError hubspot_failed when HubSpot does not give it; what came before has been given.
 */
export async function* readHistory(
  api: HubspotApi,
  ids: readonly string[],
  namesOf: (ids: readonly string[]) => readonly string[],
): AsyncGenerator<RecordHistory> {
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const asked = ids.slice(i, i + AT_ONCE);
    const read = await api.request({
      method: "POST",
      path: api.paths.batch("contacts", "read"),
      body: { properties: [], propertiesWithHistory: namesOf(asked), inputs: asked.map((id) => ({ id })) },
      urgency: "normal",
      kind: "other",
      isRepeatable: true,
      lists: "results",
    });
    if (!read.ok) throw unread(read.failure, "the history of contacts", "crm.objects.contacts.read");
    for (const { id, propertiesWithHistory } of answer.parse(read.body).results) {
      yield { id, entries: propertiesWithHistory };
    }
  }
}

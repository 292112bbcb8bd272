/** Why a contact has its score: the points of the last scoring with the reason of each, and what changed it since and before. */
import { z } from "zod";
import { contact as contactField } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactIdOf, noSuchContact } from "./contact-id.ts";
import { findContact } from "./rows/contacts.ts";
import { findEvents } from "./rows/events.ts";
import { findScoreWords, type ScoreWordsRow } from "./rows/notes.ts";

const at = z.number().describe("Milliseconds since 1970.");
const MAX_CHANGES = 20;

const reasonView = z.object({ feature: z.string(), points: z.number(), because: z.string() });

const scoreWords = z.object({
  position: z.number().int().describe("The event that states it: score_explained."),
  words: z.string(),
  beyond: z
    .array(z.object({ what: z.string(), words: z.string() }))
    .describe("What the rubric cannot see: suggestions, each with the words of the lead it rests on."),
  model: z.string(),
}) satisfies z.ZodType<ScoreWordsRow>;

export const explainContact = operation({
  input: z.object({ contact: contactField }),
  answer: z.object({
    contact: z.guid(),
    name: z.string().nullable(),
    score: z.number().nullable().describe("What it is now; null: it has none yet."),
    band: z.string().nullable(),
    scoring: z
      .object({
        position: z.number().int().describe("The event that states it: contact_scored."),
        at,
        score: z.number(),
        band: z.string(),
        rubric: z.string().describe("The rubric it was scored by, with its version."),
        reasons: z.array(reasonView).describe("Most points first."),
      })
      .nullable()
      .describe("The last scoring; null: it was never scored here."),
    changes: z
      .array(
        z.object({
          position: z.number().int(),
          at,
          from: z.number().nullable(),
          to: z.number().nullable(),
          cause: z.string(),
        }),
      )
      .describe("The latest changes of the score, newest first."),
    sentences: z.array(z.string()).describe("The same in plain words."),
    words: scoreWords.nullable().describe("What a model says beside the score; null: none was asked, or nothing held."),
  }),
  run: async ({ db }, { contact }) => {
    const id = await contactIdOf(db, contact);
    const found = await findContact(db, id);
    if (found === undefined) throw noSuchContact(contact);
    const {
      events: [scored],
    } = await findEvents(db, { contact: id, type: "contact_scored", limit: 1 });
    const { events: changed } = await findEvents(db, { contact: id, type: "lead_score_updated", limit: MAX_CHANGES });
    const scoring = scored === undefined ? null : scoringOf(scored);
    const changes = changed.map(changeOf);
    const { firstname, lastname, email, lead_score: score, lead_band: band } = found.properties;
    const name = [firstname, lastname].filter((part) => typeof part === "string" && part !== "").join(" ");
    const told = {
      contact: found.id,
      name: name === "" ? textOrNull(email) : name,
      score: typeof score === "number" ? score : null,
      band: textOrNull(band),
      scoring,
      changes,
    };
    const words = scoring === null ? undefined : await findScoreWords(db, id, scoring.score);
    return { ...told, sentences: sentencesOf(told), words: words ?? null };
  },
});

export interface Scoring {
  readonly position: number;
  readonly at: number;
  readonly score: number;
  readonly band: string;
  readonly rubric: string;
  readonly reasons: readonly { readonly feature: string; readonly points: number; readonly because: string }[];
}

interface Explained {
  readonly name: string | null;
  readonly score: number | null;
  readonly band: string | null;
  readonly scoring: Scoring | null;
  readonly changes: readonly { readonly to: number | null; readonly cause: string }[];
}

interface Row {
  readonly position: number;
  readonly occurredAt: number;
  readonly data: unknown;
}

/** The catalogue checked the data when it was recorded. */
function scoringOf({ position, occurredAt, data }: Row): Scoring {
  const { score, band, rubric, reasons } = data as Omit<Scoring, "position" | "at">;
  return { position, at: occurredAt, score, band, rubric, reasons: reasons.toSorted((a, b) => b.points - a.points) };
}

function changeOf({ position, occurredAt, data }: Row) {
  const { from, to, cause } = data as { from: number | null; to: number | null; cause: string };
  return { position, at: occurredAt, from, to, cause };
}

function sentencesOf({ name, score, band, scoring, changes }: Explained): string[] {
  const who = name ?? "This contact";
  if (score === null && scoring === null) return [`${who} has no score yet.`];
  const now = score === null ? `${who} has no score now.` : `${who} has ${counted(score)}${bandWords(band)}.`;
  if (scoring === null) return [now, `It was set by ${changes[0]?.cause ?? "another system"}; it was not scored here.`];
  const parts = scoring.reasons.map(({ points, because }) => `${signed(points)}: ${because}`);
  const since =
    scoring.score === score
      ? []
      : [`It was scored ${scoring.score}; since then ${changes[0]?.cause ?? "it"} changed it.`];
  return [now, ...since, ...parts];
}

function bandWords(band: string | null): string {
  return band === null ? "" : `, which is ${band}`;
}

function counted(points: number): string {
  return `${points} ${points === 1 ? "point" : "points"}`;
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points);
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

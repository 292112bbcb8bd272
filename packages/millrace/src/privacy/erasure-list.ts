/**
 * Erasures as a list to keep outside of the database. A backup restored brings erased people back; the list, applied to it,
 * erases them again. It holds ids of ours and keyed hashes, nothing that names anyone.
 */
import { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import { addSuppressions } from "../contacts/suppression.ts";
import { uuidColumn } from "../db/columns.ts";
import type { Queryable } from "../db/database.ts";
import { newestPosition } from "../events/log.ts";
import { lockLog } from "../events/log-lock.ts";
import { type ErasureParts, eraseContact } from "./erase-contact.ts";

/** One line: an erased contact, or the hash of a name of one. */
export const erasureEntry = z.union([
  z.strictObject({ contact: z.uuid(), erasedAt: z.iso.datetime() }),
  z.strictObject({
    kind: z.string().max(64),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    /** Which key it was made with. */
    key: z.string().regex(/^[0-9a-f]{16}$/),
    erasedAt: z.iso.datetime(),
  }),
]);
export type ErasureEntry = z.infer<typeof erasureEntry>;

/** All of them, oldest first. */
export async function listErasures(db: Queryable): Promise<ErasureEntry[]> {
  const contacts = await db.query<{ contact: string; at: number }>(
    "select contact, erased_at as at from erasures order by position",
  );
  const hashes = await db.query<{ kind: string; hash: string; key: string; at: number }>(
    "select kind, hash, key_mark as key, erased_at as at from suppressions, erasure_marks order by position, hash",
  );
  return [
    ...contacts.map(({ contact, at }) => ({ contact, erasedAt: new Date(at).toISOString() })),
    ...hashes.map(({ kind, hash, key, at }) => ({ kind, hash, key, erasedAt: new Date(at).toISOString() })),
  ];
}

/** @param text JSON lines. @throws MillraceError invalid_request, naming the line. */
export function parseErasures(text: string): ErasureEntry[] {
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      return erasureEntry.parse(JSON.parse(line));
    } catch {
      throw new MillraceError("invalid_request", {
        saw: `Line ${i + 1} of the list is no erasure. Nothing was erased.`,
        expected: 'lines as `millrace contacts erased --json` prints them: {"contact":"…","erasedAt":"…"}',
        next: "export the list again.",
      });
    }
  });
}

export interface Applied {
  /** Contacts that were here again, and are erased now. */
  readonly erased: readonly string[];
  /** Names that are recognised from now on. */
  readonly suppressed: number;
}

/**
 * Erases who is here again, and recognises the others. Applying it twice is harmless.
 * @throws MillraceError invalid_config when the list was made with another key than this installation has (nothing was done).
 */
export async function applyErasures(
  parts: ErasureParts,
  entries: readonly ErasureEntry[],
  { actor, now }: { readonly actor: string; readonly now: number },
): Promise<Applied> {
  const { db, suppressions } = parts;
  const hashes = entries.flatMap((one) => ("hash" in one ? one : []));
  if (hashes.some(({ key }) => key !== suppressions.mark)) throw anotherKey();
  const suppressed = await db.transaction(async (tx) => {
    await suppressions.claimKey(tx);
    await lockLog(tx);
    return addSuppressions(tx, hashes, await newestPosition(tx), now);
  });
  const here = await stillHere(
    db,
    entries.flatMap((one) => ("contact" in one ? one.contact : [])),
  );
  for (const contact of here) await eraseContact(parts, { contact, actor, because: "list", now });
  await suppressions.refresh();
  return { erased: here, suppressed };
}

function anotherKey(): MillraceError {
  return new MillraceError("invalid_config", {
    saw: "The list was made with another suppression key than this data folder has, so nobody on it could be recognised. Nothing was erased.",
    expected: "the file suppression-key of the data folder the people were erased with",
    next: "copy that file into this data folder, and apply the list again.",
    field: "dataFolder",
  });
}

async function stillHere(db: Queryable, contacts: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select of.id from unnest($1::uuid[]) as of(id) where not exists (select from erasures x where x.contact = of.id)
       and (exists (select from single_events e where e.contact = of.id) or exists (select from contacts c where c.id = of.id))`,
    [uuidColumn(contacts)],
  );
  return rows.map(({ id }) => id);
}

/**
 * The file of a backup: gzip over lines, so that `zcat` shows it. A first line says what it is; then each table with its
 * columns, its rows as PostgreSQL's COPY writes them as text, `\.` and its count and fingerprint; the sequences; the keys of the
 * installation, unless they were left out; and a last line without which the file is not whole. Text, since it means the same to
 * every version of the server.
 */
import { z } from "zod";

export const FORMAT = 1;
export const END_OF_ROWS = "\\.";

const count = z.number().int().nonnegative();
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

export const headSchema = z.object({
  millrace: z.literal("backup"),
  format: z.number().int(),
  version: z.string(),
  madeAt: z.string(),
  server: z.string(),
  migrations: z.array(z.string()),
  /** The newest position of the log. */
  newest: count,
  /** No engine was connected, so that nothing was sent behind the snapshot. */
  isQuiet: z.boolean(),
});
export type Head = z.output<typeof headSchema>;

export const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()), about: count });
export type TableLine = z.output<typeof tableSchema>;

export const totalSchema = z.object({ rows: count, sha256: fingerprint });
export type Total = z.output<typeof totalSchema>;

export const sequenceSchema = z.object({ sequence: z.string(), last: z.number().int(), isCalled: z.boolean() });
export type SequenceLine = z.output<typeof sequenceSchema>;

export const keySchema = z.object({ key: z.string().regex(/^[a-z-]+$/), value: z.string() });
export type KeyLine = z.output<typeof keySchema>;

export const endSchema = z.object({ end: z.literal(true), tables: count, rows: count, log: fingerprint });
export type EndLine = z.output<typeof endSchema>;

/** The files of the data folder that are secrets of the installation, without which links in sent e-mails and erasures mean nothing. */
export const KEY_FILES = ["link-key", "suppression-key"] as const;

/** What a backup or a restore has come to. */
export interface Summary {
  readonly newest: number;
  readonly tables: Readonly<Record<string, number>>;
  readonly rows: number;
  /** The fingerprint of the log. */
  readonly log: string;
  readonly hasKeys: boolean;
}

/** The fingerprint of the log: that of all its tables together. */
import { createHash } from "node:crypto";
import { LOG_TABLES } from "./tables.ts";

/** @param digests fingerprints by table. @returns 64 hexadecimal digits. */
export function logFingerprint(digests: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256");
  for (const table of LOG_TABLES) hash.update(`${table} ${digests.get(table) ?? ""}\n`);
  return hash.digest("hex");
}

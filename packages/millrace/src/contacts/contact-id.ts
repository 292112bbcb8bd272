/** Ids of contacts: made here, and recognised among other text. */
import { randomFillSync } from "node:crypto";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ids are written in lower case; anything else would be a contact of its own, or none. */
export function isContactId(id: string): boolean {
  return UUID.test(id);
}

const pool = Buffer.allocUnsafe(16 * 256);
let poolAt = pool.length;

/** A UUID of version 7: the time first, so that new rows land side by side in every index. */
export function newContactId(now: number = Date.now()): string {
  if (poolAt === pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  const bytes = pool.subarray(poolAt, poolAt + 16);
  poolAt += 16;
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

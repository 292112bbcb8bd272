/** Links that sign a person in, once. Only their hashes are kept. */
import { createHash, randomBytes } from "node:crypto";
import type { Queryable } from "../db/database.ts";

/** Where a link is meant to be followed at once; one that invites lives longer. */
export const LINK_MINUTES = 15;
export const INVITATION_MINUTES = 24 * 60;

/** @returns the path of the link, behind the engine's address. */
export async function makeSignInPath(db: Queryable, person: string, minutes = LINK_MINUTES): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db.query(
    "insert into sign_in_links (token_hash, person, expires_at) values ($1, $2, clock_timestamp() + $3 * interval '1 minute')",
    [createHash("sha256").update(token).digest("hex"), person, minutes],
  );
  return `/sign-in?token=${token}`;
}

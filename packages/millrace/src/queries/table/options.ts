/** Options and properties that entries of several parts share. */
import { EVERYONE } from "../../access/roles.ts";
import type { OptionWords } from "../../operations/operation.ts";

export const limit: OptionWords = { flags: "--limit <number>", about: "how many at most", preset: "20" };
export const since: OptionWords = {
  flags: "--since <time>",
  about: "not older than e.g. 30m, 2h, 7d or 2026-03-02",
  as: "moment",
};
export const contact: OptionWords = { flags: "--contact <who>", about: "only of this contact: e-mail address or id" };
export const read = { effect: "read", roles: EVERYONE } as const;
export const one = { ...read, errors: ["not_found"] } as const;

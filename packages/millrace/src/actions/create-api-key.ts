/** Makes an API key with only the scopes a program needs. The answer is the one place where the key itself is shown. */
import { z } from "zod";
import { insertApiKey, OWN_KEY } from "../access/api-keys.ts";
import { SCOPES } from "../access/scopes.ts";
import { MillraceError } from "../base/errors.ts";
import { text } from "../events/define-event.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { moment, name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { apiKeyView } from "../queries/api-key-view.ts";

const keyName = text(60).regex(/^[a-z0-9][a-z0-9_-]*$/, "is not of a to z, digits, - and _");

export const createApiKey = operation({
  input: z.object({
    name: keyName.describe("The log names it so: key:NAME."),
    scopes: z
      .array(z.enum(SCOPES))
      .min(1, "names no scope")
      .default(["read"])
      .describe("read, change, destructive, send, work."),
    kinds: z.array(name).max(100).default([]).describe("The kinds of tasks it may work on; left out: every kind."),
    actsFor: text(200).min(1).optional().describe("On whose behalf it asks; left out: it speaks for itself."),
    expiresAtMs: moment.optional().describe("When it stops working. Milliseconds since 1970; left out: never."),
  }),
  answer: apiKeyView.extend({ key: z.string().describe("The key. It is shown this once.") }),
  run: async (context, { name, scopes, kinds, actsFor, expiresAtMs }) => {
    const { by, clock, work } = context;
    for (const kind of kinds) work.tasks.catalogue.get(kind);
    const key = {
      name,
      scopes: [...new Set(scopes)],
      kinds: [...new Set(kinds)],
      actsFor: actsFor ?? null,
      createdAt: clock.now(),
      createdBy: by.id,
      expiresAt: expiresAtMs ?? null,
      rotatedAt: null as number | null,
      oldUntil: null as number | null,
    };
    const fact = { name, scopes: key.scopes, kinds: key.kinds, ...(actsFor === undefined ? {} : { actsFor }) };
    const secret = await commit(context, async (tx) => {
      const made = name === OWN_KEY ? undefined : await insertApiKey(tx, key);
      if (made === undefined) throw nameIsTaken(name);
      await appendFacts(tx, [{ type: "api_key_created", data: fact }], by.id, key.createdAt);
      return made;
    });
    return { ...key, key: secret };
  },
});

function nameIsTaken(name: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `There is a key "${name}" already. None was made.`,
    next: `choose another name, or revoke that one first: \`millrace keys revoke ${name}\`.`,
    field: "name",
  });
}

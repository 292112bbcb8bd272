/** Takes an API key away, at once and in every process. */
import { z } from "zod";
import { deleteApiKey, listApiKeys } from "../access/api-keys.ts";
import { didYouMean, MillraceError } from "../base/errors.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";

export const revokeApiKey = operation({
  input: z.object({ name }),
  answer: z.object({ ok: z.literal(true), name: z.string() }),
  run: async (context, { name }) => {
    const { by, clock } = context;
    await commit(context, async (tx) => {
      if (!(await deleteApiKey(tx, name))) {
        throw noSuchKey(
          name,
          (await listApiKeys(tx)).map((key) => key.name),
        );
      }
      await appendFacts(tx, [{ type: "api_key_revoked", data: { name } }], by.id, clock.now());
    });
    return { ok: true as const, name };
  },
});

export function noSuchKey(name: string, names: readonly string[]): MillraceError {
  return new MillraceError("not_found", {
    saw: `There is no key "${name}".${didYouMean(name, names)}`,
    next: "list them: `millrace keys list`. The engine's own key is the file api-key of the data folder.",
    field: "name",
  });
}

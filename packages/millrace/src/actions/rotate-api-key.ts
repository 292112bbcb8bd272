/** Gives an API key a new secret, shown this once. The old one works beside it for a while, so that nothing stops meanwhile. */
import { z } from "zod";
import { listApiKeys, rotateApiKey as rotate } from "../access/api-keys.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { apiKeyView } from "../queries/api-key-view.ts";
import { noSuchKey } from "./revoke-api-key.ts";

const MAX_HOURS = 720;
const RANGE = `is not from 0 to ${MAX_HOURS}`;

export const rotateApiKey = operation({
  input: z.object({
    name,
    oldForHours: z
      .number({ error: RANGE })
      .int(RANGE)
      .min(0, RANGE)
      .max(MAX_HOURS, RANGE)
      .default(24)
      .describe("How long the old secret works too, in hours. 0: it ends at once."),
  }),
  answer: apiKeyView.extend({ key: z.string().describe("The new secret. It is shown this once.") }),
  run: async (context, { name, oldForHours }) => {
    const { by, clock } = context;
    return commit(context, async (tx) => {
      const rotated = await rotate(tx, name, oldForHours);
      if (rotated === undefined) {
        throw noSuchKey(
          name,
          (await listApiKeys(tx)).map((key) => key.name),
        );
      }
      await appendFacts(tx, [{ type: "api_key_rotated", data: { name, oldForHours } }], by.id, clock.now());
      return { ...rotated, scopes: [...rotated.scopes], kinds: [...rotated.kinds] };
    });
  },
});

/** The API keys beside the engine's own: what each may do, and never the key itself. */
import { z } from "zod";
import { listApiKeys } from "../access/api-keys.ts";
import { operation } from "../operations/operation.ts";
import { apiKeyView } from "./api-key-view.ts";

export const apiKeys = operation({
  input: z.object({}),
  answer: z.object({ keys: z.array(apiKeyView) }),
  run: async ({ db }) => ({ keys: await listApiKeys(db) }),
});

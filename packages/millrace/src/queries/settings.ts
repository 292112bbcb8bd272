/** Every setting in force with its value and where that comes from, secrets hidden: what `config show` prints, of the engine that runs. */
import { z } from "zod";
import type { MillraceConfig } from "../config/config.ts";
import { checkedConfig, configSchema } from "../config/config-schema.ts";
import { json } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { valueAt } from "../settings/check.ts";
import { settingsInForce } from "../settings/in-force.ts";
import { settingsIn } from "../settings/walk.ts";

export const settings = operation({
  input: z.object({}),
  answer: z.object({
    settings: z.array(
      z.object({
        setting: z.string().describe('e.g. "engine.sweepMs".'),
        value: json.describe("Without secrets; null: not set."),
        unit: z.string().nullable(),
        source: z
          .string()
          .describe('"default", "file" (or what the program passed), or the name of the environment variable.'),
        unset: z.string().nullable().describe("What holds while it is not set, in words."),
      }),
    ),
  }),
  run: async ({ config }) => {
    const inForce = checkedConfig(config, { source: "Settings" });
    const variables = variablesOf(config, process.env);
    // Values that JSON has no word for (a function, a class) are shown by their name.
    const shown = settingsInForce({ schema: configSchema, inForce, written: config, variables });
    return { settings: JSON.parse(JSON.stringify(shown)) };
  },
});

/** Variables that say the same as the value that holds: a program may have passed another one. */
function variablesOf(config: MillraceConfig, env: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const given = settingsIn(configSchema).flatMap(({ path, notes }) => {
    const text = env[notes.env ?? ""];
    const value = valueAt(config, path);
    return notes.env !== undefined && text && String(value) === text ? [[path.join("."), notes.env] as const] : [];
  });
  return new Map(given);
}

/** Lays the environment over the config. Which variable gives which setting stands in the schema, beside the setting. */
import { didYouMean } from "../base/errors.ts";
import type { MillraceConfig } from "../config/config.ts";
import { configSchema } from "../config/config-schema.ts";
import { valueAt } from "../settings/check.ts";
import { defOf, type SettingNode, settingsIn } from "../settings/walk.ts";

export interface FromEnvironment {
  /** Not checked yet: a variable may hold anything. */
  readonly config: MillraceConfig;
  /** The variables that were set, by the path of the setting they give. */
  readonly variables: ReadonlyMap<string, string>;
}

/** The config with what the environment says on top. Empty variables count as unset. */
export function withEnvironment(written: MillraceConfig, env: NodeJS.ProcessEnv): FromEnvironment {
  const variables = new Map<string, string>();
  let config = written;
  for (const node of settingsFromEnvironment()) {
    const name = node.notes.env ?? "";
    const text = env[name];
    if (!text || !hasRoomFor(node, config)) continue;
    config = withValue(config, node.path, valueIn(node, text));
    variables.set(node.path.join("."), name);
  }
  return { config, variables };
}

/** Read by the command line itself, beside those of settings. */
const OTHER_VARIABLES = ["MILLRACE_DEBUG", "MILLRACE_SUPERVISED"];
const TEST_VARIABLE = /^MILLRACE_TEST_/;

/** @returns a sentence for each variable that looks like ours and is not read. */
export function unreadVariables(env: NodeJS.ProcessEnv): readonly string[] {
  const known = [...settingsFromEnvironment().map(({ notes }) => notes.env ?? ""), ...OTHER_VARIABLES].filter((name) =>
    name.startsWith("MILLRACE_"),
  );
  return Object.keys(env)
    .filter((name) => name.startsWith("MILLRACE_") && !known.includes(name) && !TEST_VARIABLE.test(name))
    .map((name) => `The environment variable ${name} is not read.${didYouMean(name, known)}`);
}

function settingsFromEnvironment(): SettingNode[] {
  return settingsIn(configSchema).filter(({ notes }) => notes.env !== undefined);
}

/**
 * A token alone is enough to name the real HubSpot, its other variables are not; `hubspot: false` in the config wins. A key for a
 * model switches none on: other programs read the same variable.
 */
function hasRoomFor({ path }: SettingNode, { hubspot, models }: MillraceConfig): boolean {
  if (path[0] === "models") return models !== undefined;
  if (path[0] !== "hubspot") return true;
  return hubspot !== false && (hubspot !== undefined || path[1] === "accessToken");
}

/** A text that is none of what the setting takes stays one, and is refused by the schema. */
function valueIn({ schema }: SettingNode, text: string): number | string | boolean {
  const { type } = defOf(schema);
  if (type === "number") return numberOr(text);
  return type === "boolean" && /^(true|false)$/.test(text) ? text === "true" : text;
}

function numberOr(text: string): number | string {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function withValue(config: MillraceConfig, path: readonly string[], value: unknown): MillraceConfig {
  const [name = "", ...below] = path;
  const inside = valueAt(config, [name]);
  const next = below.length === 0 ? value : withValue((isObject(inside) ? inside : {}) as MillraceConfig, below, value);
  return { ...config, [name]: next };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

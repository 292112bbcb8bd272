/** `millrace config show`: every setting with the value a start would have and where that comes from, secrets left out. */
import { configSchema } from "../../config/config-schema.ts";
import { type SettingInForce, settingsInForce } from "../../settings/in-force.ts";
import { findGateway } from "../address.ts";
import type { Call } from "../command.ts";
import { openProject } from "../project.ts";
import { near, table } from "../text.ts";

const MAX_WIDTH = 60;

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const { config, inForce, written, variables, file } = await openProject(call);
  const { workflows } = config;
  const settings = settingsInForce({ schema: configSchema, inForce: { ...inForce, workflows }, written, variables });
  if (terminal.isJson) return terminal.document({ file: file === undefined ? null : near(file), settings });
  terminal.data(table(["SETTING", "VALUE", "UNIT", "SOURCE"], settings.map(rowOf)));
  const running = await findGateway(config.dataFolder);
  if (running !== undefined)
    terminal.say(
      `These are your files' and this shell's. The engine at ${running.url} has the settings it was started with: ${new URL("/api/settings", running.url)} shows them.`,
    );
  if (file === undefined)
    terminal.say("There is no millrace.config.ts here; what the environment does not set has its default.");
}

function rowOf({ setting, value, unit, source, unset }: SettingInForce): string[] {
  const words = value === null ? `– ${unset === null ? "" : `(${unset})`}` : textOf(value);
  return [setting, words.length > MAX_WIDTH ? `${words.slice(0, MAX_WIDTH)}…` : words, unit ?? "", source];
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(textOf).join(", ");
  if (typeof value === "object" && value !== null)
    return Object.keys(value).length === 0 ? "none" : JSON.stringify(value);
  return String(value);
}

/** The project a command works on: its config, with what is probably a mistake told on stderr. */
import { type LoadedConfig, loadConfig } from "../load-config/load-config.ts";
import type { Call } from "./command.ts";

/** @param withWorkflows false for commands that only need the database: a broken workflow must not keep them from working. */
export async function openProject(call: Call, withWorkflows = true): Promise<LoadedConfig> {
  const loaded = await loadConfig({ file: call.options.config, withWorkflows });
  for (const warning of loaded.warnings) call.terminal.say(`${call.terminal.noted("yellow", "warning")}  ${warning}`);
  return loaded;
}

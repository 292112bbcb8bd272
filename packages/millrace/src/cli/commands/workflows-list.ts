/** `millrace workflows list`: the workflows of the files beside those in force in the engine that runs here. */
import { MillraceError } from "../../base/errors.ts";
import { type LoadedConfig, loadConfig } from "../../load-config/load-config.ts";
import type { WorkflowSummary } from "../../queries/workflows.ts";
import type { Workflow } from "../../workflows/workflow.ts";
import { cliActor } from "../actor.ts";
import type { Call } from "../command.ts";
import { nearPlace } from "../findings.ts";
import { openProject } from "../project.ts";
import { type ProjectWorkflows, workflowsOf } from "../project-workflows.ts";
import { findRunningEngine, type RunningEngine } from "../running-engine.ts";
import { near, table, typed } from "../text.ts";

/** Null: no engine runs here, so nothing is in force. */
type State = "in force" | "not in force" | "another version in force" | "in force, not in the files" | null;

interface Listed {
  readonly name: string;
  readonly version: string;
  readonly about: string;
  readonly source: string | null;
  readonly from: "pack" | "own";
  readonly on: readonly string[];
  readonly at: string;
  readonly state: State;
  readonly versionInForce: string | null;
}

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const loaded = await openProject(call, false);
  const engine = await findRunningEngine(loaded.config.dataFolder, cliActor({}));
  const inForce = await engine?.ask("workflows", {});
  const files = await loadConfig({ file: call.options.config }).catch((error: unknown) => {
    // A file that does not load keeps none that runs from running, and that is what is asked here.
    if (inForce !== undefined && !terminal.isJson) terminal.data(asTable(running(loaded, inForce.workflows)));
    throw asRefused(error, engine);
  });
  const workflows = listed(workflowsOf(files), inForce?.workflows);
  if (terminal.isJson) return terminal.document({ engine: engine?.url ?? null, workflows });
  terminal.data(asTable(workflows));
  terminal.say(closing(workflows, engine, near(loaded.config.dataFolder)));
}

/** Those that run, where it cannot be said what the files have. */
function running(withoutFolder: LoadedConfig, inForce: readonly WorkflowSummary[]): readonly Listed[] {
  const pack = new Set(workflowsOf(withoutFolder).pack.map(({ name }) => name));
  return inForce.map((one) => ({ ...onlyRunning(one), state: "in force", from: pack.has(one.name) ? "pack" : "own" }));
}

/** What the files have, in their order, and then what only runs. */
function listed({ pack, own }: ProjectWorkflows, running: readonly WorkflowSummary[] | undefined): readonly Listed[] {
  const inFiles = (workflow: Workflow, from: Listed["from"]): Listed => {
    const { name, version, about, source, triggers, at } = workflow;
    const on = [...new Set(triggers.map(({ type }) => type))];
    const now = running?.find((one) => one.name === name)?.version ?? null;
    const state = running === undefined ? null : stateOf(version, now);
    return { name, version, about, source: source ?? null, from, on, at: nearPlace(at), state, versionInForce: now };
  };
  const ofFiles = [...pack.map((one) => inFiles(one, "pack")), ...own.map((one) => inFiles(one, "own"))];
  const only = (running ?? []).filter(({ name }) => !ofFiles.some((one) => one.name === name));
  return [...ofFiles, ...only.map(onlyRunning)];
}

function stateOf(version: string, inForce: string | null): State {
  if (inForce === null) return "not in force";
  return inForce === version ? "in force" : "another version in force";
}

function onlyRunning({ name, version, about, source, triggers, at }: WorkflowSummary): Listed {
  const known = { name, version, about, source: source ?? null, on: triggers, at: nearPlace(at) };
  return { ...known, from: "own", state: "in force, not in the files", versionInForce: version };
}

function asTable(workflows: readonly Listed[]): string {
  const rows = workflows.map(({ name, version, state, versionInForce, from, on, at, about }) => [
    name,
    version,
    state === "another version in force" ? `${versionInForce} in force` : (state ?? "no engine runs"),
    from,
    on.join(", "),
    at,
    about,
  ]);
  return table(["NAME", "VERSION", "STATE", "FROM", "ON", "PLACE", "ABOUT"], rows);
}

/** Which of the two is spoken of, and what brings them together. */
function closing(workflows: readonly Listed[], engine: RunningEngine | undefined, dataFolder: string): string {
  if (engine === undefined)
    return `No engine runs on ${dataFolder}: these are your files. Next: \`${typed("start")}\` puts them in force.`;
  if (workflows.every(({ state }) => state === "in force"))
    return `All of them are in force in the engine at ${engine.url}.`;
  return `The engine at ${engine.url} runs what is in force. Next: \`${typed("workflows lint")}\` says what keeps a file from it; when that finds nothing, stop the engine and start it again: it reads what is outside of workflows/ when it starts.`;
}

function asRefused(error: unknown, engine: RunningEngine | undefined): unknown {
  if (engine === undefined || !(error instanceof MillraceError) || error.code !== "invalid_workflow") return error;
  const saw = `${error.parts.saw.trimEnd()}\nThe engine at ${engine.url} goes on with the workflows it has in force.`;
  return new MillraceError("invalid_workflow", { ...error.parts, saw });
}

/** An engine with its gateway, as `start` and `demo --start` run it: workflows watched, its address left in the data folder. */
import { setTimeout as sleep } from "node:timers/promises";

import type { EmbeddedPostgres } from "@millrace/embedded-postgres";
import type { EngineHandle } from "../engine/engine-handle.ts";
import { openEngine } from "../engine/open-engine.ts";
import { type Gateway, startGateway } from "../http/server.ts";
import type { LoadedConfig } from "../load-config/load-config.ts";
import { StartFiles } from "../load-config/start-files.ts";
import { checkWorkflowTypes, refuseTypeErrors } from "../load-config/type-check.ts";
import { watchWorkflows } from "../load-config/watch-workflows.ts";
import { createLogger } from "../logging/logger.ts";
import { lintWorkflows } from "../workflows/lint.ts";
import type { Workflow } from "../workflows/workflow.ts";
import { leaveAddress, takeAddress } from "./address.ts";
import { failureOf, withNearPaths } from "./exit-codes.ts";
import { findingLine } from "./findings.ts";
import { type SimulatedHubspot, simulateHubspot } from "./simulated-hubspot.ts";
import { type SimulatedModel, simulateModel } from "./simulated-model.ts";
import { startTelemetry } from "./telemetry.ts";
import type { Terminal } from "./terminal.ts";
import { near, typed } from "./text.ts";
import { warnOfProperties } from "./warn-of-properties.ts";

/** The start waits so long for the types of workflows; the check goes on beside the engine. */
const TYPES_MS = 10_000;

export interface RunningEngine {
  readonly engine: EngineHandle;
  readonly gateway: Gateway;
  /** The simulator that stands in for HubSpot, when it does. */
  readonly simulated: SimulatedHubspot | undefined;
  /** The simulator that stands in for a language model, when it does. */
  readonly simulatedModel: SimulatedModel | undefined;
  /** Takes no more, ends the work under way, closes everything. */
  stop(): Promise<void>;
}

export interface RunOptions {
  readonly host?: string;
  readonly port?: number;
  readonly watch: boolean;
  /** False: without HubSpot, whatever the config says. Default true. */
  readonly hubspot?: boolean;
  /** A simulated model, whatever the config says. Default false. */
  readonly modelSimulator?: boolean;
}

/** @param database the embedded database, when its start has begun. It is the caller's to stop when this fails. */
export async function runEngine(
  loaded: LoadedConfig,
  options: RunOptions,
  terminal: Terminal,
  database?: Promise<EmbeddedPostgres | undefined>,
): Promise<RunningEngine> {
  const { config } = loaded;
  const logger = await createLogger(loaded.inForce.log);
  const endTelemetry = await startTelemetry((text) => logger.warn({}, text));
  const typesChecked = checkTypes(loaded, terminal);
  // Waited for below; until then another failure may end this.
  typesChecked.catch(() => {});
  const { hubspot, simulated } = await hubspotOf(loaded, options);
  const simulatedModel = options.modelSimulator === true ? await simulateModel(config.models) : undefined;
  const models = simulatedModel?.settings ?? config.models;
  const opened = Promise.race([typesChecked, sleep(TYPES_MS, undefined, { ref: false })]).then(() =>
    openEngine({ ...config, hubspot, models }, { logger }, database),
  );
  const engine = await opened.catch(async (error: unknown) => {
    await simulated?.close();
    await simulatedModel?.close();
    throw error;
  });
  simulated?.leaveAddress();
  try {
    await simulated?.ready;
    warnOfFindings(engine, terminal);
    const gateway = await startGateway(engine, {
      ...config.gateway,
      host: options.host ?? config.gateway?.host,
      port: options.port ?? config.gateway?.port,
      dataFolder: config.dataFolder,
      logger,
    });
    await leaveAddress(config.dataFolder, gateway.url);
    simulated?.sendWebhooksTo(gateway.url);
    if (hubspot !== false && simulated === undefined) void warnOfProperties(loaded, terminal);
    typesChecked.catch((error: unknown) => takeOut(error, loaded, engine, terminal));
    const watch = options.watch ? await watchProject(loaded, engine, terminal) : undefined;
    return {
      engine,
      gateway,
      simulated,
      simulatedModel,
      async stop() {
        await watch?.stop();
        await takeAddress(config.dataFolder);
        await gateway.close();
        await engine.stop();
        await simulated?.close();
        await simulatedModel?.close();
        // Last: what stops writes spans, too.
        await endTelemetry();
      },
    };
  } catch (error) {
    await engine.stop();
    await simulated?.close();
    await simulatedModel?.close();
    throw error;
  }
}

/** The HubSpot of the config; without a token of one, the simulator; nothing when it is switched off. */
async function hubspotOf({ config }: LoadedConfig, options: RunOptions) {
  if (options.hubspot === false || config.hubspot === false) return { hubspot: false, simulated: undefined } as const;
  if (config.hubspot?.accessToken !== undefined) return { hubspot: config.hubspot, simulated: undefined };
  const simulated = await simulateHubspot(config.dataFolder, config.hubspot);
  return { hubspot: simulated.settings, simulated };
}

function warnOfFindings(engine: EngineHandle, terminal: Terminal): void {
  for (const finding of lintWorkflows(engine.workflows, { events: engine.events, tasks: engine.tasks })) {
    terminal.say(findingLine(finding, terminal));
  }
}

async function watchProject(loaded: LoadedConfig, engine: EngineHandle, terminal: Terminal) {
  const { folder, workflowsFolder, configured, readOnce } = loaded;
  const startFiles = await StartFiles.of(folder, readOnce);
  return watchWorkflows(
    workflowsFolder,
    async (workflows) => {
      engine.checkWorkflows([...configured, ...workflows]);
      await checkTypes(loaded, terminal);
      const before = engine.workflows;
      engine.replaceWorkflows([...configured, ...workflows]);
      for (const line of changesBetween(before, engine.workflows))
        terminal.say(`${terminal.noted("green", "workflows")}  ${line}`);
    },
    {
      onRefused: (error) => {
        const { message, hint } = failureOf(error);
        terminal.say(
          `${terminal.noted("red", "error")}  ${message}\n  What ran keeps running. Next: ${hint.replace("; what runs keeps running", "")}`,
        );
        // The error may be one of these only: an event the config has by now, and the engine not yet.
        if (startFiles.changed.length > 0) terminal.say(`  ${startAgain(startFiles.changed)}`);
      },
      startFiles,
      onStartFiles: (changed) => terminal.say(`${terminal.noted("yellow", "note")}  ${startAgain(changed)}`),
    },
  );
}

function startAgain(changed: readonly string[]): string {
  const names = changed.map(near).join(", ");
  return `Changed since this engine started, and read at a start only: ${names}. Next: stop the engine and run \`${typed("start")}\` again.`;
}

/** A check that took longer than the start waits: what it refuses is taken out again. */
function takeOut(error: unknown, { config }: LoadedConfig, engine: EngineHandle, terminal: Terminal): void {
  const { message, hint } = failureOf(error);
  terminal.say(
    `${terminal.noted("red", "error")}  ${message}\n  It is taken out. Next: ${hint.replace("; what runs keeps running", "")}`,
  );
  engine.replaceWorkflows(config.workflows.filter(({ at }) => !message.includes(`${withNearPaths(fileOf(at))}:`)));
}

function fileOf(at: string): string {
  return at.replace(/:\d+:\d+$/, "");
}

/** @throws MillraceError invalid_workflow. */
async function checkTypes(loaded: LoadedConfig, terminal: Terminal): Promise<void> {
  const { folder, workflowsFolder, file: configFile, config } = loaded;
  const { dataFolder } = config;
  const check = await checkWorkflowTypes({ folder, workflowsFolder, configFile, dataFolder, isInBackground: true });
  if (check.notChecked !== undefined)
    terminal.say(`${terminal.noted("yellow", "note")}  types of workflows were not checked: ${check.notChecked}`);
  refuseTypeErrors(check);
}

function changesBetween(before: readonly Workflow[], after: readonly Workflow[]): string[] {
  const old = new Map(before.map((workflow) => [workflow.name, workflow.version]));
  const changed = after.flatMap(({ name, version }) => {
    const was = old.get(name);
    if (was === version) return [];
    return was === undefined ? `${name}@${version} runs now` : `${name}@${version} runs now, in place of ${was}`;
  });
  const gone = before.filter(({ name }) => !after.some((workflow) => workflow.name === name));
  return [...changed, ...gone.map(({ name }) => `${name} runs no more`)];
}

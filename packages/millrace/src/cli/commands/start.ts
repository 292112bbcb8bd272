/** `millrace start`: the engine, its gateway and its console in one process, until it is asked to end. */
import type { EmbeddedPostgres } from "@millrace/embedded-postgres";
import type { MillraceConfig } from "../../config/config.ts";
import { DEFAULT_BASE_URL } from "../../crm/hubspot/client/hubspot-settings.ts";
import { embeddedDatabaseOf } from "../../db/embedded.ts";
import type { LoadedConfig } from "../../load-config/load-config.ts";
import { needModelPackages } from "../../models/model-packages.ts";
import { modelSettings } from "../../models/model-settings.ts";
import type { Call } from "../command.ts";
import { openProject } from "../project.ts";
import type { RunningEngine } from "../run-engine.ts";
import { endInTime, untilAsked } from "../signals.ts";
import { SUPERVISED } from "../supervise.ts";
import { near, typed } from "../text.ts";

interface Options {
  readonly port?: number;
  readonly host?: string;
  readonly watch: boolean;
  readonly hubspot: boolean;
  readonly modelSimulator?: boolean;
}

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, options } = call;
  // Asked to end while it starts, it ends when it has started.
  const asked = untilAsked();
  const loaded = await openProject(call);
  if (options.modelSimulator === true) needModelPackages("anthropic", "`--model-simulator`");
  // PostgreSQL starts while the engine's code is loaded: each takes half a second.
  const database = embeddedDatabaseOf(loaded.config);
  const running = await runWith(database, async () => {
    const { runEngine } = await import("../run-engine.ts");
    return runEngine(loaded, options, terminal, database);
  });
  const summary = await summaryOf(loaded, running);
  if (terminal.isJson) terminal.document(summary);
  else terminal.data(asText(summary, options.watch));
  const signal = await asked;
  terminal.say(`${signal}: finishing what is under way…`);
  await endInTime(
    () => running.stop(),
    loaded.inForce.engine.drainMs,
    (text) => terminal.say(text),
  );
  terminal.say("Stopped.");
}

/** Does the work; when that fails, the database ends too. */
async function runWith<Result>(
  database: Promise<EmbeddedPostgres | undefined>,
  work: () => Promise<Result>,
): Promise<Result> {
  const started = database.catch(() => undefined);
  try {
    return await work();
  } catch (error) {
    await (await started)?.stop();
    throw error;
  }
}

interface Summary {
  readonly readyInMs: number;
  readonly url: string;
  /** The port that was asked for, when another program has it. */
  readonly wantedPort: number | null;
  readonly signInLink: string;
  readonly formUrl: string;
  readonly database: string;
  readonly mail: string;
  readonly hubspot: string;
  /** Which language model is asked, or "none". */
  readonly model: string;
  readonly workflows: { readonly pack: number; readonly own: number };
}

async function summaryOf(
  { config }: LoadedConfig,
  { engine, gateway, simulated, simulatedModel }: RunningEngine,
): Promise<Summary> {
  const own = config.workflows.length;
  const version = await engine.serverVersion();
  return {
    url: gateway.url,
    wantedPort: gateway.wantedPort ?? null,
    signInLink: await gateway.signInLink(),
    formUrl: new URL("/forms/demo", gateway.url).href,
    database: `PostgreSQL ${version}, ${engine.embedded === undefined ? "the server of DATABASE_URL" : `embedded in ${near(config.dataFolder)}`}`,
    mail:
      config.mail?.smtpUrl === undefined
        ? "kept in the console's mailbox, none leaves"
        : `through ${new URL(config.mail.smtpUrl).host}`,
    hubspot: hubspotLine(engine.config.hubspot, simulated?.url),
    model: modelLine(engine.config.models, simulatedModel?.url),
    workflows: { pack: engine.workflows.length - own, own },
    readyInMs: Math.round(Date.now() - startOfProgram()),
  };
}

/** The engine's process is started by another one, which says when it began itself. */
function startOfProgram(): number {
  return Number(process.env[SUPERVISED] ?? performance.timeOrigin);
}

function hubspotLine(hubspot: MillraceConfig["hubspot"], simulatorUrl: string | undefined): string {
  if (simulatorUrl !== undefined)
    return `${simulatorUrl}  (a simulator; HUBSPOT_ACCESS_TOKEN switches to the real one)`;
  return hubspot ? new URL(hubspot.baseUrl ?? DEFAULT_BASE_URL).host : "off";
}

function modelLine(models: MillraceConfig["models"], simulatorUrl: string | undefined): string {
  if (simulatorUrl !== undefined) return `${simulatorUrl}/__simulator/requests  (a simulator)`;
  return models === undefined ? "none is asked" : modelSettings.parse(models).model;
}

function asText(summary: Summary, isWatching: boolean): string {
  const { workflows, wantedPort } = summary;
  const elsewhere = wantedPort === null ? "" : ` Port ${wantedPort} was taken, so it listens at ${summary.url}.`;
  return [
    `Millrace is ready in ${(summary.readyInMs / 1_000).toFixed(1)} s.${elsewhere}`,
    `  console    ${summary.signInLink}  (signs you in once)`,
    `  a form     ${summary.formUrl}`,
    `  database   ${summary.database}`,
    `  mail       ${summary.mail}`,
    `  hubspot    ${summary.hubspot}`,
    ...(summary.model === "none is asked" ? [] : [`  model      ${summary.model}`]),
    `  workflows  ${workflows.pack} of the pack, ${workflows.own} of yours${isWatching ? "; changes in workflows/ take effect at once" : ""}`,
    `Next: ${typed("demo")} in another terminal sends made-up leads. Ctrl-C stops.`,
  ].join("\n");
}

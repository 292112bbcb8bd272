/** `millrace demo`: plays a stream of made-up leads against the running engine's forms and says what came of them. */
import { randomInt } from "node:crypto";
import type { LoadedConfig } from "../../load-config/load-config.ts";
import { answers, findGateway } from "../address.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { demoLeads } from "../demo/leads.ts";
import type { Results } from "../demo/results.ts";
import { type Sending, sendLeads } from "../demo/send.ts";
import { CliError, EXIT, type ExitCode } from "../exit-codes.ts";
import { progressBar } from "../progress.ts";
import { openProject } from "../project.ts";
import type { RunningEngine } from "../run-engine.ts";
import { untilAsked } from "../signals.ts";
import type { Terminal } from "../terminal.ts";
import { list, span, typed } from "../text.ts";

interface Options {
  readonly leads: number;
  readonly rate?: number;
  readonly seed?: number;
  readonly url?: string;
  readonly start?: boolean;
}

const USUAL_RATE = 5;

export async function run(call: Call<Options>): Promise<ExitCode> {
  const { options, terminal } = call;
  const loaded = await openProject(call, options.start === true);
  const local = options.url === undefined ? await findGateway(loaded.config.dataFolder) : undefined;
  const url = options.url ?? local?.url;
  if (url !== undefined && (local !== undefined || (await answers(url)))) return play(call, loaded, url);
  if (options.start !== true || options.url !== undefined) throw notRunning(options.url, loaded.config.dataFolder);
  const asked = untilAsked();
  const { runEngine } = await import("../run-engine.ts");
  const running = await runEngine(loaded, { watch: false }, terminal);
  try {
    const interrupted = asked.then(() => EXIT.interrupted);
    const exitCode = await Promise.race([play(call, loaded, running.gateway.url), interrupted]);
    // In a terminal the engine stays until Ctrl-C, so that there is something to look at.
    if (exitCode !== EXIT.interrupted && terminal.isWatched) await stay(terminal, running, asked);
    return exitCode;
  } finally {
    await running.stop();
  }
}

function notRunning(url: string | undefined, dataFolder: string): CliError {
  const saw = url === undefined ? `No engine runs on ${dataFolder}.` : `Nothing answers at ${url}.`;
  return new CliError(
    "not_running",
    saw,
    `run \`${typed("start")}\` in another terminal and try again, or add --start.`,
  );
}

async function play(call: Call<Options>, loaded: LoadedConfig, url: string): Promise<ExitCode> {
  const { options, terminal } = call;
  const seed = options.seed ?? randomInt(1_000_000);
  const leads = demoLeads(options.leads, seed);
  const bar = await progressBar(terminal, `Sending ${leads.length} leads to ${url}`);
  const sending = await sendLeads({
    url,
    leads,
    perSecond: options.rate ?? USUAL_RATE,
    play: `${seed}-${Date.now().toString(36)}`,
    onProgress: (answered) => bar.to(answered / leads.length, `${answered} of ${leads.length} leads`),
  });
  bar.end(`${sending.accepted.length} of ${sending.sent} leads taken in ${span(sending.tookMs)}.`);
  // Another machine's engine has a database we do not see.
  const results = options.url === undefined ? await readResults(loaded, sending.accepted) : undefined;
  if (terminal.isJson)
    terminal.document({ url, seed, ...sending, accepted: sending.accepted.length, results: results ?? null });
  else terminal.data(summaryText(url, seed, sending, results));
  return sending.accepted.length === sending.sent ? EXIT.ok : EXIT.failure;
}

async function readResults(loaded: LoadedConfig, roots: readonly number[]): Promise<Results> {
  const { resultsOf } = await import("../demo/results.ts");
  return withDatabase(loaded, (db) => resultsOf(db, roots));
}

function summaryText(url: string, seed: number, sending: Sending, results: Results | undefined): string {
  const pairs: (readonly [string, string])[] = [
    ["leads", `${sending.sent} sent, ${sending.accepted.length} taken (--seed ${seed} brings the same people again)`],
  ];
  for (const trouble of sending.troubles) pairs.push(["trouble", trouble]);
  if (results !== undefined) {
    const { bands, alerts, emails, formToAlert } = results;
    pairs.push(["bands", `${bands.hot} hot, ${bands.qualified} qualified, ${bands.nurture} nurture, ${bands.low} low`]);
    pairs.push([
      "alerts",
      `${alerts} to sales${formToAlert === null ? "" : `, from form to alert ${span(formToAlert.p50)} (p50), ${span(formToAlert.p95)} (p95)`}`,
    ]);
    pairs.push(["e-mails", `${emails.sent} in the mailbox or sent, ${emails.suppressed} held back with a reason`]);
  }
  pairs.push(["look", `${url}  (\`${typed("sign-in")}\` gives a link), or \`${typed("tasks list")}\``]);
  return list(pairs);
}

async function stay(terminal: Terminal, { gateway }: RunningEngine, asked: Promise<unknown>): Promise<void> {
  terminal.say(`Console: ${await gateway.signInLink()}\nThe engine runs on; Ctrl-C stops it.`);
  await asked;
}

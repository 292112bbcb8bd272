/**
 * The data enricher that leaves the machine (flow 4): it visits the company's website and asks a profile provider, side
 * by side, and puts what they tell beside what the form and the address tell. One source failing is a partial result.
 * Used in place of the pure one when the config says `enrichment.websites` or names `enrichment.profiles`.
 */
import { type Clock, durationMs } from "../../base/clock.ts";
import { MillraceError, messageOf } from "../../base/errors.ts";
import type { NewEvent } from "../../events/event.ts";
import type { ModelFailure } from "../../models/model-port.ts";
import type { Outcome, QueuedHandler, TaskInput, WorkContext } from "../../tasks/handler.ts";
import { agent } from "../agent.ts";
import { type Toolbox, toolbox } from "../tools.ts";
import {
  type ChainSettings,
  type Enrichable,
  type Gathered,
  isOurs,
  NAME,
  outcomeOf,
  skipped,
  startedEvent,
  withoutContact,
} from "./compile.ts";
import { OWN_SOURCES } from "./data-enricher.ts";
import type { EnrichmentInForce } from "./enrichment-settings.ts";
import { addressOf, findingsOf } from "./findings.ts";
import type { Analysis, Analyst } from "./model-analysis.ts";
import { checkedProfile, type ProfileProvider, profileFindings, profileQuery } from "./profiles.ts";
import type { Visit, Websites } from "./website.ts";

export interface VisitingEnricher {
  readonly handler: QueuedHandler;
  /** Ends the browser, if one is open. */
  close(): Promise<void>;
}

const NOTHING: Visit = { found: [], steps: [], notes: [] };
const PROFILE_TIMEOUT_MS = 15_000;

/** A model is given this long to be well again; then the enrichment does without it. */
const TIMEOUT_MS = 120_000;
const PAUSE_MS = 5_000;
const PASSING: ReadonlySet<ModelFailure["outcome"]> = new Set([
  "rate_limited",
  "overloaded",
  "unreachable",
  "timed_out",
]);

/** @param openAnalyst a model with tools, where the settings have both; loaded when it is first needed. */
export function visitingEnricher(
  settings: EnrichmentInForce,
  clock: Clock,
  openAnalyst?: () => Promise<Analyst>,
): VisitingEnricher {
  const rules: ChainSettings = { freshForMs: durationMs(settings.freshFor), chain: settings.chain };
  let opened: Promise<Websites> | undefined;
  const open = () => {
    opened ??= import("./website.ts").then((module) => module.websites(settings, clock));
    return opened;
  };

  async function visit({ contact, address }: Enrichable, tools: Toolbox): Promise<Visit> {
    if (!settings.websites) return NOTHING;
    const sites = await open();
    return (await sites.visit(contact, address, isOurs(contact, "website"), tools)) ?? NOTHING;
  }

  async function enrich(task: TaskInput, context: WorkContext): Promise<Outcome> {
    const { now, signal } = context;
    const { contact } = task;
    if (contact === undefined) return withoutContact(task);
    const subject = { task, contact, address: addressOf(contact) };
    const early = skipped(subject, now, rules.freshForMs);
    if (early !== undefined) return early;
    const analysed = openAnalyst && (await analyse(subject, await openAnalyst(), context));
    if (analysed !== undefined && "outcome" in analysed) return analysed;
    if (analysed !== undefined && analysed.failure === undefined) {
      return outcomeOf(subject, withOwn(subject, analysed), clock.now(), rules);
    }
    const tools = toolbox(NAME, clock, { task: task.id, signal });
    const [site, profile] = await Promise.all([visit(subject, tools), search(subject, settings.profiles, tools)]);
    const gathered = {
      sources: sourcesOf(settings),
      found: [...findingsOf(contact, subject.address), ...site.found, ...profile.found],
      steps: [...site.steps, ...profile.steps],
      calls: tools.events,
      notes: [...site.notes, ...profile.notes],
    };
    return outcomeOf(subject, withAnalysis(gathered, analysed), clock.now(), rules);
  }

  /** undefined: there is nothing a model could look at. An outcome: the model is busy, and the task waits for it. */
  async function analyse(
    subject: Enrichable,
    by: Analyst,
    context: WorkContext,
  ): Promise<Analysis | Outcome | undefined> {
    const { task } = subject;
    const asked = by.sourcesFor(subject);
    if (asked.length === 0) return undefined;
    const sources = [...OWN_SOURCES, ...asked];
    const emits = () => (settings.chain === "full" ? [startedEvent(task, sources)] : []);
    await context.step("started", async () => null, { task: task.id, emits });
    try {
      const analysis = await by.analyse(subject, context);
      const { failure } = analysis;
      const isWorthIt =
        failure !== undefined && PASSING.has(failure.outcome) && clock.now() - task.createdAt < TIMEOUT_MS;
      if (!isWorthIt) return analysis;
      const afterMs = Math.min(failure.retryAfterMs ?? PAUSE_MS, TIMEOUT_MS);
      return { outcome: "failed", error: `model: ${failure.outcome}, ${failure.error}`, retry: "wait", afterMs };
    } catch (error) {
      if (!(error instanceof MillraceError) || error.code !== "step_unknown") throw error;
      return { outcome: "waiting", reason: error.message };
    }
  }

  function withOwn({ contact, address }: Enrichable, { found, ...analysis }: Analysis): Gathered {
    const own = findingsOf(contact, address);
    return { ...analysis, sources: [], isStarted: true, found: [...own, ...found] };
  }

  return {
    handler: agent({
      name: NAME,
      kinds: ["enrich_data"],
      concurrency: settings.concurrency,
      run: (tasks, context) => Promise.all(tasks.map((task) => untilAborted(task, context, enrich))),
    }),
    close: async () => (await opened)?.close(),
  };
}

/** Beside what was found without it: what a model that gave no answer has cost, and what it did on the way. */
function withAnalysis(gathered: Gathered, analysis: Analysis | undefined): Gathered {
  if (analysis === undefined) return gathered;
  return {
    ...gathered,
    isStarted: true,
    found: [...gathered.found, ...analysis.found],
    steps: [...analysis.steps, ...(gathered.steps ?? [])],
    calls: [...analysis.calls, ...(gathered.calls ?? [])],
    notes: [...analysis.notes, ...(gathered.notes ?? [])],
    alerts: analysis.alerts,
  };
}

/** A task that was taken away is no failure of the agent's: it is done again, by whoever holds it then. */
async function untilAborted(
  task: TaskInput,
  context: WorkContext,
  enrich: (task: TaskInput, context: WorkContext) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await enrich(task, context);
  } catch (error) {
    if (!context.signal.aborted) throw error;
    return { outcome: "failed", error: `The enrichment was interrupted: ${messageOf(error)}`, retry: "later" };
  }
}

/**
 * Asks the provider, when there is one. Without one nothing is told: a search that never took place is no fact.
 * A provider that fails is told by the toolbox alone.
 */
async function search(
  { contact, address }: Enrichable,
  provider: ProfileProvider | undefined,
  tools: Toolbox,
): Promise<Visit> {
  const query = provider === undefined ? undefined : profileQuery(contact, address);
  if (provider === undefined || query === undefined) return NOTHING;
  const call = await tools.call(
    "profile_search",
    async (signal) => checkedProfile(await provider.search(query, signal), provider.name),
    {
      timeoutMs: PROFILE_TIMEOUT_MS,
    },
  );
  if (!call.ok) return { found: [], steps: [], notes: [`profile: ${provider.name} failed`] };
  const found = profileFindings(call.value, provider.name);
  const completed: NewEvent = {
    type: "search_completed",
    data: { provider: provider.name, found: call.value === undefined ? 0 : 1 },
  };
  return { found, steps: [completed], notes: [] };
}

function sourcesOf({ websites, profiles }: EnrichmentInForce): readonly string[] {
  return [...OWN_SOURCES, ...(websites ? ["website"] : []), ...(profiles ? [`profile:${profiles.name}`] : [])];
}

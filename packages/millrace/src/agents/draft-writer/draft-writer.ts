/**
 * The draft writer (flow 5): has a model write a letter of a sequence from the lead's facts, holds it against the rules, and puts it
 * before a person. What does not pass, what the model does not answer and what a cap forbids is the template, with the reasons on
 * record. It sends nothing of its own: an e-mail no person has to see is asked for as any other, and every gate holds at sending.
 */
import type { Clock } from "../../base/clock.ts";
import type { Contact } from "../../contacts/contact.ts";
import type { Templates, TemplateText } from "../../email/compose/templates.ts";
import { defaultSequences, type Sequences, touchOf } from "../../email/sequences.ts";
import type { Json, NewEvent } from "../../events/event.ts";
import { capAlert } from "../../models/cap-alert.ts";
import { callEvents, type Models } from "../../models/models.ts";
import type { AlertRecord, Outcome, QueuedHandler, TaskInput, WorkContext } from "../../tasks/handler.ts";
import { agent } from "../agent.ts";
import { type Draft, refusalFor, sendingOf } from "../outreach-agent/outreach-agent.ts";
import { type Toolbox, toolbox } from "../tools.ts";
import { checkDraft } from "./check-draft.ts";
import { draftFacts } from "./draft-facts.ts";
import { READ_PAGE } from "./draft-pages.ts";
import { DRAFT_PROMPT, draftQuestion } from "./draft-prompt.ts";
import type { DraftsInForce } from "./draft-settings.ts";
import type { ReadHomePage } from "./home-page.ts";

export interface DraftWriterOptions {
  readonly templates: Templates;
  readonly rules: DraftsInForce;
  readonly clock: Clock;
  /** undefined: none is set any more, and what was asked for before is the template. */
  readonly models: Models | undefined;
  /** Default: `defaultSequences`. */
  readonly sequences?: Sequences;
  /** undefined: no page is read. */
  readonly readHomePage: ReadHomePage | undefined;
  /** For work of a replay, which visits no one: what was read of the page before; undefined: it is no replay. */
  readonly recordedPage: (task: number, contact: string) => Promise<{ readonly page: string | null } | undefined>;
  /** Has a person approved a letter of this template by this model and prompt as it was? */
  readonly wasApproved: (by: { template: string; model: string; prompt: string }) => Promise<boolean>;
}

/** What a `write_draft` task carries. */
export type WriteDraftPayload = Draft & {
  /** Take the template: no one decided of what the model wrote. */
  readonly asTemplate?: string;
};

/** An e-mail waits no longer than this for a model that is busy; then it is the template. */
const MAX_WAIT_MS = 600_000;
const PAUSE_MS = 15_000;
const BUSY: ReadonlySet<string> = new Set(["rate_limited", "overloaded", "unreachable"]);

export function draftWriter(options: DraftWriterOptions): QueuedHandler {
  return agent({
    name: "draft_writer",
    kinds: ["write_draft"],
    run: (tasks, context) => Promise.all(tasks.map((task) => write(task, context, options))),
  });
}

async function write(task: TaskInput, context: WorkContext, options: DraftWriterOptions): Promise<Outcome> {
  const { contact } = task;
  const wanted = task.payload as unknown as WriteDraftPayload;
  if (contact === undefined) return failed(`Task ${task.kind} names no contact, so there is nobody to write to.`);
  if (!options.templates.has(wanted.template)) return failed(options.templates.unknown(wanted.template).message);
  const refusal = refusalFor(contact, wanted, context.now);
  if (refusal !== undefined) return { outcome: "cancelled", reason: refusal };
  const template = options.templates.render(wanted.template, contact);
  const writing: Writing = { task, contact, wanted, template, context, options };
  if (wanted.asTemplate !== undefined) return byTemplate(writing, [wanted.asTemplate]);
  const { models } = options;
  if (models === undefined) return byTemplate(writing, ["no model is set for letters"]);
  return byModel(writing, models);
}

interface Writing {
  readonly task: TaskInput;
  readonly contact: Contact;
  readonly wanted: WriteDraftPayload;
  readonly template: TemplateText;
  readonly context: WorkContext;
  readonly options: DraftWriterOptions;
}

/** What happened on the way, for the log. */
interface Effects {
  readonly events: readonly NewEvent[];
  readonly alerts: readonly AlertRecord[];
}

const NOTHING: Effects = { events: [], alerts: [] };

async function byModel(writing: Writing, models: Models): Promise<Outcome> {
  const { task, contact, template, context, options } = writing;
  const { rules } = options;
  const tools = toolbox("draft_writer", options.clock, { task: task.id, signal: context.signal });
  // The page is read once: another attempt asks the very same question, and its answer is on record.
  const read = await context.step(READ_PAGE, () => pageOf(writing, tools), { task: task.id });
  const facts = draftFacts({ contact, template, about: rules.about, page: read.page ?? undefined });
  const asked = await models.ask(draftQuestion({ facts, template }), {
    agent: "outreach_agent",
    task: task.id,
    contact: contact.id,
    signal: context.signal,
  });
  const { answer, call, reached } = asked;
  if (answer.outcome !== "answered") {
    const waitMs = answer.retryAfterMs ?? PAUSE_MS;
    if (BUSY.has(answer.outcome) && context.now + waitMs - task.createdAt <= MAX_WAIT_MS)
      return { outcome: "failed", error: `${answer.outcome}: ${answer.error}`, retry: "wait", afterMs: waitMs };
  }
  const effects = {
    events: [...read.events, ...callEvents(call)],
    alerts: reached === undefined ? [] : [capAlert(reached, contact.id, "Letters come from templates meanwhile.")],
  };
  if (answer.outcome !== "answered")
    return byTemplate(writing, [`${models.name} ${answer.outcome}: ${answer.error}`], effects);
  const checked = checkDraft(answer.value, { facts, template, ...rules });
  if (!checked.ok) return byTemplate(writing, checked.reasons, effects);
  const { subject, text, parts } = checked;
  const by = { model: models.name.slice(0, 200), prompt: DRAFT_PROMPT };
  const draft = {
    text,
    parts,
    facts,
    template: { ...template },
    ...by,
    request: call?.request ?? "",
    ...stepOf(writing.wanted),
  };
  return drafted(writing, { subject, text }, { by: "model", draft }, effects);
}

/** A type, not an interface, so that it can be the result of a step. */
type ReadPage = {
  readonly page: string | null;
  readonly events: readonly { readonly type: string; readonly data: Json }[];
};

async function pageOf({ task, contact, options }: Writing, tools: Toolbox): Promise<ReadPage> {
  const recorded = await options.recordedPage(task.id, contact.id);
  if (recorded !== undefined) return { page: recorded.page, events: [] };
  const page = (await options.readHomePage?.(contact, tools)) ?? null;
  return { page, events: tools.events.map(({ type, data }) => ({ type, data: data as Json })) };
}

function byTemplate(writing: Writing, because: readonly string[], effects: Effects = NOTHING): Promise<Outcome> {
  const reasons = because.map((reason) => reason.toWellFormed().replaceAll("\u0000", "").slice(0, 500));
  return drafted(writing, writing.template, { by: "template", because: reasons }, effects);
}

/** States the draft, and asks for it to be sent unless a person has to see it: then the flow of drafts asks them. */
async function drafted(
  writing: Writing,
  letter: TemplateText,
  how: { readonly by: "model" | "template"; readonly because?: readonly string[]; readonly draft?: Json },
  { events, alerts }: Effects,
): Promise<Outcome> {
  const { task, wanted } = writing;
  const { template, onceKey, purpose } = wanted;
  const review = how.by === "model" && (await needsReview(writing));
  const data = {
    template,
    subject: letter.subject,
    task: task.id,
    onceKey,
    purpose,
    ...how,
    ...(review ? { review } : {}),
  };
  return {
    outcome: "completed",
    result: {
      template,
      subject: letter.subject,
      by: how.by,
      waits: review,
      because: how.because ?? [],
      ...stepOf(wanted),
    },
    events: [...events, { type: "outreach_drafted", data }],
    alerts,
    tasks: review ? [] : [sendingOf(wanted, letter)],
  };
}

async function needsReview({ wanted, options }: Writing): Promise<boolean> {
  const { sequence = "", touch = 1, template } = wanted;
  const { review = "all" } = touchOf(options.sequences ?? defaultSequences, sequence, touch) ?? {};
  if (review !== "first") return review === "all";
  return !(await options.wasApproved({ template, model: options.models?.name ?? "", prompt: DRAFT_PROMPT }));
}

function stepOf({ sequence, touch }: Draft): Partial<Draft> {
  return sequence === undefined ? {} : { sequence, touch: touch ?? 1 };
}

function failed(error: string): Outcome {
  return { outcome: "failed", error, retry: "never" };
}

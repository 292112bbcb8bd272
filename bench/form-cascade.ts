/**
 * The workload `form-cascade` on the engine, through its public door: its own workflow in the language, its own agents,
 * the real log, decisions and task history kept. See bench/README.md for what is measured and how to read it.
 */
import type { MillraceConfig } from "../packages/millrace/src/config/config.ts";
import {
  addToList,
  alert,
  alt,
  branch,
  type Contact,
  entered,
  on,
  otherwise,
  pureAgent,
  type ScoreRange,
  stop,
  type TaskInput,
  task,
  workflow,
} from "../packages/millrace/src/index.ts";
import { band as bandOfScore, enrich, outreach, score, thankYou } from "./workload/rubric.mjs";

/** The workload's bands are its own: hot > 85, warm 70 to 85, nurture 40 to 69, cold < 40. */
const hot: ScoreRange = { name: "hot", from: 85, includesFrom: false, to: 100, includesTo: true };
const warm: ScoreRange = { name: "warm", from: 70, includesFrom: true, to: 85, includesTo: true };
const nurture: ScoreRange = { name: "nurture", from: 40, includesFrom: true, to: 70, includesTo: false };
const cold: ScoreRange = { name: "cold", from: 0, includesFrom: true, to: 40, includesTo: false };

export interface Submission {
  readonly id: string;
  readonly email: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly company: string;
  readonly jobtitle: string;
  readonly employees: number | null;
  readonly industry: string;
  readonly phone: string | null;
  readonly linkedin: string | null;
  readonly message: string;
}

const cascade = workflow("form_cascade_workload", { about: "The benchmark's workload." }, [
  on(
    "form_submitted",
    task("qualify_lead", { priority: "URGENT", dueIn: "1m" }),
    task("enrich_data", { priority: "HIGH", dueIn: "5m" }),
    task("send_email", { priority: "MEDIUM", mergeKey: "thank_you" }),
  ),
  on(
    "lead_score_updated",
    alt(
      branch("hot", entered(hot), alert("sales", "hot_lead"), task("hot_lead_review")),
      branch("warm", entered(warm), task("send_outreach")),
      branch("nurture", entered(nurture), task("nurture_sequence")),
      branch("cold", entered(cold), addToList("low-priority")),
      otherwise(stop("the score stayed in its band")),
    ),
  ),
]);

const qualifier = pureAgent({
  name: "workload_qualifier",
  kinds: ["qualify_lead"],
  run: (tasks) =>
    tasks.map(({ contact, id }) => {
      const points = score(formOf(contact));
      return {
        outcome: "completed",
        events: [
          {
            type: "contact_scored",
            data: { score: points, band: bandOfScore(points), rubric: "workload@1", reasons: [], task: id },
          },
        ],
      };
    }),
});

const enricher = pureAgent({
  name: "workload_enricher",
  kinds: ["enrich_data"],
  run: (tasks) =>
    tasks.map(({ contact, id }) => {
      const found = enrich(formOf(contact));
      const values = {
        domain: { value: found.domain, confidence: 1, source: "address" },
        company_size_band: { value: found.sizeBand, confidence: 1, source: "form" },
      };
      return {
        outcome: "completed",
        events: [{ type: "contact_enriched", data: { quality: 8, values, reasons: [], task: id } }],
      };
    }),
});

const mailer = pureAgent({
  name: "workload_mailer",
  kinds: ["send_email"],
  run: (tasks) => tasks.map((work) => recorded(work, "thank_you", thankYou(formOf(work.contact)))),
});

const writer = pureAgent({
  name: "workload_writer",
  kinds: ["send_outreach"],
  run: (tasks) =>
    tasks.map((work) =>
      recorded(work, "outreach", outreach(formOf(work.contact), Number(work.contact?.properties.lead_score))),
    ),
});

const nurser = pureAgent({
  name: "workload_nurser",
  kinds: ["nurture_sequence"],
  run: (tasks) =>
    tasks.map(({ id }) => ({
      outcome: "completed",
      events: [{ type: "nurture_enrolled", data: { sequence: "default", task: id } }],
    })),
});

/** The engine of the workload: nothing of the default pack, everything kept. */
export function workloadConfig(config: MillraceConfig = {}): MillraceConfig {
  return { pack: false, workflows: [cascade], agents: [qualifier, enricher, mailer, writer, nurser], ...config };
}

export function submitted(submission: Submission) {
  const { id, ...fields } = submission;
  return { type: "form_submitted", source: "form:workload", id, data: { form: "workload", fields: { ...fields } } };
}

function recorded(work: TaskInput, template: string, mail: { subject: string; body: string }) {
  const to = String(work.contact?.properties.email);
  const record = {
    onceKey: `${template}:${work.root}`,
    template,
    to,
    subject: mail.subject,
    text: mail.body,
    state: "sent" as const,
  };
  return { outcome: "completed" as const, emails: [record] };
}

function formOf(contact: Contact | undefined): Submission {
  return { ...contact?.properties } as unknown as Submission;
}

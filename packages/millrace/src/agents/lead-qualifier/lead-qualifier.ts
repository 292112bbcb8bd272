/**
 * The lead qualifier: scores leads by the published rubric (flows 1, 2, 4, 7). Pure, so it runs inside the decision.
 * It states that a scoring took place; what follows from the score is for workflows.
 */
import type { Contact } from "../../contacts/contact.ts";
import { bandOf, defaultBands, type ScoreBands } from "../../contacts/score-bands.ts";
import type { Outcome, PureHandler, TaskInput } from "../../tasks/handler.ts";
import { pureAgent } from "../agent.ts";
import { checkedRubric, defaultRubric, type Rubric } from "./rubric.ts";
import { scoreLead } from "./score-lead.ts";
import { upsellOf } from "./upsell.ts";

export interface LeadQualifierOptions {
  /** Default: hot above 85, qualified above 70, nurture from 40. */
  readonly bands?: ScoreBands;
  /** Default: `defaultRubric` (see rubric.ts). */
  readonly rubric?: Rubric;
}

interface Rules {
  readonly bands: ScoreBands;
  readonly rubric: Rubric;
  readonly label: string;
}

/**
 * The agent for every kind of scoring, and for `upsell_analysis`, which scores nothing.
 * `initial_assessment` judges seniority, company size and industry alone.
 * @throws MillraceError invalid_config when the rubric is wrong.
 */
export function leadQualifier(options: LeadQualifierOptions = {}): PureHandler {
  const rubric = checkedRubric(options.rubric ?? defaultRubric);
  const rules: Rules = {
    bands: options.bands ?? defaultBands,
    rubric,
    label: `${rubric.name}@${rubric.version}`,
  };
  return pureAgent({
    name: "lead_qualifier",
    kinds: ["qualify_lead", "qualify_lead_high_value", "requalify_lead", "initial_assessment", "upsell_analysis"],
    run: (tasks) => tasks.map((task) => qualify(task, rules)),
  });
}

function qualify(task: TaskInput, rules: Rules): Outcome {
  const { contact } = task;
  if (contact === undefined) {
    return {
      outcome: "failed",
      error: `Task ${task.kind} names no contact, so there is nobody to look at.`,
      retry: "never",
    };
  }
  if (task.kind === "upsell_analysis") return analysed(task, contact);
  const { score, reasons } = scoreLead(contact, rules.rubric, task.kind === "initial_assessment");
  // Every score from 0 to 100 has a band; scoreLead gives no other.
  const band = bandOf(score, rules.bands) ?? "low";
  return {
    outcome: "completed",
    result: { score, band, rubric: rules.label },
    events: [
      {
        type: "contact_scored",
        data: { score, band, rubric: rules.label, reasons, task: task.id },
      },
    ],
  };
}

/** Looks at the customer as they are some days after the purchase; sales hear of it where something speaks for more. */
function analysed(task: TaskInput, contact: Contact): Outcome {
  const { opportunity, reasons, bought } = upsellOf(contact);
  const purchasedAt =
    contact.facts.purchasedAt === undefined ? null : new Date(contact.facts.purchasedAt).toISOString();
  const result = { opportunity, reasons, bought, purchasedAt };
  if (opportunity === "none") return { outcome: "completed", result };
  return {
    outcome: "completed",
    result,
    events: [{ type: "upsell_found", data: { opportunity, reasons, bought, task: task.id } }],
  };
}

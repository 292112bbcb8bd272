/**
 * What HubSpot's workflows and agents can ask of Millrace: four actions, each with its fields as HubSpot shows them. From
 * this table the app's files are made (app-project.ts), calls are read (call.ts), and the simulator is set up.
 * Source: HubSpot, custom workflow actions and agent tools.
 */

/** Tasks of people that may be asked for. */
export const ASKABLE_KINDS = [
  "hot_lead_review",
  "human_review",
  "schedule_meeting",
  "handle_inquiry",
  "alternative_channel",
  "manual_data_review",
  "manual_processing",
] as const;
export type AskableKind = (typeof ASKABLE_KINDS)[number];

export const SEQUENCES = ["outreach", "nurture"] as const;

export interface ActionField {
  readonly name: string;
  readonly label: string;
  readonly about: string;
  readonly type: "string" | "number";
  /** The values that may be chosen, with their labels. */
  readonly options?: Readonly<Record<string, string>>;
  readonly isRequired?: boolean;
}

export interface HubspotAction {
  /** In addresses and events. */
  readonly name: string;
  readonly label: string;
  /** For a person who builds a workflow. */
  readonly about: string;
  /** For an agent that has to decide whether this is the tool it needs. */
  readonly forAgents: string;
  readonly toolType: "GET_DATA" | "TAKE_ACTION";
  readonly inputs: readonly ActionField[];
  readonly outputs: readonly ActionField[];
}

const RESULT: ActionField = {
  name: "result",
  label: "Result",
  about: "What came of it, in a sentence.",
  type: "string",
};
const SCORE: ActionField = { name: "score", label: "Lead score", about: "0 to 100.", type: "number" };
const BAND: ActionField = {
  name: "band",
  label: "Lead band",
  about: "hot, qualified, nurture or low.",
  type: "string",
};
const TASK: ActionField = { name: "task", label: "Task", about: "The number of the task in Millrace.", type: "number" };

export const hubspotActions = [
  {
    name: "ask_for_task",
    label: "Ask for a task",
    about: "Asks a person for a task in Millrace; the workflow goes on when it is done.",
    forAgents:
      "Creates a task for a person of the sales or operations team about a contact and waits until it is done. Use it when a person has to act: call, answer a question, put data right.",
    toolType: "TAKE_ACTION",
    inputs: [
      {
        name: "kind",
        label: "Kind of task",
        about: "What is to be done.",
        type: "string",
        isRequired: true,
        options: {
          hot_lead_review: "Call a hot lead",
          human_review: "Look at the contact",
          schedule_meeting: "Agree on a meeting",
          handle_inquiry: "Answer a question",
          alternative_channel: "Try the phone or LinkedIn",
          manual_data_review: "Put the data right",
          manual_processing: "Do something by hand",
        } satisfies Record<AskableKind, string>,
      },
      { name: "reason", label: "Why", about: "Shown to the person who does it.", type: "string" },
    ],
    outputs: [RESULT, TASK],
  },
  {
    name: "qualify_now",
    label: "Qualify now",
    about: "Scores the contact by the rubric of Millrace; the workflow goes on with the score and the band.",
    forAgents: "Scores a contact as a sales lead from 0 to 100 and says its band (hot, qualified, nurture, low).",
    toolType: "TAKE_ACTION",
    inputs: [],
    outputs: [RESULT, SCORE, BAND, TASK],
  },
  {
    name: "enrol_in_sequence",
    label: "Enrol in a sequence",
    about: "Begins an e-mail sequence of Millrace with the contact, unless they opted out, declined or are a customer.",
    forAgents:
      "Begins a sequence of e-mails to a contact: 'outreach' for qualified leads, 'nurture' for early ones. It refuses contacts who opted out, declined or are customers.",
    toolType: "TAKE_ACTION",
    inputs: [
      {
        name: "sequence",
        label: "Sequence",
        about: "Which sequence begins.",
        type: "string",
        isRequired: true,
        options: { outreach: "Outreach", nurture: "Nurture" },
      },
    ],
    outputs: [RESULT, TASK],
  },
  {
    name: "why",
    label: "Why this score",
    about: "Says why the contact has its score, in points and words. Nothing is changed.",
    forAgents: "Explains why a contact has its lead score: the points of each reason, in plain words. Changes nothing.",
    toolType: "GET_DATA",
    inputs: [],
    outputs: [RESULT, SCORE, BAND],
  },
] as const satisfies readonly HubspotAction[];

export type HubspotActionName = (typeof hubspotActions)[number]["name"];

/** Actions that begin work; `why` is answered at once. */
export const WORKING_ACTIONS = ["ask_for_task", "qualify_now", "enrol_in_sequence"] as const;
export type WorkingAction = (typeof WORKING_ACTIONS)[number];

/** Where HubSpot calls an action. @param url the gateway's public address, without a slash at the end. */
export function actionUrl(url: string, name: string): string {
  return `${url}/webhooks/hubspot/actions/${name}`;
}

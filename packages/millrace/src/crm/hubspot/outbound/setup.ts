/**
 * What this engine needs to find in a HubSpot account, and making what is missing. Doing it twice changes nothing.
 * Called by `millrace hubspot setup`, and at the start for the simulator.
 */
import { bodyOf } from "../client/answer.ts";
import type { HubspotApi } from "../client/client.ts";
import type { ObjectType } from "../client/paths.ts";
import { type ListedProperty, propertyTypeOf } from "../client/property-types.ts";
import { ACTIVITY_KEY } from "./activities.ts";
import { DEFAULT_PROPERTIES, ENGAGEMENT, type Mapping, MILLRACE_ID, QUALITY } from "./contact-mapping.ts";
import { TASK_KEY } from "./task-mapping.ts";

export interface PropertyPlan {
  readonly object: ObjectType;
  readonly name: string;
  readonly label: string;
  readonly type: "string" | "number" | "enumeration";
  readonly about: string;
  readonly isUnique?: true;
  readonly options?: readonly string[];
}

const PRIORITIES = ["URGENT", "HIGH", "MEDIUM", "LOW"];
const STATES = ["NOT_STARTED", "IN_PROGRESS", "WAITING", "COMPLETED", "FAILED", "CANCELLED"];

/** The properties of ours. Those HubSpot brings along are not listed: they are there. */
const OURS: readonly PropertyPlan[] = [
  {
    object: "contacts",
    name: MILLRACE_ID,
    label: "Millrace id",
    type: "string",
    isUnique: true,
    about: "The contact's id in Millrace.",
  },
  { object: "contacts", name: "lead_score", label: "Lead score", type: "number", about: "0 to 100." },
  {
    object: "contacts",
    name: "millrace_score",
    label: "Lead score (Millrace)",
    type: "number",
    about: "The rubric's own score, where a person or HubSpot set the lead score.",
  },
  {
    object: "contacts",
    name: "lead_band",
    label: "Lead band",
    type: "string",
    about: "hot, qualified, nurture or low.",
  },
  {
    object: "contacts",
    name: "lead_status",
    label: "Lead status (Millrace)",
    type: "string",
    about: "What the band means for sales.",
  },
  {
    object: "contacts",
    name: ENGAGEMENT,
    label: "Engagement",
    type: "number",
    about: "Opens, clicks and replies, fading with time.",
  },
  {
    object: "contacts",
    name: QUALITY,
    label: "Data quality",
    type: "number",
    about: "0 to 10, of the last enrichment.",
  },
  {
    object: "tasks",
    name: TASK_KEY,
    label: "Millrace task",
    type: "string",
    isUnique: true,
    about: "The task's id in Millrace.",
  },
  {
    object: "tasks",
    name: "millrace_priority",
    label: "Millrace priority",
    type: "enumeration",
    options: PRIORITIES,
    about: "With URGENT, which HubSpot lacks.",
  },
  {
    object: "tasks",
    name: "millrace_status",
    label: "Millrace status",
    type: "enumeration",
    options: STATES,
    about: "With FAILED and CANCELLED, which HubSpot lacks.",
  },
  {
    object: "tasks",
    name: "millrace_kind",
    label: "Millrace kind",
    type: "string",
    about: "What is to be done, by its name in Millrace.",
  },
  {
    object: "notes",
    name: ACTIVITY_KEY,
    label: "Millrace key",
    type: "string",
    isUnique: true,
    about: "Keeps a note from standing here twice.",
  },
  {
    object: "emails",
    name: ACTIVITY_KEY,
    label: "Millrace key",
    type: "string",
    isUnique: true,
    about: "Keeps an e-mail from standing here twice.",
  },
];

const GROUP = { name: "millrace", label: "Millrace" };

export interface SetupStep {
  readonly object: ObjectType;
  readonly name: string;
  readonly what: "group" | "property";
  /** missing: another program's property named in `hubspot.properties`, which only you can make. */
  readonly state: "there" | "made" | "would be made" | "missing" | "wrong";
  readonly note: string;
}

/**
 * Looks at what is there and makes the rest, unless `isDry`.
 * @throws MillraceError hubspot_failed when HubSpot cannot be asked or refuses.
 */
export async function setUpHubspot(api: HubspotApi, mapping: Mapping, isDry: boolean): Promise<SetupStep[]> {
  const steps: SetupStep[] = [];
  for (const object of ["contacts", "tasks", "notes", "emails"] as const) {
    const groups = await listed(api, api.paths.propertyGroups(object));
    const properties = await listed(api, api.paths.properties(object));
    const plans = OURS.filter((plan) => plan.object === object);
    steps.push(await ensureGroup(api, object, groups, isDry));
    for (const plan of plans) steps.push(await ensureProperty(api, plan, properties, isDry));
    if (object === "contacts")
      steps.push(...missingMapped(mapping, plans, properties), ...unfitMapped(mapping, properties));
  }
  return steps;
}

type Known = ListedProperty;

async function listed(api: HubspotApi, path: string): Promise<readonly Known[]> {
  const answer = await api.request({ method: "GET", path, urgency: "normal", kind: "other", lists: "results" });
  return (bodyOf(answer) as { results: Known[] }).results;
}

async function ensureGroup(
  api: HubspotApi,
  object: ObjectType,
  known: readonly Known[],
  isDry: boolean,
): Promise<SetupStep> {
  const step = { object, name: GROUP.name, what: "group", note: "" } as const;
  if (known.some(({ name }) => name === GROUP.name)) return { ...step, state: "there" };
  if (isDry) return { ...step, state: "would be made" };
  await make(api, api.paths.propertyGroups(object), { ...GROUP, displayOrder: -1 });
  return { ...step, state: "made" };
}

async function ensureProperty(
  api: HubspotApi,
  plan: PropertyPlan,
  known: readonly Known[],
  isDry: boolean,
): Promise<SetupStep> {
  const step = { object: plan.object, name: plan.name, what: "property", note: plan.about } as const;
  const there = known.find(({ name }) => name === plan.name);
  if (there !== undefined && plan.isUnique && there.hasUniqueValue !== true) {
    return {
      ...step,
      state: "wrong",
      note: "it is there without unique values: archive it in HubSpot, then run this again",
    };
  }
  if (there?.type !== undefined && there.type !== plan.type) {
    return {
      ...step,
      state: "wrong",
      note: `it is there as ${there.type}, and Millrace writes ${plan.type}: archive it in HubSpot, then run this again`,
    };
  }
  if (there !== undefined) return { ...step, state: "there" };
  if (isDry) return { ...step, state: "would be made" };
  await make(api, api.paths.properties(plan.object), {
    name: plan.name,
    label: plan.label,
    description: plan.about,
    groupName: GROUP.name,
    type: plan.type,
    fieldType: plan.type === "number" ? "number" : plan.type === "enumeration" ? "select" : "text",
    ...(plan.isUnique ? { hasUniqueValue: true } : {}),
    ...(plan.options === undefined
      ? {}
      : { options: plan.options.map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false })) }),
  });
  return { ...step, state: "made" };
}

/** Exists already, because another process was quicker or the answer to the first try was lost: done. */
async function make(api: HubspotApi, path: string, body: object): Promise<void> {
  const answer = await api.request({
    method: "POST",
    path,
    body,
    urgency: "normal",
    kind: "other",
    isRepeatable: true,
  });
  if (!answer.ok && answer.failure.status === 409) return;
  bodyOf(answer);
}

/** Properties the config maps to that HubSpot lets no program write, or that take a list of values only. */
function unfitMapped(mapping: Mapping, known: readonly Known[]): SetupStep[] {
  return Object.entries(mapping).flatMap(([ours, theirs]): SetupStep[] => {
    const listed = known.find(({ name }) => name === theirs);
    const type = listed === undefined ? undefined : propertyTypeOf(listed);
    const step = { object: "contacts", name: theirs, what: "property" } as const;
    if (type?.isReadOnly) {
      const note = `HubSpot lets no program write it: set hubspot.properties.${ours} to null or another name`;
      return [{ ...step, state: "wrong", note }];
    }
    if (type?.type !== "enumeration" || type.options.length === 0) return [];
    const options = type.options.map(({ value }) => value).join(", ");
    return [{ ...step, state: "there", note: `a list: ${ours} is written where it is one of ${options}` }];
  });
}

/** Properties the config maps to that neither HubSpot has nor we make. */
function missingMapped(mapping: Mapping, plans: readonly PropertyPlan[], known: readonly Known[]): SetupStep[] {
  const names = new Set([...known.map(({ name }) => name), ...plans.map(({ name }) => name)]);
  return Object.entries(mapping)
    .filter(([, theirs]) => !names.has(theirs))
    .map(([ours, theirs]) => ({
      object: "contacts",
      name: theirs,
      what: "property",
      state: "missing",
      note:
        DEFAULT_PROPERTIES[ours] === theirs
          ? `${ours} cannot be written there: set hubspot.properties.${ours} to null or another name`
          : `named in hubspot.properties.${ours}: make it in HubSpot`,
    }));
}

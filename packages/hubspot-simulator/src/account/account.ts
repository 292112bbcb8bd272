/**
 * One HubSpot account as data: tables of records, their definitions, and what hangs on them. It knows no HTTP.
 * Everything is in maps, so that no request can reach a prototype by a clever name, and a look-up costs the same at any size.
 */
import type { ActionDefinition, ActionExecution } from "../routes/actions.ts";
import type { EmailEvent } from "../routes/email-events.ts";
import type { AssociationLabel } from "./associations.ts";
import { OBJECT_TYPES, type ObjectType, objectTypeOf } from "./object-types.ts";
import { standardGroupName, standardProperties } from "./standard-properties.ts";

export type PropertyOption = {
  label: string;
  value: string;
  displayOrder: number;
  hidden: boolean;
  description: string;
};

export type PropertyDefinition = {
  name: string;
  label: string;
  type: string;
  fieldType: string;
  description: string;
  groupName: string;
  options: PropertyOption[];
  displayOrder: number;
  calculated: boolean;
  externalOptions: boolean;
  hasUniqueValue: boolean;
  hidden: boolean;
  formField: boolean;
  hubspotDefined: boolean;
  archived: boolean;
  archivedAt?: string;
  createdAt: string;
  updatedAt: string;
  createdUserId?: string;
  updatedUserId?: string;
  calculationFormula?: string;
  modificationMetadata: {
    archivable: boolean;
    readOnlyDefinition: boolean;
    readOnlyValue: boolean;
    readOnlyOptions: boolean;
  };
  dataSensitivity: string;
};

export type PropertyGroup = { name: string; label: string; displayOrder: number; archived: boolean };

/** Who did it, in the two spellings HubSpot has: webhooks say changeSource, the history says sourceType. */
export type Source = { changeSource: string; sourceId: string; userId?: number };

export type HistoryEntry = {
  value: string;
  at: number;
  source: Source;
};

export type CrmRecord = {
  id: string;
  properties: Map<string, string>;
  history: Map<string, HistoryEntry[]>;
  createdAt: number;
  updatedAt: number;
  archivedAt?: number;
  /** What a search still sees until `indexedFrom`; `null` for a record it does not know yet. */
  indexed?: { properties: Map<string, string> | null; indexedFrom: number };
};

export type Table = {
  type: ObjectType;
  records: Map<string, CrmRecord>;
  archived: Map<string, CrmRecord>;
  /** Ids in the order of birth; those that are gone are skipped when read. */
  order: number[];
  definitions: Map<string, PropertyDefinition>;
  archivedDefinitions: Map<string, PropertyDefinition>;
  groups: Map<string, PropertyGroup>;
  /** Unique property -> value in lower case -> record id. */
  unique: Map<string, Map<string, string>>;
  /** A merged record's id leads to the one that took it in. */
  mergedInto: Map<string, string>;
};

export type ChangeKind =
  | "creation"
  | "propertyChange"
  | "deletion"
  | "merge"
  | "restore"
  | "associationChange"
  | "privacyDeletion";

/** One thing that happened, for webhooks and the journal. */
export type Change = {
  kind: ChangeKind;
  typeId: string;
  objectId: string;
  at: number;
  source: Source;
  propertyName?: string;
  propertyValue?: string;
  extra?: Record<string, unknown>;
};

export type Owner = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  userId: number;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
};

export type SubscriptionType = {
  id: string;
  name: string;
  description: string;
  purpose: string;
  isInternal: boolean;
  createdAt: string;
};

export type Consent = { status: string; legalBasis?: string; legalBasisExplanation?: string; at: number };

export type Stage = {
  id: string;
  label: string;
  displayOrder: number;
  metadata: Record<string, string>;
  archived: boolean;
  createdAt: string;
  updatedAt: string;
};

export type Pipeline = {
  id: string;
  label: string;
  displayOrder: number;
  stages: Stage[];
  archived: boolean;
  createdAt: string;
  updatedAt: string;
};

export type Form = { id: string; [field: string]: unknown };

export type Submission = {
  submittedAt: number;
  values: { name: string; value: string; objectTypeId: string }[];
  pageUrl?: string;
};

/** A list of contacts, and when each came onto it. */
export type ContactList = {
  listId: string;
  name: string;
  objectTypeId: string;
  processingType: string;
  createdAt: string;
  updatedAt: string;
  members: Map<string, number>;
};

export type Account = {
  portalId: number;
  appId: number;
  userId: number;
  timeZone: string;
  now: () => number;
  lastId: number;
  tables: Map<string, Table>;
  /** `0-1/101` -> type id of the other end -> record id -> association type ids. */
  links: Map<string, Map<string, Map<string, Set<number>>>>;
  labels: AssociationLabel[];
  owners: Map<string, Owner>;
  pipelines: Map<string, Map<string, Pipeline>>;
  subscriptionTypes: SubscriptionType[];
  /** E-mail in lower case -> subscription id (or `all`) -> what was said last. */
  consents: Map<string, Map<string, Consent>>;
  forms: Map<string, Form>;
  submissions: Map<string, Submission[]>;
  lists: Map<string, ContactList>;
  emailEvents: EmailEvent[];
  flows: Map<string, Record<string, unknown>>;
  timeline: { templates: Map<string, Record<string, unknown>>; events: Map<string, Record<string, unknown>> };
  /** Custom workflow actions: what apps defined by id, and what was called by callback. */
  actions: { definitions: Map<string, ActionDefinition>; executions: Map<string, ActionExecution> };
  customEvents: Record<string, unknown>[];
  /** How long a write stays invisible to search. */
  indexDelayMs: () => number;
  /** Asked before an id is given (see id-reservation.ts). */
  reserveId: (id: number) => void;
  /** Told of every change, in order, at once. */
  listeners: ((change: Change) => void)[];
};

export type AccountIdentity = Pick<
  Account,
  "portalId" | "appId" | "userId" | "timeZone" | "now" | "indexDelayMs" | "reserveId"
>;

export const isoOf = (at: number): string => new Date(at).toISOString();

function emptyTable(type: ObjectType, at: string): Table {
  const definitions = standardProperties(type, at);
  const groupName = standardGroupName(type);
  const label = `${type.singular[0]?.toUpperCase()}${type.singular.slice(1).replaceAll("_", " ")} information`;
  return {
    type,
    records: new Map(),
    archived: new Map(),
    order: [],
    definitions: new Map(definitions.map((definition) => [definition.name, definition])),
    archivedDefinitions: new Map(),
    groups: new Map([[groupName, { name: groupName, label, displayOrder: 0, archived: false }]]),
    unique: new Map(definitions.filter((d) => d.hasUniqueValue).map((d) => [d.name, new Map()])),
    mergedInto: new Map(),
  };
}

export function emptyAccount(identity: AccountIdentity): Account {
  const at = isoOf(identity.now());
  const owner = { id: "71", email: "sales@example.com", firstName: "Sam", lastName: "Rivers", userId: identity.userId };
  return {
    ...identity,
    lastId: 100,
    tables: new Map(OBJECT_TYPES.map((type) => [type.typeId, emptyTable(type, at)])),
    links: new Map(),
    labels: [],
    owners: new Map([[owner.id, { ...owner, createdAt: at, updatedAt: at, archived: false }]]),
    pipelines: standardPipelines(at),
    subscriptionTypes: [
      {
        id: "9001",
        name: "Marketing Information",
        description: "Marketing offers and updates.",
        purpose: "Marketing",
        isInternal: false,
        createdAt: at,
      },
      {
        id: "9002",
        name: "One to One",
        description: "One to One emails",
        purpose: "Sales",
        isInternal: true,
        createdAt: at,
      },
    ],
    consents: new Map(),
    forms: new Map(),
    submissions: new Map(),
    lists: new Map(),
    emailEvents: [],
    flows: new Map(),
    timeline: { templates: new Map(), events: new Map() },
    actions: { definitions: new Map(), executions: new Map() },
    customEvents: [],
    listeners: [],
  };
}

function standardPipelines(at: string): Map<string, Map<string, Pipeline>> {
  const pipeline = (id: string, label: string, stages: [string, string, Record<string, string>][]): Pipeline => ({
    id,
    label,
    displayOrder: 0,
    archived: false,
    createdAt: at,
    updatedAt: at,
    stages: stages.map(([stageId, stageLabel, metadata], displayOrder) => ({
      id: stageId,
      label: stageLabel,
      displayOrder,
      metadata,
      archived: false,
      createdAt: at,
      updatedAt: at,
    })),
  });
  const deals = pipeline("default", "Sales Pipeline", [
    ["appointmentscheduled", "Appointment Scheduled", { isClosed: "false", probability: "0.2" }],
    ["qualifiedtobuy", "Qualified To Buy", { isClosed: "false", probability: "0.4" }],
    ["closedwon", "Closed Won", { isClosed: "true", probability: "1.0" }],
    ["closedlost", "Closed Lost", { isClosed: "true", probability: "0.0" }],
  ]);
  const tickets = pipeline("0", "Support Pipeline", [
    ["1", "New", { ticketState: "OPEN" }],
    ["4", "Closed", { ticketState: "CLOSED" }],
  ]);
  return new Map([
    ["0-3", new Map([[deals.id, deals]])],
    ["0-5", new Map([[tickets.id, tickets]])],
  ]);
}

/** The table of a type in any spelling; undefined for a name HubSpot would not know. */
export function tableOf(account: Account, spelling: string): Table | undefined {
  const type = objectTypeOf(spelling);
  return type === undefined ? undefined : account.tables.get(type.typeId);
}

export function nextId(account: Account): string {
  account.reserveId(account.lastId + 1);
  account.lastId += 1;
  return String(account.lastId);
}

export function tell(account: Account, change: Change): void {
  for (const listener of account.listeners) listener(change);
}

export function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const held = map.get(key);
  if (held !== undefined) return held;
  const made = make();
  map.set(key, made);
  return made;
}

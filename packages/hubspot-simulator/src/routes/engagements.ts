/** The old form of notes and tasks, which the official MCP server still speaks: one body with engagement, links, metadata. */
import { z } from "zod";
import { type Account, type CrmRecord, isoOf, type Source, type Table } from "../account/account.ts";
import { link, linksOf } from "../account/associations.ts";
import { COMPANY, CONTACT, NOTE, TASK } from "../account/object-types.ts";
import { applyCreate, applyUpdate, archiveRecord, checkCreate, checkUpdate, findRecord } from "../account/records.ts";
import { invalid, notFound } from "../http/api-error.ts";
import { type Answer, type Call, neededTable, nothing, ok, parsed, type Route } from "../http/route.ts";

const ids = z.array(z.union([z.number(), z.string()]).transform(String)).nullish();
const linksSchema = z.object({ contactIds: ids, companyIds: ids, dealIds: ids, ticketIds: ids, ownerIds: ids });
const metadataSchema = z.looseObject({
  body: z.string().nullish(),
  subject: z.string().nullish(),
  status: z.string().nullish(),
  forObjectType: z.string().nullish(),
});
const engagementSchema = z.looseObject({
  active: z.boolean().nullish(),
  ownerId: z.union([z.number(), z.string()]).nullish(),
  type: z.string().nullish(),
  timestamp: z.number().nullish(),
});
const createSchema = z.object({
  engagement: engagementSchema.extend({ type: z.string() }),
  associations: linksSchema.nullish(),
  metadata: metadataSchema.nullish(),
});
const updateSchema = z.object({
  engagement: engagementSchema.nullish(),
  associations: linksSchema.nullish(),
  metadata: metadataSchema.nullish(),
});

const ENDS = { contactIds: CONTACT, companyIds: COMPANY, dealIds: "0-3", ticketIds: "0-5" } as const;
type Given = z.infer<typeof updateSchema>;

function propertiesOf(typeId: string, { engagement, metadata }: Given): Map<string, string> {
  const names: [string, unknown][] =
    typeId === TASK
      ? [
          ["hs_task_subject", metadata?.subject],
          ["hs_task_body", metadata?.body],
          ["hs_task_status", metadata?.status],
        ]
      : [["hs_note_body", metadata?.body]];
  names.push(["hubspot_owner_id", engagement?.ownerId], ["hs_timestamp", engagement?.timestamp]);
  return new Map(
    names.flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, String(value)]])),
  );
}

/** Empty lists leave alone what is there. */
function linkAll(account: Account, table: Table, record: CrmRecord, given: Given["associations"], source: Source) {
  for (const [field, toType] of Object.entries(ENDS)) {
    for (const toId of given?.[field as keyof typeof ENDS] ?? []) {
      if (findRecord(neededTable(account, toType), toId) === undefined) continue;
      link(account, { fromType: table.type.typeId, fromId: record.id, toType, toId }, [], source);
    }
  }
}

function shown(account: Account, table: Table, record: CrmRecord) {
  const isTask = table.type.typeId === TASK;
  const value = (name: string): string | undefined => record.properties.get(name);
  const associations = Object.entries(ENDS).map(([field, toType]) => [
    field,
    [...linksOf(account, table.type.typeId, record.id, toType).keys()].map(Number),
  ]);
  const ownerId = value("hubspot_owner_id");
  return {
    engagement: {
      id: Number(record.id),
      portalId: account.portalId,
      active: true,
      createdAt: record.createdAt,
      lastUpdated: record.updatedAt,
      ...(ownerId === undefined ? {} : { ownerId: Number(ownerId) }),
      type: isTask ? "TASK" : "NOTE",
      timestamp: Date.parse(value("hs_timestamp") ?? isoOf(record.createdAt)),
      source: "API",
    },
    associations: { ...Object.fromEntries(associations), ownerIds: [], workflowIds: [] },
    attachments: [],
    metadata: isTask
      ? {
          body: value("hs_task_body") ?? "",
          subject: value("hs_task_subject") ?? "",
          status: value("hs_task_status") ?? "NOT_STARTED",
          taskType: value("hs_task_type") ?? "TODO",
          forObjectType: "CONTACT",
        }
      : { body: value("hs_note_body") ?? "" },
  };
}

function tableOfKind(account: Account, kind: string): Table {
  if (kind !== "TASK" && kind !== "NOTE") throw invalid(`Engagement type ${kind} is not supported here`);
  return neededTable(account, kind === "TASK" ? TASK : NOTE);
}

function create({ account, body, source }: Call): Answer {
  const given = parsed(createSchema, body);
  const table = tableOfKind(account, given.engagement.type);
  const properties = propertiesOf(table.type.typeId, given);
  if (!properties.has("hs_timestamp")) properties.set("hs_timestamp", String(account.now()));
  const record = applyCreate(account, table, checkCreate(account, table, properties, new Set()), source);
  linkAll(account, table, record, given.associations, source);
  return ok(shown(account, table, record));
}

function needed({ account, params }: Call): { table: Table; record: CrmRecord } {
  for (const typeId of [TASK, NOTE]) {
    const table = neededTable(account, typeId);
    const record = table.records.get(params.id ?? "");
    if (record !== undefined) return { table, record };
  }
  throw notFound("engagement does not exist");
}

function read(call: Call): Answer {
  const { table, record } = needed(call);
  return ok(shown(call.account, table, record));
}

function update(call: Call): Answer {
  const { account, body, source } = call;
  const { table, record } = needed(call);
  const given = parsed(updateSchema, body);
  const properties = propertiesOf(table.type.typeId, given);
  applyUpdate(account, table, checkUpdate(account, table, record, properties, new Set()), source);
  linkAll(account, table, record, given.associations, source);
  return ok(shown(account, table, record));
}

function remove(call: Call): Answer {
  const { table, record } = needed(call);
  archiveRecord(call.account, table, record, call.source);
  return nothing();
}

export function engagementRoutes(): Route[] {
  const root = "/engagements/v1/engagements";
  return [
    { method: "POST", path: root, handle: create },
    { method: "GET", path: `${root}/:id`, handle: read },
    { method: "PATCH", path: `${root}/:id`, handle: update },
    { method: "DELETE", path: `${root}/:id`, handle: remove },
  ];
}

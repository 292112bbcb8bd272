/** Property definitions and their groups, which everything written has to fit. */
import { z } from "zod";
import { isoOf, type PropertyDefinition, type Table } from "../account/account.ts";
import { ApiError, invalid, notFound } from "../http/api-error.ts";
import type { Family } from "../http/families.ts";
import {
  type Answer,
  type Call,
  created,
  isTrue,
  neededTable,
  nothing,
  ok,
  parsed,
  type Route,
} from "../http/route.ts";

const NAME = /^[a-z][a-z0-9_]{0,99}$/;
const MAX_UNIQUE = 10;
const BATCH = 100;

const optionSchema = z.object({
  label: z.string(),
  value: z.string(),
  displayOrder: z.number().int().nullish(),
  hidden: z.boolean().nullish(),
  description: z.string().nullish(),
});
const optionsSchema = z.array(optionSchema).max(5_000);
const TYPES = ["string", "number", "bool", "date", "datetime", "enumeration", "phone_number"] as const;
const FIELD_TYPES = [
  "text",
  "textarea",
  "html",
  "number",
  "select",
  "radio",
  "checkbox",
  "booleancheckbox",
  "date",
  "file",
  "phonenumber",
  "calculation_equation",
] as const;
const createSchema = z.object({
  name: z.string(),
  label: z.string().min(1),
  type: z.enum(TYPES),
  fieldType: z.enum(FIELD_TYPES),
  groupName: z.string(),
  description: z.string().nullish(),
  options: optionsSchema.nullish(),
  displayOrder: z.number().int().nullish(),
  hidden: z.boolean().nullish(),
  formField: z.boolean().nullish(),
  hasUniqueValue: z.boolean().nullish(),
  externalOptions: z.boolean().nullish(),
  calculationFormula: z.string().nullish(),
});
const updateSchema = createSchema
  .omit({ name: true, hasUniqueValue: true, externalOptions: true })
  .partial()
  .extend({ label: z.string().min(1).nullish() });
const groupSchema = z.object({ name: z.string(), label: z.string().min(1), displayOrder: z.number().int().nullish() });
const groupUpdateSchema = z.object({ label: z.string().min(1).nullish(), displayOrder: z.number().int().nullish() });
const createBatchSchema = z.object({ inputs: z.array(createSchema).min(1).max(BATCH) });
const namesSchema = z.object({
  inputs: z
    .array(z.object({ name: z.string() }))
    .min(1)
    .max(BATCH),
  archived: z.boolean().nullish(),
});

type Creation = z.infer<typeof createSchema>;

function keptOptions(options: z.infer<typeof optionsSchema> | null | undefined) {
  return (options ?? []).map((option, index) => ({
    label: option.label,
    value: option.value,
    displayOrder: option.displayOrder ?? index,
    hidden: option.hidden ?? false,
    description: option.description ?? "",
  }));
}

function checkCreation(table: Table, given: Creation): void {
  if (!NAME.test(given.name)) {
    throw invalid(
      `Property name "${given.name}" is invalid. Names must be lower case, start with a letter and contain only letters, digits and underscores.`,
    );
  }
  if (table.definitions.has(given.name)) {
    throw new ApiError(409, {
      message: `A property named '${given.name}' already exists.`,
      category: "OBJECT_ALREADY_EXISTS",
      subCategory: "Properties.PROPERTY_WITH_NAME_EXISTS",
    });
  }
  if (!table.groups.has(given.groupName)) throw invalid(`Property group '${given.groupName}' does not exist`);
  if (given.type === "enumeration" && !given.externalOptions && !given.options?.length) {
    throw invalid("An enumeration property needs options", {
      errors: [{ message: "options", code: "INVALID_OPTIONS" }],
    });
  }
  const values = given.options?.map(({ value }) => value) ?? [];
  if (new Set(values).size < values.length) throw invalid("Property option values must be unique");
  if (given.type === "bool" && !(values.includes("true") && values.includes("false"))) {
    throw invalid("Boolean properties must have exactly two options: true and false");
  }
  const ownUnique = [...table.definitions.values()].filter((d) => d.hasUniqueValue && !d.hubspotDefined);
  if (given.hasUniqueValue && ownUnique.length >= MAX_UNIQUE) {
    throw invalid(`At most ${MAX_UNIQUE} unique properties are allowed per object`);
  }
}

/** Makes the definition; the seed and the page use it too. */
export function createProperty(table: Table, given: Creation, now: number, userId: number): PropertyDefinition {
  checkCreation(table, given);
  const at = isoOf(now);
  const definition: PropertyDefinition = {
    name: given.name,
    label: given.label,
    type: given.type,
    fieldType: given.fieldType,
    description: given.description ?? "",
    groupName: given.groupName,
    options: keptOptions(given.options),
    displayOrder: given.displayOrder ?? -1,
    calculated: given.fieldType === "calculation_equation",
    externalOptions: given.externalOptions ?? false,
    hasUniqueValue: given.hasUniqueValue ?? false,
    hidden: given.hidden ?? false,
    formField: given.formField ?? false,
    hubspotDefined: false,
    archived: false,
    createdAt: at,
    updatedAt: at,
    createdUserId: String(userId),
    updatedUserId: String(userId),
    ...(given.calculationFormula ? { calculationFormula: given.calculationFormula } : {}),
    modificationMetadata: {
      archivable: true,
      readOnlyDefinition: false,
      readOnlyValue: given.fieldType === "calculation_equation",
      readOnlyOptions: false,
    },
    dataSensitivity: "non_sensitive",
  };
  table.definitions.set(definition.name, definition);
  table.archivedDefinitions.delete(definition.name);
  if (definition.hasUniqueValue) table.unique.set(definition.name, new Map());
  return definition;
}

function neededDefinition(table: Table, name: string | undefined, isArchived = false): PropertyDefinition {
  const definition = (isArchived ? table.archivedDefinitions : table.definitions).get(name ?? "");
  if (definition === undefined) {
    throw notFound(`Property "${name}" does not exist`, { subCategory: "Properties.PROPERTY_NOT_FOUND" });
  }
  return definition;
}

function archiveDefinition(table: Table, definition: PropertyDefinition, now: number): void {
  if (!definition.modificationMetadata.archivable) {
    throw invalid(`Property "${definition.name}" is defined by HubSpot and cannot be archived`);
  }
  table.definitions.delete(definition.name);
  table.unique.delete(definition.name);
  table.archivedDefinitions.set(definition.name, { ...definition, archived: true, archivedAt: isoOf(now) });
  for (const record of table.records.values()) record.properties.delete(definition.name);
}

function create({ account, params, body }: Call): Answer {
  const table = neededTable(account, params.type);
  return created(createProperty(table, parsed(createSchema, body), account.now(), account.userId));
}

function list({ account, params, query }: Call): Answer {
  const table = neededTable(account, params.type);
  const held = isTrue(query, "archived") ? table.archivedDefinitions : table.definitions;
  return ok({ results: [...held.values()] });
}

function read({ account, params, query }: Call): Answer {
  return ok(neededDefinition(neededTable(account, params.type), params.name, isTrue(query, "archived")));
}

function update({ account, params, body }: Call): Answer {
  const table = neededTable(account, params.type);
  const definition = neededDefinition(table, params.name);
  if (definition.hubspotDefined) throw invalid(`Property "${definition.name}" is read only`);
  const { options, groupName, ...rest } = parsed(updateSchema, body);
  if (groupName !== undefined && !table.groups.has(groupName)) {
    throw invalid(`Property group '${groupName}' does not exist`);
  }
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== null));
  Object.assign(definition, given, groupName === undefined ? {} : { groupName });
  if (options) definition.options = keptOptions(options);
  definition.updatedAt = isoOf(account.now());
  return ok(definition);
}

function archive({ account, params }: Call): Answer {
  const table = neededTable(account, params.type);
  archiveDefinition(table, neededDefinition(table, params.name), account.now());
  return nothing();
}

const batchBody = (call: Call, startedAt: number, results: unknown[], missing: string[]) => ({
  status: "COMPLETE",
  results,
  ...(missing.length > 0
    ? {
        numErrors: 1,
        errors: [
          {
            status: "error",
            category: "OBJECT_NOT_FOUND",
            message: "Could not get some properties, they may be deleted or not exist. Check that names are valid.",
            context: { ids: missing },
          },
        ],
      }
    : {}),
  startedAt: isoOf(startedAt),
  completedAt: isoOf(call.account.now()),
});

const batchCreate =
  (code: number) =>
  (call: Call): Answer => {
    const { account, params, body } = call;
    const startedAt = account.now();
    const table = neededTable(account, params.type);
    const { inputs } = parsed(createBatchSchema, body);
    for (const input of inputs) checkCreation(table, input);
    const results = inputs.map((input) => createProperty(table, input, account.now(), account.userId));
    return { status: code, body: batchBody(call, startedAt, results, []) };
  };

function batchRead(call: Call): Answer {
  const { account, params, body } = call;
  const startedAt = account.now();
  const table = neededTable(account, params.type);
  const { inputs, archived } = parsed(namesSchema, body);
  const held = archived ? table.archivedDefinitions : table.definitions;
  const results = inputs.flatMap(({ name }) => held.get(name) ?? []);
  const missing = inputs.map(({ name }) => name).filter((name) => !held.has(name));
  return { status: missing.length > 0 ? 207 : 200, body: batchBody(call, startedAt, results, missing) };
}

function batchArchive({ account, params, body }: Call): Answer {
  const table = neededTable(account, params.type);
  const found = parsed(namesSchema, body).inputs.flatMap(({ name }) => table.definitions.get(name) ?? []);
  for (const definition of found) archiveDefinition(table, definition, account.now());
  return nothing();
}

function listGroups({ account, params }: Call): Answer {
  return ok({ results: [...neededTable(account, params.type).groups.values()] });
}

function neededGroup(table: Table, name: string | undefined) {
  const group = table.groups.get(name ?? "");
  if (group === undefined) throw notFound(`Property group "${name}" does not exist`);
  return group;
}

function readGroup({ account, params }: Call): Answer {
  return ok(neededGroup(neededTable(account, params.type), params.name));
}

function createGroup({ account, params, body }: Call): Answer {
  const table = neededTable(account, params.type);
  const { name, label, displayOrder } = parsed(groupSchema, body);
  if (!NAME.test(name)) throw invalid(`Property group name "${name}" is invalid`);
  if (table.groups.has(name)) {
    throw new ApiError(409, {
      message: `A property group named '${name}' already exists.`,
      category: "OBJECT_ALREADY_EXISTS",
      subCategory: "Properties.GROUP_WITH_NAME_EXISTS",
    });
  }
  const group = { name, label, displayOrder: displayOrder ?? -1, archived: false };
  table.groups.set(name, group);
  return created(group);
}

function updateGroup({ account, params, body }: Call): Answer {
  const group = neededGroup(neededTable(account, params.type), params.name);
  const { label, displayOrder } = parsed(groupUpdateSchema, body);
  group.label = label ?? group.label;
  group.displayOrder = displayOrder ?? group.displayOrder;
  return ok(group);
}

function deleteGroup({ account, params }: Call): Answer {
  const table = neededTable(account, params.type);
  const group = neededGroup(table, params.name);
  if ([...table.definitions.values()].some(({ groupName }) => groupName === group.name)) {
    throw invalid(`Property group "${group.name}" still has properties and cannot be deleted`);
  }
  table.groups.delete(group.name);
  return nothing();
}

export function propertyRoutes({ properties, codes }: Family): Route[] {
  const all = `${properties}/:type`;
  return [
    { method: "POST", path: all, handle: create },
    { method: "GET", path: all, handle: list },
    { method: "GET", path: `${all}/:name`, handle: read },
    { method: "PATCH", path: `${all}/:name`, handle: update },
    { method: "DELETE", path: `${all}/:name`, handle: archive },
    { method: "POST", path: `${all}/batch/create`, handle: batchCreate(codes.propertyBatchCreate) },
    { method: "POST", path: `${all}/batch/read`, handle: batchRead },
    { method: "POST", path: `${all}/batch/archive`, handle: batchArchive },
    { method: "GET", path: `${all}/groups`, handle: listGroups },
    { method: "POST", path: `${all}/groups`, handle: createGroup },
    { method: "GET", path: `${all}/groups/:name`, handle: readGroup },
    { method: "PATCH", path: `${all}/groups/:name`, handle: updateGroup },
    { method: "DELETE", path: `${all}/groups/:name`, handle: deleteGroup },
  ];
}

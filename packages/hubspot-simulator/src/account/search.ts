/** Search: filter groups, free text, one sort, pages by offset. Sees the index, which lags behind the records. */
import { z } from "zod";
import { invalid } from "../http/api-error.ts";
import type { Account, CrmRecord, Table } from "./account.ts";
import { linksOf } from "./associations.ts";
import { objectTypeOf } from "./object-types.ts";
import { timeOf } from "./values.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const filterSchema = z.object({
  propertyName: z.string().max(200),
  operator: z.string(),
  value: scalar.nullish(),
  highValue: scalar.nullish(),
  values: z.array(scalar).max(1000).nullish(),
});
const filtersSchema = z.array(filterSchema);

export const searchSchema = z.object({
  query: z.string().nullish(),
  filterGroups: z.array(z.object({ filters: filtersSchema })).nullish(),
  filters: filtersSchema.nullish(),
  sorts: z
    .array(z.union([z.string(), z.object({ propertyName: z.string(), direction: z.string().default("ASCENDING") })]))
    .nullish(),
  properties: z.array(z.string()).nullish(),
  limit: z.coerce.number().int().nullish(),
  after: scalar.nullish(),
});
export type SearchBody = z.infer<typeof searchSchema>;
type Filter = z.infer<typeof filterSchema>;

type Values = ReadonlyMap<string, string>;
type Test = (values: Values, record: CrmRecord) => boolean;

const MAX_RESULTS = 10_000;
const LARGEST_PAGE = 200;
const MAX_QUERY_LENGTH = 3_000;
const MOST = { groups: 5, filtersPerGroup: 6, filters: 18 };

function checkLimits(body: SearchBody, groups: Filter[][]): { limit: number; offset: number } {
  const limit = body.limit ?? 10;
  const offset = Number(body.after ?? 0);
  if (limit < 1 || limit > LARGEST_PAGE)
    throw invalid(`The limit must be between 1 and ${LARGEST_PAGE}, but was ${limit}`);
  if (!Number.isInteger(offset) || offset < 0) throw invalid(`Invalid after: ${body.after}`);
  if (offset + limit > MAX_RESULTS) throw invalid(`The search may page through at most ${MAX_RESULTS} results`);
  if ((body.query?.length ?? 0) > MAX_QUERY_LENGTH)
    throw invalid(`query may have at most ${MAX_QUERY_LENGTH} characters`);
  if ((body.sorts?.length ?? 0) > 1) throw invalid("Only one sort is supported");
  if (groups.length > MOST.groups) throw invalid(`At most ${MOST.groups} filterGroups are allowed`);
  if (groups.some((filters) => filters.length > MOST.filtersPerGroup)) {
    throw invalid(`At most ${MOST.filtersPerGroup} filters are allowed in a filterGroup`);
  }
  if (groups.flat().length > MOST.filters) throw invalid(`At most ${MOST.filters} filters are allowed`);
  return { limit, offset };
}

/** Numbers and times compare by size, all else as text in lower case. */
function comparable(table: Table, name: string, text: string): number | string {
  const type = table.definitions.get(name)?.type;
  if (type === "number") return Number(text);
  if (type === "date" || type === "datetime") return timeOf(text) ?? Number.NaN;
  return text.toLowerCase();
}

function tokensOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}*]+/u)
    .filter((token) => token !== "");
}

/** Words of the value in any place; `*` stands for any rest of a word. No regular expression from outside is built. */
function containsToken(value: string, wanted: string): boolean {
  const words = tokensOf(value);
  return tokensOf(wanted).every((token) => words.some((word) => matchesWildcard(word, token)));
}

function matchesWildcard(word: string, pattern: string): boolean {
  const parts = pattern.split("*");
  if (parts.length === 1) return word === pattern;
  const [first = ""] = parts;
  const last = parts.at(-1) ?? "";
  if (!word.startsWith(first) || !word.endsWith(last) || word.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = word.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= word.length - last.length;
}

function associationTest(account: Account, table: Table, filter: Filter): Test {
  const other = objectTypeOf(filter.propertyName.slice("associations.".length));
  if (other === undefined)
    throw invalid(`There was a problem with the request: unknown property ${filter.propertyName}`);
  const idsOf = (record: CrmRecord) => linksOf(account, table.type.typeId, record.id, other.typeId);
  switch (filter.operator) {
    case "EQ":
      return (_, record) => idsOf(record).has(filter.value ?? "");
    case "NEQ":
      return (_, record) => !idsOf(record).has(filter.value ?? "");
    case "IN":
      return (_, record) => (filter.values ?? []).some((id) => idsOf(record).has(id));
    case "HAS_PROPERTY":
      return (_, record) => idsOf(record).size > 0;
    case "NOT_HAS_PROPERTY":
      return (_, record) => idsOf(record).size === 0;
    default:
      throw invalid(`Operator ${filter.operator} is not supported for ${filter.propertyName}`);
  }
}

function orderTest(table: Table, name: string, isMet: (value: number | string) => boolean): Test {
  return (values) => {
    const text = values.get(name);
    return text !== undefined && isMet(comparable(table, name, text));
  };
}

function propertyTest(table: Table, filter: Filter): Test {
  const { propertyName: name, operator } = filter;
  const needed = (text: string | null | undefined, field: string): string => {
    if (text === null || text === undefined) throw invalid(`operator ${operator} requires a ${field}`);
    return text;
  };
  const wanted = (): number | string => comparable(table, name, needed(filter.value, "value"));
  const list = (): Set<number | string> => {
    if (!filter.values?.length) throw invalid(`operator ${operator} requires values`);
    return new Set(filter.values.map((value) => comparable(table, name, value)));
  };
  switch (operator) {
    case "EQ": {
      const value = wanted();
      return orderTest(table, name, (held) => held === value);
    }
    case "NEQ": {
      const value = wanted();
      return orderTest(table, name, (held) => held !== value);
    }
    case "LT": {
      const value = wanted();
      return orderTest(table, name, (held) => held < value);
    }
    case "LTE": {
      const value = wanted();
      return orderTest(table, name, (held) => held <= value);
    }
    case "GT": {
      const value = wanted();
      return orderTest(table, name, (held) => held > value);
    }
    case "GTE": {
      const value = wanted();
      return orderTest(table, name, (held) => held >= value);
    }
    case "BETWEEN": {
      const low = wanted();
      const high = comparable(table, name, needed(filter.highValue, "highValue"));
      return orderTest(table, name, (held) => held >= low && held <= high);
    }
    case "IN": {
      const values = list();
      return orderTest(table, name, (held) => values.has(held));
    }
    case "NOT_IN": {
      const values = list();
      return orderTest(table, name, (held) => !values.has(held));
    }
    case "HAS_PROPERTY":
      return (values) => values.has(name);
    case "NOT_HAS_PROPERTY":
      return (values) => !values.has(name);
    case "CONTAINS_TOKEN": {
      const token = needed(filter.value, "value");
      return (values) => containsToken(values.get(name) ?? "", token);
    }
    case "NOT_CONTAINS_TOKEN": {
      const token = needed(filter.value, "value");
      return (values) => !containsToken(values.get(name) ?? "", token);
    }
    default:
      throw invalid(`Invalid operator: ${operator}`);
  }
}

function testOf(account: Account, table: Table, filter: Filter): Test {
  if (filter.propertyName.startsWith("associations.")) return associationTest(account, table, filter);
  if (!table.definitions.has(filter.propertyName)) {
    throw invalid(`There was a problem with the request: unknown property ${filter.propertyName}`);
  }
  return propertyTest(table, filter);
}

/** What the index knows of a record now; undefined when it does not know it yet. */
function indexedValues(record: CrmRecord, now: number): Values | undefined {
  if (record.indexed === undefined) return record.properties;
  if (now < record.indexed.indexedFrom) return record.indexed.properties ?? undefined;
  delete record.indexed;
  return record.properties;
}

function queryTest(table: Table, query: string): Test {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return (values) => {
    const text = table.type.searchable
      .map((name) => values.get(name) ?? "")
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

function sorted(table: Table, hits: { record: CrmRecord; values: Values }[], sorts: SearchBody["sorts"]) {
  const [first] = sorts ?? [];
  if (first === undefined) return hits;
  const given = typeof first === "string" ? first : first.propertyName;
  const name = given.replace(/^-/, "");
  const isDescending = given.startsWith("-") || (typeof first !== "string" && /^desc/i.test(first.direction));
  const keyed = hits.map((hit) => {
    const text = hit.values.get(name);
    return { hit, key: text === undefined ? undefined : comparable(table, name, text) };
  });
  const sign = isDescending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === b.key) return 0;
    if (a.key === undefined) return 1;
    if (b.key === undefined) return -1;
    return a.key < b.key ? -sign : sign;
  });
  return keyed.map(({ hit }) => hit);
}

export type Found = { total: number; records: CrmRecord[]; after: string | undefined };

export function searchRecords(account: Account, table: Table, body: SearchBody): Found {
  const groups = (body.filterGroups ?? []).map(({ filters }) => filters);
  if (body.filters?.length) groups.push(body.filters);
  const { limit, offset } = checkLimits(body, groups);
  const tests = groups.map((filters) => filters.map((filter) => testOf(account, table, filter)));
  const textTest = body.query ? queryTest(table, body.query) : undefined;

  const now = account.now();
  const hits: { record: CrmRecord; values: Values }[] = [];
  for (const record of table.records.values()) {
    const values = indexedValues(record, now);
    if (values === undefined || (textTest && !textTest(values, record))) continue;
    if (tests.length > 0 && !tests.some((all) => all.every((test) => test(values, record)))) continue;
    hits.push({ record, values });
  }
  const page = sorted(table, hits, body.sorts).slice(offset, offset + limit);
  const end = offset + page.length;
  return {
    total: hits.length,
    records: page.map(({ record }) => record),
    after: end < hits.length ? String(end) : undefined,
  };
}

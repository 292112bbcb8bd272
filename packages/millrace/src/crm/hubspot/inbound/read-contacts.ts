/** Asking HubSpot about contacts: by id, by the time of their last change, or all of them page by page. Used by the waiting room, polling and `hubspot import`. */
import { type Answer, type HubspotFailure, isNotThere } from "../client/answer.ts";
import type { HubspotApi } from "../client/client.ts";
import { hasId } from "../client/listing.ts";
import type { ObjectType } from "../client/paths.ts";
import type { Urgency } from "../client/rate-pace.ts";
import type { TheirContact } from "./newcomer.ts";

export interface Page {
  readonly records: readonly TheirContact[];
  /** Where the next page begins; undefined on the last. */
  readonly after: string | undefined;
  /** Of a search. */
  readonly total?: number;
}

/** HubSpot reads at most so many at once. */
export const PAGE = 100;
const SEARCH_PAGE = 200;

/** At most 100 of them. Those that are gone are left out. */
export async function readContacts(
  api: HubspotApi,
  ids: readonly string[],
  properties: readonly string[],
): Promise<readonly TheirContact[] | HubspotFailure> {
  const answer = await api.request({
    method: "POST",
    path: api.paths.batch("contacts", "read"),
    body: { properties, propertiesWithHistory: [], inputs: ids.map((id) => ({ id })) },
    urgency: "urgent",
    kind: "other",
    isRepeatable: true,
    lists: "results",
  });
  // All of them unknown: some accounts answer 404 for the whole call.
  if (!answer.ok) return isNotThere(answer.failure) ? [] : answer.failure;
  const page = pageOf(answer);
  return "kind" in page ? page : page.records;
}

/** Every contact once, in the order of HubSpot's ids. */
export async function listContacts(
  api: HubspotApi,
  properties: readonly string[],
  after: string | undefined,
): Promise<Page | HubspotFailure> {
  const answer = await api.request({
    method: "GET",
    path: api.paths.objects("contacts"),
    query: { limit: String(PAGE), properties: properties.join(","), ...(after === undefined ? {} : { after }) },
    urgency: "bulk",
    kind: "other",
    lists: "results",
  });
  return answer.ok ? pageOf(answer) : answer.failure;
}

export interface ChangedSince {
  readonly type: Extract<ObjectType, "contacts" | "tasks" | "emails">;
  /** Milliseconds, by HubSpot's clock. */
  readonly since: number;
  readonly properties: readonly string[];
  readonly after: string | undefined;
  readonly urgency: Urgency;
  /** Beside the time. */
  readonly filters?: readonly object[];
}

/** Those changed since then, the oldest change first. HubSpot's index is some seconds late. */
export async function searchChanged(api: HubspotApi, wish: ChangedSince): Promise<Page | HubspotFailure> {
  const name = wish.type === "contacts" ? "lastmodifieddate" : "hs_lastmodifieddate";
  const answer = await api.request({
    method: "POST",
    path: api.paths.search(wish.type),
    body: {
      filterGroups: [
        { filters: [{ propertyName: name, operator: "GTE", value: String(wish.since) }, ...(wish.filters ?? [])] },
      ],
      sorts: [{ propertyName: name, direction: "ASCENDING" }],
      properties: wish.properties,
      limit: SEARCH_PAGE,
      ...(wish.after === undefined ? {} : { after: wish.after }),
    },
    urgency: wish.urgency,
    kind: "search",
    isRepeatable: true,
    lists: "results",
  });
  return answer.ok ? pageOf(answer) : answer.failure;
}

interface Found {
  readonly id: string | number;
  readonly properties?: Record<string, string | null>;
  readonly updatedAt?: string;
}

/** A record without an id is none: no one would know whose it is. */
function pageOf({ body, status }: Extract<Answer, { ok: true }>): Page | HubspotFailure {
  const { results, paging, total } = body as {
    results: readonly Found[];
    paging?: { next?: { after?: string } };
    total?: number;
  };
  if (!results.every(hasId))
    return { kind: "unavailable", status, message: "HubSpot's answer lists a record without an id." };
  return {
    records: results.map(({ id, properties = {}, updatedAt }) => ({
      id: String(id),
      properties,
      updatedAt: momentOf(properties.lastmodifieddate ?? properties.hs_lastmodifieddate ?? updatedAt),
    })),
    after: paging?.next?.after,
    ...(total === undefined ? {} : { total }),
  };
}

function momentOf(text: string | null | undefined): number {
  const at = /^\d+$/.test(text ?? "") ? Number(text) : Date.parse(text ?? "");
  return Number.isFinite(at) ? at : 0;
}

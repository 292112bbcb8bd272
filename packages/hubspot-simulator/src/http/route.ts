/** The shape of an endpoint. Routes are plain data: what to listen for, who may, which limit counts it, what to answer. */
import type { z } from "zod";
import type { Account, Source, Table } from "../account/account.ts";
import { tableOf } from "../account/account.ts";
import { invalid, unknownType } from "./api-error.ts";

/** A call that was let in. `source` is who it is, for histories and webhooks. */
export type Call = {
  account: Account;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: unknown;
  source: Source;
  /** Beginning of links in answers, as the caller addressed us. */
  origin: string;
  path: string;
  /** Whether a fault makes this item of a batch fail. */
  strikesItem: () => boolean;
};

export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

export type Route = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  handle: (call: Call) => Answer;
  /** Default `token`; `app`: a token the app got for its id and secret. */
  access?: "token" | "app" | "developer-key" | "open";
  /** Which limit counts the call beside the usual two. Open forms count for nothing else. */
  limit?: "search" | "forms" | "none";
  /** Default JSON. A form arrives as URLSearchParams. */
  body?: "form";
  /** Scopes of which the token needs one; `{type}` in them becomes the plural name of the path's type. */
  scopes?: readonly string[];
};

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const nothing = (): Answer => ({ status: 204 });

/** Parses a body; HubSpot names missing fields and is silent about fields it does not know. */
export function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.join(".") ?? "";
  const isMissing = issue?.code === "invalid_type" && /received undefined/.test(issue.message);
  const problem = isMissing ? `Some required fields were not set: [${path}]` : `${path || "body"}: ${issue?.message}`;
  throw invalid(`Invalid input JSON on line 1, column 1: ${problem}`);
}

/** HubSpot takes `a=1&a=2` and `a=1,2` alike. */
export function listOf(query: URLSearchParams, name: string): string[] | undefined {
  const all = query.getAll(name).flatMap((text) => text.split(","));
  const named = all.map((text) => text.trim()).filter((text) => text !== "");
  return named.length === 0 ? undefined : named;
}

export function isTrue(query: URLSearchParams, name: string): boolean {
  return query.get(name) === "true";
}

export function limitOf(query: URLSearchParams, standard: number, most: number): number {
  const text = query.get("limit");
  if (text === null) return standard;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw invalid(`Invalid limit: ${text}`);
  return Math.min(limit, most);
}

export function neededTable(account: Account, spelling: string | undefined): Table {
  const table = tableOf(account, spelling ?? "");
  if (table === undefined) throw unknownType(spelling ?? "");
  return table;
}

/** The next page's address, with everything else of the query kept. */
export function nextPage(call: Call, after: string) {
  const query = new URLSearchParams(call.query);
  query.set("after", after);
  return { next: { after, link: `${call.origin}${call.path}?${query}` } };
}

/** A page of a list that is at hand; `after` is an offset. */
export function pageOf<T>(call: Call, items: readonly T[], standard: number, most: number) {
  const limit = limitOf(call.query, standard, most);
  const offset = Number(call.query.get("after") ?? 0);
  if (!Number.isInteger(offset) || offset < 0) throw invalid(`Invalid after: ${call.query.get("after")}`);
  const results = items.slice(offset, offset + limit);
  const end = offset + results.length;
  return { results, ...(end < items.length ? { paging: nextPage(call, String(end)) } : {}) };
}

/**
 * Answers that list something. What a list does not name is taken for gone, so an answer counts as one only when it says that it
 * is: an empty object, an error with status 200, or a page that leads to itself are none. Called by client.ts for calls that say what they list.
 */
import { type Answer, failed, type HubspotFailure } from "./answer.ts";

/**
 * @param named under which name the answer lists it.
 * @param after where the page that was asked for begins; undefined for the first.
 */
export function checkedListing(answer: Answer, named: string, after: string | undefined): Answer {
  if (!answer.ok) return answer;
  const fault = faultOf(answer.body, named, after);
  if (fault !== undefined) return failed("unavailable", answer.status, `HubSpot's answer to a list ${fault}.`);
  const failure = unreadIn(answer.body);
  return failure === undefined ? answer : { ok: false, failure };
}

/** A record that could not be read is not one that HubSpot does not have. @returns why not all that are there were read. */
export function unreadIn(body: unknown): HubspotFailure | undefined {
  const { errors, numErrors } = body as { readonly errors?: unknown; readonly numErrors?: unknown };
  const named = Array.isArray(errors) ? errors.filter(isObject) : [];
  const unread = named.find(({ category }) => category !== "OBJECT_NOT_FOUND");
  if (unread === undefined && !(Number(numErrors) > 0 && named.length === 0)) return undefined;
  const { message = "HubSpot does not say which records were not read, and why.", category } = unread ?? {};
  return {
    kind: "unavailable",
    status: 207,
    message: String(message).slice(0, 500),
    ...(typeof category === "string" ? { category } : {}),
  };
}

/** HubSpot writes ids as texts, elsewhere as numbers. */
export function hasId({ id }: { readonly id?: unknown }): boolean {
  return (typeof id === "string" && id !== "") || typeof id === "number";
}

function faultOf(body: unknown, named: string, after: string | undefined): string | undefined {
  const listed = isObject(body) ? body[named] : undefined;
  if (!isObject(body) || !Array.isArray(listed)) return `names no ${named}`;
  if (!listed.every(isObject)) return `names ${named} that are none`;
  if (body.status !== undefined && body.status !== "COMPLETE")
    return `is not the end of it: ${String(body.status).slice(0, 50)}`;
  const { paging } = body;
  const next = isObject(paging) && isObject(paging.next) ? paging.next.after : undefined;
  return next !== undefined && String(next) === after ? "leads to the page that was asked for" : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

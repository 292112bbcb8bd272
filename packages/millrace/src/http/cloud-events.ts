/**
 * Events from outside in every form CloudEvents 1.0 has over HTTP (binary, structured, batch), and in our own plain
 * one. Source: CloudEvents 1.0.2, "HTTP Protocol Binding" and "JSON Event Format".
 */
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { parseEmailAddress } from "../base/email-address.ts";
import { MillraceError } from "../base/errors.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { ContactReference, Json, NewEvent } from "../events/event.ts";
import { parseJson } from "./body.ts";
import { cloudEvent, plainEvent } from "./contract.ts";
import { Problem } from "./problem.ts";

export const MAX_EVENTS = 1_000;

type CloudEvent = z.output<typeof cloudEvent>;

/** @throws Problem invalid_request, naming the event by its place and the field. */
export function readEvents(raw: Buffer, mediaType: string, headers: IncomingHttpHeaders): NewEvent[] {
  const isBinary = headers["ce-specversion"] !== undefined;
  // An event may be without data; in structured mode `data` is then left out.
  if (isBinary && raw.length === 0) return [structured(attributesOf(headers), "ce-")];
  const body = parseJson(raw);
  if (mediaType === "application/cloudevents+json") return [structured(asObject(body, ""), "")];
  if (mediaType === "application/cloudevents-batch+json")
    return listOf(body).map((event, i) => structured(asObject(event, `${i}`), `${i}.`));
  if (isBinary) return [structured({ ...attributesOf(headers), data: body }, "ce-")];
  if (Array.isArray(body)) return listOf(body).map((event, i) => plain(asObject(event, `${i}`), `${i}.`));
  return [plain(asObject(body, ""), "")];
}

/**
 * Refuses what only the engine itself may state.
 * @throws MillraceError unknown_event_type; Problem invalid_request for an internal type.
 */
export function checkPublic(events: readonly NewEvent[], catalogue: EventCatalogue): void {
  for (const [i, event] of events.entries()) {
    if (!atPlace(events, i, () => catalogue.get(event.type)).isInternal) continue;
    throw new Problem("invalid_request", {
      saw: `"${event.type}" is a fact only the engine itself states. Nothing was recorded.`,
      next: "send the fact that leads to it, e.g. form_submitted or contact_updated; /openapi.json lists what may be sent.",
      field: pathOf(events, i, "type"),
    });
  }
}

/** Finds which event of several an error is about, and says so. */
export function namedByPlace(error: unknown, events: readonly NewEvent[], catalogue: EventCatalogue): unknown {
  if (!(error instanceof MillraceError) || events.length === 1) return error;
  const at = events.findIndex((event) => isRefused(event, catalogue));
  return at === -1 ? error : withPlace(error, events, at);
}

function isRefused(event: NewEvent, catalogue: EventCatalogue): boolean {
  try {
    const { contact } = catalogue.check(event);
    return contact?.email !== undefined && parseEmailAddress(contact.email) === undefined;
  } catch {
    return true;
  }
}

function atPlace<Result>(events: readonly NewEvent[], at: number, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof MillraceError ? withPlace(error, events, at) : error;
  }
}

function withPlace(error: MillraceError, events: readonly NewEvent[], at: number): MillraceError {
  if (events.length === 1) return error;
  const field = pathOf(events, at, error.parts.field ?? "data");
  return new MillraceError(error.code, {
    ...error.parts,
    saw: `Event ${at} of ${events.length}: ${error.parts.saw}`,
    field,
  });
}

function pathOf(events: readonly NewEvent[], at: number, field: string): string {
  return events.length === 1 ? field : `${at}.${field}`;
}

function structured(given: object, prefix: string): NewEvent {
  if ("data_base64" in given)
    throw bad(`${prefix}data_base64`, "holds bytes, and events are JSON", "send the data as JSON in `data`.");
  const event = parsed(cloudEvent, given, prefix);
  return {
    type: event.type,
    data: event.data ?? null,
    source: event.source,
    id: event.id,
    occurredAt: event.time,
    contact: subjectOf(event, prefix),
  };
}

function plain(given: object, prefix: string): NewEvent {
  return parsed(plainEvent, given, prefix);
}

/** The subject of an event is its contact. Left out: the catalogue reads the contact from the data. */
function subjectOf({ subject }: CloudEvent, prefix: string): ContactReference | undefined {
  if (subject === undefined || subject === "") return undefined;
  if (z.guid().safeParse(subject).success) return { id: subject.toLowerCase() };
  const email = parseEmailAddress(subject);
  if (email !== undefined) return { email };
  const [, system, id] = /^([a-z][a-z0-9_]{0,63}):(.{1,200})$/s.exec(subject) ?? [];
  if (system !== undefined && id !== undefined) return { externalIds: { [system]: id } };
  throw bad(
    `${prefix}subject`,
    "names no contact",
    "use an e-mail address, a contact's id, or SYSTEM:ID such as hubspot:101.",
  );
}

/** Binary mode: attributes are headers named ce-*, percent-encoded. */
function attributesOf(headers: IncomingHttpHeaders): Record<string, string> {
  const attributes = Object.entries(headers).flatMap(([name, value]) => {
    if (!name.startsWith("ce-") || typeof value !== "string") return [];
    return [[name.slice(3), unescaped(name, value)] as const];
  });
  return Object.fromEntries(attributes);
}

/** A "%" that begins no escape stays itself: senders leave it as it is, and the id "promo-100%-off" is one. */
function unescaped(name: string, value: string): string {
  try {
    return decodeURIComponent(value.replace(/%(?![0-9a-f]{2})/gi, "%25"));
  } catch {
    throw bad(name, "is not percent-encoded UTF-8", "encode it anew.");
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, given: object, prefix: string): z.output<Schema> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = [...(issue?.path ?? []), ...(issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])].join(
    ".",
  );
  throw bad(
    `${prefix}${name}`.slice(0, 200),
    issue?.message ?? "is not as it must be",
    "correct it; the schema is in /openapi.json.",
  );
}

function listOf(body: Json): readonly Json[] {
  if (!Array.isArray(body)) throw bad("body", "is not a list", "send a JSON array of events.");
  if (body.length === 0) throw bad("body", "is an empty list", "send at least one event.");
  if (body.length > MAX_EVENTS) throw bad("body", `holds ${body.length} events`, `send at most ${MAX_EVENTS} at once.`);
  return body;
}

function asObject(value: Json | undefined, field: string): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw bad(
    field === "" ? "body" : field,
    "is not an object",
    'send an event: {"type": "form_submitted", "data": {…}}.',
  );
}

function bad(field: string, what: string, next: string): Problem {
  const saw = `${field === "" ? "The event" : field} ${what.replace(/^Invalid/, "is an invalid value: invalid")}. Nothing was recorded.`;
  return new Problem("invalid_request", { saw, next, field });
}

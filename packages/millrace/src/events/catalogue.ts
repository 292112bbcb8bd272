/**
 * The catalogue of event types: the mission's, and a user's own beside them.
 * Nothing enters the log that is not described here.
 *
 * The type map is open, so a user's own events are known to the compiler too:
 * @example
 * declare module "millrace" { interface EventTypes { webinar_attended: { email: string; minutes: number } } }
 */
import type { z } from "zod";
import { didYouMean, MillraceError } from "../base/errors.ts";
import { crmEvents } from "./crm-events.ts";
import type { EventDefinition } from "./define-event.ts";
import type { ContactReference, NewEvent } from "./event.ts";
import { missionEvents } from "./mission-events.ts";
import { operatorEvents } from "./operator-events.ts";

const builtInEvents = { ...missionEvents, ...crmEvents, ...operatorEvents };

type BuiltInEvents = {
  [Type in keyof typeof builtInEvents]: z.output<(typeof builtInEvents)[Type]["schema"]>;
};

/** The data of each event type. Extend it by declaration merging for your own types. */
export interface EventTypes extends BuiltInEvents {}

// biome-ignore lint/suspicious/noExplicitAny: definitions of different data live in one map.
export type EventDefinitionMap = Readonly<Record<string, EventDefinition<any>>>;

/** An event whose data has been checked and whose contact is named. */
export interface CheckedEvent {
  readonly type: string;
  readonly data: unknown;
  readonly contact: ContactReference | undefined;
}

export class EventCatalogue {
  readonly #types: ReadonlyMap<string, EventDefinition>;

  constructor(extra: EventDefinitionMap = {}) {
    const all = { ...builtInEvents, ...extra } as Record<string, EventDefinition>;
    this.#types = new Map(Object.entries(all));
  }

  find(type: string): EventDefinition | undefined {
    return this.#types.get(type);
  }

  names(): readonly string[] {
    return [...this.#types.keys()];
  }

  /** @throws MillraceError unknown_event_type, with the nearest name. */
  get(type: string): EventDefinition {
    const found = this.#types.get(type);
    if (found) return found;
    throw new MillraceError("unknown_event_type", {
      saw: `Unknown event type "${type}".${didYouMean(type, this.#types.keys())} Nothing was recorded.`,
      next: "fix the sender, or add the type under `events` in millrace.config.ts.",
      field: "type",
    });
  }

  /**
   * Checks one event from outside: its type, its data, and that its contact can be told.
   * @throws MillraceError unknown_event_type or invalid_event, naming the field. Nothing is recorded.
   */
  check(event: NewEvent): CheckedEvent {
    const definition = this.get(event.type);
    const parsed = definition.schema.safeParse(event.data);
    if (!parsed.success) throw invalidData(event.type, parsed.error);
    return { type: event.type, data: parsed.data, contact: event.contact ?? definition.contact?.(parsed.data) };
  }
}

function invalidData(type: string, error: z.ZodError): MillraceError {
  const issue = error.issues[0];
  const field = ["data", ...(issue?.path ?? [])].map(String).join(".");
  return new MillraceError("invalid_event", {
    saw: `Event "${type}" has a field that cannot be taken: ${field}: ${issue?.message ?? "invalid"}. Nothing was recorded.`,
    next: `correct ${field} and send it again; the schema is in /openapi.json and \`millrace events schema ${type}\`.`,
    field,
  });
}

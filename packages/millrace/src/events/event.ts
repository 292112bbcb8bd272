/**
 * The envelope of a fact in the log.
 *
 * Words: an *event* is a fact, named in the past tense and never changed. Its *position* is its place
 * in the log and the order in which everything was committed. Its *cause* is the position of the event
 * that led to it, its *root* the outside event the whole cascade began with, its *depth* the number of
 * steps from that root. The *actor* is who appended it ("gateway", "workflow:form_cascade",
 * "agent:lead_qualifier", "person:ada"). At every edge the envelope is CloudEvents 1.0.
 */
import type { EventTypes } from "./catalogue.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A place in the log: positive, unique, in the order of commit. Holes are possible and harmless. */
export type Position = number;

/** Who an event is about: by our own id, or by what the outside world calls the contact. */
export interface ContactReference {
  readonly id?: string;
  /** One valid address; compared in lower case. */
  readonly email?: string;
  /** Ids of other systems by system name, e.g. `{ hubspot: "101" }`. They win over the e-mail address. */
  readonly externalIds?: Readonly<Record<string, string>>;
}

/** An event on its way into the log. */
export interface NewEvent<Type extends string = string, Data = Json> {
  readonly type: Type;
  readonly data: Data;
  /** Where it comes from; with `id` it is the key by which a repeated delivery is recognised. Default "api". */
  readonly source?: string;
  /** Unique within the source. Left out: the event is taken as new each time. */
  readonly id?: string;
  /** The source's clock, ISO 8601 or milliseconds. Default: now. */
  readonly occurredAt?: string | number;
  /** Who it is about. Default: what the catalogue reads from the data. */
  readonly contact?: ContactReference;
  /** Default: the name of the door it came through. */
  readonly actor?: string;
}

/** An event as the log holds it. */
export interface RecordedEvent<Type extends string = string, Data = Json> {
  readonly position: Position;
  readonly type: Type;
  readonly data: Data;
  readonly contact: string | null;
  /** The source's clock, in milliseconds. */
  readonly occurredAt: number;
  readonly cause: Position | null;
  readonly root: Position;
  readonly depth: number;
  readonly actor: string;
}

/** The event of one type of the catalogue, as workflows and agents see it. */
export type EventOf<Type extends keyof EventTypes> = RecordedEvent<Type & string, EventTypes[Type]>;

/** What `append` answers for one event. */
export interface Appended {
  readonly position: Position;
  readonly contact: string | null;
  /** True when (source, id) was there already: nothing was written and `position` is the first one's. */
  readonly isDuplicate: boolean;
}

/** What HubSpot sends when one of its workflows or agents uses an action, read. */
import { z } from "zod";
import { parseEmailAddress } from "../../../base/email-address.ts";
import type { NewEvent } from "../../../events/event.ts";
import { ASKABLE_KINDS, SEQUENCES, type WorkingAction } from "./actions.ts";

const id = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const CONTACT = /^(?:CONTACT|0-1)$/i;

/** The body of a call. HubSpot adds fields as it grows; those are let be. */
export const actionCall = z.looseObject({
  callbackId: z.string().min(1).max(200),
  origin: z.looseObject({ portalId: id, actionDefinitionId: id.optional() }),
  context: z.looseObject({ source: z.string().max(100).optional(), workflowId: id.optional() }).optional(),
  object: z.looseObject({
    objectId: id,
    objectType: z.string().regex(CONTACT, "is not CONTACT"),
    properties: z.record(z.string(), z.unknown()).optional(),
  }),
  /** Older definitions say inputFields, newer ones fields. */
  inputFields: z.record(z.string(), z.unknown()).optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
});
export type ActionCall = z.infer<typeof actionCall>;

const kind = z.enum(ASKABLE_KINDS, { error: `is none of ${ASKABLE_KINDS.join(", ")}` });
const sequence = z.enum(SEQUENCES, { error: `is none of ${SEQUENCES.join(", ")}` });

/** What each action is asked with. A choice of HubSpot comes as its value, or as {value}. */
export const actionInputs = {
  ask_for_task: z.object({ kind, reason: z.string().max(2_000).optional() }),
  qualify_now: z.object({}),
  enrol_in_sequence: z.object({ sequence }),
  why: z.object({}),
} as const;

/** The fields of a call, with choices unpacked and empty ones left out. */
export function fieldsOf({ inputFields, fields }: ActionCall): Record<string, unknown> {
  const given = Object.entries(inputFields ?? fields ?? {}).map(([name, value]) => [name, plain(value)] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== null && value !== ""));
}

function plain(value: unknown): unknown {
  return typeof value === "object" && value !== null && "value" in value ? value.value : value;
}

/** Who the call is about: HubSpot's record, and its address where the call brings one that is valid. */
export function contactOf({ object }: ActionCall): NonNullable<NewEvent["contact"]> {
  const given = object.properties?.email;
  const email = typeof given === "string" ? parseEmailAddress(given) : undefined;
  return { externalIds: { hubspot: object.objectId }, ...(email === undefined ? {} : { email }) };
}

/** The event a working action becomes: the same call, however often it comes, is one event. */
export function eventOf(action: WorkingAction, call: ActionCall, input: Readonly<Record<string, string>>): NewEvent {
  return {
    type: "hubspot_action_called",
    source: "hubspot:actions",
    id: call.callbackId,
    actor: "hubspot:workflow",
    contact: contactOf(call),
    data: {
      action,
      callbackId: call.callbackId,
      input,
      ...(call.context?.workflowId === undefined ? {} : { workflowId: call.context.workflowId }),
    },
  };
}

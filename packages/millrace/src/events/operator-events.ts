/** What people and programs did to the engine itself: every action leaves one of these, or a fact about its task, with its actor. Read by catalogue.ts. */
import { z } from "zod";
import { event, text } from "./define-event.ts";

const name = text(200);
const number = z.number().int().positive();
const count = z.number().int().nonnegative();
const set = { deadLetter: number, consumer: name, event: number };

export const operatorEvents = {
  agent_paused: event({
    internal: true,
    about: "An agent was stopped by hand.",
    data: z.strictObject({ agent: name, reason: text(500).optional() }),
  }),
  agent_resumed: event({
    internal: true,
    about: "A stopped agent was let work again by hand.",
    data: z.strictObject({ agent: name }),
  }),
  mail_paused: event({
    internal: true,
    about: "All e-mail was stopped by hand.",
    data: z.strictObject({ reason: text(500).optional() }),
  }),
  mail_resumed: event({
    internal: true,
    about: "E-mail was let leave again by hand.",
    data: z.strictObject({}),
  }),
  alert_seen: event({
    internal: true,
    about: "A person has looked at an alert.",
    data: z.strictObject({ alert: number }),
  }),
  dead_letter_retried: event({
    internal: true,
    about: "An event that had been set aside was tried again.",
    data: z.strictObject(set),
  }),
  dead_letter_dismissed: event({
    internal: true,
    about: "An event that had been set aside was given up.",
    data: z.strictObject({ ...set, reason: text(600) }),
  }),
  event_replayed: event({
    internal: true,
    about: "An event was decided once more by hand.",
    data: z.strictObject({ event: number, workflow: name.optional() }),
  }),
  consumer_rebuilt: event({
    internal: true,
    about: "What a consumer had built was emptied, to be built again from the log.",
    data: z.strictObject({ consumer: name }),
  }),
  api_key_created: event({
    internal: true,
    about: "An API key was made for a program.",
    data: z.strictObject({
      name,
      scopes: z.array(name),
      kinds: z.array(name),
      actsFor: name.optional(),
    }),
  }),
  api_key_revoked: event({
    internal: true,
    about: "An API key was taken away.",
    data: z.strictObject({ name }),
  }),
  contacts_rebuilt: event({
    internal: true,
    about: "The contacts were not what the log says, and were folded from it again.",
    data: z.strictObject({ contacts: count, events: count }),
  }),
} as const;

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
  mcp_tools_accepted: event({
    internal: true,
    about: "A person has looked at changed tools of an MCP server, and lets agents use them.",
    data: z.strictObject({ server: name, tools: z.array(name) }),
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
  database_restored: event({
    internal: true,
    about:
      "The database was found to be a copy, or older than it was: what leaves is kept in until an admin confirms it.",
    data: z.strictObject({
      how: z.enum(["restored", "copied", "went_back", "by_hand"]),
      detail: text(500),
      newest: count,
      lastMissing: count.optional(),
    }),
  }),
  restore_confirmed: event({
    internal: true,
    about: "An admin has confirmed what was sent before the database was restored: everything may leave again.",
    data: z.strictObject({ emails: z.enum(["send", "cancel"]), cancelled: count }),
  }),
  alert_seen: event({
    internal: true,
    about: "A person has looked at an alert.",
    data: z.strictObject({ alert: number }),
  }),
  alerts_muted: event({
    internal: true,
    about: "Alerts of one name are brought nowhere for a while; they are written as ever.",
    data: z.strictObject({ audience: name, alert: name, until: z.number().optional(), reason: text(500).optional() }),
  }),
  alerts_unmuted: event({
    internal: true,
    about: "Alerts of one name are brought to their channels again.",
    data: z.strictObject({ audience: name, alert: name }),
  }),
  reply_written: event({
    internal: true,
    about: "A person wrote to a contact from here; the e-mail leaves by send_email, through every gate.",
    data: z.strictObject({
      /** By which the same request is known again. */
      key: name,
      subject: text(500),
      text: text(65_536),
      /** The task that sends it. */
      task: number,
      /** The position of the reply it answers. */
      answers: number.optional(),
    }),
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
  person_added: event({
    internal: true,
    about: "A person may sign in.",
    data: z.strictObject({ person: name, roles: z.array(name) }),
  }),
  person_invited: event({
    internal: true,
    about: "A person was given a new link to sign in by.",
    data: z.strictObject({ person: name }),
  }),
  person_changed: event({
    internal: true,
    about: "What a person may do has changed.",
    data: z.strictObject({ person: name, from: z.array(name), to: z.array(name) }),
  }),
  person_removed: event({
    internal: true,
    about: "A person may not sign in any more; their sessions have ended.",
    data: z.strictObject({ person: name }),
  }),
  sessions_ended: event({
    internal: true,
    about: "Sessions were ended by hand.",
    data: z.strictObject({ person: name, sessions: z.array(number) }),
  }),
  signed_in: event({
    internal: true,
    about: "A person signed in.",
    data: z.strictObject({ person: name, via: z.enum(["link", "password", "passkey"]) }),
  }),
  password_set: event({
    internal: true,
    about: "A person set a password; their other sessions have ended.",
    data: z.strictObject({ person: name }),
  }),
  passkey_added: event({
    internal: true,
    about: "A person may sign in by another passkey.",
    data: z.strictObject({ person: name, label: name }),
  }),
  passkey_removed: event({
    internal: true,
    about: "A person took a passkey away; sessions that began by it have ended.",
    data: z.strictObject({ person: name, label: name }),
  }),
  view_saved: event({
    internal: true,
    about: "A person keeps filters of a list under a name.",
    data: z.strictObject({ screen: name, name }),
  }),
  view_removed: event({
    internal: true,
    about: "A person keeps filters of that name no more.",
    data: z.strictObject({ screen: name, name }),
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
  api_key_rotated: event({
    internal: true,
    about: "An API key got a new secret; the old one works for so long.",
    data: z.strictObject({ name, oldForHours: z.number() }),
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

/** Flows 7 and 8: the CRM, other systems, models, tools, and what gathers. Read by mission-events.ts. */
import { z } from "zod";
import { changes, event, jsonValue, propertyName, text } from "../define-event.ts";
import { MCP_OUTCOMES, MODEL_OUTCOMES } from "./agent-outcomes.ts";
import { byWhom, contactProperties, counted, name, task, whom } from "./fields.ts";

/** Someone asked for it here; the CRM erased the contact for privacy; a list of erasures made after a backup was applied. */
export const ERASURE_REASONS = ["asked", "crm", "list"] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

export const integrationEvents = {
  customer_purchased: event({
    flow: 7,
    about: "A shop reports a purchase.",
    data: z.strictObject({
      ...whom,
      product: name,
      amount: z.number().nonnegative().optional(),
      currency: text(3).optional(),
    }),
    contact: byWhom,
    example: { email: "ada@example.com", product: "Team plan", amount: 490, currency: "EUR" },
  }),
  purchase_completed: event({
    flow: 7,
    internal: true,
    about: "A contact became a customer.",
    data: z.strictObject({
      /** Left out when the CRM only says that the contact is a customer now. */
      product: name.optional(),
      amount: z.number().nonnegative().optional(),
      currency: text(3).optional(),
    }),
  }),
  upsell_found: event({
    flow: 7,
    internal: true,
    about: "Something speaks for selling a customer more.",
    data: z.strictObject({
      opportunity: z.enum(["strong", "some"]),
      /** The weightiest first. */
      reasons: z.array(text(500)).max(20),
      /** What they bought, newest first. */
      bought: z.array(text(500)).max(20),
      task: z.number(),
    }),
  }),
  external_event: event({
    flow: 7,
    internal: true,
    about:
      "Another system's webhook that no one translates, as it came: for workflows, and to see what could be translated.",
    data: z.strictObject({
      /** The name of the sender in the config. */
      source: name,
      /** The sender's word for it. */
      type: name,
      payload: jsonValue,
      /** Why the translation there is did not work. */
      problem: text(500).optional(),
    }),
  }),
  contact_updated_external: event({
    flow: 7,
    about: "Another system changed a contact.",
    data: z.strictObject({ ...whom, system: name, properties: contactProperties }),
    contact: byWhom,
    example: { email: "ada@example.com", system: "billing", properties: { company: "Acme Ltd" } },
  }),
  contact_sync_completed: event({
    flow: 7,
    internal: true,
    about: "Changes of another system are in.",
    data: z.strictObject({ system: name, changes }),
  }),
  contact_deleted: event({
    flow: 7,
    internal: true,
    about: "Someone deleted the contact in another system; what is known of it stays here.",
    data: z.strictObject({ ...whom, system: name }),
    contact: byWhom,
  }),
  contact_restored: event({
    flow: 7,
    internal: true,
    about: "A contact that was deleted in another system is there again.",
    data: z.strictObject({ ...whom, system: name }),
    contact: byWhom,
  }),
  privacy_deletion_requested: event({
    flow: 7,
    internal: true,
    about: "Another system erased the contact because a law gives it that right.",
    data: z.strictObject({ ...whom, system: name }),
    contact: byWhom,
  }),
  contact_erased: event({
    flow: 7,
    internal: true,
    about: "Everything known of a contact was erased; subscribers that keep something of it must do the same.",
    data: z.strictObject({ because: z.enum(ERASURE_REASONS) }),
  }),
  event_erased: event({
    flow: 7,
    internal: true,
    about: "Here stood an event of a contact whose data was erased; only its type, place and times are left.",
    data: z.strictObject({ was: name }),
  }),
  contact_merged: event({
    flow: 7,
    internal: true,
    about: "Contacts turned out to be one; the one this is about stays, or has become part of `into`.",
    data: z.strictObject({ system: name, from: z.array(name).max(101), into: name, contact: z.uuid().optional() }),
  }),
  crm_change_noted: event({
    flow: 7,
    internal: true,
    about: "The CRM reported something that changes nothing here: our own write, what came too late, what was known.",
    data: z.strictObject({
      system: name,
      change: name,
      object: name,
      property: propertyName.optional(),
      value: text(10_000).optional(),
      /** In place of the two: several properties of one record that changed together. */
      properties: z.record(propertyName, text(10_000)).optional(),
      because: z.enum(["echo", "stale", "known", "not ours", "erased"]),
    }),
  }),
  crm_changes_missed: event({
    flow: 7,
    internal: true,
    about:
      "The CRM's journal did not reach back to where it was read last: what changed is asked for, but who was deleted or merged meanwhile was not heard.",
    data: z.strictObject({ system: name, since: z.iso.datetime() }),
  }),
  crm_task_changed: event({
    flow: 7,
    internal: true,
    about: "Someone worked on a task of ours in the CRM.",
    data: z.strictObject({
      system: name,
      task,
      object: name,
      change: name,
      property: propertyName.optional(),
      value: text(10_000).optional(),
      by: name,
    }),
  }),
  hubspot_action_called: event({
    flow: 7,
    internal: true,
    about: "A workflow or an agent of HubSpot used an action of ours, and waits for its end.",
    data: z.strictObject({
      action: z.enum(["ask_for_task", "qualify_now", "enrol_in_sequence"]),
      callbackId: name,
      input: z.record(propertyName, text(2_000)),
      workflowId: name.optional(),
    }),
  }),
  hubspot_action_answered: event({
    flow: 7,
    internal: true,
    about: "HubSpot was answered what came of an action it asked for.",
    data: z.strictObject({
      callbackId: name,
      state: z.enum(["SUCCESS", "FAIL_CONTINUE"]),
      isTooLate: z.boolean().optional(),
    }),
  }),
  mcp_tool_called: event({
    flow: 7,
    internal: true,
    about: "An agent used a tool.",
    data: z.strictObject({
      agent: name,
      tool: name,
      ms: counted,
      /** The following of a tool of an MCP server. */
      task: task.optional(),
      server: name.optional(),
      /** SHA-256 of what it was asked. */
      arguments: name.optional(),
      /** Characters of the answer. */
      size: counted.optional(),
      ok: z.boolean().optional(),
      outcome: z.enum(MCP_OUTCOMES).optional(),
    }),
  }),
  model_called: event({
    flow: 7,
    internal: true,
    about: "An agent asked a language model, and what that cost.",
    data: z.strictObject({
      agent: name,
      task: z.number().int().positive(),
      prompt: name,
      model: name,
      outcome: z.enum(MODEL_OUTCOMES),
      inputTokens: counted,
      outputTokens: counted,
      costUsd: z.number().nonnegative(),
      ms: counted,
      /** The answer was on record from an attempt before. */
      recorded: z.boolean(),
      /** SHA-256 of the question. */
      request: name,
    }),
  }),
  events_aggregated: event({
    flow: 8,
    internal: true,
    about: "A buffer of events was flushed: what gathered, deduplicated and counted.",
    data: z.strictObject({
      batch: name,
      because: z.enum(["full", "time", "urgent"]),
      counts: z.record(name, counted),
      contacts: z.array(z.uuid()),
      /** One entry per contact and type (or as the buffer deduplicates), urgent types first. */
      items: z.array(
        z.strictObject({ type: name, contact: z.uuid().nullable(), count: counted, last: z.number().int() }),
      ),
      /** The events that gathered, by position. */
      positions: z.array(z.number().int()),
    }),
  }),
  mcp_tool_failed: event({
    flow: 7,
    internal: true,
    about: "A tool of an agent failed.",
    data: z.strictObject({ agent: name, tool: name, error: text(2_048), task: task.optional() }),
  }),
} as const;

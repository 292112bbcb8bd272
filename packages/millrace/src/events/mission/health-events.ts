/** Flow 6: how the engine is. Read by mission-events.ts. */
import { z } from "zod";
import { event, text } from "../define-event.ts";
import { counted, name } from "./fields.ts";

export const healthEvents = {
  component_health_check: event({
    flow: 6,
    internal: true,
    about: "A part of the engine reported its health.",
    data: z.strictObject({ component: name, ok: z.boolean(), detail: text(500).optional() }),
  }),
  metrics_calculated: event({
    flow: 6,
    internal: true,
    about: "Measurements of a period were put together.",
    data: z.strictObject({ metrics: z.record(z.string(), z.number()) }),
  }),
  performance_alert: event({
    flow: 6,
    internal: true,
    about: "The engine became slow.",
    data: z.strictObject({ metric: name, value: z.number(), threshold: z.number() }),
  }),
  error_rate_alert: event({
    flow: 6,
    internal: true,
    about: "Errors became frequent.",
    data: z.strictObject({ rate: z.number(), threshold: z.number(), summary: text(2_048) }),
  }),
  resource_alert: event({
    flow: 6,
    internal: true,
    about: "Memory, disk or connections run short.",
    data: z.strictObject({ resource: name, value: z.number(), threshold: z.number() }),
  }),
  dead_letter_alert: event({
    flow: 6,
    internal: true,
    about: "Events could not be taken by a workflow or another consumer, and wait for a person.",
    data: z.strictObject({ consumer: text(200), events: counted, error: text(2_048) }),
  }),
  agent_started: event({
    flow: 6,
    internal: true,
    about: "An agent began to work.",
    data: z.strictObject({ agent: name, runs: counted.optional() }),
  }),
  agent_completed: event({
    flow: 6,
    internal: true,
    about: "An agent finished work.",
    data: z.strictObject({ agent: name, runs: counted.optional() }),
  }),
  agent_failed: event({
    flow: 6,
    internal: true,
    about: "An agent failed at work.",
    data: z.strictObject({ agent: name, error: text(2_048), runs: counted.optional() }),
  }),
  agent_health_critical: event({
    flow: 6,
    internal: true,
    about: "An agent fails too often.",
    data: z.strictObject({ agent: name, failureRate: z.number(), runs: counted }),
  }),
  health_alert_cleared: event({
    flow: 6,
    internal: true,
    about: "What an alert about the system was about is over.",
    data: z.strictObject({ alert: name, subject: name }),
  }),
  system_healthy: event({ flow: 6, internal: true, about: "Everything works again.", data: z.strictObject({}) }),
  queue_depth_changed: event({
    flow: 6,
    internal: true,
    about: "The backlog changed.",
    data: z.strictObject({
      ready: counted,
      /** Tasks of stopped agents, beside those. */
      held: counted.optional(),
    }),
  }),
  queue_overload: event({
    flow: 6,
    internal: true,
    about: "The backlog grew over its limit.",
    data: z.strictObject({ ready: counted, threshold: counted }),
  }),
  queue_cleared: event({ flow: 6, internal: true, about: "The backlog is gone.", data: z.strictObject({}) }),
} as const;

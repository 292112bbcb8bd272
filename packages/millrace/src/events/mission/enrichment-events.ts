/** Flow 4: what is found out about a contact. Read by mission-events.ts. */
import { z } from "zod";
import { event, propertyName, propertyValue, text } from "../define-event.ts";
import { counted, name, pageUrl, task } from "./fields.ts";

export const enrichmentEvents = {
  enrichment_started: event({
    flow: 4,
    internal: true,
    about: "An enrichment began.",
    data: z.strictObject({ task: task.optional(), sources: z.array(name) }),
  }),
  page_loaded: event({
    flow: 4,
    internal: true,
    about: "A page of a company's website was loaded.",
    data: z.strictObject({ url: pageUrl, status: counted, bytes: counted }),
  }),
  content_extracted: event({
    flow: 4,
    internal: true,
    about: "Facts were read from a page.",
    data: z.strictObject({ url: pageUrl, fields: z.array(name) }),
  }),
  search_completed: event({
    flow: 4,
    internal: true,
    about: "A profile search ended.",
    data: z.strictObject({ provider: name, found: counted }),
  }),
  data_compiled: event({
    flow: 4,
    internal: true,
    about: "What the sources gave was put together.",
    data: z.strictObject({ fields: z.array(name) }),
  }),
  contact_enriched: event({
    flow: 4,
    internal: true,
    about: "A contact's data was completed by the enricher.",
    data: z.strictObject({
      quality: z.number().min(0).max(10),
      values: z.record(
        propertyName,
        z.strictObject({
          value: propertyValue,
          confidence: z.number().min(0).max(1),
          source: name,
          /** Of a value a model found: the page, and the words it rests on. */
          url: pageUrl.optional(),
          words: text(500).optional(),
        }),
      ),
      /** Values a model gave that rest on nothing it was shown; dropped. */
      ungrounded: counted.optional(),
      reasons: z.array(text(500)).max(50),
      task: task.optional(),
    }),
  }),
  high_value_lead_detected: event({
    flow: 4,
    internal: true,
    about: "A lead has very good data.",
    data: z.strictObject({ basis: z.literal("data_quality"), quality: z.number() }),
  }),
  data_quality_issue: event({
    flow: 4,
    internal: true,
    about: "A contact's data cannot be relied on.",
    data: z.strictObject({ issue: text(500), quality: z.number().optional() }),
  }),
  enrichment_completed: event({
    flow: 4,
    internal: true,
    about: "An enrichment ended.",
    data: z.strictObject({ task: task.optional(), ms: counted }),
  }),
  enrichment_failed: event({
    flow: 4,
    internal: true,
    about: "An enrichment found nothing.",
    data: z.strictObject({ task: task.optional(), error: text(2_048) }),
  }),
} as const;

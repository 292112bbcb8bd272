/** What a CRM says of a lead beyond its data, as facts of their own. Read by catalogue.ts. */
import { z } from "zod";
import { event, text } from "./define-event.ts";

const name = text(200);

export const crmEvents = {
  customer_recognised: event({
    flow: 7,
    internal: true,
    about: "The CRM has had the contact as a customer since before it was known here: prospecting never begins.",
    data: z.strictObject({ stage: name }),
  }),
  lead_set_aside: event({
    flow: 7,
    internal: true,
    about: "A person said in the CRM that the lead is not to be prospected, for good or for a while.",
    data: z.strictObject({
      status: name,
      /** Until when nothing is sent; milliseconds. Left out: until the status changes, or they write. */
      until: z.number().optional(),
    }),
  }),
  crm_value_refused: event({
    flow: 7,
    internal: true,
    about: "The CRM does not take a value of the contact; all else was written.",
    data: z.strictObject({
      system: name,
      /** The CRM's name of it. */
      property: name,
      /** Ours. */
      ours: name,
      /** What kind of value it is; the value stands on the contact. */
      value: text(100),
      /** What the property takes, in words. */
      takes: text(200),
      /** By it the same value is known again. */
      mark: text(20),
    }),
  }),
  lead_taken_up: event({
    flow: 7,
    internal: true,
    about: "A lead that was set aside in the CRM is open there again.",
    data: z.strictObject({ status: name.nullable() }),
  }),
} as const;

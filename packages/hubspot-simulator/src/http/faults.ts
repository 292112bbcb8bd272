/** The switches that make the simulator behave badly, set by tests or on the page. Everything is off at the start. */
import { z } from "zod";
import { invalid } from "./api-error.ts";

const probability = z.number().min(0).max(1).default(0);

export const faultsSchema = z.strictObject({
  /** Calls answered with 429. */
  tooManyRequests: probability,
  /** Which limit those 429s name. */
  tooManyRequestsPolicy: z.enum(["TEN_SECONDLY_ROLLING", "DAILY", "SECONDLY"]).default("TEN_SECONDLY_ROLLING"),
  /** Sent as Retry-After with them; HubSpot documents none, so null leaves it out. */
  retryAfterSeconds: z.number().int().min(0).max(86_400).nullable().default(null),
  /** Calls answered with `serverErrorStatus`, before anything was done. */
  serverError: probability,
  serverErrorStatus: z.number().int().min(400).max(599).default(502),
  /** Every answer waits this long. */
  latencyMs: z.number().int().min(0).max(120_000).default(0),
  /** The connection breaks before the call is looked at. */
  cutBefore: probability,
  /** The call is carried out, then the connection breaks without an answer. */
  cutAfter: probability,
  /** Single inputs of a batch fail, so that it answers 207. */
  partialBatch: probability,
  /** The answer is cut off in the middle of its JSON. */
  wrongJson: probability,
  /** Writes stay invisible to search for so long. */
  indexDelayMs: z.number().int().min(0).max(3_600_000).default(0),
  /** Only calls whose path contains this are struck. */
  onlyPath: z.string().max(300).default(""),
  /** After so many strikes the faults on calls rest; null: never. */
  strikesLeft: z.number().int().min(0).nullable().default(null),
  /** Webhook POSTs sent twice. */
  webhookDuplicate: probability,
  /** Webhook events delivered in a mixed order, one by one batches late. */
  webhookReorder: probability,
  /** Webhook answers that get lost, so that a delivered batch comes again. */
  webhookAnswerLost: probability,
  /** Webhook batches that never leave; HubSpot loses some too. */
  webhookDrop: probability,
});

export type FaultSettings = z.infer<typeof faultsSchema>;

export type Faults = {
  settings: FaultSettings;
  /** Changes some switches and leaves the others as they are. */
  set: (some: Partial<FaultSettings>) => void;
  reset: () => void;
  /** Whether this switch strikes now, for a call to `path`. */
  strikes: (name: CallFault, path: string) => boolean;
  /** The same for webhooks, which no path and no count narrows. */
  strikesWebhook: (name: WebhookFault) => boolean;
};

export type CallFault = "tooManyRequests" | "serverError" | "cutBefore" | "cutAfter" | "partialBatch" | "wrongJson";
export type WebhookFault = "webhookDuplicate" | "webhookReorder" | "webhookAnswerLost" | "webhookDrop";

export function newFaults(random: () => number): Faults {
  const faults: Faults = {
    settings: faultsSchema.parse({}),
    set(some) {
      const result = faultsSchema.safeParse({ ...faults.settings, ...some });
      if (!result.success) throw invalid(z.prettifyError(result.error));
      faults.settings = result.data;
    },
    reset() {
      faults.settings = faultsSchema.parse({});
    },
    strikes(name, path) {
      const { onlyPath, strikesLeft } = faults.settings;
      if (faults.settings[name] === 0 || strikesLeft === 0 || !path.includes(onlyPath)) return false;
      if (random() >= faults.settings[name]) return false;
      if (strikesLeft !== null) faults.settings.strikesLeft = strikesLeft - 1;
      return true;
    },
    strikesWebhook: (name) => faults.settings[name] > 0 && random() < faults.settings[name],
  };
  return faults;
}

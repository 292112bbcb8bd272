/** What admins are told when a cap is reached: once for each cap and day, however many questions meet it. */
import type { AlertRecord } from "../tasks/handler.ts";
import type { CapReached } from "./model-calls.ts";
import { usd } from "./models.ts";

/** @param meanwhile what happens in place of asking, in a sentence. */
export function capAlert(reached: CapReached, contact: string | null, meanwhile: string): AlertRecord {
  const { cap, spentUsd, capUsd, day } = reached;
  const subject = cap === "contact" ? `:${contact}` : "";
  return {
    onceKey: `model-cap:${cap}${subject}:${day}`,
    audience: "admin",
    name: "model_cap_reached",
    title: `The model is not asked any more: the cap per ${cap} is reached`,
    text: `${usd(spentUsd)} of ${usd(capUsd)} are spent or reserved. ${meanwhile} Raise models.caps, or look at \`millrace agents spend\`.`,
  };
}

/** Standard Webhooks: who sends proves to know the shared secret, over the bytes as they came. */
import type { IncomingHttpHeaders } from "node:http";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { Problem } from "./problem.ts";

/**
 * Checked before anything reads the body.
 * @returns the delivery's id. @throws Problem bad_signature.
 */
export function checkedDelivery(raw: Buffer, headers: IncomingHttpHeaders, secret: string): string {
  const id = headers["webhook-id"];
  try {
    if (typeof id !== "string" || id.length > 200)
      throw new WebhookVerificationError("webhook-id is missing or longer than 200 characters");
    new Webhook(secret).verify(raw, headers as Record<string, string>, { jsonParse: false });
    return id;
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    throw new Problem("bad_signature", {
      saw: `The webhook's signature was not accepted: ${error.message}. Nothing was recorded.`,
      next: "sign webhook-id.webhook-timestamp.body with the shared secret, within 5 minutes of now.",
      field: "webhook-signature",
    });
  }
}

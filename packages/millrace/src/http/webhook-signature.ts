/** Who sends a webhook proves to know the shared secret, over the bytes as they came; else the door stays shut. */
import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { checkSignature, type Headers, type SignatureKind } from "../webhooks/signatures.ts";
import { Problem } from "./problem.ts";

/**
 * Checked before anything reads the body.
 * @returns the delivery's id: the sender's, or one made of the bytes where its headers have none.
 * @throws Problem bad_signature.
 */
export function checkedDelivery(
  raw: Buffer,
  headers: IncomingHttpHeaders,
  secret: string | readonly string[],
  kind: SignatureKind = "standard",
): { readonly id: string; readonly isOwnId: boolean } {
  const verdict = checkSignature(kind, { raw, headers: singleOf(headers), secrets: [secret].flat(), now: Date.now() });
  if (verdict.ok && verdict.id !== undefined) return { id: verdict.id, isOwnId: true };
  if (verdict.ok) return { id: `sha256:${createHash("sha256").update(raw).digest("base64url")}`, isOwnId: false };
  throw new Problem("bad_signature", {
    saw: `The webhook's signature was not accepted: ${verdict.why}. Nothing was recorded.`,
    next:
      kind === "standard"
        ? "sign webhook-id.webhook-timestamp.body with the shared secret, within 5 minutes of now."
        : `check that the secret is the one ${kind} shows for this address.`,
    field: "webhook-signature",
  });
}

/** A header that came twice proves nothing. */
export function singleOf(headers: IncomingHttpHeaders): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === "string" ? value : undefined]),
  );
}

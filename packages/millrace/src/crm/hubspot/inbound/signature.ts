/**
 * Whether a request comes from HubSpot: signatures of version 3, and, where they are switched on, 1 and 2. Pure; checked
 * against HubSpot's published examples. Called by the gateway before anything reads the body.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export interface SignedRequest {
  readonly method: string;
  /** As the sender knows it: the public address with path and query. */
  readonly url: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface SignatureRules {
  /** Any of them may have signed: two while a secret is being changed. */
  readonly secrets: readonly string[];
  /** Versions 1 and 2, which carry no time; "v2": only that one, with which HubSpot signs what its workflows call. */
  readonly acceptsOld: boolean | "v2";
  /** Milliseconds. */
  readonly now: number;
}

/** A request signed longer ago, or further ahead, is refused. */
const WINDOW_MS = 300_000;

/** @returns undefined when it is HubSpot's; otherwise what is wrong, in words for its operator. */
export function whatIsWrong(request: SignedRequest, rules: SignatureRules): string | undefined {
  const secrets = rules.secrets.filter((secret) => secret !== "");
  if (secrets.length === 0) return "no client secret is set, so nothing can be checked";
  const v3 = request.headers["x-hubspot-signature-v3"];
  if (v3 !== undefined) return wrongInV3(request, v3, secrets, rules.now);
  if (!rules.acceptsOld) return "X-HubSpot-Signature-v3 is missing";
  return wrongInOld(request, secrets, rules.acceptsOld === "v2" ? ["v2"] : ["v1", "v2"]);
}

function wrongInV3(request: SignedRequest, given: unknown, secrets: readonly string[], now: number) {
  const time = request.headers["x-hubspot-request-timestamp"];
  if (typeof time !== "string" || !/^\d{1,15}$/.test(time)) return "X-HubSpot-Request-Timestamp is no moment";
  if (Math.abs(now - Number(time)) > WINDOW_MS) return "it was signed more than 5 minutes from now";
  const head = `${request.method}${decodedUrl(request.url)}`;
  const isSigned = secrets.map((secret) =>
    isSame(given, createHmac("sha256", secret).update(head).update(request.body).update(time).digest("base64")),
  );
  return isSigned.includes(true) ? undefined : "the signature does not fit";
}

function wrongInOld(
  { method, url, body, headers }: SignedRequest,
  secrets: readonly string[],
  versions: readonly string[],
): string | undefined {
  const version = headers["x-hubspot-signature-version"];
  if (typeof version !== "string" || !versions.includes(version))
    return `X-HubSpot-Signature-Version is not ${versions.join(" or ")}`;
  const head = version === "v1" ? "" : `${method}${url}`;
  const isSigned = secrets.map((secret) =>
    isSame(headers["x-hubspot-signature"], createHash("sha256").update(secret).update(head).update(body).digest("hex")),
  );
  return isSigned.includes(true) ? undefined : "the signature does not fit";
}

/** Compared as text: a decoder would forgive what was changed in the last letters. */
function isSame(given: unknown, expected: string): boolean {
  if (typeof given !== "string" || given.length !== expected.length) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const DECODED = /%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/** HubSpot decodes these twelve, and only these, before it signs. */
function decodedUrl(url: string): string {
  return url.replace(DECODED, (code) => decodeURIComponent(code));
}

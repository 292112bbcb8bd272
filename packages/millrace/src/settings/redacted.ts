/** Settings as they may be shown: without passwords in addresses, without what is a secret by its name. */

const SECRET = /secret|password|token|key$/i;
export const HIDDEN = "(hidden)";

/** Passwords inside addresses, webhook addresses (who has one may post to it), and everything named as a secret. */
export function redacted(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((below) => redacted(below, name));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, below]) => [key, redacted(below, isSecretName(name) ? name : key)]),
    );
  }
  if (typeof value === "function") return "(code)";
  if (typeof value !== "string") return value;
  if (isSecretName(name)) return HIDDEN;
  return /^[a-z]+:\/\//i.test(value) ? withoutSecrets(value, name) : value;
}

function isSecretName(name: string): boolean {
  return SECRET.test(name) || name === "webhookSecrets";
}

function withoutSecrets(address: string, name: string): string {
  try {
    const url = new URL(address);
    if (name === "url") return `${url.origin}/${HIDDEN}`;
    if (url.password !== "") url.password = "hidden";
    for (const key of url.searchParams.keys()) if (isSecretName(key)) url.searchParams.set(key, "hidden");
    return url.href;
  } catch {
    return HIDDEN;
  }
}

/** How a proxy is named whose X-Forwarded-For is believed. */
import ipaddr from "ipaddr.js";

const NAMED: ReadonlySet<string> = new Set(["loopback", "linklocal", "uniquelocal"]);

/** "10.0.0.7", "10.0.0.0/24", "loopback" */
export function isProxyAddress(text: string): boolean {
  return NAMED.has(text) || ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
}

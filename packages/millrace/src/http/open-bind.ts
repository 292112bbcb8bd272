/** Who may listen where others can reach it: with TLS in front, or where that was said in so many words. Asked at the start. */
import { isIP } from "node:net";
import { MillraceError } from "../base/errors.ts";

/** Reachable from this machine only? */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

export interface Listening {
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly plainHttp: boolean;
}

/**
 * Without TLS a session's cookie and every lead cross the network readable.
 * @throws MillraceError invalid_config for an address others can reach, without an https `publicUrl` and without `plainHttp`.
 */
export function refuseOpenBind({ host, publicUrl, plainHttp }: Listening): void {
  if (isLoopback(host) || plainHttp || publicUrl?.startsWith("https:")) return;
  throw new MillraceError("invalid_config", {
    saw: `It was to listen at ${host}, where other machines reach it, and nothing says that TLS ends in front of it.`,
    expected: "a proxy that ends TLS, named by its https address in gateway.publicUrl",
    next:
      "set gateway.publicUrl to that address (and gateway.trustedProxies to where the proxy connects from); " +
      "or, on a network you trust, gateway.plainHttp: true.",
    field: "gateway.host",
  });
}

/** @param hop 0: who is connected to us. */
export type Trust = false | string[] | ((address: string, hop: number) => boolean);

/** Whose X-Forwarded-For is believed, in Fastify's terms. Where a public address is set and no proxy named: one on this machine. */
export function trustOf(trusted: number | readonly string[] | undefined, publicUrl: string | undefined): Trust {
  if (typeof trusted === "number") return (_address, hop) => hop < trusted;
  if (trusted !== undefined) return trusted.length === 0 ? false : [...trusted];
  return publicUrl === undefined ? false : ["loopback"];
}

/**
 * Which names this server answers to. A web page can point a name of its own at 127.0.0.1 and would then be of our
 * origin (DNS rebinding), so on loopback only loopback's names and the public one are taken.
 */
import { isIP } from "node:net";

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** @param host the address listened on. @returns a test of a request's Host header. */
export function hostRule(host: string, publicUrl: string | undefined): (header: string | undefined) => boolean {
  const isLoopback = host === "localhost" || host === "::1" || host.startsWith("127.");
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host.toLowerCase();
  return (header) => {
    const asked = (header ?? "").toLowerCase();
    const name = asked.replace(/:\d+$/, "");
    if (LOOPBACK.has(name) || asked === publicHost || name === publicHost) return true;
    // Beyond loopback and without a public address there is no name to hold a request to.
    return !isLoopback && (publicHost === undefined || isIP(name.replace(/^\[|\]$/g, "")) !== 0);
  };
}

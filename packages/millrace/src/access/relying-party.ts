/** The address passkeys are made for and work at: a browser takes a name with TLS, or localhost, and never an address of digits. */
import { isIP } from "node:net";

export interface RelyingParty {
  /** The name the browser holds a passkey to: a host, without scheme and port. */
  readonly id: string;
  /** Where the console has to be open: scheme, host and port. */
  readonly origin: string;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * @param publicUrl the address people use (`gateway.publicUrl`, else where the engine listens). One of loopback becomes localhost.
 * @returns undefined where no browser makes passkeys: an address of digits, or http.
 */
export function relyingPartyOf(publicUrl: string): RelyingParty | undefined {
  const url = new URL(publicUrl);
  if (LOOPBACK.test(url.hostname)) {
    url.hostname = "localhost";
    return { id: "localhost", origin: url.origin };
  }
  const isDigits = isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0;
  return url.protocol === "https:" && !isDigits ? { id: url.hostname, origin: url.origin } : undefined;
}

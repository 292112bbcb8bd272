/** HTTP Basic authentication (RFC 7617), for services that can be given no more than an address with a name and a password. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { BasicAuthSettings } from "../config/http-settings.ts";
import { Problem } from "./problem.ts";

/** @throws Problem not_signed_in when they are not the ones that are set. */
export function checkBasicAuth(
  { authorization }: IncomingHttpHeaders,
  { username, password }: BasicAuthSettings,
): void {
  const given = /^Basic ([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? "")?.[1];
  const wanted = hashOf(`${username}:${password}`);
  // Hashes have one length, so the comparison takes the same time for every password.
  if (given !== undefined && timingSafeEqual(hashOf(Buffer.from(given, "base64")), wanted)) return;
  throw new Problem("not_signed_in", {
    saw:
      given === undefined ? "No name and password were sent." : "The name or the password is not the one that is set.",
    next: "put both into the address the service posts to: https://name:password@host/….",
    headers: { "www-authenticate": 'Basic realm="millrace", charset="UTF-8"' },
  });
}

function hashOf(text: string | Buffer): Buffer {
  return createHash("sha256").update(text).digest();
}

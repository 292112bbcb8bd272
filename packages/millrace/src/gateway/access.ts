/**
 * Who may call: the API key for programs, a session for people. A person signs in by a link that works once and for
 * 15 minutes; the session lasts 12 hours. Only hashes of tokens are kept. Times are the database's.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Queryable } from "../db/database.ts";
import { Problem } from "./problem.ts";

export interface Caller {
  /** A session's person; programs with the API key are "api", everybody else "anonymous". */
  readonly person: string;
  readonly by: "session" | "api key" | "nothing";
  /** When the session ends; undefined for the others. Milliseconds. */
  readonly expiresAt?: number;
}

export const ANONYMOUS: Caller = { person: "anonymous", by: "nothing" };

export interface AccessOptions {
  readonly db: Queryable;
  readonly apiKey: string;
  /** The address people use. */
  readonly publicUrl: () => string;
}

export class Access {
  readonly #options: AccessOptions;
  readonly #keyHash: Buffer;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#keyHash = hashOf(options.apiKey);
  }

  /**
   * Who sends this request.
   * @throws Problem not_signed_in without valid credentials; forbidden for a change asked for by another site's page.
   */
  async callerOf(method: string, headers: IncomingHttpHeaders): Promise<Caller> {
    const key = /^Bearer ([^\s]+)$/i.exec(headers.authorization ?? "")?.[1];
    if (key !== undefined) {
      // Hashes have one length, so the comparison takes the same time for every key.
      if (timingSafeEqual(hashOf(key), this.#keyHash)) return { person: "api", by: "api key" };
      throw notSignedIn("The API key is not this engine's.");
    }
    const token = cookieOf(headers.cookie, this.#cookieName);
    const caller = token === undefined ? undefined : await this.#sessionOf(token);
    if (caller === undefined)
      throw notSignedIn(token === undefined ? "Nobody is signed in." : "The session has ended.");
    if (method !== "GET" && method !== "HEAD") this.#checkSameOrigin(headers);
    return caller;
  }

  /** A link that signs a person in, once, within 15 minutes. */
  async signInLink(person: string): Promise<string> {
    const token = randomBytes(32).toString("base64url");
    await this.#options.db.query(
      "insert into sign_in_links (token_hash, person, expires_at) values ($1, $2, clock_timestamp() + interval '15 minutes')",
      [hexOf(token), person],
    );
    return `${this.#options.publicUrl()}/sign-in?token=${token}`;
  }

  /** Uses a link up. @returns the Set-Cookie header of the new session, or undefined when the link is used, old or unknown. */
  async signIn(token: string): Promise<string | undefined> {
    const { db } = this.#options;
    const [link] = await db.query<{ person: string; fresh: boolean }>(
      "delete from sign_in_links where token_hash = $1 returning person, expires_at > clock_timestamp() as fresh",
      [hexOf(token)],
    );
    if (!link?.fresh) return undefined;
    const session = randomBytes(32).toString("base64url");
    await db.query(
      `with old as (delete from sessions where expires_at < clock_timestamp()), stale as (delete from sign_in_links where expires_at < clock_timestamp())
       insert into sessions (token_hash, person, expires_at) values ($1, $2, clock_timestamp() + interval '12 hours')`,
      [hexOf(session), link.person],
    );
    return this.#cookie(session, 12 * 3600);
  }

  /** Ends the session. @returns the Set-Cookie header that takes the cookie away. */
  async signOut(headers: IncomingHttpHeaders): Promise<string> {
    const token = cookieOf(headers.cookie, this.#cookieName);
    if (token !== undefined) await this.#options.db.query("delete from sessions where token_hash = $1", [hexOf(token)]);
    return this.#cookie("", 0);
  }

  async #sessionOf(token: string): Promise<Caller | undefined> {
    const [session] = await this.#options.db.query<{ person: string; expiresAt: number }>(
      'select person, expires_at as "expiresAt" from sessions where token_hash = $1 and expires_at > clock_timestamp()',
      [hexOf(token)],
      "find_session",
    );
    return session && { ...session, by: "session" };
  }

  /** A browser says where a request comes from; a page of another site must not be able to act with our cookie. */
  #checkSameOrigin(headers: IncomingHttpHeaders): void {
    const site = headers["sec-fetch-site"];
    if (site === "same-origin") return;
    const origins = [new URL(this.#options.publicUrl()).origin, `http://${headers.host}`];
    if (site === undefined && headers.origin !== undefined && origins.includes(headers.origin)) return;
    throw new Problem("forbidden", {
      saw: "This change was asked for by a page of another site, or by a browser that does not say which.",
      next: "use the console itself, or the API key.",
    });
  }

  get #isSecure(): boolean {
    return this.#options.publicUrl().startsWith("https:");
  }

  get #cookieName(): string {
    return this.#isSecure ? "__Host-millrace" : "millrace";
  }

  /** Tokens are base64url, so there is nothing to escape. */
  #cookie(value: string, maxAge: number): string {
    return `${this.#cookieName}=${value}; Max-Age=${maxAge}; Path=/; HttpOnly; SameSite=Strict${this.#isSecure ? "; Secure" : ""}`;
  }
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return found === "" ? undefined : found;
}

function notSignedIn(saw: string): Problem {
  return new Problem("not_signed_in", {
    saw,
    next: "open a sign-in link (`millrace sign-in` prints one), or send `Authorization: Bearer` with the key in the data folder's file api-key.",
    headers: { "www-authenticate": 'Bearer realm="millrace"' },
  });
}

function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function hexOf(text: string): string {
  return hashOf(text).toString("hex");
}

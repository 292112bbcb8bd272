/**
 * Who may call: the API key for programs, a session for people. A person signs in by a link that works once and for
 * 15 minutes, by a password, or by a passkey; the session lasts 12 hours, and ends when the person is removed. Only hashes of tokens are
 * kept. Times are the database's.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type ApiKey, findApiKey, OWN_KEY } from "../access/api-keys.ts";
import { checkSignIn, signInOptions } from "../access/passkey-ceremonies.ts";
import { checkPassword, type PasswordVerdict } from "../access/passwords.ts";
import { ensureAdmin } from "../access/people.ts";
import { type RelyingParty, relyingPartyOf } from "../access/relying-party.ts";
import { notTheirs, type Role } from "../access/roles.ts";
import { ALL_RIGHTS, lacking, type Need, type Rights } from "../access/scopes.ts";
import { makeSignInPath } from "../access/sign-in-links.ts";
import type { Queryable } from "../db/database.ts";
import { type Actor, actorOf } from "../events/actor.ts";
import { Problem } from "./problem.ts";

export interface Caller {
  /** A session's person; the name of a program's key ("api" for the engine's own), everyone else "anonymous". */
  readonly person: string;
  readonly by: "session" | "api key" | "nothing";
  /** When the session ends; undefined for the others. Milliseconds. */
  readonly expiresAt?: number;
  /** What it may do. Of a session: whatever its roles let through, which every route is asked for (`checkRole`). */
  readonly rights: Rights;
  /** Of a session: what its person is. */
  readonly roles?: readonly Role[];
  /** Of a session: its number, and how it began. */
  readonly session?: { readonly id: number; readonly via: string };
  /** On whose behalf a key asks; "anyone": it may say so at each call. Undefined: it speaks for itself. */
  readonly actsFor?: { readonly person: string } | "anybody";
}

export const ANONYMOUS: Caller = {
  person: "anonymous",
  by: "nothing",
  rights: { scopes: new Set(), kinds: undefined },
};

const OWN: Caller = { person: OWN_KEY, by: "api key", rights: ALL_RIGHTS, actsFor: "anybody" };

export interface AccessOptions {
  readonly db: Queryable;
  readonly apiKey: string;
  /** The address people use. */
  readonly publicUrl: () => string;
}

/** A session that has just begun. */
export interface SignedIn {
  /** The Set-Cookie header. */
  readonly cookie: string;
  readonly person: string;
  readonly via: "link" | "password" | "passkey";
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
      if (timingSafeEqual(hashOf(key), this.#keyHash)) return OWN;
      const found = await findApiKey(this.#options.db, key);
      if (found !== undefined) return callerWith(found);
      throw notSignedIn("The API key is not this engine's, was revoked, or has expired.");
    }
    const token = cookieOf(headers.cookie, this.#cookieName);
    const caller = token === undefined ? undefined : await this.#sessionOf(token);
    if (caller === undefined)
      throw notSignedIn(token === undefined ? "Nobody is signed in." : "The session has ended.");
    if (method !== "GET" && method !== "HEAD") this.checkSameOrigin(headers);
    return caller;
  }

  /** A link that signs a person in, once, within 15 minutes. A person who is not known becomes one who may do everything. */
  async signInLink(person: string): Promise<string> {
    await ensureAdmin(this.#options.db, person);
    return `${this.#options.publicUrl()}${await makeSignInPath(this.#options.db, person)}`;
  }

  /** Uses a link up. @returns undefined when the link is used, old or unknown, or its person was removed. */
  async signIn(token: string, browser: string | undefined): Promise<SignedIn | undefined> {
    const { db } = this.#options;
    const [link] = await db.query<{ person: string; fresh: boolean }>(
      "delete from sign_in_links where token_hash = $1 returning person, expires_at > clock_timestamp() as fresh",
      [hexOf(token)],
    );
    return link?.fresh ? this.#begin(link.person, "link", browser) : undefined;
  }

  /** @returns the new session; or why there is none, which says nothing of whether there is such a person. */
  async signInWithPassword(
    person: string,
    password: string,
    browser: string | undefined,
  ): Promise<SignedIn | Exclude<PasswordVerdict, { is: "right" }>> {
    const verdict = await checkPassword(this.#options.db, person, password);
    if (verdict.is !== "right") return verdict;
    return (await this.#begin(person, "password", browser)) ?? { is: "wrong" };
  }

  /**
   * What a device may be asked to sign, to sign its person in by a passkey.
   * @throws Problem not_found where no browser makes passkeys.
   */
  passkeyOptions(): ReturnType<typeof signInOptions> {
    return signInOptions(this.#options.db, this.relyingParty());
  }

  /** @returns undefined when no passkey of anyone signed it. @throws Problem not_found where no browser makes passkeys. */
  async signInWithPasskey(
    response: Parameters<typeof checkSignIn>[2],
    browser: string | undefined,
  ): Promise<SignedIn | undefined> {
    const signed = await checkSignIn(this.#options.db, this.relyingParty(), response);
    return signed === undefined ? undefined : this.#begin(signed.person, "passkey", browser, signed.passkey);
  }

  /** The address passkeys work at. @throws Problem not_found where no browser makes any. */
  relyingParty(): RelyingParty {
    const address = this.#options.publicUrl();
    const party = relyingPartyOf(address);
    if (party !== undefined) return party;
    throw new Problem("not_found", {
      saw: `Passkeys need a name with https, and the console's address is ${address}.`,
      next: "set gateway.publicUrl to an https address with a name, or sign in by a link or a password.",
    });
  }

  async #begin(
    person: string,
    via: SignedIn["via"],
    browser: string | undefined,
    passkey?: string,
  ): Promise<SignedIn | undefined> {
    const session = randomBytes(32).toString("base64url");
    const begun = await this.#options.db.query(
      `with old as (delete from sessions where expires_at < clock_timestamp()), stale as (delete from sign_in_links where expires_at < clock_timestamp())
       insert into sessions (token_hash, person, expires_at, via, browser, passkey)
       select $1, name, clock_timestamp() + interval '12 hours', $3, left($4, 200), $5 from people where name = $2 and removed_at is null returning 1`,
      [hexOf(session), person, via, browser ?? null, passkey ?? null],
    );
    return begun.length === 0 ? undefined : { cookie: this.#cookie(session, 12 * 3600), person, via };
  }

  /** Ends the session. @returns the Set-Cookie header that takes the cookie away. */
  async signOut(headers: IncomingHttpHeaders): Promise<string> {
    const token = cookieOf(headers.cookie, this.#cookieName);
    if (token !== undefined) await this.#options.db.query("delete from sessions where token_hash = $1", [hexOf(token)]);
    return this.#cookie("", 0);
  }

  /** Whether who sent these may still ask: a session may have ended meanwhile, a key been revoked. */
  isStillKnown(headers: IncomingHttpHeaders): Promise<boolean> {
    return this.callerOf("GET", headers).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Problem && error.code === "not_signed_in") return false;
        throw error;
      },
    );
  }

  async #sessionOf(token: string): Promise<Caller | undefined> {
    const [found] = await this.#options.db.query<{
      id: number;
      via: string;
      person: string;
      expiresAt: number;
      roles: readonly Role[];
    }>(
      `select s.id, s.via, s.person, s.expires_at as "expiresAt", p.roles from sessions s join people p on p.name = s.person and p.removed_at is null
       where token_hash = $1 and expires_at > clock_timestamp()`,
      [hexOf(token)],
      "find_session",
    );
    if (found === undefined) return undefined;
    const { id, via, ...session } = found;
    return { ...session, by: "session", rights: ALL_RIGHTS, session: { id, via } };
  }

  /**
   * A browser says where a request comes from; a page of another site must not be able to act with our cookie.
   * @throws Problem forbidden.
   */
  checkSameOrigin(headers: IncomingHttpHeaders): void {
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

function callerWith({ name, scopes, kinds, actsFor, expiresAt }: ApiKey): Caller {
  return {
    person: name,
    by: "api key",
    rights: { scopes: new Set(scopes), kinds: kinds.length === 0 ? undefined : kinds },
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(actsFor === null ? {} : { actsFor: { person: actsFor } }),
  };
}

/**
 * Who is named in the log for what a caller does. A session speaks for its own person only, and a key for the one it was
 * made for, or for itself; the engine's own key may say on whose behalf it asks.
 * @throws Problem forbidden when a key names another person than its own.
 */
export function actorOfCaller(caller: Caller, person?: string): Actor {
  if (caller.by === "session") return actorOf(`person:${caller.person}`);
  const own = caller.actsFor === "anybody" ? person : caller.actsFor?.person;
  if (person !== undefined && person !== own) {
    throw new Problem("forbidden", {
      saw: `The API key "${caller.person}" may not ask on behalf of "${person}". Nothing was done.`,
      next: `leave person out, or ask for a key of that person: \`millrace keys create NAME --for ${person}\`.`,
      field: "person",
    });
  }
  return actorOf(own === undefined ? `key:${caller.person}` : `person:${own}`);
}

/** @throws Problem forbidden, naming the scope that is missing. */
export function checkScope(caller: Caller, need: Need): void {
  if (!caller.rights.scopes.has(need)) throw new Problem("forbidden", lacking(need, caller.person));
}

/** A program is asked for its scopes alone. @throws Problem forbidden, naming who may. */
export function checkRole(caller: Caller, needed: readonly Role[]): void {
  if (caller.by !== "session") return;
  const roles = caller.roles ?? [];
  if (!roles.some((role) => needed.includes(role)))
    throw new Problem("forbidden", notTheirs(caller.person, roles, needed));
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return found === "" ? undefined : found;
}

function notSignedIn(saw: string): Problem {
  return new Problem("not_signed_in", {
    saw,
    next: "open a sign-in link (`millrace sign-in` prints one), or send `Authorization: Bearer` with a key (`millrace keys create` makes one; the engine's own is the data folder's file api-key).",
    headers: { "www-authenticate": 'Bearer realm="millrace"' },
  });
}

function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function hexOf(text: string): string {
  return hashOf(text).toString("hex");
}

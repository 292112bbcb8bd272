/**
 * Access tokens for a mailbox that takes no password (SASL XOAUTH2): fetched when needed, kept until they run out. With a
 * refresh token for the mailbox's own consent (Google, Microsoft 365), without one for an application's (Microsoft 365).
 * Sources: RFC 6749 sections 4.4 and 6; Microsoft, "Authenticate an IMAP connection using OAuth"; Google, "XOAUTH2 protocol".
 */
import { z } from "zod";
import type { Clock } from "../../base/clock.ts";
import { MillraceError } from "../../base/errors.ts";
import type { InboxOAuth } from "../mail-settings.ts";

const TIMEOUT_MS = 20_000;
/** A token is renewed this long before it runs out. */
const EARLY_MS = 120_000;
const DEFAULT_LIFE_S = 3_600;
const answer = z.object({
  access_token: z.string().min(1).max(20_000),
  expires_in: z.coerce.number().positive().optional(),
});

export interface OAuthTokens {
  /** @throws MillraceError delivery_failed when the token server gives none. */
  current(): Promise<string>;
  /** The next one is fetched anew. */
  forget(): void;
}

export function oauthTokens(settings: InboxOAuth, clock: Clock): OAuthTokens {
  return new Tokens(settings, clock);
}

class Tokens implements OAuthTokens {
  readonly #settings: InboxOAuth;
  readonly #clock: Clock;
  #kept: { readonly token: string; readonly until: number } | undefined;

  constructor(settings: InboxOAuth, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  async current(): Promise<string> {
    if (this.#kept !== undefined && this.#clock.now() < this.#kept.until) return this.#kept.token;
    const { access_token: token, expires_in: life = DEFAULT_LIFE_S } = await requestToken(this.#settings);
    this.#kept = { token, until: this.#clock.now() + life * 1_000 - EARLY_MS };
    return token;
  }

  forget(): void {
    this.#kept = undefined;
  }
}

async function requestToken(settings: InboxOAuth): Promise<z.output<typeof answer>> {
  const { tokenUrl, clientId, clientSecret, refreshToken, scope } = settings;
  const body = new URLSearchParams({
    client_id: clientId,
    grant_type: refreshToken === undefined ? "client_credentials" : "refresh_token",
  });
  if (refreshToken !== undefined) body.set("refresh_token", refreshToken);
  if (clientSecret !== undefined) body.set("client_secret", clientSecret);
  if (scope !== undefined) body.set("scope", scope);
  try {
    const response = await fetch(tokenUrl, {
      method: "POST",
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: "error",
    });
    const text = (await response.text()).slice(0, 100_000);
    if (!response.ok) throw refused(`${response.status} ${reasonIn(text)}`);
    return answer.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof MillraceError) throw error;
    throw refused(
      error instanceof z.ZodError || error instanceof SyntaxError
        ? "an answer without access_token"
        : String(error).slice(0, 200),
    );
  }
}

/** The error's name alone: descriptions may hold what was sent. */
function reasonIn(text: string): string {
  return /"error"\s*:\s*"([\w.-]{1,100})"/.exec(text)?.[1] ?? "";
}

function refused(saw: string): MillraceError {
  return new MillraceError("delivery_failed", {
    saw: `The token server of the inbox gave no access token: ${saw.trim()}.`,
    next: "check mail.inbox.oauth; a refresh token that was withdrawn has to be made anew by signing in again.",
    field: "mail.inbox.oauth",
  });
}

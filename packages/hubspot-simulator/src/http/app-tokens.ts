/** Tokens an app gets for its id and secret (OAuth, client credentials). They open the journal, and last half an hour. */
import { randomUUID } from "node:crypto";
import { ApiError } from "./api-error.ts";
import { type Answer, type Call, ok, type Route } from "./route.ts";

const LASTS_S = 1_800;

export type AppTokens = ReturnType<typeof appTokens>;

export function appTokens(app: { clientId: string; clientSecret: string }) {
  const endsAt = new Map<string, number>();

  function issue({ account, body }: Call): Answer {
    const asked = body instanceof URLSearchParams ? body : new URLSearchParams();
    if (asked.get("grant_type") !== "client_credentials") throw refused("unsupported_grant_type");
    if (asked.get("client_id") !== app.clientId || asked.get("client_secret") !== app.clientSecret)
      throw refused("invalid_client");
    const token = `app-${randomUUID()}`;
    endsAt.set(token, account.now() + LASTS_S * 1_000);
    return ok({ access_token: token, expires_in: LASTS_S, token_type: "bearer" });
  }

  return {
    isValid: (token: string, now: number): boolean => (endsAt.get(token) ?? 0) > now,
    /** Every token ends now. */
    revoke: (): void => endsAt.clear(),
    routes: (): Route[] => [{ method: "POST", path: "/oauth/v1/token", handle: issue, access: "open", body: "form" }],
  };
}

function refused(code: string): ApiError {
  return new ApiError(400, { message: code, category: "BAD_AUTHENTICATION" });
}

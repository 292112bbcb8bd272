/** How a remote server is asked for access: client credentials, or a refresh token a person has been given. The SDK does the rest. */
import type { OAuthClientProvider } from "@modelcontextprotocol/sdk/client/auth.js";
import type { OAuthTokens } from "@modelcontextprotocol/sdk/shared/auth.js";
import type { McpServerRules } from "./mcp-settings.ts";

type OAuthRules = NonNullable<McpServerRules["oauth"]>;

/** Tokens are kept in memory: a refresh token that the server replaces is good until the engine ends. */
export function oauthProvider({
  issuer,
  clientId,
  clientSecret,
  refreshToken,
  scope,
}: OAuthRules): OAuthClientProvider {
  let tokens: OAuthTokens | undefined;
  let refresh = refreshToken;
  return {
    // No one can be led anywhere: a token is asked for by `prepareTokenRequest` alone.
    redirectUrl: undefined,
    clientMetadata: {
      client_name: "Millrace",
      redirect_uris: [],
      grant_types: [refresh === undefined ? "client_credentials" : "refresh_token"],
      token_endpoint_auth_method: "client_secret_basic",
      scope,
    },
    clientInformation: () => ({ client_id: clientId, client_secret: clientSecret, issuer }),
    tokens: () => tokens,
    saveTokens: (given) => {
      tokens = given;
      refresh &&= given.refresh_token ?? refresh;
    },
    redirectToAuthorization: noPerson,
    saveCodeVerifier: () => undefined,
    codeVerifier: noPerson,
    prepareTokenRequest: (asked) => {
      const wanted = asked ?? scope;
      const grant: Record<string, string> =
        refresh === undefined
          ? { grant_type: "client_credentials" }
          : { grant_type: "refresh_token", refresh_token: refresh };
      return new URLSearchParams({ ...grant, ...(wanted && { scope: wanted }) });
    },
  };
}

function noPerson(): never {
  throw new Error("a person has to sign in, and there is none here");
}

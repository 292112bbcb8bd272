import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { ManualClock } from "../../base/clock.ts";
import { oauthTokens } from "./oauth-tokens.ts";

/** A token server on loopback that gives what it is given to give, and keeps what was asked. */
async function tokenServer(answers: readonly (readonly [status: number, body: string])[]) {
  const asked: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [status, body] = answers[asked.length] ?? [500, ""];
      asked.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      response.writeHead(status, { "content-type": "application/json" }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    asked,
    tokenUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

const first = [200, JSON.stringify({ access_token: "one", expires_in: 3600 })] as const;
const second = [200, JSON.stringify({ access_token: "two", expires_in: "3600" })] as const;

describe("access tokens of an inbox", () => {
  it("are fetched with the mailbox's refresh token, kept, and renewed before they run out", async () => {
    await using server = await tokenServer([first, second]);
    const clock = new ManualClock();
    const tokens = oauthTokens({ tokenUrl: server.tokenUrl, clientId: "app", refreshToken: "r", scope: "imap" }, clock);
    assert.deepEqual([await tokens.current(), await tokens.current()], ["one", "one"]);
    clock.advance(3_590_000);
    assert.equal(await tokens.current(), "two");
    assert.deepEqual(Object.fromEntries(server.asked[0] ?? []), {
      client_id: "app",
      grant_type: "refresh_token",
      refresh_token: "r",
      scope: "imap",
    });
  });

  it("are the application's own without a refresh token, and fetched anew once refused by the mail server", async () => {
    await using server = await tokenServer([first, second]);
    const tokens = oauthTokens({ tokenUrl: server.tokenUrl, clientId: "app", clientSecret: "s" }, new ManualClock());
    await tokens.current();
    tokens.forget();
    assert.equal(await tokens.current(), "two");
    assert.equal(server.asked[0]?.get("grant_type"), "client_credentials");
  });

  for (const [what, answer] of [
    ["an error", [400, JSON.stringify({ error: "invalid_grant", error_description: "secret things" })]],
    ["no JSON", [200, "<html>"]],
    ["no token", [200, "{}"]],
  ] as const) {
    it(`${what} of the token server is an error that shows no secret`, async () => {
      await using server = await tokenServer([answer]);
      const tokens = oauthTokens(
        { tokenUrl: server.tokenUrl, clientId: "app", clientSecret: "s3cret" },
        new ManualClock(),
      );
      await assert.rejects(tokens.current(), (error: Error) => {
        assert.match(error.message, /gave no access token/);
        assert.doesNotMatch(error.message, /s3cret|secret things/);
        return true;
      });
    });
  }
});

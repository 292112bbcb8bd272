/** A connection is asked whether it is there, nothing is done with it, and an answer comes in time whatever it does. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { probeWithin } from "../../packages/millrace/src/actions/connections/probe.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { testEngine } from "../factories/engine.ts";
import { withoutServer } from "../servers/gate.ts";
import { CONNECTIONS, type Outside, outside } from "./connections.fixture.ts";

const BY = { by: "person:ada" };
const PROGRAM = join(import.meta.dirname, "../mcp-client/server-program.ts");

describe("HubSpot, the mail server, the model and a server of tools", () => {
  let there: Outside;
  before(async () => {
    there = await outside();
  });
  after(() => there[Symbol.asyncDispose]());

  it("that are well say so, and nothing was done there", async () => {
    const [hubspot, mail, model, people] = await said(there.config);
    assert.match(hubspot ?? "", /^HubSpot answers for portal \d+\.$/);
    assert.deepEqual(
      [mail, model, people],
      [
        "127.0.0.1 answers, and takes our name and password.",
        "The API answers, and takes our key.",
        "people answers, and has one tool: echo.",
      ],
    );
    assert.equal(there.letters.length, 0);
  });

  it("that refuse us say what they refuse, and where the right one is set", async () => {
    assert.deepEqual(await said(there.refused), [
      "HubSpot refuses our token (401). Next: make a new token in HubSpot and set HUBSPOT_ACCESS_TOKEN.",
      "127.0.0.1 refuses our name or our password (535). Next: correct the name and the password in mail.smtpUrl.",
      "The key is refused (401). Next: set another key (models.apiKey).",
      'The server "people" does not let us in. Next: set another token, or what it asks for by OAuth (mcp.servers.people).',
    ]);
  });

  it("that are not there say that nothing answers, and which setting has the address", async () => {
    const words = (name: string, setting: string) =>
      `${name} cannot be reached: nothing answers at PLACE. Next: see whether it runs, and whether ${setting} has its address.`;
    assert.deepEqual(
      (await said(there.gone)).map((one) => one.replace(/127\.0\.0\.1:\d+/, "PLACE")),
      [
        words("HubSpot", "hubspot.baseUrl"),
        words("The mail server", "mail.smtpUrl"),
        words("The model's API", "models.baseUrl"),
        words('The server "people"', "mcp.servers.people"),
      ],
    );
  });

  it("that are set are listed with their host, and what is not set is not asked", async () => {
    await using test = await testEngine(there.config);
    const { actions, queries } = test.engine;
    const { connections } = await queries.connections({});
    assert.deepEqual(
      connections.map(({ name, isSet, lastError }) => [name, isSet, lastError]),
      CONNECTIONS.map((name) => [name, true, null]),
    );
    await assert.rejects(actions.testConnection({ connection: "mcp:peple" }, BY), { code: "not_found" });
  });
});

describe("a server of tools that is a program", () => {
  for (const [mode, words] of [
    [
      "dies-at-start",
      'The server "people" ended with exit code 3: no licence found Next: see what it says of itself, and mcp.servers.people.',
    ],
    ["no-tools", 'The server "people" offers no tools. Next: see mcp.servers.people.'],
  ] as const) {
    it(`and ${mode.replaceAll("-", " ")} says so in its own words`, async () => {
      assert.equal(await saidOf({ command: process.execPath, args: [PROGRAM, mode] }), words);
    });
  }

  it("that is not installed is named", async () => {
    assert.equal(
      await saidOf({ command: "no-such-program" }),
      'The server "people" does not start: there is no program "no-such-program" here. Next: install it, or correct mcp.servers.people.command.',
    );
  });

  async function saidOf(server: { command: string; args?: string[] }): Promise<string> {
    const mcp = { tools: { scout: ["people/echo"] }, servers: { people: server } };
    const [words] = await said({ mcp }, ["mcp:people"]);
    return words ?? "";
  }
});

it("no answer shows a password, a token or a key", async () => {
  const smtpUrl = `smtp://user:hush@${new URL(await withoutServer("smtp://127.0.0.1:1")).host}`;
  const [words] = await said({ mail: { smtpUrl, from: "Us <us@ours.example>" } }, ["mail"]);
  assert.doesNotMatch(words ?? "", /hush/);
});

it("one that never answers is given up in time", async () => {
  const asked = { name: "HubSpot", host: "api.hubapi.com", setting: "hubspot.baseUrl" };
  assert.deepEqual(await probeWithin({ asked, ask: () => new Promise(() => {}) }, 20), {
    isWell: false,
    saw: "HubSpot did not answer within 0.02 s.",
    next: "see whether api.hubapi.com is well, and whether it can be reached from here; then try again.",
  });
});

/** What each test of a connection says, in words as a person reads them. */
async function said(config: MillraceConfig, names: readonly string[] = CONNECTIONS): Promise<string[]> {
  await using test = await testEngine(config);
  const all = await Promise.all(names.map((connection) => test.engine.actions.testConnection({ connection }, BY)));
  return all.map(({ saw, next }) => (next === "" ? saw : `${saw} Next: ${next}`));
}

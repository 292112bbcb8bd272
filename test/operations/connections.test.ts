/** A connection is asked whether it is there, nothing is done with it, and an answer comes in time whatever it does. */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { it } from "node:test";
import { startSimulator } from "../../packages/hubspot-simulator/src/server.ts";
import { probeWithin } from "../../packages/millrace/src/actions/connections/probe.ts";
import { startModelSimulator } from "../../packages/model-simulator/src/index.ts";
import { testEngine } from "../factories/engine.ts";
import { mailServer } from "../servers/smtp.ts";

const BY = { by: "person:ada" };

it("HubSpot, mail and the model each say how they are; what is not set is not asked", async () => {
  const [hubspot, model] = await Promise.all([startSimulator({ tier: "none" }), startModelSimulator({})]);
  try {
    await using server = await mailServer();
    await using test = await testEngine({
      mail: { smtpUrl: server.url, from: "Us <us@ours.example>" },
      hubspot: { accessToken: hubspot.token, baseUrl: hubspot.url },
      models: { apiKey: "some-key", baseUrl: `${model.url}/v1` },
    });
    const { actions, queries } = test.engine;
    const asked = await actions.testConnection({ connection: "hubspot" }, BY);
    assert.match(asked.saw, /^HubSpot answers for portal \d+\.$/);
    assert.equal(asked.isWell, true);
    const api = await actions.testConnection({ connection: "model" }, BY);
    assert.deepEqual([api.isWell, /The API answers/.test(api.saw)], [true, true]);
    const mail = await actions.testConnection({ connection: "mail" }, BY);
    assert.deepEqual([mail.isWell, server.letters.length], [true, 0]);
    await assert.rejects(actions.testConnection({ connection: "mcp:browsr" }, BY), { code: "not_found" });
    const { connections } = await queries.connections({});
    assert.deepEqual(
      connections.map(({ name, isSet, lastError }) => [name, isSet, lastError]),
      [
        ["hubspot", true, null],
        ["mail", true, null],
        ["model", true, null],
      ],
    );
  } finally {
    await Promise.all([hubspot.close(), model.close()]);
  }
});

it("a token that HubSpot does not know, and a mail server that is not there, say what to do", async () => {
  const hubspot = await startSimulator({ tier: "none" });
  const free = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => free.once("listening", resolve));
  const { port } = free.address() as { port: number };
  await new Promise((resolve) => free.close(resolve));
  try {
    await using test = await testEngine({
      hubspot: { accessToken: "wrong", baseUrl: hubspot.url },
      mail: { smtpUrl: `smtp://user:hush@127.0.0.1:${port}`, from: "Us <us@ours.example>" },
    });
    const { actions } = test.engine;
    const refused = await actions.testConnection({ connection: "hubspot" }, BY);
    assert.deepEqual(
      [refused.isWell, refused.next],
      [false, "make a new token in HubSpot and set HUBSPOT_ACCESS_TOKEN."],
    );
    const gone = await actions.testConnection({ connection: "mail" }, BY);
    assert.equal(gone.isWell, false);
    assert.match(`${gone.saw} ${gone.next}`, /ECONNREFUSED.*mail\.smtpUrl/);
    assert.doesNotMatch(JSON.stringify(gone), /hush/);
  } finally {
    await hubspot.close();
  }
});

it("one that never answers is given up in time", async () => {
  const result = await probeWithin(() => new Promise(() => {}), 20, "look at it.");
  assert.deepEqual(result, { isWell: false, saw: "There was no answer within 0.02 s.", next: "look at it." });
});

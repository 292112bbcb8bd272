/** What a foreign sender sent and was not translated may name a person: erased, they are gone from there too. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { it } from "node:test";
import { startGateway } from "../../packages/millrace/src/http/server.ts";
import { emit, on, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { ADDRESS, CANARY, FIELDS, keyFolder, whereIs } from "./erasure.fixture.ts";

const SECRET = "d2ViaG9vay1zZWNyZXQtZm9yLXRlc3Rz";

/** Bodies of senders, each with the address where nothing looks for one. */
const BODIES: readonly (readonly [what: string, data: object])[] = [
  ["as it is", { customer: { contact: ADDRESS } }],
  ["in other capitals", { customer: { contact: ADDRESS.toUpperCase() } }],
  ["within a text", { note: `Please call <${ADDRESS}> today.` }],
  ["encoded in an address of a page", { url: `https://shop.example/c?mail=${encodeURIComponent(ADDRESS)}` }],
  ["as the name of a field", { [ADDRESS]: 1 }],
  ["in JSON within JSON", { raw: JSON.stringify({ to: ADDRESS }) }],
];

it("an address in what a foreign sender sent is found, wherever it stands, and erased; other people's stays", async () => {
  await using keys = await keyFolder();
  const answers = workflow("answers", { about: "" }, [on("external_event", emit("system_healthy", {}))]);
  await using test = await testEngine({ dataFolder: keys.path, workflows: [answers] });
  const gateway = await startGateway(test.engine, { port: 0, webhookSecrets: { shop: `whsec_${SECRET}` } });
  try {
    await test.engine.append([formSubmitted(FIELDS)]);
    const send = async (id: string, data: object) => {
      const body = JSON.stringify({ type: "customer.seen", timestamp: new Date().toISOString(), data });
      const at = Math.floor(Date.now() / 1_000);
      const signature = createHmac("sha256", Buffer.from(SECRET, "base64"))
        .update(`${id}.${at}.${body}`)
        .digest("base64");
      const headers = {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(at),
        "webhook-signature": `v1,${signature}`,
      };
      const answer = await fetch(`${gateway.url}/webhooks/shop`, { method: "POST", body, headers });
      assert.equal(answer.status, 202, await answer.text());
    };
    for (const [i, [, data]] of BODIES.entries()) await send(`msg_${i}`, data);
    await send("msg_other", { customer: { contact: "bob@blue-harbour.example" } });
    await test.engine.idle();
    const external = () =>
      test.engine.db.query<{ id: string; data: object }>(
        "select id, data from events where type = 'external_event' order by position",
      );
    assert.equal((await external()).length, BODIES.length + 1);
    await test.engine.actions.eraseContact({ contact: ADDRESS }, { by: "ada" });
    await test.engine.idle();
    assert.deepEqual(await whereIs(test.engine.db, CANARY), []);
    const left = await external();
    assert.equal(left.length, 1, "the others say that they were erased");
    assert.match(JSON.stringify(left[0]?.data), /bob@blue-harbour\.example/);
    assert.deepEqual(test.errors, []);
  } finally {
    await gateway.close();
  }
});

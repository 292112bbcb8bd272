/** Settings in force, at the API: with their source, and without a secret. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { testGateway } from "./gateway.fixture.ts";

it("settings in force are told with their source, and no secret among them", async () => {
  const smtpUrl = "smtp://me:a-secret-password@127.0.0.1:2525";
  await using tested = await testGateway(
    {},
    { mail: { from: "Sales <sales@acme.example>", smtpUrl }, engine: { sweepMs: 1_234 } },
  );
  const { settings } = await tested.read("/api/settings");
  const of = (name: string) => settings.find(({ setting }: { setting: string }) => setting === name);
  assert.deepEqual([of("engine.sweepMs").value, of("engine.sweepMs").source], [1_234, "file"]);
  assert.equal(of("engine.batchSize").source, "default");
  assert.ok(!JSON.stringify(settings).includes("a-secret-password"));
});

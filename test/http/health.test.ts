/** Health at the doors: the API, Prometheus, and a silent monitor that is named. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { testGateway } from "./gateway.fixture.ts";

describe("health at the doors", () => {
  it("says what the monitor saw, with the gateway among the components", async () => {
    await using tested = await testGateway({}, { monitor: { memoryMb: 1 } });
    assert.equal((await tested.read("/api/health")).status, "unknown");
    await tested.engine.monitor?.turnNow();
    await tested.engine.idle();
    const health = await tested.read("/api/health");
    assert.equal(health.status, "ill");
    assert.deepEqual(
      health.components.map(({ component }: { component: string }) => component),
      ["database", "dispatcher", "gateway", "mailer", "runner"],
    );
    assert.deepEqual(health.reasons, ["resource_alert: memory_mb"]);
    const metrics = await (await tested.call("/metrics")).text();
    assert.match(metrics, /^alerts_active\{alert="resource_alert",subject="memory_mb"\} 1$/m);
    assert.match(metrics, /^monitor_silent 0$/m);
    assert.match(metrics, /^emails_unknown 0$/m);
    assert.match(metrics, /^dead_letters 0$/m);
  });

  it("an agent is paused and resumed by name; a wrong name is told the nearest", async () => {
    await using tested = await testGateway();
    const agent = async () => (await tested.read("/api/health")).agents[0];
    assert.equal((await tested.post("/api/agents/data_enricher/pause", { person: "grace" })).status, 200);
    assert.deepEqual([(await agent()).state, (await agent()).reason], ["stopped", "Paused by grace."]);
    assert.match(await (await tested.call("/metrics")).text(), /^agent_stopped\{agent="data_enricher"\} 1$/m);
    assert.equal((await tested.post("/api/agents/data_enricher/resume", {})).status, 200);
    assert.equal((await agent()).state, "working");
    const wrong = await tested.post("/api/agents/data_enrichr/pause", {});
    assert.equal(wrong.status, 404);
    assert.match(await wrong.text(), /Did you mean \\"data_enricher\\"/);
  });

  it("a monitor silent for three turns is named by /readyz, which still takes work, and by /api/health", async () => {
    await using tested = await testGateway();
    await tested.engine.monitor?.turnNow();
    assert.deepEqual((await tested.read("/readyz")).reasons, []);
    await tested.engine.db.query("update monitor_state set beat_at = now() - interval '4 minutes'");
    const ready = await tested.read("/readyz");
    assert.equal(ready.ok, true);
    assert.match(ready.reasons[0], /^the monitor is silent: no measurements since 2026-03-02T09:00:00 UTC$/);
    assert.equal((await tested.read("/api/health")).isSilent, true);
  });
});

/** Another HubSpot account: the same ids are other people there. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { formSubmitted } from "../factories/engine.ts";
import { testCrm } from "./crm.fixture.ts";

const form = (email: string, firstname: string, more = {}) => formSubmitted({ email, firstname, ...more });

describe("an engine that is given another HubSpot account", () => {
  it("writes to nobody there who only has the same id, and brings its contacts anew", async () => {
    await using simulated = await testCrm({ hubspot: { mirrorTasks: false } });
    await simulated.test.engine.append([form("ada@acme-systems.example", "Ada")]);
    await simulated.test.engine.idle();
    const [ada] = simulated.records("contacts");
    await simulated.test.engine.stop();

    await using real = await testCrm({ hubspot: { mirrorTasks: false } }, { portalId: 90_210 });
    const { ok } = await real.api.request({
      method: "POST",
      path: real.api.paths.objects("contacts"),
      body: { properties: { email: "bob@elsewhere.example", firstname: "Bob", jobtitle: "Baker" } },
      urgency: "normal",
      kind: "other",
    });
    assert.ok(ok);
    const [bob] = real.records("contacts");
    assert.equal(bob?.hs_object_id, ada?.hs_object_id, "the same id, another person");

    const engine = await openEngine(
      { databaseUrl: simulated.test.url, hubspot: { ...real.settings, mirrorTasks: false } },
      { clock: simulated.test.clock },
    );
    try {
      await engine.append([form("ada@acme-systems.example", "Ada", { jobtitle: "CTO" })]);
      await engine.idle();
      const shown = real.records("contacts").map(({ email, firstname, jobtitle }) => ({ email, firstname, jobtitle }));
      assert.deepEqual(
        shown.toSorted((a, b) => ((a.email ?? "") < (b.email ?? "") ? -1 : 1)),
        [
          { email: "ada@acme-systems.example", firstname: "Ada", jobtitle: "CTO" },
          { email: "bob@elsewhere.example", firstname: "Bob", jobtitle: "Baker" },
        ],
      );
    } finally {
      await engine.stop();
    }
  });
});

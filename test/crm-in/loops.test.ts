/** Two who write the same contact come to rest, and on the same value. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { formSubmitted } from "../factories/engine.ts";
import { type CrmIn, crmIn, signed } from "./crm-in.fixture.ts";

const ADA = { email: "ada@acme-systems.example", firstname: "Ada", company: "Acme Systems", jobtitle: "CTO" };

const theirs = (crm: CrmIn, id: string, name: string) =>
  crm.simulator.account().tables.get("0-1")?.records.get(id)?.properties.get(name);
const onlyContact = (crm: CrmIn) => [...(crm.simulator.account().tables.get("0-1")?.records.keys() ?? [])][0] ?? "";

describe("our writes coming back", () => {
  it("are called echoes in the log and start nothing, however the webhooks are doubled and mixed", async () => {
    await using crm = await crmIn();
    crm.simulator.faults.set({ webhookDuplicate: 0.5, webhookReorder: 0.5, webhookAnswerLost: 0.3 });
    await crm.test.engine.append([formSubmitted(ADA)]);
    await crm.settle();
    for (const phone of ["+49 1", "+49 2", "+49 3"]) {
      crm.test.clock.advance(400_000);
      await crm.test.engine.append([formSubmitted({ ...ADA, phone, jobtitle: `CTO ${phone}` })]);
      await crm.settle();
    }
    const before = await crm.count("select count(*) from events");
    crm.test.clock.advance(400_000);
    await crm.settle();
    await crm.hubspot.pollNow();
    await crm.hubspot.pollNow();
    await crm.settle();
    assert.equal((await crm.events("contact_updated")).length, 0);
    assert.ok((await crm.count("select count(*) from events")) - before < 30, "it has come to rest");
    const echoes = await crm.events("crm_change_noted");
    assert.ok(echoes.some(({ data, actor }) => data.because === "echo" && actor === "hubspot:echo"));
    assert.equal(theirs(crm, onlyContact(crm), "jobtitle"), "CTO +49 3");
  });
});

describe("two writers", () => {
  it("end on the same value, whoever came last and in whatever order the webhooks come", async () => {
    await using crm = await crmIn();
    crm.simulator.faults.set({ webhookDuplicate: 0.3, webhookReorder: 0.5 });
    await crm.test.engine.append([formSubmitted(ADA)]);
    await crm.settle();
    const id = onlyContact(crm);
    for (let round = 0; round < 8; round++) {
      crm.test.clock.advance(60_000);
      await Promise.all([
        crm.test.engine.append([formSubmitted({ ...ADA, jobtitle: `ours ${round}` })]),
        crm.edit(id, { jobtitle: `theirs ${round}` }),
      ]);
      if (round % 2 === 0) await crm.settle();
    }
    await crm.settle();
    crm.test.clock.advance(600_000);
    await crm.settle();
    const ours = (await crm.contact(id))?.properties.jobtitle;
    assert.equal(ours, theirs(crm, id, "jobtitle"));
    const before = await crm.count("select count(*) from events");
    crm.test.clock.advance(600_000);
    await crm.settle();
    assert.equal(await crm.count("select count(*) from events"), before, "nobody writes any more");
    assert.deepEqual(crm.test.errors, []);
  });

  it("end on what was written last, though every webhook of it comes before the older ones", async () => {
    await using crm = await crmIn();
    await using line = await crossedLine(crm);
    await crm.test.engine.append([formSubmitted(ADA)]);
    await line.settle();
    const id = onlyContact(crm);
    for (let round = 0; round < 6; round++) {
      crm.test.clock.advance(400_000);
      await crm.test.engine.append([formSubmitted({ ...ADA, jobtitle: `ours ${round}` })]);
      await crm.settle();
      crm.test.clock.advance(60_000);
      await crm.edit(id, { jobtitle: `theirs ${round}` });
      if (round % 3 === 2) await line.settle();
    }
    await line.settle();
    crm.test.clock.advance(600_000);
    await line.settle();
    assert.equal((await crm.contact(id))?.properties.jobtitle, "theirs 5");
    assert.equal(theirs(crm, id, "jobtitle"), "theirs 5");
    const before = await crm.count("select count(*) from events");
    crm.test.clock.advance(600_000);
    await line.settle();
    assert.equal(await crm.count("select count(*) from events"), before, "nobody writes any more");
  });
});

/** HubSpot's webhooks gather here; then they come one by one, the newest change first, until nobody has more to say. */
async function crossedLine(crm: CrmIn) {
  const held: { occurredAt: number }[] = [];
  const post = createServer((asked, answer) => {
    let body = "";
    asked.on("data", (chunk) => {
      body += chunk;
    });
    asked.on("end", () => {
      held.push(...JSON.parse(body));
      answer.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await once(post, "listening");
  const { settings } = crm.simulator.webhooks.delivery;
  const url = settings.targetUrl ?? "";
  settings.targetUrl = `http://127.0.0.1:${(post.address() as AddressInfo).port}`;
  return {
    async settle(): Promise<void> {
      await crm.settle();
      while (held.length > 0) {
        for (const change of held.splice(0).toSorted((a, b) => b.occurredAt - a.occurredAt)) {
          const answer = await fetch(url, signed(url, JSON.stringify([change]), crm.test.clock.now()));
          assert.equal(answer.status, 204);
          await crm.test.engine.idle();
        }
        await crm.settle();
      }
    },
    async [Symbol.asyncDispose]() {
      settings.targetUrl = undefined;
      post.close();
      post.closeAllConnections();
    },
  };
}

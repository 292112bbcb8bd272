/** HubSpot's lists that the settings name are followed. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { type CrmIn, crmIn } from "./crm-in.fixture.ts";

async function call(crm: CrmIn, method: "POST" | "PUT", path: string, body: unknown): Promise<unknown> {
  const answer = await crm.api.request({ method, path, body, urgency: "normal", kind: "other" });
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.body;
}

async function read(crm: CrmIn): Promise<number> {
  const changes = await crm.hubspot.readListsNow();
  await crm.settle();
  return changes;
}

describe("a list of HubSpot's that the settings name", () => {
  it("lists those who stand on it, each once, and unlists who left", async () => {
    await using crm = await crmIn({ hubspot: { lists: { partners: "1" } } });
    await call(crm, "POST", "/crm/v3/lists", { name: "Partners", objectTypeId: "0-1", processingType: "MANUAL" });
    const ada = await crm.make({ email: "ada@acme.example" });
    const bob = await crm.make({ email: "bob@acme.example" });
    await crm.settle();
    await call(crm, "PUT", "/crm/v3/lists/1/memberships/add", [ada, bob]);
    assert.equal(await read(crm), 2);
    assert.equal(await read(crm), 0);
    assert.deepEqual((await crm.contact(ada))?.facts.lists, ["partners"]);
    await call(crm, "PUT", "/crm/v3/lists/1/memberships/remove", [ada]);
    assert.equal(await read(crm), 1);
    assert.deepEqual((await crm.contact(ada))?.facts.lists, []);
    assert.deepEqual((await crm.contact(bob))?.facts.lists, ["partners"]);
    assert.equal((await crm.events("contact_unlisted"))[0]?.actor, "hubspot");
  });

  it("of more members than one answer holds is read whole", async () => {
    await using crm = await crmIn({ webhooks: false, hubspot: { lists: { all: "1" } } });
    await call(crm, "POST", "/crm/v3/lists", { name: "All", objectTypeId: "0-1", processingType: "MANUAL" });
    const ids: string[] = [];
    for (let i = 0; i < 260; i++) ids.push(await crm.make({ email: `lead${i}@acme.example` }));
    await call(crm, "PUT", "/crm/v3/lists/1/memberships/add", ids);
    await crm.test.engine.append(
      [ids[0], ids[255]].map((id, i) => ({
        type: "contact_created" as const,
        data: { email: `known${i}@acme.example`, externalIds: { hubspot: id ?? "" } },
      })),
    );
    await crm.test.engine.idle();
    assert.equal(await read(crm), 2, "those who are known here");
  });

  it("that the answer does not name keeps its members, and that is reported", async () => {
    await using hubspot = await whoseMembersAre({ status: "COMPLETE" });
    await using crm = await crmIn({ webhooks: false, hubspot: { lists: { partners: "1" }, baseUrl: hubspot.url } });
    const contact = { externalIds: { hubspot: "101" } };
    await crm.test.engine.append([
      { type: "contact_created", data: { email: "ada@acme.example", ...contact } },
      { type: "contact_listed", data: { list: "partners" }, contact },
    ]);
    await crm.test.engine.idle();
    await assert.rejects(crm.hubspot.readListsNow(), /the list "partners" \(1\).*names no results/s);
    assert.deepEqual((await crm.contact("101"))?.facts.lists, ["partners"]);
  });

  it("that is not there is reported, and nothing else is touched", async () => {
    await using crm = await crmIn({ hubspot: { lists: { gone: "77" } } });
    await assert.rejects(crm.hubspot.readListsNow(), /the list "gone" \(77\).*List does not exist/s);
  });
});

/** A HubSpot with nothing in it, that answers so when it is asked who stands on a list. */
async function whoseMembersAre(said: object) {
  const server = createServer((request, response) => {
    const { url = "" } = request;
    const body = url.includes("/memberships")
      ? said
      : url.includes("/account-info/")
        ? { portalId: 4711 }
        : { results: [] };
    request.resume().on("end", () => response.setHeader("content-type", "application/json").end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

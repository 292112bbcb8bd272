/** HubSpot's owners are our own people: what one of them writes in a conversation is no answer of the contact. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted } from "../factories/engine.ts";
import { type CrmIn, crmIn } from "./crm-in.fixture.ts";

const ADA = { email: "ada@acme-systems.example", firstname: "Ada" };
const TOM = "Tom.Marsh@partner-house.example";

async function withOwner(options: Parameters<typeof crmIn>[0] = {}): Promise<CrmIn & { messageId: string }> {
  const mail = { from: "Sales <sales@ours.example>", window: false as const, cap: false as const };
  const crm = await crmIn({ ...options, config: { agents: [scoresByPoints, findsNothing], mail } });
  const [first] = crm.simulator.account().owners.values();
  assert.ok(first);
  crm.simulator.account().owners.set("77", { ...first, id: "77", userId: 77, email: TOM });
  await crm.test.engine.append([formSubmitted({ ...ADA, points: 50 })]);
  await crm.settle();
  const [sent] = await crm.test.engine.db.query<{ id: string }>(
    "select message_id as id from emails where message_id is not null limit 1",
  );
  return { ...crm, messageId: sent?.id ?? "<none@ours.example>" };
}

let mails = 0;

function take(crm: CrmIn & { messageId: string }, from: string, text = "Hi Ada, Tuesday works for me. Tom") {
  mails += 1;
  const raw = `From: ${from}\r\nTo: sales@ours.example\r\nMessage-ID: <${mails}@x.example>\r\nIn-Reply-To: ${crm.messageId}\r\nSubject: Re: Your request\r\n\r\n${text}\r\n`;
  return crm.test.engine.mail.take(Buffer.from(raw));
}

const asked = (crm: CrmIn) =>
  crm.simulator.calls.latest(1_000).filter(({ path }) => path.startsWith("/crm/v3/owners")).length;

describe("a mail of one of HubSpot's owners", () => {
  it("is no answer of the contact; the contact's own is, and HubSpot is asked once an hour", async () => {
    await using crm = await withOwner();
    const tom = await take(crm, `Tom Marsh <${TOM}>`);
    assert.deepEqual([tom.state, tom.why], ["ignored", "written by one of our own people"]);
    assert.equal((await take(crm, `Ada <${ADA.email}>`, "Yes, gladly.")).state, "taken");
    assert.equal(asked(crm), 1);
    crm.test.clock.advance(3_600_000);
    await take(crm, `Tom Marsh <${TOM}>`, "Once more.");
    await crm.settle();
    assert.equal(asked(crm), 2);
    assert.deepEqual(crm.test.errors, []);
  });

  it("is known for an hour, whatever HubSpot does meanwhile", async () => {
    await using crm = await withOwner();
    await take(crm, `Tom Marsh <${TOM}>`);
    crm.simulator.account().owners.delete("77");
    crm.test.clock.advance(1_800_000);
    assert.equal((await take(crm, `Tom Marsh <${TOM}>`, "And this.")).state, "ignored");
  });
});

describe("a token that may not read the owners", () => {
  it("stops no mail, and is reported", async () => {
    await using crm = await withOwner({
      simulator: { scopes: ["crm.objects.contacts.read", "crm.objects.contacts.write"] },
    });
    assert.equal((await take(crm, `Ada <${ADA.email}>`, "Yes, gladly.")).state, "taken");
    await crm.settle();
    assert.ok(crm.test.errors.some((error) => String(error).includes("crm.objects.owners.read")));
  });
});

/** HubSpot is asked for its contacts' time zones, and a first e-mail leaves by day where the contact lives. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { type CrmIn, type CrmInOptions, crmIn } from "./crm-in.fixture.ts";

const ADA = { email: "ada@acme-systems.example", firstname: "Ada", company: "Acme Systems", jobtitle: "CTO" };
/** Nine in the morning of a Monday in UTC, the window is open from 8 to 18. */
const CASES: readonly [zone: string | undefined, leaves: number][] = [
  [undefined, 1],
  ["europe_slash_berlin", 1],
  ["asia_slash_tokyo", 0],
  ["us_slash_pacific", 0],
];
const HOW: Readonly<Record<string, CrmInOptions>> = {
  "by webhook": {},
  "found by polling": { webhooks: false },
};

async function arrives(crm: CrmIn, isPolled: boolean): Promise<void> {
  if (isPolled) await crm.hubspot.pollNow();
  await crm.settle();
}

const sentEmails = (crm: CrmIn) =>
  crm.count("select count(*) from emails where purpose = 'outreach' and state = 'sent'");

describe("a lead of HubSpot's whose time zone there is", () => {
  for (const [how, options] of Object.entries(HOW))
    for (const [zone, leaves] of CASES)
      it(`${zone ?? "not known"} (${how}): at nine UTC ${leaves} e-mail leaves`, async () => {
        await using crm = await crmIn({ ...options, config: { agents: [scoresByPoints, findsNothing] } });
        const isPolled = options.webhooks === false;
        await arrives(crm, isPolled);
        const id = await crm.make({ ...ADA, ...(zone === undefined ? {} : { hs_timezone: zone }) });
        await arrives(crm, isPolled);
        assert.equal((await crm.contact(id))?.properties.hs_timezone, zone);
        crm.test.clock.advance(60_000);
        await crm.edit(id, { lead_score: "75" });
        await arrives(crm, isPolled);
        assert.equal(await sentEmails(crm), leaves);
        assert.deepEqual(crm.test.errors, []);
      });

  for (const [how, options] of Object.entries(HOW))
    it(`another than before (${how}): the e-mail that waited leaves when day begins there`, async () => {
      await using crm = await crmIn({ ...options, config: { agents: [scoresByPoints, findsNothing] } });
      const isPolled = options.webhooks === false;
      await arrives(crm, isPolled);
      const id = await crm.make({ ...ADA, hs_timezone: "asia_slash_tokyo" });
      await arrives(crm, isPolled);
      crm.test.clock.advance(60_000);
      await crm.edit(id, { hs_timezone: "us_slash_eastern" });
      await arrives(crm, isPolled);
      assert.equal((await crm.contact(id))?.properties.hs_timezone, "us_slash_eastern");
      crm.test.clock.advance(60_000);
      await crm.edit(id, { lead_score: "75" });
      await arrives(crm, isPolled);
      assert.equal(await sentEmails(crm), 0);
      crm.test.clock.advance(5 * 3_600_000);
      await arrives(crm, isPolled);
      assert.equal(await sentEmails(crm), 1, "nine in the morning in New York");
    });
});

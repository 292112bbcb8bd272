/** Forms sent at HubSpot begin flow 2, each once, whether a webhook told of them or not. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { count, traceOf } from "../factories/trace.ts";
import { until } from "../factories/until.ts";
import { crmIn } from "./crm-in.fixture.ts";
import { ADA, makeForm, PAGE, readForms, submit } from "./hubspot-forms.ts";

describe("a form sent at HubSpot", () => {
  it("is thanked, scored and answered like one of our own, with its page and fields", async () => {
    await using crm = await crmIn({ webhooks: false });
    const form = await makeForm(crm);
    await readForms(crm);
    crm.test.clock.advance(5_000);
    await submit(crm, form, { ...ADA, industry: "Software" });
    assert.equal(await readForms(crm), 1);
    const [event] = await crm.events("form_submitted");
    assert.equal(event?.data.form, "Demo request");
    assert.deepEqual(event?.data.context, { hubspot_form_id: form, page_url: PAGE });
    assert.equal(event?.data.fields.jobtitle, "CTO");
    assert.equal(event?.occurredAt, crm.test.clock.now());
    const trace = await traceOf(crm.test.engine);
    assert.equal(count(trace.emails, "thank_you sent"), 1);
    assert.equal(count(trace.tasks, "qualify_lead COMPLETED URGENT"), 1);
    assert.deepEqual(crm.test.errors, []);
  });

  it("is taken once, however often it is read; sent again it is another; one of before is left alone", async () => {
    await using crm = await crmIn({ webhooks: false, hubspot: { formsEveryMs: 0 } });
    const form = await makeForm(crm);
    await submit(crm, form, { email: "old@acme.example" });
    crm.test.clock.advance(600_000);
    await readForms(crm);
    crm.test.clock.advance(5_000);
    for (let i = 0; i < 55; i++) await submit(crm, form, { email: `lead${i}@acme.example` });
    assert.equal(await readForms(crm), 55, "more than one page");
    assert.equal(await readForms(crm), 0);
    crm.test.clock.advance(5_000);
    await submit(crm, form, { email: "lead0@acme.example" });
    assert.equal(await readForms(crm), 1);
    assert.equal((await crm.events("form_submitted")).length, 56);
  });

  it("is read as soon as a webhook announces that a form changed a contact, and the contact is one", async () => {
    await using crm = await crmIn({ hubspot: { formsEveryMs: 0 } });
    const form = await makeForm(crm);
    crm.test.clock.advance(5_000);
    await readForms(crm);
    crm.test.clock.advance(5_000);
    await submit(crm, form, ADA);
    await until(async () => (await crm.events("form_submitted")).length === 1);
    await crm.settle();
    assert.equal(await crm.count("select count(*) from contacts"), 1);
    assert.equal((await crm.events("form_submitted")).length, 1);
  });

  it("sets no score, owner, stage or status, and keeps what was said of them beside it", async () => {
    await using crm = await crmIn({ webhooks: false });
    const said = { lead_score: "99", hubspot_owner_id: "71", lifecyclestage: "customer", hs_lead_status: "OPEN" };
    const form = await makeForm(crm, "Demo request", Object.keys(said));
    await readForms(crm);
    crm.test.clock.advance(5_000);
    await submit(crm, form, { ...ADA, ...said });
    assert.equal(await readForms(crm), 1);
    const [event] = await crm.events("form_submitted");
    assert.deepEqual(event?.data.extra, said);
    const [row] = await crm.test.engine.db.query<{ properties: Record<string, unknown> }>(
      "select properties from contacts",
    );
    for (const name of ["hubspot_owner_id", "lifecyclestage", "hs_lead_status"])
      assert.equal(row?.properties[name], undefined, name);
    assert.notEqual(Number(row?.properties.lead_score), 99, "the score is the rubric's");
    assert.equal((await crm.events("purchase_completed")).length, 0);
  });

  it("without an address is set aside once", async () => {
    await using crm = await crmIn({ webhooks: false });
    const form = await makeForm(crm);
    await readForms(crm);
    crm.test.clock.advance(5_000);
    await submit(crm, form, { firstname: "Nameless" });
    await readForms(crm);
    await readForms(crm);
    assert.equal(await crm.count("select count(*) from crm_set_aside"), 1);
    assert.equal((await crm.events("form_submitted")).length, 0);
  });
});

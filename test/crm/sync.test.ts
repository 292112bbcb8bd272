/** What the CRM shows of contacts: everything of ours, nothing twice, and never over what a person typed there. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { does } from "../factories/agents.ts";
import { formSubmitted } from "../factories/engine.ts";
import { type TestCrm, testCrm } from "./crm.fixture.ts";

const FIELDS = {
  firstname: "Ada",
  lastname: "Lovelace",
  company: "Acme Systems",
  jobtitle: "CTO",
  message: "a demo, please",
};

async function contactId(crm: TestCrm, email = "ada@acme-systems.example"): Promise<string> {
  const [row] = await crm.test.engine.db.query<{ contact: string }>(
    "select contact from contact_identities where kind = 'email' and value = $1",
    [email],
  );
  return row?.contact ?? "";
}

/** Makes a contact in HubSpot as a person would. */
async function typedInHubspot(crm: TestCrm, properties: Record<string, string>): Promise<string> {
  const answer = await crm.api.request({
    method: "POST",
    path: crm.api.paths.objects("contacts"),
    body: { properties },
    urgency: "normal",
    kind: "other",
  });
  assert.ok(answer.ok, JSON.stringify(answer));
  return (answer.body as { id: string }).id;
}

describe("a contact", () => {
  it("that sends a form stands in HubSpot, scored, with our id; HubSpot's id names it from then on", async () => {
    await using crm = await testCrm();
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.idle();
    const [contact, ...more] = crm.records("contacts");
    assert.deepEqual(more, []);
    assert.equal(contact?.email, "ada@acme-systems.example");
    assert.equal(contact?.firstname, "Ada");
    assert.equal(contact?.millrace_id, await contactId(crm));
    assert.ok(Number(contact?.lead_score) > 0);
    assert.ok(contact?.lead_band);
    const names = await crm.test.engine.db.query<{ value: string }>(
      "select value from contact_identities where kind = 'hubspot' and contact = $1",
      [await contactId(crm)],
    );
    assert.deepEqual(names, [{ value: contact?.hs_object_id ?? "" }]);
    assert.deepEqual(crm.test.errors, []);
  });

  it("without hubspot in the config asks for no sync", async () => {
    await using crm = await testCrm();
    const { testEngine } = await import("../factories/engine.ts");
    await using alone = await testEngine();
    await alone.engine.append([formSubmitted(FIELDS)]);
    await alone.engine.idle();
    const [row] = await alone.engine.db.query<{ count: number }>(
      "select (select count(*) from tasks where kind = 'sync_crm') + (select count(*) from finished_tasks where kind = 'sync_crm') as count",
    );
    assert.equal(row?.count, 0);
    assert.deepEqual(crm.records("contacts"), []);
  });

  it("that HubSpot has already is adopted, also under its second address", async () => {
    await using crm = await testCrm();
    const id = await typedInHubspot(crm, {
      email: "a.lovelace@acme.example",
      hs_additional_emails: "ada@acme-systems.example",
    });
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.idle();
    const contacts = crm.records("contacts");
    assert.equal(contacts.length, 1);
    assert.equal(contacts[0]?.hs_object_id, id);
    assert.equal(contacts[0]?.email, "a.lovelace@acme.example");
    assert.ok(Number(contacts[0]?.lead_score) > 0);
  });

  it("keeps the value a person typed in HubSpot where an agent found another one; what the form says is written", async () => {
    await using crm = await testCrm();
    await typedInHubspot(crm, { email: "ada@acme-systems.example", industry: "Typed by hand", firstname: "A." });
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.append([
      { type: "contact_created", data: { email: "bob@found.example", properties: { firstname: "Bob" } } },
    ]);
    await crm.test.engine.idle();
    const { db } = crm.test.engine;
    await db.query(
      `update contacts set properties = properties::jsonb || '{"industry":"Found","country":"DE"}',
         facts = facts::jsonb || '{"sources":{"industry":{"by":"agent:data_enricher","confidence":0.8},"country":{"by":"agent:data_enricher","confidence":0.8}}}'
       where id = $1`,
      [await contactId(crm)],
    );
    await crm.test.engine.append([formSubmitted({ ...FIELDS, phone: "+49 1" })]);
    await crm.test.engine.idle();
    const ada = crm.records("contacts").find(({ email }) => email === "ada@acme-systems.example");
    assert.equal(ada?.industry, "Typed by hand");
    assert.equal(ada?.firstname, "Ada");
    assert.equal(ada?.country, "DE");
    assert.equal(ada?.phone, "+49 1");
  });

  it("without an address is made once, found again by our own id", async () => {
    await using crm = await testCrm();
    crm.simulator.faults.set({ cutAfter: 1, strikesLeft: 1, onlyPath: "batch/upsert" });
    const contact = { externalIds: { erp: "4711" } };
    await crm.test.engine.append([
      {
        type: "contact_created",
        data: { externalIds: contact.externalIds, properties: { lastname: "Nobody" } },
        contact,
      },
      { type: "purchase_completed", data: { product: "pro" }, contact },
    ]);
    await crm.test.engine.idle();
    const contacts = crm.records("contacts");
    assert.equal(contacts.length, 1);
    assert.equal(contacts[0]?.lastname, "Nobody");
  });

  it("with a value HubSpot has no property for is written without it, and the task says which", async () => {
    await using crm = await testCrm({ hubspot: { properties: { size: "annualrevenue_missing" } } });
    await crm.test.engine.append([
      formSubmitted({ ...FIELDS, size: "big" }),
      formSubmitted({ email: "eve@other.example", firstname: "Eve" }),
    ]);
    await crm.test.engine.idle();
    const records = crm.records("contacts").map(({ email, firstname }) => [email, firstname]);
    assert.deepEqual(records.toSorted(), [
      ["ada@acme-systems.example", FIELDS.firstname],
      ["eve@other.example", "Eve"],
    ]);
    const results = await crm.test.engine.db.query<{ leftOut: string[] }>(
      `select result->'leftOut' as "leftOut" from finished_tasks where result->'leftOut' is not null`,
    );
    assert.deepEqual(results[0]?.leftOut, ["annualrevenue_missing"]);
  });

  it("whose address HubSpot refuses goes to a person with the reason; the others of the batch are written", async () => {
    await using crm = await testCrm();
    await crm.test.engine.append([
      formSubmitted({ ...FIELDS, email: "ada@acme.e" }),
      formSubmitted({ email: "eve@other.example", firstname: "Eve" }),
    ]);
    await crm.test.engine.idle();
    assert.deepEqual(
      crm.records("contacts").map(({ email }) => email),
      ["eve@other.example"],
    );
    const reviews = await crm.test.engine.db.query<{ payload: { reason: string } }>(
      "select payload from tasks where kind = 'manual_review'",
    );
    assert.match(reviews[0]?.payload.reason ?? "", /ada@acme.e is invalid/);
  });

  it("whose writes HubSpot is too busy for waits without using up attempts", async () => {
    await using crm = await testCrm();
    crm.simulator.faults.set({ tooManyRequests: 1, tooManyRequestsPolicy: "DAILY" });
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.idle();
    const [task] = await crm.test.engine.db.query<{ state: string; attempt: number }>(
      "select state, attempt from tasks where kind = 'sync_crm'",
    );
    assert.deepEqual(task, { state: "WAITING", attempt: 0 });
    crm.simulator.faults.reset();
    crm.test.clock.advance(16 * 60_000);
    await crm.test.engine.idle();
    assert.equal(crm.records("contacts").length, 1);
  });

  it("that changes many times is written with its newest values only", async () => {
    await using crm = await testCrm();
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.idle();
    const before = crm.simulator.calls.latest().length;
    await crm.test.engine.append(
      ["Analyst", "Director", "CEO"].map((to) => ({
        type: "contact_updated",
        data: { email: "ada@acme-systems.example", changes: { jobtitle: { from: null, to } } },
      })),
    );
    await crm.test.engine.idle();
    crm.test.clock.advance(5 * 60_000);
    await crm.test.engine.idle();
    assert.equal(crm.records("contacts")[0]?.jobtitle, "CEO");
    const writes = crm.simulator.calls
      .latest()
      .slice(0, -before)
      .filter(({ path }) => path.endsWith("contacts/batch/update"));
    assert.ok(writes.length <= 2, `${writes.length} writes`);
  });

  it("of a second full batch is brought too while the first batch still waits for HubSpot", async () => {
    await using crm = await testCrm();
    crm.simulator.faults.set({ tooManyRequests: 1, tooManyRequestsPolicy: "DAILY" });
    const people = Array.from({ length: 200 }, (_, i) => ({
      type: "contact_created",
      data: { email: `person${i}@fleet.example`, properties: { firstname: `P${i}` } },
    }));
    await crm.test.engine.append(people.slice(0, 100));
    await crm.test.engine.idle();
    await crm.test.engine.append(people.slice(100));
    await crm.test.engine.idle();
    assert.deepEqual(crm.records("contacts"), []);
    crm.simulator.faults.reset();
    crm.test.clock.advance(16 * 60_000);
    await crm.test.engine.idle();
    assert.equal(crm.records("contacts").length, 200);
  });

  it("that opted out is unsubscribed in HubSpot from everything", async () => {
    await using crm = await testCrm();
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.idle();
    await crm.test.engine.append([{ type: "opted_out", data: { email: "ada@acme-systems.example", by: "reply" } }]);
    await crm.test.engine.idle();
    assert.equal(crm.records("contacts")[0]?.hs_email_optout, "true");
  });
});

describe("activities", () => {
  it("sent e-mails and answers appear on the contact once, also when an answer of HubSpot was lost", async () => {
    await using crm = await testCrm();
    crm.simulator.faults.set({ cutAfter: 1, strikesLeft: 1, onlyPath: "emails/batch/upsert" });
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.idle();
    crm.test.clock.advance(5 * 60_000);
    await crm.test.engine.idle();
    const emails = crm.records("emails");
    const [sent] = await crm.test.engine.db.query<{ count: number }>(
      "select count(*) from events where type = 'email_sent'",
    );
    assert.ok((sent?.count ?? 0) > 0);
    assert.equal(emails.length, sent?.count);
    assert.equal(emails[0]?.hs_email_direction, "EMAIL");
    await crm.test.engine.append([formSubmitted({ ...FIELDS, city: "Bonn" })]);
    await crm.test.engine.idle();
    const [again] = await crm.test.engine.db.query<{ count: number }>(
      "select count(*) from events where type = 'email_sent'",
    );
    assert.equal(crm.records("emails").length, again?.count);
    const [contact] = crm.records("contacts");
    const answer = await crm.api.request({
      method: "POST",
      path: crm.api.paths.readAssociations("contacts", "emails"),
      body: { inputs: [{ id: contact?.hs_object_id }] },
      urgency: "normal",
      kind: "other",
    });
    assert.ok(answer.ok);
    const [result] = (answer.body as { results: { to: unknown[] }[] }).results;
    assert.equal(result?.to.length, again?.count);
  });

  it("can be switched off", async () => {
    await using crm = await testCrm({ hubspot: { logActivities: false } });
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.idle();
    crm.test.clock.advance(5 * 60_000);
    await crm.test.engine.idle();
    assert.deepEqual(crm.records("emails"), []);
    assert.equal(crm.records("contacts").length, 1);
  });
});

describe("hubspot setup", () => {
  it("run twice changes nothing", async () => {
    await using crm = await testCrm();
    const { setUpHubspot } = await import("../../packages/millrace/src/crm/hubspot/outbound/setup.ts");
    const { mappingOf } = await import("../../packages/millrace/src/crm/hubspot/outbound/contact-mapping.ts");
    const steps = await setUpHubspot(crm.api, mappingOf(), false);
    assert.deepEqual([...new Set(steps.map(({ state }) => state))], ["there"]);
    const missing = await setUpHubspot(crm.api, mappingOf({ size: "company_size" }), false);
    assert.deepEqual(
      missing.filter(({ state }) => state !== "there").map(({ name, state }) => [name, state]),
      [["company_size", "missing"]],
    );
  });
});

describe("settings of hubspot", () => {
  it("apiFamily: the same comes out through the addresses of 2026-09", async () => {
    await using crm = await testCrm({ hubspot: { apiFamily: "2026-09" } });
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.append([{ type: "opted_out", data: { email: "ada@acme-systems.example", by: "reply" } }]);
    await crm.test.engine.idle();
    const [contact] = crm.records("contacts");
    assert.equal(contact?.hs_email_optout, "true");
    assert.ok(crm.simulator.calls.latest().some(({ path }) => path === "/crm/objects/2026-09/contacts/batch/upsert"));
  });

  it("optOutSubscription: only that subscription ends", async () => {
    await using crm = await testCrm({ hubspot: { optOutSubscription: "9001" } });
    crm.simulator.account().subscriptionTypes.push({
      id: "9001",
      name: "News",
      description: "",
      purpose: "",
      isInternal: false,
      createdAt: "2026-01-01T00:00:00Z",
    });
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.append([{ type: "opted_out", data: { email: "ada@acme-systems.example", by: "reply" } }]);
    await crm.test.engine.idle();
    const consents = crm.simulator.account().consents.get("ada@acme-systems.example");
    assert.deepEqual(
      [...(consents ?? [])].map(([key, said]) => [key, said.status]),
      [["9001", "UNSUBSCRIBED"]],
    );
  });

  it("properties: null leaves one out, another name writes it there", async () => {
    await using crm = await testCrm({ hubspot: { properties: { company: null, jobtitle: "message" } } });
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.idle();
    const [contact] = crm.records("contacts");
    assert.deepEqual([contact?.company, contact?.jobtitle, contact?.message], [undefined, undefined, "CTO"]);
  });
});

describe("a property of HubSpot that takes a list of values", () => {
  it("gets the range a number of employees lies in, and a person's later range comes back as said", async () => {
    await using crm = await testCrm();
    await crm.test.engine.append([formSubmitted({ ...FIELDS, numberofemployees: 250 })]);
    await crm.test.engine.idle();
    assert.equal(crm.records("contacts")[0]?.numemployees, "100-500");
  });

  it("is left out where the value is none of them, and the record is written without it", async () => {
    await using crm = await testCrm();
    await crm.test.engine.append([formSubmitted({ ...FIELDS, numberofemployees: "quite a few" })]);
    await crm.test.engine.idle();
    const [contact] = crm.records("contacts");
    assert.deepEqual([contact?.firstname, contact?.numemployees], [FIELDS.firstname, undefined]);
  });

  it("whose list an admin has shortened since is left out alone, and the task says so", async () => {
    await using crm = await testCrm();
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.idle();
    const definition = crm.simulator.account().tables.get("0-1")?.definitions.get("numemployees");
    assert.ok(definition);
    definition.options = definition.options.filter(({ value }) => value !== "1000+");
    await crm.test.engine.append([
      formSubmitted({ ...FIELDS, numberofemployees: 5_000, jobtitle: "CFO" }, "demo", "s2"),
    ]);
    await crm.test.engine.idle();
    const [contact] = crm.records("contacts");
    assert.deepEqual([contact?.jobtitle, contact?.numemployees], ["CFO", undefined]);
    const done = await crm.test.engine.db.query<{ leftOut: string[] }>(
      `select result->'leftOut' as "leftOut" from finished_tasks where kind = 'sync_crm' and result->'leftOut' is not null`,
    );
    assert.deepEqual(done, [{ leftOut: ["numemployees"] }]);
    assert.deepEqual(await refusals(crm), ["numemployees a number"]);
    assert.deepEqual(crm.test.errors, []);
  });

  const unfit: readonly [
    what: string,
    properties: Record<string, string>,
    wrong: Record<string, string>,
    stated: string,
  ][] = [
    [
      "a text where HubSpot has a list",
      {},
      { numberofemployees: "quite a few" },
      "numemployees a text of 11 characters",
    ],
    [
      "a text where HubSpot has a number",
      { score2: "lead_score" },
      { score2: "high" },
      "lead_score a text of 4 characters",
    ],
    [
      "a stage HubSpot does not have",
      { stage: "lifecyclestage" },
      { stage: "warm" },
      "lifecyclestage a text of 4 characters",
    ],
  ];
  for (const [what, properties, wrong, stated] of unfit)
    it(`with ${what}: admins and the contact's page say property, kind and next step, once`, async () => {
      await using crm = await testCrm({
        hubspot: { properties: { lead_score: null, lifecyclestage: null, ...properties } },
      });
      const update = (email: string, values: Record<string, string>, city: string) => ({
        type: "contact_created" as const,
        data: { email, properties: { ...values, city } },
      });
      await crm.test.engine.append([
        update("one@fleet.example", wrong, "Bonn"),
        update("two@fleet.example", wrong, "Bonn"),
      ]);
      await crm.test.engine.idle();
      for (const minutes of [6, 12]) {
        crm.test.clock.advance(minutes * 60_000);
        await crm.test.engine.idle();
        await crm.test.engine.append([formSubmitted({ email: "one@fleet.example", city: `Ulm ${minutes}` })]);
        await crm.test.engine.idle();
      }
      assert.deepEqual(await refusals(crm), [stated, stated], "once for each contact");
      const alerts = await crm.test.engine.db.query<{ title: string; text: string; audience: string }>(
        "select title, body as text, audience from alerts where name = 'crm_value_refused'",
      );
      assert.equal(alerts.length, 1, "one alert for the property");
      assert.equal(alerts[0]?.audience, "admin");
      const [property = ""] = stated.split(" ");
      assert.match(alerts[0]?.title ?? "", new RegExp(`${stated.replace(`${property} `, "")} as ${property}`));
      assert.match(alerts[0]?.text ?? "", /Next: correct the value/);
      assert.ok(!`${alerts[0]?.title} ${alerts[0]?.text}`.includes(Object.values(wrong)[0] ?? "?"), "not the value");
      const shown = await crm.test.engine.queries.contact({ contact: "one@fleet.example" });
      assert.ok(shown.events.some(({ type }) => type === "crm_value_refused"));
      assert.equal(crm.records("contacts").length, 2);
      assert.deepEqual(
        crm.records("notes").filter((note) => note.hs_note_body?.includes("refused")),
        [],
      );
      assert.deepEqual(crm.test.errors, []);
    });
});

async function refusals(crm: Awaited<ReturnType<typeof testCrm>>): Promise<readonly string[]> {
  const rows = await crm.test.engine.db.query<{ stated: string }>(
    "select data->>'property' || ' ' || (data->>'value') as stated from events where type = 'crm_value_refused' order by position",
  );
  return rows.map(({ stated }) => stated);
}

describe("what the CRM said itself", () => {
  it("is not written back to it, but for the score that puts the contact into another band", async () => {
    await using crm = await testCrm();
    for (const [i, score] of [90, 95].entries()) {
      await crm.test.engine.append([
        {
          type: "contact_updated_external",
          data: { system: "hubspot", email: "eve@other.example", properties: { lead_score: score } },
          actor: "hubspot:webhook",
        },
      ]);
      await crm.test.engine.idle();
      const [row] = await crm.test.engine.db.query<{ theirs: number }>(
        "select count(*) as theirs from decisions where workflow = 'crm_sync' and branch like '%theirs%'",
      );
      assert.equal(row?.theirs, i);
    }
  });

  it("is neither written back nor overwritten with an older value of ours", async () => {
    await using crm = await testCrm();
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.idle();
    const id = await contactId(crm);
    const { noteTheirValues } = await import("../../packages/millrace/src/crm/records.ts");
    const hubspotId = crm.records("contacts")[0]?.hs_object_id ?? "";
    const path = crm.api.paths.object("contacts", hubspotId);
    const body = { properties: { jobtitle: "Typed" } };
    assert.ok((await crm.api.request({ method: "PATCH", path, body, urgency: "normal", kind: "other" })).ok);
    await noteTheirValues(crm.test.engine.db, id, hubspotId, { jobtitle: "Typed" }, 1_000_000, Date.now());
    await crm.test.engine.append([formSubmitted({ ...FIELDS, phone: "+49 2" })]);
    await crm.test.engine.idle();
    const [contact] = crm.records("contacts");
    assert.deepEqual([contact?.jobtitle, contact?.phone], ["Typed", "+49 2"]);
  });
});

describe("what HubSpot is not shown", () => {
  it("is a contact that came by spam; a proper form of theirs brings it there", async () => {
    await using crm = await testCrm();
    await crm.test.engine.append([formSubmitted({ ...FIELDS, hp_website: "https://spam.example" })]);
    await crm.test.engine.idle();
    crm.test.clock.advance(600_000);
    await crm.test.engine.idle();
    assert.deepEqual(crm.records("contacts"), []);
    await crm.test.engine.append([formSubmitted({ ...FIELDS, hp_website: "" })]);
    await crm.test.engine.idle();
    assert.equal(crm.records("contacts").length, 1);
  });

  it("is on how many channels an alert went out, and what the engine's own keepers hear", async () => {
    const hank = does("hank", "qualify_lead", () => ({ outcome: "failed", error: "x", retry: "never" }));
    await using crm = await testCrm({
      alerts: {
        sales: [
          { type: "slack", url: "http://127.0.0.1:9/nothing" },
          { type: "slack", url: "http://127.0.0.1:9/nothing" },
        ],
      },
      agents: [hank],
    });
    await crm.test.engine.append([formSubmitted(FIELDS)]);
    await crm.test.engine.idle();
    const { contact } = (
      await crm.test.engine.db.query<{ contact: string }>("select contact from contact_identities where kind = 'email'")
    )[0] as { contact: string };
    for (const channel of ["console", "slack:0", "slack:1"]) {
      await crm.test.engine.append([
        {
          type: "alert_sent",
          contact: { id: contact },
          data: { audience: "sales", name: "hot_lead", channel },
        } as never,
      ]);
    }
    await crm.test.engine.append([formSubmitted({ ...FIELDS, jobtitle: "CEO" })]);
    await crm.test.engine.idle();
    const notes = crm.records("notes").map((note) => note.hs_note_body);
    assert.deepEqual(
      notes.filter((note) => note?.startsWith("Alert to")),
      ["Alert to sales: hot lead."],
    );
    assert.ok((await crm.test.engine.db.query("select 1 from alerts where audience = 'admin'")).length > 0);
  });
});

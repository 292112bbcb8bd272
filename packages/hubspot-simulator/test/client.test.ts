/** The official client over every endpoint we name. It throws on any status it does not expect, so passing is the proof. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { AssociationTypes } from "@hubspot/api-client";
import { AssociationSpecAssociationCategoryEnum as Category } from "@hubspot/api-client/lib/codegen/crm/associations/v4/models/AssociationSpec.js";
import { FilterOperatorEnum } from "@hubspot/api-client/lib/codegen/crm/contacts/models/Filter.js";
import { clientFor, simulatorFor } from "./simulator.fixture.ts";

const TASK = {
  hs_timestamp: "2026-11-22T10:31:00Z",
  hs_task_subject: "Qualify lead: Ada",
  hs_task_status: "NOT_STARTED",
};

test("a contact is created, read, changed, found by e-mail, archived and forgotten", async (t) => {
  const simulator = await simulatorFor(t);
  const client = clientFor(simulator);
  const { basicApi } = client.crm.contacts;

  const ada = await basicApi.create({ properties: { email: "Ada@Example.org", firstname: "Ada" }, associations: [] });
  assert.equal(ada.properties.email, "ada@example.org");
  assert.ok(ada.createdAt instanceof Date);
  assert.equal(ada.archived, false);

  const read = await basicApi.getById(ada.id, ["firstname", "phone"], ["firstname"], ["companies"]);
  assert.deepEqual([read.properties.firstname, read.properties.phone], ["Ada", null]);
  assert.equal(read.propertiesWithHistory?.firstname?.[0]?.value, "Ada");
  assert.equal(read.propertiesWithHistory?.firstname?.[0]?.sourceType, "INTEGRATION");

  const changed = await basicApi.update("ada@example.org", { properties: { phone: "123" } }, "email");
  assert.equal(changed.id, ada.id);
  assert.equal((await basicApi.getById("ada@example.org", ["phone"], undefined, undefined, false, "email")).id, ada.id);

  await basicApi.archive(ada.id);
  await assert.rejects(basicApi.getById(ada.id), { code: 404 });
  assert.equal((await basicApi.getById(ada.id, [], [], [], true)).archived, true);

  const bob = await basicApi.create({ properties: { email: "bob@example.org" }, associations: [] });
  const forgotten = await client.apiRequest({
    method: "POST",
    path: "/crm/v3/objects/contacts/gdpr-delete",
    body: { objectId: "bob@example.org", idProperty: "email" },
  });
  assert.equal(forgotten.status, 204);
  await assert.rejects(basicApi.getById(bob.id, [], [], [], true), { code: 404 });
});

test("a second contact with the same e-mail is refused with the id of the first", async (t) => {
  const simulator = await simulatorFor(t);
  const { basicApi } = clientFor(simulator).crm.contacts;
  const first = await basicApi.create({ properties: { email: "ada@example.org" }, associations: [] });
  await assert.rejects(
    basicApi.create({ properties: { email: "ADA@example.org" }, associations: [] }),
    (error: { code: number; body: { category: string; message: string; correlationId: string } }) => {
      assert.equal(error.code, 409);
      assert.equal(error.body.category, "CONFLICT");
      assert.equal(error.body.message, `Contact already exists. Existing ID: ${first.id}`);
      assert.match(error.body.correlationId, /^[0-9a-f-]{36}$/);
      return true;
    },
  );
});

test("lists go from page to page until there is no next", async (t) => {
  const simulator = await simulatorFor(t);
  const { basicApi, batchApi } = clientFor(simulator).crm.companies;
  const inputs = Array.from({ length: 25 }, (_, i) => ({ properties: { name: `Company ${i}` }, associations: [] }));
  await batchApi.create({ inputs });

  const first = await basicApi.getPage(10);
  const second = await basicApi.getPage(10, first.paging?.next?.after);
  const third = await basicApi.getPage(10, second.paging?.next?.after);
  assert.deepEqual(
    [first, second, third].map(({ results }) => results.length),
    [10, 10, 5],
  );
  assert.equal(third.paging, undefined);
  assert.equal((await basicApi.getPage(undefined)).results.length, 10);
  assert.equal((await clientFor(simulator).crm.companies.getAll()).length, 25);
});

test("batches create, read, update, upsert and archive up to a hundred records", async (t) => {
  const simulator = await simulatorFor(t);
  const { batchApi } = clientFor(simulator).crm.contacts;
  const emails = Array.from({ length: 100 }, (_, i) => `p${i}@example.org`);
  const made = await batchApi.create({ inputs: emails.map((email) => ({ properties: { email }, associations: [] })) });
  assert.equal(made.status, "COMPLETE");
  assert.equal(made.results.length, 100);

  const read = await batchApi.read({
    idProperty: "email",
    inputs: emails.map((id) => ({ id })),
    properties: ["email"],
    propertiesWithHistory: [],
  });
  assert.equal(read.results.length, 100);

  const updated = await batchApi.update({
    inputs: made.results.map(({ id }) => ({ id, properties: { city: "Leeds" } })),
  });
  assert.equal(updated.results[7]?.properties.city, "Leeds");

  const upserted = await batchApi.upsert({
    inputs: [
      { id: "p1@example.org", idProperty: "email", properties: { city: "York" } },
      { id: "new@example.org", idProperty: "email", properties: { city: "York" } },
    ],
  });
  assert.deepEqual(
    upserted.results.map((result) => "_new" in result && result._new),
    [false, true],
  );
  await batchApi.archive({ inputs: made.results.map(({ id }) => ({ id })) });
  assert.equal((await clientFor(simulator).crm.contacts.getAll()).length, 1);
});

test("with trace ids the good inputs of a batch go through and 207 names the bad one", async (t) => {
  const simulator = await simulatorFor(t);
  const { batchApi } = clientFor(simulator).crm.contacts;
  const good = { objectWriteTraceId: "w1", properties: { email: "a@example.org" }, associations: [] };
  const bad = { objectWriteTraceId: "w2", properties: { no_such: "1" }, associations: [] };
  const answer = await batchApi.create({ inputs: [good, bad] });
  assert.ok("numErrors" in answer);
  assert.equal(answer.numErrors, 1);
  assert.equal(answer.results.length, 1);
  assert.deepEqual(answer.errors?.[0]?.context?.objectWriteTraceId, ["w2"]);
  assert.match(answer.errors?.[0]?.message ?? "", /PROPERTY_DOESNT_EXIST/);

  const untraced = [good, bad].map(({ objectWriteTraceId: _, ...input }) => input);
  await assert.rejects(batchApi.create({ inputs: untraced.toReversed() }), { code: 400 });
  assert.equal(simulator.account().tables.get("0-1")?.records.size, 1);
});

test("unknown ids in a batch read or update are named in a 207, the others come", async (t) => {
  const simulator = await simulatorFor(t);
  const { batchApi, basicApi } = clientFor(simulator).crm.contacts;
  const ada = await basicApi.create({ properties: { email: "ada@example.org" }, associations: [] });
  const inputs = [{ id: ada.id }, { id: "999" }];
  const read = await batchApi.read({ inputs, properties: [], propertiesWithHistory: [] });
  assert.ok("errors" in read);
  assert.equal(read.results.length, 1);
  assert.equal(read.errors?.[0]?.category, "OBJECT_NOT_FOUND");
  assert.deepEqual(read.errors?.[0]?.context?.ids, ["999"]);
  const updated = await batchApi.update({ inputs: inputs.map(({ id }) => ({ id, properties: { city: "Ely" } })) });
  assert.equal(updated.results[0]?.properties.city, "Ely");
});

test("tasks, notes, e-mails, calls and meetings hang on the contact they are about", async (t) => {
  const simulator = await simulatorFor(t);
  const { crm } = clientFor(simulator);
  const ada = await crm.contacts.basicApi.create({ properties: { email: "ada@example.org" }, associations: [] });
  const link = (associationTypeId: number) => [
    { to: { id: ada.id }, types: [{ associationCategory: Category.HubspotDefined, associationTypeId }] },
  ];
  const task = await crm.objects.tasks.basicApi.create({
    properties: TASK,
    associations: link(AssociationTypes.taskToContact),
  });
  const note = await crm.objects.notes.basicApi.create({
    properties: { hs_timestamp: "1795341600000", hs_note_body: "Knows us" },
    associations: link(AssociationTypes.noteToContact),
  });
  const headers = { from: { email: "sdr@example.com" }, to: [{ email: "ada@example.org" }], cc: [], bcc: [] };
  const email = await crm.objects.emails.basicApi.create({
    properties: {
      hs_timestamp: "1795341600000",
      hs_email_direction: "EMAIL",
      hs_email_subject: "Hello",
      hs_email_headers: JSON.stringify(headers),
    },
    associations: link(AssociationTypes.emailToContact),
  });
  await crm.objects.calls.basicApi.create({
    properties: { hs_timestamp: "1795341600000", hs_call_title: "First call" },
    associations: link(AssociationTypes.callToContact),
  });
  await crm.objects.meetings.basicApi.create({
    properties: { hs_timestamp: "1795341600000", hs_meeting_title: "Demo" },
    associations: link(AssociationTypes.meetingToContact),
  });

  const read = await crm.objects.emails.basicApi.getById(email.id, ["hs_email_to_email", "hs_timestamp"]);
  assert.equal(read.properties.hs_email_to_email, "ada@example.org");
  assert.equal(read.properties.hs_timestamp, "2026-11-22T10:00:00.000Z");

  const done = await crm.objects.tasks.basicApi.update(task.id, { properties: { hs_task_status: "COMPLETED" } });
  assert.equal(done.properties.hs_task_status, "COMPLETED");
  const computed = await crm.objects.tasks.basicApi.getById(task.id, ["hs_task_is_completed", "hs_task_is_overdue"]);
  assert.deepEqual(
    [computed.properties.hs_task_is_completed, computed.properties.hs_task_is_overdue],
    ["true", "false"],
  );

  const withNotes = await crm.contacts.basicApi.getById(ada.id, [], [], ["notes", "tasks"]);
  assert.deepEqual(
    withNotes.associations?.notes?.results.map(({ id, type }) => [id, type]),
    [[note.id, "contact_to_note"]],
  );
  await assert.rejects(
    crm.objects.tasks.basicApi.create({ properties: { hs_task_subject: "When?" }, associations: [] }),
    {
      code: 400,
    },
  );
});

test("deals, tickets and types known only by their number work the same way", async (t) => {
  const simulator = await simulatorFor(t);
  const { crm } = clientFor(simulator);
  const deal = await crm.deals.basicApi.create({ properties: { dealname: "Pilot", amount: "100" }, associations: [] });
  assert.equal((await crm.objects.basicApi.getById("0-3", deal.id, ["amount"])).properties.amount, "100");
  const ticket = await crm.tickets.basicApi.create({ properties: { subject: "Help" }, associations: [] });
  assert.equal((await crm.tickets.basicApi.getById(ticket.id)).properties.subject, "Help");
  const pipelines = await crm.pipelines.pipelinesApi.getAll("deals");
  assert.equal(pipelines.results[0]?.stages[0]?.id, "appointmentscheduled");
  const stages = await crm.pipelines.pipelineStagesApi.getAll("deals", "default");
  assert.ok(stages.results.length > 2);
});

test("search filters, sorts, pages and looks through links", async (t) => {
  const simulator = await simulatorFor(t);
  const { crm } = clientFor(simulator);
  await crm.properties.coreApi.create("contacts", {
    name: "lead_score",
    label: "Lead score",
    type: "number",
    fieldType: "number",
    groupName: "contactinformation",
  } as never);
  const people = Array.from({ length: 30 }, (_, i) => ({
    properties: { email: `p${i}@example.org`, firstname: i % 2 ? "Ada" : "Bob", lead_score: String(i * 5) },
    associations: [],
  }));
  const made = await crm.contacts.batchApi.create({ inputs: people });
  const company = await crm.companies.basicApi.create({ properties: { name: "Mill" }, associations: [] });
  await crm.associations.v4.basicApi.createDefault("contact", made.results[20]?.id ?? "", "company", company.id);

  const search = (filters: object[], more = {}) =>
    crm.contacts.searchApi.doSearch({ filterGroups: [{ filters }], ...more } as never);
  const high = await search([{ propertyName: "lead_score", operator: FilterOperatorEnum.Gte, value: "70" }], {
    sorts: [{ propertyName: "lead_score", direction: "DESCENDING" }],
    properties: ["lead_score"],
    limit: 5,
  });
  assert.equal(high.total, 16);
  assert.deepEqual(
    high.results.map(({ properties }) => properties.lead_score),
    ["145", "140", "135", "130", "125"],
  );
  assert.equal(high.paging?.next?.after, "5");

  const between = await search([
    { propertyName: "lead_score", operator: FilterOperatorEnum.Between, value: "10", highValue: "20" },
  ]);
  assert.equal(between.total, 3);
  const named = await search([{ propertyName: "firstname", operator: FilterOperatorEnum.In, values: ["ada"] }]);
  assert.equal(named.total, 15);
  const linked = await search([
    { propertyName: "associations.company", operator: FilterOperatorEnum.Eq, value: company.id },
  ]);
  assert.deepEqual(
    linked.results.map(({ id }) => id),
    [made.results[20]?.id],
  );
  const token = await search([{ propertyName: "email", operator: FilterOperatorEnum.ContainsToken, value: "p1*" }]);
  assert.equal(token.total, 11);
  const empty = await search([{ propertyName: "phone", operator: FilterOperatorEnum.HasProperty }]);
  assert.equal(empty.total, 0);
  const text = await crm.contacts.searchApi.doSearch({ query: "p7@example" } as never);
  assert.equal(text.total, 1);
});

test("merging moves links and addresses over, and the old id still leads to the record", async (t) => {
  const simulator = await simulatorFor(t);
  const { crm } = clientFor(simulator);
  const one = await crm.contacts.basicApi.create({ properties: { email: "one@example.org" }, associations: [] });
  const two = await crm.contacts.basicApi.create({
    properties: { email: "two@example.org", city: "Ely" },
    associations: [],
  });
  const company = await crm.companies.basicApi.create({ properties: { name: "Mill" }, associations: [] });
  await crm.associations.v4.basicApi.createDefault("contacts", two.id, "companies", company.id);

  const merged = await crm.contacts.basicApi.merge({ primaryObjectId: one.id, objectIdToMerge: two.id });
  assert.equal(merged.id, one.id);
  assert.equal((await crm.contacts.basicApi.getById(two.id, ["city"])).properties.city, "Ely");
  const byOldEmail = await crm.contacts.basicApi.getById("two@example.org", [], [], ["companies"], false, "email");
  assert.equal(byOldEmail.id, one.id);
  assert.equal(byOldEmail.associations?.companies?.results[0]?.id, company.id);
});

test("associations are made, labelled, listed, read in batches and taken away", async (t) => {
  const simulator = await simulatorFor(t);
  const { crm } = clientFor(simulator);
  const { basicApi, batchApi, schema } = crm.associations.v4;
  const ada = await crm.contacts.basicApi.create({ properties: { email: "ada@example.org" }, associations: [] });
  const bob = await crm.contacts.basicApi.create({ properties: { email: "bob@example.org" }, associations: [] });
  const mill = await crm.companies.basicApi.create({ properties: { name: "Mill" }, associations: [] });
  const spec = (associationTypeId: number) => ({ associationCategory: Category.HubspotDefined, associationTypeId });

  const single = await basicApi.create("contact", ada.id, "company", mill.id, [spec(1)]);
  assert.deepEqual([single.fromObjectTypeId, String(single.toObjectId), single.labels], ["0-1", mill.id, ["Primary"]]);
  const page = await basicApi.getPage("contact", ada.id, "company", undefined, 500);
  assert.deepEqual(
    page.results[0]?.associationTypes.map(({ typeId }) => typeId),
    [279, 1],
  );
  const reverse = await basicApi.getPage("company", mill.id, "contact");
  assert.deepEqual(
    reverse.results[0]?.associationTypes.map(({ typeId }) => typeId),
    [280, 2],
  );

  const standard = await basicApi.createDefault("contact", bob.id, "company", mill.id);
  assert.equal(standard.results[0]?.associationSpec.associationTypeId, 279);
  await basicApi.archive("contact", bob.id, "company", mill.id);

  const made = await batchApi.create("contact", "company", {
    inputs: [{ _from: { id: bob.id }, to: { id: mill.id }, types: [spec(279)] }],
  });
  assert.equal(made.results.length, 1);
  await batchApi.createDefault("contact", "company", { inputs: [{ _from: { id: ada.id }, to: { id: mill.id } }] });
  const read = await batchApi.getPage("contact", "company", { inputs: [{ id: ada.id }, { id: bob.id }] });
  assert.equal(read.results.length, 2);
  await batchApi.archiveLabels("contact", "company", {
    inputs: [{ _from: { id: ada.id }, to: { id: mill.id }, types: [spec(1)] }],
  });
  assert.equal((await basicApi.getPage("contact", ada.id, "company")).results[0]?.associationTypes.length, 1);
  await batchApi.archive("contact", "company", { inputs: [{ _from: { id: ada.id }, to: [{ id: mill.id }] }] });
  const none = await batchApi.getPage("contact", "company", { inputs: [{ id: ada.id }] });
  assert.ok("errors" in none);
  assert.equal(none.errors?.[0]?.subCategory, "crm.associations.NO_ASSOCIATIONS_FOUND");

  const label = await schema.definitionsApi.create("contact", "company", { label: "Buyer", name: "buyer" });
  const typeId = label.results[0]?.typeId ?? 0;
  await basicApi.create("contact", ada.id, "company", mill.id, [
    { associationCategory: Category.UserDefined, associationTypeId: typeId },
  ]);
  const labelled = await basicApi.getPage("contact", ada.id, "company");
  assert.ok(labelled.results[0]?.associationTypes.some(({ label }) => label === "Buyer"));
  assert.ok((await schema.definitionsApi.getAll("contact", "company")).results.length >= 3);
});

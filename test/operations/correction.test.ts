/** A person's correction of a value stays over what forms and agents say, until it is given up. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { foldContact } from "../../packages/millrace/src/contacts/fold.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";

const ADA = "ada@acme-systems.example";
const BY = { by: "person:grace" };

it("a corrected value stays over the next form, says whose it is, and may be said anew when it was given up", async () => {
  await using test = await testEngine();
  const { engine } = test;
  await engine.append([formSubmitted({ jobtitle: "CEO", company: "Acme" })]);
  await engine.idle();
  const answer = await engine.actions.correctContact(
    { contact: ADA, property: "jobtitle", value: " CTO ", seen: "CEO" },
    BY,
  );
  assert.deepEqual(answer.changes, { jobtitle: { from: "CEO", to: "CTO" } });
  await engine.idle();
  await engine.append([formSubmitted({ jobtitle: "Intern", company: "Blue" })]);
  await engine.idle();
  const corrected = await engine.queries.contact({ contact: ADA });
  assert.equal(corrected.properties.jobtitle, "CTO");
  assert.equal(corrected.properties.company, "Blue", "what no one corrected is the form's");
  assert.deepEqual((corrected.facts as { owners?: unknown }).owners, { jobtitle: "person:grace" });

  await engine.actions.correctContact({ contact: ADA, property: "jobtitle", value: "" }, BY);
  await engine.append([formSubmitted({ jobtitle: "Intern" })]);
  await engine.idle();
  const given = await engine.queries.contact({ contact: ADA });
  assert.equal(given.properties.jobtitle, "Intern");
  assert.equal((given.facts as { owners?: unknown }).owners, undefined);
});

it("what an agent found while a person corrected it does not take its place", async () => {
  await using test = await testEngine();
  const { engine } = test;
  await engine.append([formSubmitted()]);
  await engine.actions.correctContact({ contact: ADA, property: "industry", value: "Steel" }, BY).catch(() => {});
  await engine.idle();
  await engine.actions.correctContact({ contact: ADA, property: "industry", value: "Steel" }, BY);
  await engine.idle();
  const { id, properties, facts } = await engine.queries.contact({ contact: ADA });
  const found = { value: "Software", confidence: 0.9, source: "website:acme" };
  const after = foldContact({ id, properties, facts } as never, {
    type: "contact_enriched",
    data: { quality: 1, values: { industry: found, seniority: { ...found, value: "c_level" } } },
    actor: "agent:data_enricher",
    occurredAt: 1,
    position: 99,
    contact: id,
    cause: null,
    root: 99,
    depth: 0,
  });
  assert.equal(after.properties.industry, "Steel");
  assert.equal(after.properties.seniority, "c_level");
  assert.equal(after.facts.sources?.industry, undefined);
});

it("a correction is refused where the value is another by now, is no number, or is worked out", async () => {
  await using test = await testEngine();
  const { engine } = test;
  await engine.append([formSubmitted({ jobtitle: "CEO", numberofemployees: 20 })]);
  await engine.idle();
  const correct = (property: string, value: string, seen?: string) =>
    engine.actions.correctContact({ contact: ADA, property, value, ...(seen === undefined ? {} : { seen }) }, BY);
  await assert.rejects(correct("jobtitle", "CTO", "CFO"), { code: "invalid_request", message: /is "CEO" by now/ });
  await assert.rejects(correct("numberofemployees", "many"), { code: "invalid_request", message: /no number/ });
  await assert.rejects(correct("lead_score", "100"), { code: "invalid_request", message: /worked out/ });
  await assert.rejects(correct("email", "eve@acme.example"), { code: "invalid_request" });
  assert.deepEqual((await correct("numberofemployees", "2,500", "20")).changes, {
    numberofemployees: { from: 20, to: 2500 },
  });
});

it("a correction that is taken back leaves the value whose it was: the agent's with its source, or the form's", async () => {
  await using test = await testEngine();
  const { engine } = test;
  await engine.append([formSubmitted({ jobtitle: "CEO" })]);
  await engine.idle();
  const { id } = await engine.queries.contact({ contact: ADA });
  const found = { value: "Software", confidence: 0.9, source: "website:acme" };
  await engine.append([
    { type: "contact_updated_external", data: { system: "hubspot", properties: { city: "Bern" } }, contact: { id } },
  ] as never);
  await engine.idle();
  const before = await engine.queries.contact({ contact: ADA });
  const correct = (input: object) => engine.actions.correctContact({ contact: ADA, ...input } as never, BY);
  for (const property of ["jobtitle", "city"] as const) {
    const was = String(before.properties[property] ?? "");
    await correct({ property, value: "Other" });
    await engine.idle();
    await assert.rejects(correct({ property, value: "Third", takesBack: true }), { code: "invalid_request" });
    await correct({ property, value: was, seen: "Other", takesBack: true });
    await engine.idle();
  }
  const after = await engine.queries.contact({ contact: ADA });
  assert.deepEqual(after.properties, before.properties);
  assert.deepEqual(after.facts.owners, before.facts.owners);
  await assert.rejects(correct({ property: "jobtitle", value: "CEO", takesBack: true }), { code: "invalid_request" });
  await engine.append([formSubmitted({ jobtitle: "Intern" })]);
  await engine.idle();
  assert.equal(
    (await engine.queries.contact({ contact: ADA })).properties.jobtitle,
    "Intern",
    "a form may say it anew",
  );

  const event = (type: string, data: object, actor: string) =>
    ({ type, data, actor, occurredAt: 1, position: 99, contact: id, cause: null, root: 99, depth: 0 }) as never;
  const enriched = foldContact(
    { id, properties: {}, facts: { createdAt: 1 } } as never,
    event("contact_enriched", { quality: 1, values: { industry: found } }, "agent:data_enricher"),
  );
  const changed = { industry: { from: "Software", to: "Steel" } };
  const corrected = foldContact(enriched, event("contact_updated", { changes: changed }, "person:grace"));
  assert.equal(corrected.facts.sources?.industry, undefined);
  const back = { changes: { industry: { from: "Steel", to: "Software" } }, takesBack: true };
  assert.deepEqual(foldContact(corrected, event("contact_updated", back, "person:grace")), enriched);
});

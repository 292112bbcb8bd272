/** Forms of HubSpot's in the simulator: one is made, sent, and read by the engine. */
import assert from "node:assert/strict";
import type { CrmIn } from "./crm-in.fixture.ts";

export const ADA = {
  email: "ada@bigcorp-systems.com",
  firstname: "Ada",
  lastname: "Lovelace",
  company: "Bigcorp",
  jobtitle: "CTO",
  phone: "+15551234567",
};
export const PAGE = "https://acme.example/demo";

export async function makeForm(crm: CrmIn, name = "Demo request", more: readonly string[] = []): Promise<string> {
  const fields = [...Object.keys(ADA), "industry", ...more].map((field) => ({
    groupType: "default_group",
    richTextType: "text",
    fields: [
      { objectTypeId: "0-1", name: field, label: field, required: false, hidden: false, fieldType: "single_line_text" },
    ],
  }));
  const body = {
    formType: "hubspot",
    name,
    createdAt: "2026-03-02T09:00:00.000Z",
    updatedAt: "2026-03-02T09:00:00.000Z",
    archived: false,
    fieldGroups: fields,
    configuration: { language: "en", createNewContactForNewEmail: true },
    displayOptions: {},
    legalConsentOptions: { type: "none" },
  };
  const answer = await crm.api.request({
    method: "POST",
    path: crm.api.paths.forms(),
    body,
    urgency: "normal",
    kind: "other",
  });
  assert.ok(answer.ok, JSON.stringify(answer));
  return (answer.body as { id: string }).id;
}

export async function submit(crm: CrmIn, form: string, values: Record<string, string>): Promise<void> {
  const fields = Object.entries(values).map(([name, value]) => ({ objectTypeId: "0-1", name, value }));
  const response = await fetch(`${crm.simulator.url}/submissions/v3/integration/submit/4711/${form}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ submittedAt: crm.test.clock.now(), fields, context: { pageUri: PAGE, pageName: "Demo" } }),
  });
  assert.equal(response.status, 200, await response.text());
}

export async function readForms(crm: CrmIn): Promise<number> {
  const taken = await crm.hubspot.readFormsNow();
  await crm.settle();
  return taken;
}

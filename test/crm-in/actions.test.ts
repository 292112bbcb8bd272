/** What HubSpot's workflows and agents ask for: taken once, signed, done, and HubSpot is answered when the task ends. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { hubspotActions } from "../../packages/millrace/src/crm/hubspot/actions/actions.ts";
import { allDefinitions } from "../../packages/millrace/src/crm/hubspot/actions/definitions.ts";
import { count, traceOf } from "../factories/trace.ts";
import { type CrmIn, crmIn, SECRET } from "./crm-in.fixture.ts";

const ADA = {
  email: "ada@bigcorp-systems.com",
  firstname: "Ada",
  lastname: "Lovelace",
  company: "Bigcorp",
  jobtitle: "CTO",
};

interface Execution {
  readonly callbackId: string;
  readonly state: string;
  readonly status: number;
  readonly outputFields: Readonly<Record<string, unknown>>;
}

interface Scene extends AsyncDisposable {
  readonly crm: CrmIn;
  readonly contact: string;
  /** A workflow of HubSpot uses the action with the contact. */
  use(action: string, inputFields?: Record<string, string>): Promise<Execution>;
  /** As the simulator has it now. */
  execution(callbackId: string): Execution | undefined;
}

async function scene(properties: Record<string, string> = ADA): Promise<Scene> {
  const crm = await crmIn();
  const { simulator, gateway } = crm;
  const at = `${simulator.url}/automation/v4/actions/${simulator.appId}?hapikey=${simulator.developerApiKey}`;
  const headers = { "content-type": "application/json" };
  const ids = new Map<string, string>();
  for (const [i, definition] of allDefinitions(gateway.url).entries()) {
    const answer = await fetch(at, { method: "POST", headers, body: JSON.stringify(definition) });
    assert.equal(answer.status, 201);
    ids.set(hubspotActions[i]?.name ?? "", ((await answer.json()) as { id: string }).id);
  }
  const contact = await crm.make(properties);
  await crm.settle();
  return {
    crm,
    contact,
    async use(action, inputFields = {}) {
      const answer = await fetch(`${simulator.url}/__simulator/actions/${ids.get(action)}/run`, {
        method: "POST",
        headers,
        body: JSON.stringify({ objectId: contact, inputFields }),
      });
      assert.equal(answer.status, 200, await answer.clone().text());
      const execution = (await answer.json()) as Execution;
      await crm.settle();
      return execution;
    },
    execution: (callbackId) => simulator.account().actions.executions.get(callbackId),
    [Symbol.asyncDispose]: () => crm[Symbol.asyncDispose](),
  };
}

/** Signed as HubSpot signs what its workflows call. */
async function call(crm: CrmIn, action: string, body: unknown, secret = SECRET): Promise<Response> {
  const url = `${crm.gateway.url}/webhooks/hubspot/actions/${action}`;
  const text = JSON.stringify(body);
  const signature = createHash("sha256").update(`${secret}POST${url}${text}`).digest("hex");
  return fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-hubspot-signature": signature,
      "x-hubspot-signature-version": "v2",
    },
    body: text,
  });
}

const CALL = {
  callbackId: "ap-4711-1-1",
  origin: { portalId: 4711, actionDefinitionId: 1, actionDefinitionVersion: 1 },
  context: { source: "WORKFLOWS", workflowId: 35 },
  object: { objectId: 900, objectType: "CONTACT", properties: { email: "eve@bigcorp-systems.com" } },
  inputFields: {},
};

describe("an action of HubSpot's workflows", () => {
  it("that qualifies a contact waits, and goes on with score and band", async () => {
    await using at = await scene();
    const used = await at.use("qualify_now");
    assert.deepEqual([used.status, used.state], [200, "BLOCK"]);
    const now = at.execution(used.callbackId);
    assert.equal(now?.state, "SUCCESS");
    const contact = await at.crm.contact(at.contact);
    assert.deepEqual(
      [now?.outputFields.score, now?.outputFields.band, now?.outputFields.result],
      [contact?.properties.lead_score, contact?.properties.lead_band, "Done."],
    );
    assert.equal((await at.crm.events("hubspot_action_answered")).length, 1);
    assert.equal(contact?.facts.hubspotCalls, undefined);
    assert.deepEqual(at.crm.test.errors, []);
  });

  it("that asks for a task waits until the person has done it", async () => {
    await using at = await scene();
    const used = await at.use("ask_for_task", { kind: "handle_inquiry", reason: "Asked about prices." });
    assert.equal(at.execution(used.callbackId)?.state, "BLOCK");
    const { tasks } = await at.crm.test.engine.queries.tasks({ kind: "handle_inquiry" });
    assert.deepEqual(tasks[0]?.payload, { reason: "Asked about prices." });
    await at.crm.test.engine.actions.completeTask({ id: tasks[0]?.id ?? 0, result: null }, { by: "ana" });
    await at.crm.settle();
    assert.deepEqual(at.execution(used.callbackId)?.state, "SUCCESS");
    assert.equal(at.execution(used.callbackId)?.outputFields.task, tasks[0]?.id);
  });

  it("whose task is cancelled goes on as failed", async () => {
    await using at = await scene();
    const used = await at.use("ask_for_task", { kind: "schedule_meeting" });
    const { tasks } = await at.crm.test.engine.queries.tasks({ kind: "schedule_meeting" });
    await at.crm.test.engine.actions.cancelTask({ id: tasks[0]?.id ?? 0, reason: "not now" }, { by: "ana" });
    await at.crm.settle();
    assert.equal(at.execution(used.callbackId)?.state, "FAIL_CONTINUE");
  });

  it("that enrols a contact begins the sequence", async () => {
    await using at = await scene();
    const used = await at.use("enrol_in_sequence", { sequence: "nurture" });
    assert.equal(at.execution(used.callbackId)?.state, "SUCCESS");
    assert.equal(count((await traceOf(at.crm.test.engine)).tasks, "nurture_sequence COMPLETED LOW"), 1);
  });

  it("that enrols who opted out is refused, and nothing is written", async () => {
    await using at = await scene();
    await at.crm.test.engine.append([{ type: "opted_out", data: { email: ADA.email, by: "the contact" } }]);
    await at.crm.settle();
    const used = await at.use("enrol_in_sequence", { sequence: "outreach" });
    const now = at.execution(used.callbackId);
    assert.deepEqual([now?.state, now?.outputFields.result], ["FAIL_CONTINUE", "The contact opted out."]);
    const { tasks } = await traceOf(at.crm.test.engine);
    assert.equal(tasks.filter((name) => name.startsWith("send_outreach")).length, 0);
  });

  it("that asks why is answered at once, and nothing is recorded", async () => {
    await using at = await scene();
    await at.use("qualify_now");
    const before = (await at.crm.events("hubspot_action_called")).length;
    const used = await at.use("why");
    assert.equal(used.state, "SUCCESS");
    assert.match(String(used.outputFields.result), /Ada Lovelace has \d+ points/);
    assert.equal((await at.crm.events("hubspot_action_called")).length, before);
  });

  it("is one call however often it comes, even of a contact met for the first time", async () => {
    await using crm = await crmIn();
    for (let i = 0; i < 3; i++) {
      const answer = await call(crm, "qualify_now", CALL);
      assert.equal(answer.status, 200);
      const { outputFields } = (await answer.json()) as Execution;
      assert.equal(outputFields.hs_execution_state, "BLOCK");
    }
    await crm.settle();
    const called = await crm.events("hubspot_action_called");
    assert.equal(called.length, 1);
    assert.equal((await crm.events("contact_created")).length, 1);
    const { tasks } = await traceOf(crm.test.engine);
    assert.equal(count(tasks, "requalify_lead COMPLETED MEDIUM"), 1);
  });

  it("goes on when HubSpot does not answer at first", async () => {
    await using at = await scene();
    at.crm.simulator.faults.set({ serverError: 1, onlyPath: "/callbacks/" });
    const used = await at.use("qualify_now");
    assert.equal(at.execution(used.callbackId)?.state, "BLOCK");
    at.crm.simulator.faults.reset();
    for (let i = 0; i < 6; i++) {
      at.crm.test.clock.advance(15 * 60_000);
      await at.crm.settle();
    }
    assert.equal(at.execution(used.callbackId)?.state, "SUCCESS");
  });
});

const WRONG = [
  { why: "another secret", secret: "other", body: CALL, status: 401, field: "x-hubspot-signature" },
  { why: "no callback", body: { ...CALL, callbackId: undefined }, status: 400, field: "callbackId" },
  {
    why: "a company",
    body: { ...CALL, object: { ...CALL.object, objectType: "COMPANY" } },
    status: 400,
    field: "object.objectType",
  },
  { why: "no kind", action: "ask_for_task", body: CALL, status: 400, field: "inputFields.kind" },
  {
    why: "a kind only agents do",
    action: "ask_for_task",
    body: { ...CALL, inputFields: { kind: "send_email" } },
    status: 400,
    field: "inputFields.kind",
  },
  {
    why: "an unknown sequence",
    action: "enrol_in_sequence",
    body: { ...CALL, inputFields: { sequence: "spam" } },
    status: 400,
    field: "inputFields.sequence",
  },
  { why: "an unknown action", action: "delete_all", body: CALL, status: 400, field: "action" },
];

describe("a call that is not right", () => {
  it("is refused with the field, and nothing is recorded", async (t) => {
    await using crm = await crmIn();
    for (const { why, action = "qualify_now", body, secret, status, field } of WRONG) {
      await t.test(why, async () => {
        const answer = await call(crm, action, body, secret);
        const problem = (await answer.json()) as { field?: string };
        assert.deepEqual([answer.status, problem.field], [status, field]);
      });
    }
    const events = await crm.events();
    assert.equal(events.length, 0);
  });
});

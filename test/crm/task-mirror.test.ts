/** The tasks of people as HubSpot shows them. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import { accountCheck } from "../../packages/millrace/src/crm/hubspot/client/account.ts";
import { checkedHubspot } from "../../packages/millrace/src/crm/hubspot/client/hubspot-settings.ts";
import { TaskMirror } from "../../packages/millrace/src/crm/hubspot/outbound/task-mirror.ts";
import { actorOf } from "../../packages/millrace/src/events/actor.ts";
import { formSubmitted } from "../factories/engine.ts";
import { type TestCrm, testCrm } from "./crm.fixture.ts";

/** A lead hot enough for a call. */
const HOT = {
  firstname: "Grace",
  lastname: "Hopper",
  company: "Acme Systems",
  jobtitle: "CEO",
  phone: "+1 555 0100",
  numberofemployees: 900,
  budget: "100000",
  message: "We want to buy now, please call me for a demo and a quote.",
};

/** A mirror turned by hand: the engine's own one is switched off, so that a test knows when it has looked. */
async function withMirror(work: (crm: TestCrm, mirror: TaskMirror) => Promise<void>, owners?: Record<string, string>) {
  await using crm = await testCrm({ hubspot: { mirrorTasks: false } });
  const mirror = new TaskMirror({
    db: crm.test.engine.db,
    api: crm.api,
    settings: checkedHubspot({ ...crm.settings, owners }),
    kinds: crm.test.engine.tasks.all(),
    clock: systemClock,
    checkAccount: accountCheck(crm.test.engine.db, crm.api),
    onError: (error) => assert.fail(String(error)),
  });
  await work(crm, mirror);
}

async function openHumanTask(crm: TestCrm): Promise<{ id: number; kind: string }> {
  await crm.test.engine.append([
    formSubmitted(HOT),
    { type: "purchase_completed", data: { product: "pro" }, contact: { email: "ada@acme-systems.example" } },
  ]);
  await crm.test.engine.idle();
  const [task] = await crm.test.engine.db.query<{ id: number; kind: string }>(
    "select id, kind from tasks where kind = 'customer_onboarding'",
  );
  assert.ok(task);
  return task;
}

const shownOf = (crm: TestCrm) => crm.records("tasks").find((task) => task.millrace_kind === "customer_onboarding");

describe("a task of a person", () => {
  it("appears in HubSpot with its contact, its due time and its priority", () =>
    withMirror(
      async (crm, mirror) => {
        const { id } = await openHumanTask(crm);
        await mirror.turnNow();
        const shown = shownOf(crm);
        assert.match(shown?.hs_task_subject ?? "", /^Welcome a new customer: Grace Hopper \(Acme Systems\)$/);
        assert.equal(shown?.hs_task_status, "NOT_STARTED");
        assert.equal(shown?.millrace_priority, "HIGH");
        assert.equal(shown?.hubspot_owner_id, "7");
        assert.match(shown?.millrace_task_id ?? "", new RegExp(`-${id}$`));
        const [contact] = crm.records("contacts");
        const answer = await crm.api.request({
          method: "POST",
          path: crm.api.paths.readAssociations("tasks", "contacts"),
          body: { inputs: [{ id: shown?.hs_object_id }] },
          urgency: "normal",
          kind: "other",
        });
        assert.ok(answer.ok);
        const [result] = (answer.body as { results: { to: { toObjectId: unknown }[] }[] }).results;
        assert.equal(String(result?.to[0]?.toObjectId), contact?.hs_object_id);
      },
      { customer_success: "7" },
    ));

  it("is shown once, however often HubSpot's answer is lost", () =>
    withMirror(async (crm, mirror) => {
      await openHumanTask(crm);
      crm.simulator.faults.set({ cutAfter: 1, strikesLeft: 3, onlyPath: "tasks/batch/upsert" });
      await mirror.turnNow();
      await mirror.turnNow();
      const keys = crm.records("tasks").map((task) => task.millrace_task_id);
      assert.ok(keys.length > 0);
      assert.equal(new Set(keys).size, keys.length);
    }));

  it("follows: begun, done", () =>
    withMirror(async (crm, mirror) => {
      const { id } = await openHumanTask(crm);
      const { engine } = crm.test;
      await mirror.turnNow();
      const { claimForPerson, completeByPerson } = await import("../../packages/millrace/src/tasks/people.ts");
      await engine.db.transaction((tx) => claimForPerson(tx, id, actorOf("grace"), Date.now()));
      await mirror.turnNow();
      assert.equal(shownOf(crm)?.hs_task_status, "IN_PROGRESS");
      await engine.db.transaction((tx) => completeByPerson(tx, id, actorOf("grace"), null, Date.now()));
      await mirror.turnNow();
      assert.equal(shownOf(crm)?.hs_task_status, "COMPLETED");
      assert.equal(shownOf(crm)?.millrace_status, "COMPLETED");
      const before = crm.simulator.calls.latest().length;
      await mirror.turnNow();
      assert.equal(crm.simulator.calls.latest().length, before);
    }));

  it("is shown by the engine itself, unless mirrorTasks is false", async () => {
    await using crm = await testCrm();
    await openHumanTask(crm);
    for (let i = 0; i < 100 && shownOf(crm) === undefined; i++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(shownOf(crm));
    await withMirror(async (without) => {
      await openHumanTask(without);
      assert.deepEqual(without.records("tasks"), []);
    });
  });
});

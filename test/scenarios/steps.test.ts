/** Steps within a task last: an attempt behind a failure, a kill or a lost lease goes on behind the last one that is on record. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { agent } from "../../packages/millrace/src/agents/agent.ts";
import type { MillraceError } from "../../packages/millrace/src/base/errors.ts";
import { on, task, workflow } from "../../packages/millrace/src/index.ts";
import type { Outcome, WorkContext } from "../../packages/millrace/src/tasks/handler.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";

const DONE: Outcome = { outcome: "completed" };
const FAILED: Outcome = { outcome: "failed", error: "not yet", retry: "wait", afterMs: 1_000 };

const rings = workflow("rings", { about: "Rings." }, [on("form_submitted", task("ring" as "qualify_lead"))]);

/** An engine with one agent, whose work is given; it is tried again a second later for as long as it fails. */
async function working(work: (context: WorkContext, attempt: number) => Promise<Outcome>): Promise<TestEngine> {
  let attempt = 0;
  const ringer = agent({
    name: "ringer",
    kinds: ["ring"],
    run: async (tasks, context) => {
      attempt++;
      const outcome = await work(context, attempt);
      return tasks.map(() => outcome);
    },
  });
  const test = await testEngine({
    pack: false,
    tasks: { ring: { about: "Rings.", priority: "URGENT", dueIn: "5m", doneBy: "ringer" } },
    agents: [ringer],
    workflows: [rings],
  });
  await test.engine.append([formSubmitted()]);
  await test.engine.idle();
  return test;
}

async function again(test: TestEngine): Promise<void> {
  test.clock.advance(1_000);
  await test.engine.idle();
}

async function stateOf(test: TestEngine): Promise<string | undefined> {
  const [open] = await test.engine.db.query<{ state: string }>("select state from tasks");
  const [ended] = await test.engine.db.query<{ state: string }>("select state from finished_tasks");
  return open?.state ?? ended?.state;
}

describe("a step", () => {
  it("is done once, however often the task is tried", async () => {
    const done: string[] = [];
    await using test = await working(async ({ step }, attempt) => {
      const page = await step("read", async () => {
        done.push(`read ${attempt}`);
        return { title: "Acme", attempt };
      });
      await step("write", async () => {
        done.push(`write ${page.title} ${page.attempt}`);
        if (attempt < 3) throw new Error("lost");
        return null;
      }).catch(() => undefined);
      return attempt < 3 ? FAILED : DONE;
    });
    await again(test);
    await again(test);
    assert.deepEqual(done, ["read 1", "write Acme 1", "write Acme 1", "write Acme 1"]);
    assert.equal(await stateOf(test), "COMPLETED");
  });

  it("under the name of another one of the same attempt is refused, not given the other's result", async () => {
    const got: unknown[] = [];
    await using test = await working(async ({ step }) => {
      for (const page of ["home", "about"]) {
        got.push(await step("read", async () => page).catch((error: MillraceError) => error.parts.field));
      }
      return DONE;
    });
    assert.equal(await stateOf(test), "COMPLETED");
    assert.deepEqual(got, ["home", "name"]);
  });

  it("tells what happened when it is done, once, however often the task is tried and however it ends", async () => {
    const seen: number[] = [];
    let count: () => Promise<number> = async () => -1;
    await using test = await working(async ({ step }, attempt) => {
      const page = await step("read", async () => ({ url: "https://acme.example/", status: 200, bytes: 7 }), {
        emits: (read) => [{ type: "page_loaded", data: read }],
      });
      assert.equal(page.bytes, 7);
      seen.push(await count());
      if (attempt < 3) return FAILED;
      return { outcome: "cancelled", reason: "no more" };
    });
    count = async () => (await test.engine.db.query("select 1 from events where type = 'page_loaded'")).length;
    await again(test);
    await again(test);
    assert.deepEqual(seen, [-1, 1, 1]);
    assert.equal(await count(), 1);
    const [told] = await test.engine.db.query<{ contact: string | null; actor: string }>(
      "select contact, actor from events where type = 'page_loaded'",
    );
    assert.ok(told?.contact !== null);
    assert.equal(told?.actor, "agent:ringer");
  });

  it("whose events cannot be taken fails, and nothing of it is on record", async () => {
    const codes: string[] = [];
    await using test = await working(async ({ step }) => {
      const wrong = { emits: () => [{ type: "page_loaded", data: { url: 7 } }] };
      await step("read", async () => "page", wrong).catch((error: MillraceError) => codes.push(error.code));
      return DONE;
    });
    assert.deepEqual([codes, await test.engine.db.query("select 1 from task_steps")], [["invalid_event"], []]);
  });

  it("that acts and failed is done again, since its end is known", async () => {
    let orders = 0;
    await using test = await working(async ({ step }, attempt) => {
      await step(
        "order",
        async () => {
          orders++;
          if (attempt === 1) throw new Error("refused");
          return "ordered";
        },
        { acts: true },
      ).catch(() => undefined);
      return attempt === 1 ? FAILED : DONE;
    });
    await again(test);
    assert.equal(orders, 2);
  });

  it("that acts and whose end is not known is not done again, and says so", async () => {
    let orders = 0;
    const codes: string[] = [];
    await using test = await working(async ({ step }, attempt) => {
      const order = step(
        "order",
        // The first attempt is killed in the middle: it never comes back.
        () => (orders++ === 0 ? new Promise<never>(() => {}) : Promise.resolve("ordered")),
        { acts: true },
      );
      if (attempt === 1) {
        await untilBegun();
        return FAILED;
      }
      await order.catch((error: MillraceError) => codes.push(error.code));
      return { outcome: "waiting", reason: "was the order placed?" };
    });
    async function untilBegun(): Promise<void> {
      while (orders === 0) await new Promise(setImmediate);
    }
    await again(test);
    assert.deepEqual([orders, codes], [1, ["step_unknown"]]);
    assert.equal(await stateOf(test), "WAITING");
  });

  it("of a process that has lost the task is not written", async () => {
    const codes: string[] = [];
    let steal: (() => Promise<unknown>) | undefined;
    await using test = await working(async ({ step }, attempt) => {
      if (attempt === 1) return FAILED;
      await steal?.();
      steal = undefined;
      await step("read", async () => "page").catch((error: MillraceError) => codes.push(error.code));
      return DONE;
    });
    steal = () => test.engine.db.query("update tasks set fence = fence + 1");
    test.clock.advance(1_000);
    // Not until all is done: the task is another's now, and no one does it until its lease is over.
    while (codes.length === 0) await sleep(20);
    assert.deepEqual(codes, ["lease_lost"]);
    assert.deepEqual(await test.engine.db.query("select 1 from task_steps"), []);
  });

  it("without a name, of a task the call does not have, or with what no row can hold is refused", async () => {
    const codes: unknown[] = [];
    await using test = await working(async ({ step }) => {
      const noted = (error: MillraceError) => codes.push([error.code, error.parts.field]);
      await step("", async () => null).catch(noted);
      await step("read", async () => null, { task: 4_711 }).catch(noted);
      await step("read", async () => 1n as never).catch(noted);
      return DONE;
    });
    assert.equal(await stateOf(test), "COMPLETED");
    assert.deepEqual(codes, [
      ["invalid_request", "name"],
      ["invalid_request", "task"],
      ["invalid_request", "result"],
    ]);
  });
});

/** A process whose clock is wrong does no work: nothing is thrown away, fired early or sent in a quiet hour by it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import type { EngineHandle } from "../../packages/millrace/src/engine/engine-handle.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { readinessOf } from "../../packages/millrace/src/queries/rows/readiness.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { freshDatabase } from "../factories/database.ts";
import { formSubmitted } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";
import { until } from "../factories/until.ts";
import { mailServer } from "../servers/smtp.ts";

const HOUR_MS = 3_600_000;
const agents = [scoresByPoints, findsNothing];
const engine = { sweepMs: 100, drainMs: 200 };

for (const [name, off] of [
  ["an hour ahead", HOUR_MS],
  ["ten years ahead", 87_600 * HOUR_MS],
  ["an hour behind", -HOUR_MS],
] as const) {
  describe(`a process whose clock is ${name}`, () => {
    it("takes forms and does nothing about them; every one is answered by a process that is right", async () => {
      const database = await freshDatabase();
      await using smtp = await mailServer();
      const config = { databaseUrl: database.url, agents, engine, mail: { smtpUrl: smtp.url, window: false } } as const;
      const open: EngineHandle[] = [];
      const wrong = await openEngine(config, { clock: { now: () => Date.now() + off }, onError: () => {} });
      open.push(wrong);
      try {
        for (let i = 0; i < 10; i++)
          await wrong.append([formSubmitted({ email: `lead${i}@company${i}.example`, points: 10 })]);
        const { ok, reasons } = await readinessOf(wrong);
        assert.ok(ok);
        assert.match(reasons.join(), off > 0 ? /clock is \d+ s ahead of/ : /clock is 3600 s behind/);
        assert.deepEqual((await traceOf(wrong)).tasks, [], "nothing was decided");
        const right = await openEngine(config, { clock: systemClock, onError: () => {} });
        open.push(right);
        await until(async () => smtp.letters.length === 10);
        await right.idle();
        const { emails, tasks } = await traceOf(right);
        assert.equal(count(emails, "thank_you sent"), 10);
        assert.equal(count(tasks, "send_email CANCELLED HIGH"), 0);
      } finally {
        await Promise.all(open.map((each) => each.stop()));
        await database.drop();
      }
    });
  });
}

describe("a process whose clock is set an hour ahead while it works", () => {
  it("decides nothing by it, and goes on when it is right again", async () => {
    const database = await freshDatabase();
    let off = 0;
    const clock = { now: () => Date.now() + off };
    const handle = await openEngine({ databaseUrl: database.url, agents, engine }, { clock, onError: () => {} });
    try {
      await handle.append([formSubmitted({ email: "before@company.example", points: 10 })]);
      await handle.idle();
      const before = (await traceOf(handle)).tasks.length;
      off = HOUR_MS;
      await handle.append([formSubmitted({ email: "meanwhile@company.example", points: 10 })]);
      await until(async () => (await readinessOf(handle)).reasons.join().includes("ahead of"));
      assert.equal((await traceOf(handle)).tasks.length, before, "nothing was decided");
      off = 0;
      await handle.idle();
      await until(async () => (await traceOf(handle)).tasks.length > before);
    } finally {
      await handle.stop();
      await database.drop();
    }
  });
});

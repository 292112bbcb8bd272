/** A pause that was answered holds in the process that answered it: what comes in next is decided by it. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { formSubmitted, testEngine } from "../factories/engine.ts";

it("of an agent holds for the next form, and so does its end", async () => {
  // No wake-ups and no sweep: nothing else in the process looks at what has changed.
  await using test = await testEngine({ engine: { wakeUps: false, sweepMs: 600_000 }, monitor: false });
  const { engine } = test;
  await engine.append([formSubmitted({ email: "ada@acme.example" })]);
  // The first one may come before the runner has started: then it is decided now.
  await engine.idle();
  await engine.actions.pauseAgent({ agent: "mailer" }, { by: "ada" });
  assert.equal(engine.circuits.isStopped("mailer"), true);
  await engine.append([formSubmitted({ email: "bob@acme.example" })]);
  const sent = () =>
    engine.db.query<{ recipient: string }>("select recipient from emails where state = 'sent' order by 1");
  assert.deepEqual(await sent(), [{ recipient: "ada@acme.example" }]);
  await engine.actions.resumeAgent({ agent: "mailer" }, { by: "ada" });
  assert.equal(engine.circuits.isStopped("mailer"), false);
  await engine.append([formSubmitted({ email: "cem@acme.example" })]);
  assert.deepEqual(await sent(), [{ recipient: "ada@acme.example" }, { recipient: "cem@acme.example" }]);
});

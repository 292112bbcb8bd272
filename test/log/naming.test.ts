/** Who is met for the first time in two transactions at once is one contact, and nobody waits for ever. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { resolveContacts } from "../../packages/millrace/src/contacts/identity.ts";
import { lockLog } from "../../packages/millrace/src/events/log-lock.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { someoneWaitsForTheLog } from "../factories/log-lock.ts";

it("a form of somebody whom a transaction that holds the log is just meeting waits for it and is about the same contact", async () => {
  await using test = await testEngine({ pack: false });
  const email = "both@acme.example";
  let form: Promise<readonly { contact: string | null }[]> = Promise.resolve([]);
  const met = await test.engine.db.transaction(async (tx) => {
    await lockLog(tx);
    form = test.engine.append([formSubmitted({ email })]);
    await someoneWaitsForTheLog(test.engine.db);
    return resolveContacts(tx, [{ email }]);
  });
  const [appended] = await form;
  assert.equal(appended?.contact, met[0]);
  assert.deepEqual(test.errors, []);
});

/** What the planner remembers of the tables is forgotten with the person. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { eraseContact } from "../../packages/millrace/src/privacy/erase-contact.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { ADDRESS, CANARY, FIELDS, keyFolder } from "./erasure.fixture.ts";

it("an erased address is gone from the planner's statistics with the next sweep", async () => {
  await using keys = await keyFolder();
  await using test = await testEngine({ dataFolder: keys.path });
  const { db } = test.engine;
  for (let i = 0; i < 20; i++)
    await test.engine.append([
      formSubmitted({ email: `other${i}@company${i}.example` }),
      formSubmitted({ ...FIELDS }, "demo", `${CANARY}-${i}`),
    ]);
  await test.engine.idle();
  await db.query("analyze");
  const held = () =>
    db.query<{ column: string }>(
      `select tablename || '.' || attname as column from pg_stats where schemaname = current_schema()
         and (position($1 in lower(most_common_vals::text)) > 0 or position($1 in lower(histogram_bounds::text)) > 0)`,
      [CANARY],
    );
  const before = (await held()).map(({ column }) => column);
  assert.ok(before.includes("contact_identities.value"), before.join());
  const contact = (
    await db.query<{ contact: string }>("select contact from contact_identities where value = $1", [ADDRESS])
  )[0]?.contact;
  const { erasure } = test.engine.contextFor({ id: "person:ada", name: "ada", kind: "person" } as never);
  await eraseContact(erasure, { contact: contact ?? "", actor: "person:ada", because: "asked", now: test.clock.now() });
  assert.ok((await held()).length > 0, "the erasure itself does not wait for it");
  await test.engine.idle();
  assert.deepEqual(await held(), []);
  assert.deepEqual(await db.query("select analyze_due from erasure_marks"), [{ analyze_due: [] }]);
});

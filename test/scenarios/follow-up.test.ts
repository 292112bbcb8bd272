/** The example of the follow-up, as docs/how-to/follow-up.md tells it. */
import assert from "node:assert/strict";
import { it } from "node:test";
import config from "../../examples/follow-up.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";

const DAY_MS = 86_400_000;
const mail = { window: false } as const;

async function sent({ engine }: TestEngine): Promise<string[]> {
  const rows = await engine.db.query<{ email: string }>(
    "select recipient as email from emails where template = 'pricing_follow_up' and state = 'sent' order by 1",
  );
  return rows.map(({ email }) => email);
}

it("two days after the pricing form, who has not written back gets one e-mail, and who has gets none", async () => {
  await using test = await testEngine({ ...config, pack: false, mail });
  const { engine, clock } = test;
  await engine.append(
    ["ada", "bob"].map((name, i) => formSubmitted({ email: `${name}@acme.example` }, "pricing", `${i}`)),
  );
  await engine.append([formSubmitted({ email: "eve@acme.example" }, "demo", "3")]);
  await engine.idle();
  clock.advance(DAY_MS);
  await engine.append([
    {
      type: "email_engagement",
      data: { email: "bob@acme.example", engagement: "replied", text: "Thanks, I have all I need." },
    },
  ]);
  await engine.idle();
  assert.deepEqual(await sent(test), []);
  clock.advance(DAY_MS);
  await engine.idle();
  assert.deepEqual(await sent(test), ["ada@acme.example"]);
});

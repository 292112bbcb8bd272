/** The list of contacts: all that a row shows is searched, bands are filtered and sorted, and pages go on to the end. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { rebuildLines } from "../../packages/millrace/src/intake/lines.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";

const PEOPLE = [
  {
    email: "ada@bigcorp-systems.example",
    firstname: "Ada",
    lastname: "Lovelace",
    company: "Bigcorp",
    jobtitle: "VP of Sales",
    numberofemployees: 2500,
  },
  { email: "bob@hotels.example", firstname: "Bob", lastname: "O'Hare", company: "Hotels & Co", jobtitle: "Clerk" },
  {
    email: "zoe@acme.example",
    firstname: "Zoë",
    lastname: "Nuñez",
    company: "Acme",
    jobtitle: "Engineer",
    lead_source: "Fair",
  },
] as const;

async function withPeople() {
  const tested = await testEngine();
  for (const one of PEOPLE) await tested.engine.append([formSubmitted({ ...one } as never)]);
  await tested.engine.idle();
  const list = async (input: object) => (await tested.engine.queries.contacts(input)).contacts;
  const names = async (input: object) => (await list(input)).map(({ properties }) => properties.firstname);
  return { ...tested, list, names };
}

it("search finds the words a row shows, by their beginnings, in any script and with any signs between", async () => {
  await using tested = await withPeople();
  for (const [q, found] of [
    ["vp of sales", ["Ada"]],
    ["VP sal", ["Ada"]],
    ["bigcorp-sys", ["Ada"]],
    ["ada@bigcorp", ["Ada"]],
    ["o'hare", ["Bob"]],
    ["zoë nuñ", ["Zoë"]],
    ["example", ["Zoë", "Bob", "Ada"]],
    ["'; drop table contacts --", []],
    ["a & b | !c:*", []],
    ["  ", ["Zoë", "Bob", "Ada"]],
    ["%", []],
  ] as const)
    assert.deepEqual(await tested.names({ q }), found, q);
});

it("a search beside a turn that writes the lines waits for it, and finds the lead of a second ago", async () => {
  await using tested = await testEngine();
  const { engine } = tested;
  await engine.append([formSubmitted({ email: "ada@bigcorp-systems.example" })]);
  await engine.idle();
  let search: Promise<{ readonly count: number | null }> | undefined;
  await engine.db.transaction(async (tx) => {
    await tx.query("select position from contact_lines_place for update");
    search = engine.queries.contacts({ q: "ada@bigcorp" });
    const waits = async () =>
      (
        await engine.db.query(
          "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        )
      ).length > 0;
    await Promise.race([search, until(waits)]);
  });
  assert.equal((await search)?.count, 1);
});

it("a band is found as a band, and a company called Hotels is not hot", async () => {
  await using tested = await withPeople();
  const [ada] = await tested.list({ q: "Ada" });
  const band = String(ada?.properties.lead_band);
  assert.deepEqual(await tested.names({ band }), ["Ada"]);
  assert.deepEqual(await tested.names({ q: `${band} vp` }), ["Ada"]);
  assert.deepEqual(await tested.names({ band: "no such band" }), []);
});

it("every order pages to its end, each contact once, and tells how many there are", async () => {
  await using tested = await withPeople();
  await tested.engine.append(
    Array.from({ length: 9 }, (_, n) => formSubmitted({ email: `p${n}@one.example` }, "demo", `p${n}`)),
  );
  await tested.engine.idle();
  for (const sort of ["created", "activity", "score"] as const) {
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await tested.engine.queries.contacts({
        sort,
        limit: 5,
        path: false,
        ...(after === undefined ? {} : { after }),
      });
      assert.equal(page.count, after === undefined ? 12 : null);
      seen.push(...page.contacts.map(({ id }) => id));
      after = page.contacts.at(-1)?.cursor;
      if (page.contacts.length < 5) break;
    }
    assert.equal(new Set(seen).size, 12, sort);
    assert.equal(seen.length, 12, sort);
  }
  const scores = (await tested.list({ sort: "score" })).map(({ properties }) => Number(properties.lead_score ?? -1));
  assert.deepEqual(
    scores,
    scores.toSorted((a, b) => b - a),
  );
});

it("a cursor of another order, or one that was made up, is refused by its name", async () => {
  await using tested = await withPeople();
  const [first] = await tested.list({ sort: "score" });
  for (const after of [first?.cursor ?? "", "x", Buffer.from('["1",2]').toString("base64url")])
    await assert.rejects(tested.list({ sort: "created", after }), {
      code: "invalid_request",
      message: /no cursor of this list/,
    });
});

it("stage and source narrow the list, what changes is found anew, and what was before is not", async () => {
  await using tested = await withPeople();
  assert.deepEqual(await tested.names({ source: "Fair" }), ["Zoë"]);
  await tested.engine.append([
    {
      type: "contact_updated",
      data: {
        email: "zoe@acme.example",
        changes: { company: { from: "Acme", to: "Newco" }, lifecyclestage: { from: null, to: "customer" } },
      },
    } as never,
  ]);
  await tested.engine.idle();
  assert.deepEqual(await tested.names({ q: "newco" }), ["Zoë"]);
  assert.deepEqual(await tested.names({ lifecycle: "customer" }), ["Zoë"]);
});

it("who was erased is in no list and leaves no word behind", async () => {
  await using tested = await withPeople();
  await tested.list({});
  const { db } = tested.engine;
  await db.query("delete from contacts where properties->>'firstname' = 'Bob'");
  await db.transaction(rebuildLines);
  assert.deepEqual(await tested.names({}), ["Zoë", "Ada"]);
});

it("a list shows what was decided a moment ago", async () => {
  await using tested = await testEngine();
  for (let n = 0; n < 5; n++) {
    await tested.engine.append([formSubmitted({ email: `quick${n}@one.example` }, "demo", `quick${n}`)]);
    assert.equal((await tested.engine.queries.contacts({ q: `quick${n}` })).count, 1);
  }
});

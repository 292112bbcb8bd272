/** Lists as CSV: all rows, page by page, with the list's filters, and nothing a spreadsheet would compute. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { csvLists } from "../../packages/millrace/src/http/csv-lists.ts";
import { routes } from "../../packages/millrace/src/http/routes.ts";
import { formSubmitted } from "../factories/engine.ts";
import { testGateway } from "./gateway.fixture.ts";

it("every row of a list longer than a page is there once, and a formula in it is text", async () => {
  await using tested = await testGateway({}, { pack: false });
  const people = Array.from({ length: 1_101 }, (_, n) =>
    formSubmitted(
      { email: `p${n}@one.example`, company: n === 7 ? '=HYPERLINK("http://evil.example","x")' : "Acme" },
      "demo",
      `f${n}`,
    ),
  );
  await tested.engine.append(people);
  await tested.engine.idle();
  const response = await tested.call("/api/contacts.csv?path=false");
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type") ?? "", /^text\/csv/);
  assert.match(response.headers.get("content-disposition") ?? "", /attachment; filename="contacts\.csv"/);
  const text = await response.text();
  const emails = text.match(/p\d+@one\.example/g) ?? [];
  assert.equal(new Set(emails).size, 1_101);
  assert.equal(emails.length, 1_101);
  assert.ok(text.includes(`"'=HYPERLINK(""http://evil.example"",""x"")"`));
  const one = await (await tested.call("/api/contacts.csv?q=p42")).text();
  assert.equal(one.trim().split("\r\n").length, 1 + emails.filter((email) => email.startsWith("p42")).length);
});

it("a wrong filter is told before a byte is sent, and every list that has one answers", async () => {
  await using tested = await testGateway();
  const wrong = await tested.call("/api/contacts.csv?sort=nonsense");
  assert.equal(wrong.status, 400);
  assert.match(wrong.headers.get("content-type") ?? "", /problem\+json/);
  await tested.engine.append([formSubmitted()]);
  await tested.engine.idle();
  const paths = routes.filter(({ path }) => path.endsWith(".csv")).map(({ path }) => path);
  assert.equal(paths.length, Object.keys(csvLists).length);
  for (const path of paths) {
    const response = await tested.call(path);
    assert.equal(response.status, 200, path);
    assert.ok((await response.text()).includes(","), path);
  }
});

/** Filters that people keep by name are theirs alone, and go with a person whose address stands in them. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { listViews } from "../../packages/millrace/src/access/saved-views.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";

const ADA = { by: "person:ada" };
const VIEW = { screen: "leads", name: "Hot", search: "band=hot&sort=score" } as const;

it("a view is its person's, is replaced under its name, and removed once", async () => {
  await using test = await testEngine();
  const { actions, db } = test.engine;
  await actions.saveView(VIEW, ADA);
  await actions.saveView({ ...VIEW, search: "band=hot" }, ADA);
  await actions.saveView({ ...VIEW, screen: "tasks", search: "state=FAILED" }, ADA);
  const views = await listViews(db, ADA.by);
  assert.deepEqual(
    views.map(({ screen, name, search }) => [screen, name, search]),
    [
      ["leads", "Hot", "band=hot"],
      ["tasks", "Hot", "state=FAILED"],
    ],
  );
  assert.deepEqual(await listViews(db, "person:bob"), []);
  await assert.rejects(actions.removeView({ screen: "leads", name: "Hot" }, { by: "person:bob" }), {
    code: "not_found",
  });
  await actions.removeView({ screen: "leads", name: "Hot" }, ADA);
  await assert.rejects(actions.removeView({ screen: "leads", name: "Hot" }, ADA), { code: "not_found" });
  const { events } = await test.engine.queries.events({ actor: "person:ada" });
  assert.deepEqual(
    events.map(({ type, data }) => [type, (data as { screen: string }).screen]).reverse(),
    [
      ["view_saved", "leads"],
      ["view_saved", "leads"],
      ["view_saved", "tasks"],
      ["view_removed", "leads"],
    ],
    "who did what, and nothing of what was refused",
  );
});

it("a view that names an erased person is erased with them", async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), "millrace-views-"));
  try {
    await using test = await testEngine({ dataFolder });
    const { engine } = test;
    await engine.append([formSubmitted()]);
    await engine.idle();
    await engine.actions.saveView(
      { screen: "events", name: "Of one", search: "contact=ada@acme-systems.example" },
      ADA,
    );
    await engine.actions.saveView(VIEW, ADA);
    await engine.actions.eraseContact({ contact: "ada@acme-systems.example" }, ADA);
    const views = await listViews(engine.db, ADA.by);
    assert.deepEqual(
      views.map(({ name }) => name),
      ["Hot"],
    );
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
});

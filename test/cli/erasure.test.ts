/** Erasing from the command line: looked at first, asked about, done, and applied again to a restored database. */
import assert from "node:assert/strict";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { type TestEngine, testEngine } from "../factories/engine.ts";
import { ADDRESS, CANARY, FIELDS, whereIs } from "../privacy/erasure.fixture.ts";
import { millrace, projectFolder, type Ran } from "./cli.ts";

const KEY = join(".millrace", "suppression-key");

interface Scene extends AsyncDisposable {
  readonly host: TestEngine;
  readonly contact: string;
  readonly folder: string;
  run(...words: string[]): Promise<Ran>;
  // biome-ignore lint/suspicious/noExplicitAny: each command has a document of its own.
  json(...words: string[]): Promise<any>;
}

/** @param contact whose form it is; left out: somebody new's. @param keysOf a project whose key is used. */
async function scene(contact?: string, keysOf?: string): Promise<Scene> {
  const folder = await projectFolder();
  if (keysOf !== undefined) {
    await mkdir(join(folder.path, ".millrace"));
    await copyFile(join(keysOf, KEY), join(folder.path, KEY));
  }
  const host = await testEngine({ dataFolder: join(folder.path, ".millrace") });
  const form = { type: "form_submitted", data: { form: "demo", fields: FIELDS } };
  const [first] = await host.engine.append([contact === undefined ? form : { ...form, contact: { id: contact } }]);
  await host.engine.idle();
  const run = (...words: string[]) => millrace(words, { cwd: folder.path, env: { DATABASE_URL: host.url } });
  return {
    host,
    run,
    contact: first?.contact ?? "",
    folder: folder.path,
    async json(...words) {
      const { code, stdout, stderr } = await run(...words, "--json");
      assert.equal(code, 0, stdout + stderr);
      return JSON.parse(stdout);
    },
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test("a dry run says how many rows in which tables, and changes nothing", async () => {
  await using setting = await scene();
  const { host, contact, run, json } = setting;
  // Lists make a row of their own of a lead when they are read, else a little later.
  await host.engine.queries.contacts({});
  const before = await whereIs(host.engine.db, CANARY);
  const dry = await json("contacts", "erase", ADDRESS, "--dry-run");
  assert.deepEqual([dry.contact, dry.isDryRun, dry.wasErased], [contact, true, false]);
  assert.equal(dry.rows.contacts, 1);
  assert.deepEqual([dry.rows.contact_identities, dry.rows.emails], [1, 1]);
  const shown = await run("contacts", "erase", ADDRESS, "--dry-run");
  assert.match(shown.stdout, /^ +\d+ {2}settlements$/m);
  assert.deepEqual(await whereIs(host.engine.db, CANARY), before);
  const done = await json("contacts", "erase", ADDRESS, "--yes");
  assert.deepEqual(done.rows, dry.rows, "what was said is what is done");
});

test("a contact is erased by address, by the person named, and is unknown by that address from then on", async () => {
  await using setting = await scene();
  const { host, contact, run, json } = setting;
  const done = await json("contacts", "erase", ADDRESS, "--yes", "--as", "ana");
  assert.deepEqual([done.contact, done.isDryRun, done.wasErased], [contact, false, false]);
  await host.engine.idle();
  assert.deepEqual(await whereIs(host.engine.db, CANARY), []);
  const [fact] = await host.engine.db.query("select actor from events where type = 'contact_erased'");
  assert.deepEqual(fact, { actor: "person:ana" });
  const gone = await run("contacts", "erase", ADDRESS, "--yes");
  assert.equal(gone.code, 1);
  const again = await run("contacts", "erase", contact, "--yes");
  assert.equal(again.code, 0);
  assert.match(again.stdout + again.stderr, /had been erased before/);
});

test("where nobody can be asked it wants --yes (2), and nothing is erased", async () => {
  await using setting = await scene();
  const { host, run } = setting;
  const asked = await run("contacts", "erase", ADDRESS);
  assert.equal(asked.code, 2);
  assert.match(asked.stderr, /--yes/);
  assert.equal((await run("contacts", "erase")).code, 2);
  assert.equal((await run("contacts", "erase", ADDRESS, "--from", "list.jsonl")).code, 2);
  assert.equal((await run("contacts", "erase", "01a21565-0aa3-7d00-bb33-a40561771433", "--yes")).code, 1);
  assert.ok((await whereIs(host.engine.db, CANARY)).length > 0);
});

test("the list of erasures names nobody, and erases again who a restored backup brought back", async () => {
  await using setting = await scene();
  const { contact, run, json } = setting;
  assert.match((await run("contacts", "erased")).stderr, /No contact was erased/);
  await json("contacts", "erase", ADDRESS, "--yes");
  const list = (await run("contacts", "erased", "--json")).stdout;
  assert.ok(list.includes(contact) && !list.toLowerCase().includes(CANARY));
  // A database in which they are still there, under the same id.
  await using restored = await scene(contact, setting.folder);
  const file = join(restored.folder, "erased.jsonl");
  await writeFile(file, list);
  const dry = await restored.json("contacts", "erase", "--from", file, "--dry-run");
  assert.deepEqual(dry, { contacts: 1, names: 1, isDryRun: true });
  assert.ok((await whereIs(restored.host.engine.db, CANARY)).length > 0);
  const applied = await restored.json("contacts", "erase", "--from", file, "--yes");
  assert.deepEqual(applied.erased, [contact]);
  await restored.host.engine.idle();
  assert.deepEqual(await whereIs(restored.host.engine.db, CANARY), []);
  const twice = await restored.json("contacts", "erase", "--from", file, "--yes");
  assert.deepEqual(twice, { erased: [], suppressed: 0 });
  await using stranger = await scene(contact);
  const refused = await stranger.run("contacts", "erase", "--from", file, "--yes");
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /another suppression key/);
  assert.ok((await whereIs(stranger.host.engine.db, CANARY)).length > 0);
  await writeFile(file, `${list}{"contact":"ada"}\n`);
  const wrong = await restored.run("contacts", "erase", "--from", file, "--yes");
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /Line 3 of the list/);
});

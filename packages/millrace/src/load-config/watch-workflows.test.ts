/** Workflows changed under a running engine. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { formSubmitted, type TestEngine, testEngine } from "../../../../test/factories/engine.ts";
import type { MillraceError } from "../base/errors.ts";
import { type WorkflowWatch, watchWorkflows } from "./watch-workflows.ts";
import { importWorkflows } from "./workflow-files.ts";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));

/** A workflow whose decision says which version of it decided. */
function saying(word: string): string {
  return `import { on, stop, workflow } from "millrace";\nexport default workflow("mine", {}, [on("form_submitted", stop("${word}"))]);\n`;
}

interface Scene extends AsyncDisposable {
  readonly folder: string;
  readonly watch: WorkflowWatch;
  readonly refused: MillraceError[];
  save(name: string, text: string): Promise<void>;
  /** What the workflow says of one more event. */
  says(): Promise<string | undefined>;
}

async function scene(files: Readonly<Record<string, string>>): Promise<Scene> {
  const root = await mkdtemp(join(tmpdir(), "millrace-watch-"));
  await mkdir(join(root, "node_modules"));
  await symlink(PACKAGE, join(root, "node_modules", "millrace"));
  await writeFile(join(root, "package.json"), '{ "type": "module" }');
  const folder = join(root, "workflows");
  const save = async (name: string, text: string) => {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) await save(name, text);
  const host: TestEngine = await testEngine({ workflows: await importWorkflows(folder) });
  const refused: MillraceError[] = [];
  const watch = await watchWorkflows(folder, (workflows) => host.engine.replaceWorkflows(workflows), {
    // Looks only when the test says so.
    everyMs: 3_600_000,
    onRefused: (error) => refused.push(error),
  });
  return {
    folder,
    watch,
    refused,
    save,
    async says() {
      await host.engine.append([formSubmitted()]);
      await host.engine.idle();
      const [row] = await host.engine.db.query<{ because: string }>(
        "select because from decisions where workflow = 'mine' order by event desc limit 1",
      );
      return row?.because;
    },
    async [Symbol.asyncDispose]() {
      await watch.stop();
      await host[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true });
    },
  };
}

test("a saved workflow decides the next event; a broken one is refused and the old one goes on, until it is mended", async () => {
  await using mine = await scene({ "mine.ts": saying("first") });
  assert.equal(await mine.says(), "first");

  await mine.save("mine.ts", saying("second"));
  await mine.watch.look();
  assert.equal(await mine.says(), "second");

  await mine.save("mine.ts", saying("third").replace("workflow(", "workflow(("));
  await mine.watch.look();
  assert.equal(mine.refused.length, 1);
  assert.match(mine.refused[0]?.message ?? "", /mine\.ts:\d+:\d+ {2}SyntaxError/);
  assert.equal(await mine.says(), "second");

  await mine.save("mine.ts", saying("third").replace("form_submitted", "form_submited"));
  await mine.watch.look();
  assert.match(
    mine.refused[1]?.message ?? "",
    /mine\.ts:2:\d+.*Unknown event type "form_submited"\. Did you mean "form_submitted"\?/,
  );
  assert.equal(await mine.says(), "second");

  await mine.save("mine.ts", saying("third"));
  await mine.watch.look();
  assert.equal(await mine.says(), "third");
  assert.equal(mine.refused.length, 2);
});

test("a change of a helper below the folder is taken, too", async () => {
  const reader = `import { word } from "./lib/word.ts";\n${saying("x").replace('"x"', "word")}`;
  await using mine = await scene({ "mine.ts": reader, "lib/word.ts": 'export const word = "old";' });
  assert.equal(await mine.says(), "old");
  await mine.save("lib/word.ts", 'export const word = "new";');
  await mine.watch.look();
  assert.equal(await mine.says(), "new");
});

test("a text that failed to load is tried again when it comes back", async () => {
  await using mine = await scene({ "mine.ts": saying("first") });
  const importing = `import { word } from "./lib/word.ts";\n${saying("x").replace('"x"', "word")}`;
  await mine.save("mine.ts", importing);
  await mine.watch.look();
  assert.match(mine.refused[0]?.message ?? "", /There is no file .*lib\/word\.ts/);
  await mine.save("mine.ts", saying("first"));
  await mine.watch.look();
  await mine.save("lib/word.ts", 'export const word = "there now";');
  await mine.save("mine.ts", importing);
  await mine.watch.look();
  assert.equal(await mine.says(), "there now");
});

test("the first workflow of a folder that did not exist is taken by itself; a removed one decides no more", async () => {
  await using mine = await scene({});
  await mine.watch.stop();
  const seen: string[][] = [];
  const watch = await watchWorkflows(mine.folder, (workflows) => void seen.push(workflows.map(({ name }) => name)), {
    everyMs: 20,
    onRefused: (error) => assert.fail(error.message),
  });
  await mine.save("mine.ts", saying("first"));
  while (seen.length < 1) await new Promise((resolve) => setTimeout(resolve, 10));
  await rm(join(mine.folder, "mine.ts"));
  while (seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  await watch.stop();
  assert.deepEqual(seen, [["mine"], []]);
});

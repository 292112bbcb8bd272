/** A workflow with a type error does not run: by `workflows lint`, at the start, and when it is saved while the engine runs. */
import assert from "node:assert/strict";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { background, eventually, millrace, projectFolder, REPOSITORY, spawnAsPerson } from "./cli.ts";

const PROPERTY = "event.data.formm === 'demo'";
const RIGHT = "event.data.form === 'demo'";

function workflowThatAsks(condition: string, priority = "HIGH"): string {
  return `import { alt, branch, on, otherwise, stop, task, when, workflow } from "millrace";
const asks = when<"form_submitted">("asks", ({ event }) => ${condition});
export default workflow("trial", {}, [
  on("form_submitted", alt(branch("yes", asks, task("qualify_lead", { priority: "${priority}" })), otherwise(stop("no")))),
]);
`;
}

async function project(condition: string) {
  const folder = await projectFolder({
    "millrace.config.ts": "export default { hubspot: false };",
    "workflows/trial.ts": workflowThatAsks(condition),
  });
  await symlink(join(REPOSITORY, "node_modules", "typescript"), join(folder.path, "node_modules", "typescript"));
  await symlink(join(REPOSITORY, "node_modules", "@types"), join(folder.path, "node_modules", "@types"));
  return folder;
}

describe("a workflow with a property that there is not", () => {
  it("is named by `workflows lint` with file, line and the nearest name (exit 4); one that is right passes", async () => {
    await using folder = await project(PROPERTY);
    const wrong = await millrace(["workflows", "lint"], { cwd: folder.path });
    assert.equal(wrong.code, 4, wrong.stderr);
    assert.match(
      wrong.stdout,
      /workflows\/trial\.ts:2:71.*type_error.*TS2551: Property 'formm' does not exist.*Did you mean 'form'\?/,
    );
    await writeFile(join(folder.path, "workflows/trial.ts"), workflowThatAsks(RIGHT));
    const right = await millrace(["workflows", "lint"], { cwd: folder.path });
    assert.equal(right.code, 0, right.stdout + right.stderr);
    assert.doesNotMatch(right.stderr, /not checked/);
  });

  it("ends the start (exit 4), or is taken out when the compiler takes longer than the start waits", async () => {
    await using folder = await project(PROPERTY);
    const person = spawnAsPerson(folder.path, {});
    let errors = "";
    person.child.stderr?.on("data", (text: string) => {
      errors += text;
    });
    await eventually("the refusal", () => /TS2551/.test(errors), 120_000);
    assert.match(errors, /workflows\/trial\.ts:2:71 .*TS2551/);
    if (/It is taken out/.test(errors)) person.child.kill("SIGTERM");
    await person.closed;
    assert.equal(person.child.exitCode, /It is taken out/.test(errors) ? 0 : 4, errors);
  });

  it("is refused when it is saved while the engine runs, as is a misspelt option; what runs keeps running", async () => {
    await using folder = await project(RIGHT);
    await using engine = await background(["start", "--port", "0"], { cwd: folder.path });
    const file = join(folder.path, "workflows/trial.ts");
    await writeFile(file, workflowThatAsks(PROPERTY));
    await eventually("the refusal", () => /TS2551/.test(engine.output.stderr), 200_000);
    assert.match(engine.output.stderr, /What ran keeps running/);
    await writeFile(file, workflowThatAsks(RIGHT, "HIHG"));
    await eventually(
      "the next refusal",
      () => /priority is "HIHG"\. Did you mean "HIGH"/.test(engine.output.stderr),
      200_000,
    );
    assert.doesNotMatch(engine.output.stderr, /runs now/);
    await writeFile(file, workflowThatAsks(`${RIGHT} || false`));
    await eventually("the right one", () => /trial@\w+ runs now, in place of/.test(engine.output.stderr), 200_000);
    assert.equal(await engine.stop("SIGTERM"), 0);
  });
});

it("without a compiler in the project the types are not checked, and `workflows lint` says so", async () => {
  await using folder = await projectFolder({ "workflows/trial.ts": workflowThatAsks(PROPERTY) });
  const { code, stderr } = await millrace(["workflows", "lint"], { cwd: folder.path });
  assert.equal(code, 0);
  assert.match(stderr, /types were not checked: the project has no typescript/);
});

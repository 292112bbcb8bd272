/** Commands beside a running engine: they speak of what is in force in it, and say so. */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";
import { freshDatabase } from "../factories/database.ts";
import { eventually, millrace, projectFolder } from "./cli.ts";
import { running } from "./running.ts";

function waitingFor(type: string): string {
  return `import { on, stop, workflow } from "millrace";\nexport default workflow("mine", {}, [on("${type}" as never, stop("x"))]);\n`;
}

interface Listed {
  readonly name: string;
  readonly version: string;
  readonly state: string | null;
  readonly versionInForce: string | null;
}

suite("beside a running engine", { concurrency: 2 }, () => {
  test("workflows of the files are listed with what is in force of them in the engine that runs", async () => {
    await using mine = await running([], { "workflows/mine.ts": waitingFor("form_submitted") });
    const at = { cwd: mine.folder, env: mine.env };
    const listed = async (): Promise<Listed[]> =>
      JSON.parse((await millrace(["workflows", "list", "--json"], at)).stdout).workflows;
    const own = async () => (await listed()).filter(({ name }) => name !== "score_bands" && /mine|other/.test(name));
    const first = await own();
    assert.deepEqual(first, [{ ...first[0], state: "in force", versionInForce: first[0]?.version }]);
    assert.match((await millrace(["workflows", "list"], at)).stderr, /All of them are in force in the engine at http:/);

    // The refused text stands in the files only, and what ran keeps running.
    await writeFile(join(mine.folder, "workflows", "mine.ts"), waitingFor("form_submited"));
    await eventually("it is refused", () => /Unknown event type/.test(mine.engine.output.stderr));
    const [refused] = await own();
    assert.equal(refused?.state, "another version in force");
    assert.equal(refused?.versionInForce, first[0]?.version);
    assert.notEqual(refused?.version, first[0]?.version);
    const shown = await millrace(["workflows", "list"], at);
    assert.match(shown.stdout, new RegExp(`^mine +\\w+ +${first[0]?.version} in force`, "m"));
    assert.match(shown.stderr, /runs what is in force\. Next: `millrace workflows lint` says/);

    // One that does not even load is no reason to say nothing of those that run.
    await writeFile(join(mine.folder, "workflows", "other.ts"), "export default (");
    const broken = await millrace(["workflows", "list"], at);
    assert.equal(broken.code, 4);
    assert.match(broken.stdout, new RegExp(`^mine +${first[0]?.version} +in force +own`, "m"));
    assert.match(broken.stdout, /^score_bands +\w+ +in force +pack/m);
    assert.match(broken.stderr, /other\.ts[\s\S]*goes on with the workflows it has in force/);
  });

  test("who edits the config, or what it imports, beside a running engine is shown that it waits for the next start", async () => {
    const config = 'import { events } from "./events.ts";\nexport default { events };\n';
    const about = (type: string) =>
      `import { event } from "millrace";\nimport { z } from "zod";\nexport const events = { ${type}: event({ about: "x", data: z.strictObject({}), example: {} }) };\n`;
    await using mine = await running([], { "millrace.config.ts": config, "events.ts": about("talk_attended") });
    await writeFile(join(mine.folder, "events.ts"), about("talk_left"));
    const waits =
      /note {2}Changed since this engine started, and read at a start only: events\.ts\. Next: stop the engine/;
    await eventually("it is noted", () => waits.test(mine.engine.output.stderr));
    // A workflow that needs the change is refused, and the advice is the start, not the correction of what is right.
    await mkdir(join(mine.folder, "workflows"));
    await writeFile(join(mine.folder, "workflows", "mine.ts"), waitingFor("talk_left"));
    const advice =
      /Unknown event type "talk_left"[\s\S]*\n {2}Changed since this engine started.*events\.ts\. Next: stop/;
    await eventually("it is refused with that advice", () => advice.test(mine.engine.output.stderr));
    assert.equal(mine.engine.output.stderr.match(/note {2}Changed since/g)?.length, 1);
  });

  test("connections are those of the engine that runs, its simulator included; without one, of the settings", async () => {
    await using mine = await running();
    const at = { cwd: mine.folder, env: mine.env };
    const { engine, connections } = JSON.parse((await millrace(["connections", "list", "--json"], at)).stdout);
    assert.equal(engine, mine.engine.first.url);
    assert.deepEqual(
      connections.map(({ name, isSet }: { name: string; isSet: boolean }) => [name, isSet]),
      [
        ["hubspot", true],
        ["mail", false],
        ["model", false],
      ],
    );
    const shown = await millrace(["connections", "list"], at);
    assert.match(shown.stdout, /^CONNECTION +STATE +WHERE.*\nhubspot +set +127\.0\.0\.1:\d+ +none\nmail +not set/);
    assert.match(shown.stderr, /As the engine at http:\S+ has it/);
    const tested = await millrace(["connections", "test", "hubspot"], at);
    assert.match(tested.stdout, /^hubspot {2}well {2}HubSpot answers/);
    assert.equal(tested.code, 0, tested.stderr);
    const unset = await millrace(["connections", "test", "model"], at);
    assert.equal(unset.code, 1);
    assert.match(unset.stderr, /"model" is not set in the settings\. Nothing was asked\.\n.*millrace connections list/);

    const settings = await millrace(["config", "show"], at);
    assert.match(
      settings.stderr,
      /These are your files' and this shell's\. The engine at http:\S+ has the settings it was started with/,
    );

    assert.equal(await mine.engine.stop("SIGTERM"), 0);
    assert.equal((await millrace(["config", "show"], at)).stderr.includes("The engine at"), false);
    const alone = await millrace(["connections", "list"], at);
    assert.match(alone.stdout, /^hubspot +not set/m);
    assert.match(alone.stderr, /No engine runs on \.millrace: this is as your settings have it now/);
  });

  test("agents and consumers are those of the engine that runs, whatever the config says by now", async () => {
    const config = (name: string) => `
      import { agent, defineConfig } from "millrace";
      const run = async (tasks) => tasks.map(() => ({ outcome: "completed" }));
      const weigh = { about: "Weigh a lead.", priority: "LOW", dueIn: "1h", doneBy: "${name}" };
      export default defineConfig({ tasks: { weigh }, agents: [agent({ name: "${name}", kinds: ["weigh"], run })] });`;
    await using mine = await running([], { "millrace.config.ts": config("weigher") });
    await writeFile(join(mine.folder, "millrace.config.ts"), config("counter"));
    const at = { cwd: mine.folder, env: mine.env };
    const { engine, agents } = JSON.parse((await millrace(["agents", "list", "--json"], at)).stdout);
    assert.equal(engine, mine.engine.first.url);
    const own = (names: readonly { agent: string }[]) => names.filter(({ agent }) => /weigher|counter/.test(agent));
    assert.deepEqual(own(agents), [{ ...own(agents)[0], agent: "weigher" }]);
    const consumers = await millrace(["consumers", "list"], at);
    assert.match(consumers.stderr, /As the engine at http:\S+ has it/);
    assert.equal(await mine.engine.stop("SIGTERM"), 0);
    const alone = JSON.parse((await millrace(["agents", "list", "--json"], at)).stdout);
    assert.equal(alone.engine, null);
    assert.deepEqual(
      own(alone.agents).map(({ agent }) => agent),
      ["counter"],
    );
  });

  test("the address a killed engine left is not taken for an engine's, whatever answers there by now", async () => {
    await using other = await running();
    const database = await freshDatabase();
    await using mine = await projectFolder({
      ".millrace/gateway.json": JSON.stringify({ pid: 2 ** 30, url: other.engine.first.url }),
    });
    const signIn = await millrace(["sign-in"], { cwd: mine.path, env: { DATABASE_URL: database.url } });
    assert.equal(signIn.code, 3, signIn.stdout);
    assert.match(signIn.stderr, /No engine runs on/);
    await database.drop();
  });
});

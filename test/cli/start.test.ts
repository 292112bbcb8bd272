/** Running an engine from the command line: start, drain, worker, demo, init. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";
import { freshDatabase } from "../factories/database.ts";
import { background, eventually, linkPackages, millrace, PACKAGE, projectFolder, spawnAsPerson } from "./cli.ts";
import { running } from "./running.ts";

// Each on a database and in a folder of its own, so they may run side by side.
suite("running an engine from the command line", { concurrency: 3 }, () => {
  test("start says where everything is in under 10 lines, and answers there", async () => {
    await using mine = await running();
    const { url, signInLink, formUrl, database, mail } = mine.engine.first;
    assert.match(database, /^PostgreSQL \d+.*the server of DATABASE_URL/);
    assert.match(mail, /none leaves/);
    assert.equal((await fetch(formUrl)).status, 200);
    assert.match(signInLink, new RegExp(`^${url}/sign-in\\?token=`));
    // The same, for a person: on a folder of its own, since this one is in use.
    await using folder = await projectFolder();
    const person = spawnAsPerson(folder.path, mine.env);
    await eventually("it is ready", () => person.text.includes("Ctrl-C stops"));
    person.child.kill("SIGTERM");
    assert.ok(person.text.trim().split("\n").length < 10, person.text);
    assert.match(person.text, /console +http:.*\n.*a form +http:.*\n.*database +PostgreSQL.*\n.*mail +/);
    await person.closed;
  });

  test("asked to end, start finishes what is under way and ends with 0", async () => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      await using mine = await running();
      assert.ok(existsSync(join(mine.folder, ".millrace", "gateway.json")));
      // npm and the terminal may both send Ctrl-C: two within a second are one.
      if (signal === "SIGINT") mine.engine.child.kill(signal);
      assert.equal(await mine.engine.stop(signal), 0, mine.engine.output.stderr);
      assert.match(mine.engine.output.stderr, new RegExp(`${signal}: finishing[\\s\\S]*Stopped`));
      assert.ok(!existsSync(join(mine.folder, ".millrace", "gateway.json")));
    }
  });

  test("--port and --host say where it listens; a port that is taken gives way to the next", async () => {
    await using mine = await running(["--host", "127.0.0.1"]);
    const taken = Number(new URL(mine.engine.first.url).port);
    const port = ["--port", String(taken)];
    await using other = await running(port);
    assert.equal(other.engine.first.wantedPort, taken);
    assert.notEqual(new URL(other.engine.first.url).port, String(taken));
  });

  const SAYING =
    'import { on, stop, workflow } from "millrace";\nexport default workflow("mine", {}, [on("form_submitted", stop("first"))]);\n';

  test("a workflow saved while start runs takes effect, unless --no-watch", async () => {
    for (const [words, isTaken] of [
      [[], true],
      [["--no-watch"], false],
    ] as const) {
      await using mine = await running(words, { "workflows/mine.ts": SAYING });
      await writeFile(join(mine.folder, "workflows", "mine.ts"), SAYING.replace("first", "second"));
      if (isTaken)
        await eventually("it is loaded", () => /mine@\w+ runs now, in place of/.test(mine.engine.output.stderr));
      else await new Promise((resolve) => setTimeout(resolve, 1_500));
      await fetch(`${mine.engine.first.url}/forms/demo`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"email":"ada@acme.example"}',
      });
      await eventually("the event is decided", async () => {
        const { stdout } = await millrace(["events", "why", "1", "--json"], { cwd: mine.folder, env: mine.env });
        const because = JSON.parse(stdout).chain?.[0].decisions.find(
          (decision: { workflow: string }) => decision.workflow === "mine",
        )?.because;
        return because === (isTaken ? "second" : "first");
      });
    }
  });

  test("the demo plays against the running engine and says what came of it", async () => {
    await using mine = await running();
    const words = ["demo", "--leads", "30", "--rate", "100/s", "--seed", "7", "--json"];
    const { code, stdout, stderr } = await millrace(words, { cwd: mine.folder, env: mine.env });
    assert.equal(code, 0, stdout + stderr);
    const { sent, accepted, seed, results } = JSON.parse(stdout);
    assert.deepEqual([sent, accepted, seed], [30, 30, 7]);
    const { hot, qualified, nurture, low } = results.bands;
    assert.equal(hot + qualified + nurture + low, 30);
    assert.ok(hot > 0 && nurture > hot, stdout);
    assert.equal(results.alerts, hot);
    assert.ok(results.emails.sent >= 30);
    assert.ok(results.formToAlert.p50 > 0 && results.formToAlert.p95 < 5_000, stdout);
    // The same people again: nobody becomes hot twice.
    const again = JSON.parse((await millrace(words, { cwd: mine.folder, env: mine.env })).stdout);
    assert.deepEqual([again.accepted, again.results.alerts], [30, 0]);
    const unknown = await millrace(["sign-in", "grace"], { cwd: mine.folder, env: mine.env });
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /millrace people add grace sales/);
    const added = await millrace(["people", "add", "grace", "sales"], { cwd: mine.folder, env: mine.env });
    assert.equal(added.code, 0, added.stderr);
    const link = await millrace(["sign-in", "grace"], { cwd: mine.folder, env: mine.env });
    assert.match(link.stdout, new RegExp(`^${mine.engine.first.url}/sign-in\\?token=`));
    const signedIn = await fetch(link.stdout.trim(), { redirect: "manual" });
    assert.ok(signedIn.status < 400, String(signedIn.status));
  });

  test("where nothing runs, the demo says what to do (3)", async () => {
    await using folder = await projectFolder();
    const { code, stderr } = await millrace(["demo"], { cwd: folder.path });
    assert.equal(code, 3);
    assert.match(
      stderr,
      /No engine runs on .*\n {2}Next: run `millrace start` in another terminal and try again, or add --start/,
    );
    assert.equal((await millrace(["demo", "--url", "http://127.0.0.1:1"], { cwd: folder.path })).code, 3);
  });

  test("demo --start brings an engine of its own and takes it away again", async () => {
    await using folder = await projectFolder();
    const { code, stdout, stderr } = await millrace(["demo", "--start", "--leads", "5", "--rate", "50", "--json"], {
      cwd: folder.path,
      env: { PORT: "0" },
    });
    assert.equal(code, 0, stdout + stderr);
    assert.equal(JSON.parse(stdout).accepted, 5);
    // The embedded database it made is opened for the moment by who looks.
    const tasks = await millrace(["events", "tail", "--type", "form_submitted", "--json"], { cwd: folder.path });
    assert.equal(JSON.parse(tasks.stdout).events.length, 5);
  });

  test("a worker needs a server, works on it, and drains", async () => {
    await using folder = await projectFolder();
    const alone = await millrace(["worker"], { cwd: folder.path });
    assert.equal(alone.code, 3);
    assert.match(alone.stderr, /set DATABASE_URL/);
    await using mine = await running();
    await using worker = await background(["worker"], { cwd: folder.path, env: mine.env });
    assert.ok(worker.first.kinds.includes("deliver_alert"), JSON.stringify(worker.first));
    assert.equal(await worker.stop("SIGTERM"), 0);
  });

  test("init makes a project whose own workflow decides its own event", async () => {
    await using folder = await projectFolder();
    const made = await millrace(["init", "my leads"], { cwd: folder.path });
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stderr, /Next:\n {2}cd my leads\n {2}npm install\n {2}npm start/);
    const project = join(folder.path, "my leads");
    const packageJson = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
    assert.equal(packageJson.name, "my-leads");
    assert.match(packageJson.dependencies.millrace, /^file:/);
    assert.equal(join(project, packageJson.dependencies.millrace.slice("file:".length)), PACKAGE);

    const full = await millrace(["init", "my leads"], { cwd: folder.path });
    assert.equal(full.code, 2);
    assert.match(full.stderr, /is not empty/);
    await appendFile(join(project, "workflows", "webinar.ts"), "broken(");
    assert.equal((await millrace(["init", "my leads", "--force"], { cwd: folder.path })).code, 0);

    await linkPackages(project);
    const database = await freshDatabase();
    const env = { DATABASE_URL: database.url };
    {
      await using engine = await background(["start", "--port", "0"], { cwd: project, env });
      assert.equal(engine.first.workflows.own, 1);
      const data = '{"email":"ada@acme.example","webinar":"Leads","minutes":45}';
      const sent = await millrace(["events", "send", "webinar_attended", data, "--json"], { cwd: project, env });
      const { position } = JSON.parse(sent.stdout);
      await eventually("the agent has done its task", async () => {
        const { stdout } = await millrace(["events", "why", String(position), "--json"], { cwd: project, env });
        const [link] = JSON.parse(stdout).chain;
        const decision = link.decisions.find((one: { workflow: string }) => one.workflow === "webinar");
        return (
          decision?.branch === "stayed" &&
          link.tasks[0]?.kind === "invite_to_talk" &&
          link.tasks[0]?.state === "COMPLETED"
        );
      });
    }
    await database.drop();
  });
});

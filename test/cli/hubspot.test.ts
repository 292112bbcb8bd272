/** HubSpot from the command line: the simulator that comes with start, setup and check. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";
import { startSimulator } from "../../packages/hubspot-simulator/src/server.ts";
import { freshDatabase } from "../factories/database.ts";
import { background, eventually, millrace, projectFolder } from "./cli.ts";

suite("hubspot from the command line", { concurrency: 2 }, () => {
  test("without a token start brings the simulator, set up; a form that is sent stands in it", async () => {
    const database = await freshDatabase();
    await using folder = await projectFolder();
    const env = { DATABASE_URL: database.url };
    {
      await using engine = await background(["start", "--port", "0"], { cwd: folder.path, env });
      let record = "";
      const page = /http:\S+/.exec(engine.first.hubspot)?.[0] ?? "";
      assert.match(engine.first.hubspot, /a simulator/);
      assert.equal((await fetch(page)).status, 200);
      const checked = await millrace(["hubspot", "check", "--json"], { cwd: folder.path, env });
      assert.equal(checked.code, 0, checked.stdout + checked.stderr);
      const again = await millrace(["hubspot", "setup", "--json"], { cwd: folder.path, env });
      const { steps } = JSON.parse(again.stdout) as { steps: { state: string }[] };
      assert.deepEqual([...new Set(steps.map(({ state }) => state))], ["there"]);
      await fetch(engine.first.formUrl, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"email":"ada@acme.example","firstname":"Ada"}',
      });
      await eventually("the contact is in HubSpot", async () => {
        const found = await fetch(`${page}/crm/v3/objects/contacts/ada@acme.example?idProperty=email`, {
          headers: { authorization: "Bearer pat-eu1-00000000-0000-4000-8000-000000000001" },
        });
        if (found.status === 200) record = ((await found.json()) as { id: string }).id;
        return found.status === 200;
      });
      // What a person changes on the simulator's page comes back as a webhook, at once.
      const edited = await fetch(`${page}/__simulator/records/contacts/${record}`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ properties: { jobtitle: "CTO" } }),
      });
      assert.equal(edited.status, 200, await edited.text());
      await eventually("the edit is in the log", async () => {
        const shown = await millrace(["contacts", "show", "ada@acme.example", "--json"], { cwd: folder.path, env });
        return shown.stdout.includes('"CTO"');
      });
    }
    const alone = await millrace(["hubspot", "check"], { cwd: folder.path, env });
    assert.equal(alone.code, 3);
    assert.match(alone.stderr, /HUBSPOT_ACCESS_TOKEN/);
    await database.drop();
  });

  test("--no-hubspot and `hubspot: false` start without any", async () => {
    for (const [words, files] of [
      [["--no-hubspot"], {}],
      [[], { "millrace.config.ts": "export default { hubspot: false };" }],
    ] as const) {
      const database = await freshDatabase();
      {
        await using folder = await projectFolder(files);
        await using engine = await background(["start", "--port", "0", ...words], {
          cwd: folder.path,
          env: { DATABASE_URL: database.url },
        });
        assert.equal(engine.first.hubspot, "off");
      }
      await database.drop();
    }
  });

  test("setup makes what is missing, once; --dry-run makes nothing; check says the next step; no output shows the token", async () => {
    await using folder = await projectFolder();
    const simulator = await startSimulator();
    const env = { HUBSPOT_ACCESS_TOKEN: simulator.token, HUBSPOT_BASE_URL: simulator.url };
    const run = (...words: string[]) => millrace(["hubspot", ...words], { cwd: folder.path, env });
    try {
      const before = await run("check");
      assert.equal(before.code, 6);
      assert.match(before.stdout, /fix: run `millrace hubspot setup`/);
      const dry = await run("setup", "--dry-run");
      assert.match(dry.stdout, /would be made +contacts +property +lead_score/);
      const made = await run("setup");
      assert.equal(made.code, 0, made.stdout);
      assert.match(made.stdout, /^made +contacts +property +lead_score/m);
      const writes = simulator.calls
        .latest()
        .filter(({ method, path }) => method === "POST" && path.includes("properties")).length;
      const again = await run("setup", "--json");
      assert.ok(JSON.parse(again.stdout).isComplete);
      assert.equal(
        simulator.calls.latest().filter(({ method, path }) => method === "POST" && path.includes("properties")).length,
        writes,
      );
      const after = await run("check");
      assert.equal(after.code, 0, after.stdout);
      const shown = await millrace(["config", "show", "--json"], { cwd: folder.path, env });
      for (const { stdout, stderr } of [before, dry, made, after, shown]) {
        assert.ok(!(stdout + stderr).includes(simulator.token));
      }
      const { settings } = JSON.parse(shown.stdout) as {
        settings: { setting: string; value: unknown; source: string }[];
      };
      const token = settings.find(({ setting }) => setting === "hubspot.accessToken");
      assert.deepEqual([token?.value, token?.source], ["(hidden)", "HUBSPOT_ACCESS_TOKEN"]);
    } finally {
      await simulator.close();
    }
  });

  test("start says which properties are missing there or of another type, and goes on; set up it says nothing", async () => {
    const database = await freshDatabase();
    await using folder = await projectFolder();
    const simulator = await startSimulator();
    const env = {
      DATABASE_URL: database.url,
      HUBSPOT_ACCESS_TOKEN: simulator.token,
      HUBSPOT_BASE_URL: simulator.url,
    };
    const texts = await fetch(`${simulator.url}/crm/v3/properties/contacts`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${simulator.token}` },
      body: JSON.stringify({
        name: "lead_band",
        label: "Band",
        groupName: "contactinformation",
        type: "number",
        fieldType: "number",
      }),
    });
    assert.equal(texts.status, 201, await texts.text());
    {
      await using engine = await background(["start", "--port", "0"], { cwd: folder.path, env });
      await eventually("it is said", () => engine.output.stderr.includes("missing in HubSpot"));
      const line = engine.output.stderr.split("\n").find((one) => one.includes("missing in HubSpot")) ?? "";
      for (const name of [
        "contacts.lead_score",
        "contacts.millrace_id",
        "contacts.lead_band",
        "tasks.millrace_task_id",
      ])
        assert.ok(line.includes(name), `${name} in ${line}`);
      assert.ok(!line.includes("contacts.firstname"));
      assert.match(line, /They are not written\. Next: millrace hubspot setup/);
      assert.equal((await fetch(`${new URL(engine.first.formUrl).origin}/readyz`)).status, 200);
    }
    const archived = await fetch(`${simulator.url}/crm/v3/properties/contacts/lead_band`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${simulator.token}` },
    });
    assert.equal(archived.status, 204);
    assert.equal((await millrace(["hubspot", "setup"], { cwd: folder.path, env })).code, 0);
    {
      const asked = () =>
        simulator.calls.latest().filter(({ method, path }) => method === "GET" && path.includes("/properties/")).length;
      const before = asked();
      await using engine = await background(["start", "--port", "0"], { cwd: folder.path, env });
      await eventually("HubSpot was asked", () => asked() >= before + 8);
      assert.equal(await engine.stop("SIGTERM"), 0);
      assert.doesNotMatch(engine.output.stderr, /missing in HubSpot/);
    }
    await simulator.close();
    await database.drop();
  });

  test("check says what a token may not do, and what does not work without", async () => {
    await using folder = await projectFolder();
    const needed = ["crm.objects.contacts.read", "crm.objects.contacts.write", "communication_preferences.read_write"];
    const rest = ["forms", "content", "crm.lists.read"];
    for (const [scopes, level, said] of [
      [[...needed, ...rest], "warn", /lacks sales-email-read \(answers logged in HubSpot come without their words\)/],
      [needed.slice(1), "fail", /lacks crm\.objects\.contacts\.read .*forms .*content /],
      [[...needed, ...rest, "sales-email-read"], "pass", /all 7 that are used/],
    ] as const) {
      const simulator = await startSimulator({ scopes: [...scopes] });
      const env = { HUBSPOT_ACCESS_TOKEN: simulator.token, HUBSPOT_BASE_URL: simulator.url };
      const { stdout } = await millrace(["hubspot", "check", "--json"], { cwd: folder.path, env });
      const { checks } = JSON.parse(stdout) as { checks: { check: string; level: string; saw: string }[] };
      const found = checks.find(({ check }) => check === "scopes");
      assert.equal(found?.level, level, found?.saw);
      assert.match(found?.saw ?? "", said);
      await simulator.close();
    }
  });

  test("check says whether the journal can be read, and never the app's secret", async () => {
    const files = { "millrace.config.ts": "export default { hubspot: { journalEveryMs: 5_000 } };" };
    await using folder = await projectFolder(files);
    const simulator = await startSimulator();
    const at = { HUBSPOT_ACCESS_TOKEN: simulator.token, HUBSPOT_BASE_URL: simulator.url };
    const checkedWith = (secret: string) =>
      millrace(["hubspot", "check"], {
        cwd: folder.path,
        env: { ...at, HUBSPOT_CLIENT_ID: simulator.clientId, HUBSPOT_CLIENT_SECRET: secret },
      });
    const right = await checkedWith(simulator.clientSecret);
    assert.match(right.stdout, /^pass +journal +can be read/m);
    const wrong = await checkedWith("not-the-secret");
    assert.match(wrong.stdout, /^fail +journal/m);
    assert.match(wrong.stdout, /HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET/);
    for (const { stdout, stderr } of [right, wrong])
      assert.ok(!(stdout + stderr).includes(simulator.clientSecret) && !(stdout + stderr).includes("not-the-secret"));
    await simulator.close();
  });

  test("a token HubSpot does not know is told with the next step", async () => {
    await using folder = await projectFolder();
    const simulator = await startSimulator();
    const env = { HUBSPOT_ACCESS_TOKEN: "pat-gone", HUBSPOT_BASE_URL: simulator.url };
    const { code, stdout } = await millrace(["hubspot", "check"], { cwd: folder.path, env });
    await simulator.close();
    assert.equal(code, 6);
    assert.match(stdout, /fix: make a new token/);
  });

  test("app writes the project of an app for a public address, and nothing over what is there", async () => {
    await using folder = await projectFolder();
    const app = (...words: string[]) => millrace(["hubspot", "app", "mine", ...words], { cwd: folder.path });
    assert.match((await app()).stderr, /--url/);
    assert.match((await app("--url", "http://127.0.0.1:4300")).stderr, /https:\/\//);
    const written = await app("--url", "https://leads.example.com/", "--json");
    assert.equal(written.code, 0, written.stderr);
    const { files } = JSON.parse(written.stdout) as { files: string[] };
    for (const file of files) {
      const text = await readFile(join(folder.path, "mine", file), "utf8");
      assert.ok(!text.includes("example.com//"), file);
      JSON.parse(text);
    }
    const webhooks = JSON.parse(
      await readFile(join(folder.path, "mine/src/app/webhooks/webhooks-hsmeta.json"), "utf8"),
    );
    const heard = webhooks.config.subscriptions.crmObjects.map((one: { propertyName?: string }) => one.propertyName);
    for (const name of ["email", "lead_score", "lifecyclestage", "hs_lead_status", "hs_timezone", "hs_email_optout"])
      assert.ok(heard.includes(name), `${name} is listened to`);
    const again = await app("--url", "https://other.example.com");
    assert.equal(again.code, 1);
    assert.match(again.stderr, /already/);
    assert.equal((await app("--url", "https://other.example.com", "--force")).code, 0);
  });
});

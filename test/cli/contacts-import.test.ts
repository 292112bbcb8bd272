/** `millrace contacts import`: what a person sees before, meanwhile and after, and what a program gets. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";
import { freshDatabase } from "../factories/database.ts";
import { background, eventually, millrace, projectFolder, type RunOptions } from "./cli.ts";

/** A Salesforce export with what such files have: an own id, dates, a row without an address, a value that cannot be, a doubled address. */
const LEADS = [
  '"Lead ID","First Name","Last Name","Company","Title","Email","Employees","Lead Source","Create Date"',
  '"00Q1","Ada","Byron","Acme, Ltd","CTO","ada@acme.example","250","Web","13/02/2026"',
  '"00Q2","Bob","Bell","Blue Harbour","CEO","bob@blue-harbour.example","many","Web","14/02/2026"',
  '"00Q3","Cy","Cole","Corner Shop","","not an address","12","Trade show","15/02/2026"',
  '"00Q4","Ada","Byron","","Chief","ADA@acme.example","","Web","16/02/2026"',
].join("\r\n");
const MANY = ["Name,Email", ...Array.from({ length: 20_000 }, (_, i) => `Ada ${i},ada${i}@acme.example`)].join("\n");
const NO_ONE = "Name,Email\r\nAda,\r\nBob,none\r\n";

/** A project with the files, on a database of its own. */
async function withProject(
  files: Readonly<Record<string, string>>,
  work: (run: (...words: string[]) => ReturnType<typeof millrace>, options: Required<RunOptions>) => Promise<void>,
): Promise<void> {
  const database = await freshDatabase();
  try {
    await using folder = await projectFolder(files);
    const options = { cwd: folder.path, env: { DATABASE_URL: database.url }, input: "" };
    await work((...words) => millrace(["contacts", "import", ...words], options), options);
  } finally {
    await database.drop();
  }
}

suite("contacts from a file on the command line", { concurrency: 2 }, () => {
  test("--dry-run shows what each column becomes and the first rows, and takes nothing", () =>
    withProject({ "leads.csv": LEADS }, async (run, options) => {
      const shown = await run("leads.csv", "--dry-run");
      assert.equal(shown.code, 0, shown.stderr);
      assert.match(shown.stdout, /^Email +email$/m);
      assert.match(shown.stdout, /^Title +jobtitle$/m);
      assert.match(shown.stdout, /^Create Date .*a date \(dmy\)$|^Create Date +\(left aside/m);
      assert.match(shown.stdout, /ada@acme\.example/);
      assert.match(shown.stderr, /4 rows with 2 contacts, 1 without an address, 1 of them more than once/);
      assert.match(shown.stderr, /Nothing was imported/);
      const { stdout } = await millrace(["contacts", "list", "--json"], options);
      assert.doesNotMatch(stdout, /acme\.example/);
    }));

  test("takes the rows, names line, column, reason and next step of what it does not, and writes all of it to the report", () =>
    withProject({ "leads.csv": LEADS }, async (run, options) => {
      const taken = await run("leads.csv", "--report", "refused.csv", "--as", "ada");
      assert.equal(taken.code, 0, taken.stderr);
      assert.match(
        taken.stderr,
        /2 new, 0 changed, 0 the same, 1 taken with a later row, 1 row refused\. 1 value left out\./,
      );
      assert.match(taken.stderr, /line 4, Email: "not an address": .+ Next: .+/);
      assert.match(taken.stderr, /line 3, Employees: "many": .+ Next: .+/);
      const report = await readFile(join(options.cwd, "refused.csv"), "utf8");
      const [head, ...rows] = report.trim().split("\r\n");
      assert.equal(head, '"line","column","value","taken","because","next"');
      assert.deepEqual(
        rows.map((row) => row.split('","').slice(0, 4).join("|")),
        ['"3|Employees|many|without this value', '"4|Email|not an address|no'],
      );
      await using engine = await background(["start", "--port", "0", "--no-hubspot"], options);
      assert.ok(engine.first.url ?? engine.first.formUrl);
      await eventually("both are known", async () => {
        const { stdout } = await millrace(["contacts", "list", "--json"], options);
        return stdout.includes("ada@acme.example") && stdout.includes("bob@blue-harbour.example");
      });
      const again = await run("leads.csv");
      assert.equal(again.code, 0, again.stderr);
      assert.match(again.stderr, /0 new, \d changed, \d the same/);
    }));

  test("--json gives one document: format, columns, numbers and problems", () =>
    withProject({ "leads.csv": LEADS }, async (run) => {
      const { code, stdout } = await run("leads.csv", "--json");
      const said = JSON.parse(stdout);
      assert.equal(code, 0);
      assert.deepEqual([said.isDryRun, said.rows, said.contacts, said.created, said.refused], [false, 4, 2, 2, 1]);
      assert.deepEqual(said.format, { delimiter: ",", encoding: "utf-8", skip: 0 });
      const email = said.columns.find((column: { header: string }) => column.header === "Email");
      assert.deepEqual(email, { header: "Email", property: "email", isOptOut: false, dates: null });
      assert.deepEqual(
        said.problems.map(({ line, column }: { line: number; column: string }) => `${line} ${column}`),
        ["3 Employees", "4 Email"],
      );
      const dry = await run("leads.csv", "--dry-run", "--json");
      assert.deepEqual([JSON.parse(dry.stdout).isDryRun, dry.code], [true, 0]);
    }));

  test("a file of which nothing can be taken ends with 4, one that cannot be read with its own words", () =>
    withProject({ "none.csv": NO_ONE, "empty.csv": "", "lines.csv": "Company,City\r\nAcme,Bonn\r\n" }, async (run) => {
      assert.equal((await run("none.csv")).code, 4);
      for (const [file, saw] of [
        ["empty.csv", /is empty/],
        ["lines.csv", /address|e-mail/i],
        ["gone.csv", /gone\.csv/],
      ] as const) {
        const { code, stderr } = await run(file);
        assert.equal(code, 1, `${file}: ${stderr}`);
        assert.match(stderr, saw);
        assert.doesNotMatch(stderr, /^ +at /m);
      }
      assert.equal((await run("none.csv", "--delimiter", "ab")).code, 1);
      const nameless = await run();
      assert.equal(nameless.code, 2, nameless.stderr);
      const unwritable = await run("lines.csv", "--map", "City=email", "--report", "no/such/folder/refused.csv");
      assert.equal(unwritable.code, 2, unwritable.stderr);
      assert.match(unwritable.stderr, /cannot be written/);
    }));

  test("a bar shows how far it is while a person watches, and no terminal's signs stand in a pipe", () =>
    withProject({ "leads.csv": MANY }, async (run, options) => {
      const piped = await run("leads.csv", "--dry-run");
      assert.ok(!piped.stderr.includes("\u001b"));
      const env = {
        ...options.env,
        NODE_OPTIONS: "--import data:text/javascript,Object.assign(process.stderr,{isTTY:true,columns:100})",
      };
      const watched = await millrace(["contacts", "import", "leads.csv"], { ...options, env });
      assert.equal(watched.code, 0, watched.stderr);
      assert.ok(watched.stderr.includes("\u001b"));
      assert.match(watched.stderr, /[\d,]+ rows/);
      const seen = [...watched.stderr.matchAll(/([\d,]+) of 20,000/g)].map(([, rows]) =>
        Number(rows?.replace(",", "")),
      );
      assert.ok(
        seen.some((rows) => rows > 0 && rows < 20_000),
        "it is on its way",
      );
      assert.deepEqual(
        seen,
        seen.toSorted((a, b) => a - b),
      );
    }));
});

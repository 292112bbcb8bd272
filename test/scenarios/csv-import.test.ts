/** Contacts from CSV files as programs write them: what is found out of the file, what is taken, and what is said of the rest. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { columnRequest } from "../../packages/millrace/src/intake/csv/csv-columns.ts";
import type { CsvProblem } from "../../packages/millrace/src/intake/csv/csv-contacts.ts";
import { type CsvRequest, importCsv, survey } from "../../packages/millrace/src/intake/csv/import-csv.ts";
import { type TestEngine, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-csv-"));
});
after(() => rm(folder, { recursive: true }));

let files = 0;
async function fileOf(content: string | Uint8Array): Promise<string> {
  files += 1;
  const path = join(folder, `${files}.csv`);
  await writeFile(path, content);
  return path;
}

async function surveyOf(content: string | Uint8Array, wish: Partial<CsvRequest> = {}) {
  return survey({ path: await fileOf(content), ...wish });
}

/** The first contact of the file. */
async function firstOf(content: string | Uint8Array, wish: Partial<CsvRequest> = {}) {
  return (await surveyOf(content, wish)).first[0];
}

async function importInto(
  test: TestEngine,
  content: string,
  { overwrites = false, waits = false, ...wish }: Partial<CsvRequest> & { overwrites?: boolean; waits?: boolean } = {},
) {
  const problems: CsvProblem[] = [];
  const { engine } = test;
  const { suppressions } = engine.contextFor({ id: "cli:root", name: "root" }).erasure;
  const lane = {
    db: engine.db,
    suppressions,
    appendBulk: (events: Parameters<typeof engine.appendBulk>[0]) => engine.appendBulk(events),
    actor: "import:root",
    overwrites,
  };
  const result = await importCsv(await surveyOf(content, wish), lane, (problem) => problems.push(problem));
  if (!waits) await engine.idle();
  return { result, problems };
}

async function contactOf(test: TestEngine, email: string) {
  const [row] = await test.engine.db.query<{ properties: Record<string, unknown>; facts: Record<string, unknown> }>(
    "select properties, facts from contacts where properties->>'email' = $1",
    [email],
  );
  return row;
}

const eventsOf = async (test: TestEngine) =>
  (await test.engine.db.query<{ count: number }>("select count(*)::int as count from events"))[0]?.count;

describe("how a file is written is found:", () => {
  const text = "First Name;Nachname;E-Mail\r\nJürgen;Müller;j@acme.example\r\n";
  const encoded: readonly [name: string, bytes: Uint8Array, encoding: string][] = [
    ["UTF-8", Buffer.from(text), "utf-8"],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`), "utf-8"],
    ["UTF-16 with a mark, as Excel's Unicode text", Buffer.from(`\uFEFF${text}`, "utf16le"), "utf-16le"],
    ["UTF-16 without one", Buffer.from(text, "utf16le"), "utf-16le"],
    ["UTF-16, big end first", Buffer.from(`\uFEFF${text}`, "utf16le").swap16(), "utf-16be"],
    ["Windows-1252, as Excel writes it", Buffer.from(text, "latin1"), "windows-1252"],
  ];
  for (const [name, bytes, encoding] of encoded) {
    it(name, async () => {
      const found = await surveyOf(bytes);
      assert.equal(found.format.encoding, encoding);
      assert.deepEqual(found.first[0]?.properties, { firstname: "Jürgen", lastname: "Müller" });
    });
  }

  const delimited: readonly [name: string, content: string, delimiter: string][] = [
    ["commas", 'Email,Company\na@x.example,"Acme, Inc."\n', ","],
    ["semicolons, with commas in the values", "Email;Umsatz\na@x.example;1,5\nb@x.example;2,5\n", ";"],
    ["tabs", "Email\tCompany\na@x.example\tAcme, Inc.\n", "\t"],
    ["what Excel names in the first line", "sep=|\nEmail|Company\na@x.example|Acme\n", "|"],
    ["one column", "Email\na@x.example\n", ","],
  ];
  for (const [name, content, delimiter] of delimited) {
    it(name, async () => {
      const found = await surveyOf(content);
      assert.equal(found.format.delimiter, delimiter);
      assert.equal(found.first[0]?.email, "a@x.example");
    });
  }
});

describe("a header is found below what stands above it:", () => {
  const above: readonly [name: string, content: string, line: number][] = [
    ["a title", "Contacts of the fair,,\n,,\nEmail,First name,Company\na@x.example,Ada,Acme\n", 3],
    [
      "notes over several lines, as a network writes them",
      'Notes:\n"When you export\nyour connections, some addresses are missing."\n\nFirst Name,Email Address,Company\nAda,a@x.example,Acme\n',
      5,
    ],
    ["a line that names the delimiter, and a title", "sep=;\nFair\nE-Mail;Vorname;Firma\na@x.example;Ada;Acme\n", 3],
  ];
  for (const [name, content, line] of above) {
    it(name, async () => {
      const found = await surveyOf(content);
      assert.deepEqual([found.format.skip, found.rows, found.refused], [line - 1, 1, 0]);
      assert.deepEqual(found.first[0]?.properties, { firstname: "Ada", company: "Acme" });
    });
  }

  it("and where none is, what is wrong with the first row is said", async () => {
    await assert.rejects(surveyOf("Name,Firma\nAda,Acme\nBo,Acme\n"), /No column holds e-mail addresses.*Name, Firma/);
  });

  it("and where the file has none at all, no row is lost as one, whichever column is named", async () => {
    const content = "Ada,a@x.example\nBo,b@x.example\n";
    const says = /first line holds an address \(a@x\.example\).*put one above it, e\.g\. "column 1,email"/;
    await assert.rejects(surveyOf(content), says);
    await assert.rejects(surveyOf(content, { columns: [columnRequest("a@x.example=email")] }), says);
  });

  it("its rows keep their lines when they are imported", async () => {
    await using test = await testEngine();
    const { result, problems } = await importInto(test, "Fair,\nEmail,Company\na@x.example,Acme\nnone,Acme\n");
    assert.deepEqual([result.created, result.refused], [1, 1]);
    assert.deepEqual(
      problems.map(({ line }) => line),
      [4],
    );
  });

  it("a date of an opt-out is one", async () => {
    await using test = await testEngine();
    const head = "Email Address,Company / Account,UNSUB_TIME";
    await importInto(test, `${head}\na@x.example,Acme,2026-02-01 10:00:00\nb@x.example,Acme,\n`);
    const [a, b] = [await contactOf(test, "a@x.example"), await contactOf(test, "b@x.example")];
    assert.deepEqual([a?.properties.company, a?.facts.optedOut !== undefined], ["Acme", true]);
    assert.equal(b?.facts.optedOut, undefined);
  });
});

describe("a column becomes a property by its usual names:", () => {
  const cases: readonly [name: string, header: string, row: string, properties: object][] = [
    [
      "HubSpot's export",
      "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Lifecycle Stage,Job Title,Company Name,Unsubscribed from all email",
      "151,Ada,Byron,ada@acme.example,+49 30 1,Tom,OPEN,Marketing Qualified Lead,CTO,Acme,",
      {
        firstname: "Ada",
        lastname: "Byron",
        phone: "+49 30 1",
        hs_lead_status: "OPEN",
        lifecyclestage: "marketingqualifiedlead",
        jobtitle: "CTO",
        company: "Acme",
      },
    ],
    [
      "Salesforce's report",
      '"Salutation","First Name","Last Name","Title","Account Name","Mailing City","Mailing Country","Phone","Mobile","Email","Lead Source"',
      '"Ms.","Ada","Byron","CTO","Acme","Berlin","Germany","1","2","ada@acme.example","Web"',
      {
        salutation: "Ms.",
        firstname: "Ada",
        lastname: "Byron",
        jobtitle: "CTO",
        company: "Acme",
        city: "Berlin",
        country: "Germany",
        phone: "1",
        mobilephone: "2",
        lead_source: "Web",
      },
    ],
    [
      "a German spreadsheet",
      "Vorname;Nachname;E-Mail-Adresse;Firma;Mitarbeiter;Ort;PLZ;Land",
      "Ada;Byron;ada@acme.example;Acme;1.200;Köln;01067;Deutschland",
      {
        firstname: "Ada",
        lastname: "Byron",
        company: "Acme",
        numberofemployees: 1200,
        city: "Köln",
        zip: "01067",
        country: "Deutschland",
      },
    ],
    ["a name in one column", "Name,Email", '"Byron, Ada",ada@acme.example', { firstname: "Ada", lastname: "Byron" }],
    ["an address as mail programs copy it", "Email,Company", "Ada <ADA@acme.example>,Acme", { company: "Acme" }],
  ];
  for (const [name, header, row, properties] of cases) {
    it(name, async () => {
      const first = await firstOf(`${header}\n${row}\n`);
      assert.equal(first?.email, "ada@acme.example");
      assert.deepEqual(first?.properties, properties);
    });
  }

  it("or as the person who imports says; what the engine works out itself cannot be set", async () => {
    const content = "Kontakt,Punkte,Firma,Feld\nada@acme.example,70,Acme,x\n";
    const columns = ["Kontakt=email", "Punkte=lead_score", "Firma=", "Feld=my_field"].map(columnRequest);
    assert.deepEqual((await firstOf(content, { columns }))?.properties, { lead_score: 70, my_field: "x" });
    assert.throws(() => columnRequest("Punkte=lead_band"), /The engine itself works out "lead_band"/);
    assert.throws(() => columnRequest("Punkte"), /is no mapping/);
    await assert.rejects(
      surveyOf(content, { columns: [columnRequest("Kontakte=email")] }),
      /There is no column "Kontakte"\. Did you mean "Kontakt"\?/,
    );
    await assert.rejects(surveyOf(content), /No column holds e-mail addresses.*--map "Kontakt=email"/s);
    await assert.rejects(surveyOf(""), /is empty/);
  });
});

describe("dates are read as their column is written", () => {
  it("and refused when they may be read both ways, until the order is said", async () => {
    const both = "Email,Geburtsdatum\na@x.example,03/04/1990\nb@x.example,05/06/1991\n";
    await assert.rejects(surveyOf(both), /"Geburtsdatum" may be read both ways, e\.g\. "03\/04\/1990".*--dates dmy/s);
    assert.deepEqual((await firstOf(both, { dates: "mdy" }))?.properties, { date_of_birth: "1990-03-04" });
    const sure = `${both}c@x.example,25/12/1992\n`;
    assert.deepEqual((await firstOf(sure))?.properties, { date_of_birth: "1990-04-03" });
  });
});

describe("an import", () => {
  it("takes what it can, says line, column and reason of the rest, and changes nothing the second time", async () => {
    await using test = await testEngine();
    const content = [
      "First Name,Email,Company,Geburtsdatum,Opted out of email",
      "Ada,ada@acme.example,Acme,13/04/1990,",
      '"Two',
      'lines",,Acme,13/04/1990,',
      "Grace,grace@acme,Acme,13/04/1990,",
      "Tom,tom@acme.example,Acme,31/02/1990,",
      ...Array.from({ length: 12 }, (_, i) => `C${i},c${i}@acme.example,Acme,13/04/1990,`),
      "Max,max@acme.example,Acme,13/04/1990,yes",
      "Ada,ADA@acme.example,,14/04/1990,",
      "",
    ].join("\r\n");
    const { result, problems } = await importInto(test, content);
    assert.deepEqual(result, {
      rows: 18,
      created: 15,
      changed: 0,
      same: 0,
      merged: 1,
      refused: 2,
      leftOut: 1,
      kept: 0,
      waiting: 0,
    });
    assert.deepEqual(
      problems.map(({ line, column, value, isWholeRow }) => [line, column, value, isWholeRow]),
      [
        [3, "Email", "", true],
        [5, "Email", "grace@acme", true],
        [6, "Geburtsdatum", "31/02/1990", false],
      ],
    );
    const ada = await contactOf(test, "ada@acme.example");
    assert.equal(ada?.properties.company, "Acme", "what the later row leaves empty stays");
    assert.equal(ada?.properties.date_of_birth, "1990-04-14", "the later row wins");
    assert.equal((ada?.facts.owners as Record<string, string> | undefined)?.company, "import:root");
    assert.ok((await contactOf(test, "max@acme.example"))?.facts.optedOut, "who wants no mail gets none");
    const { tasks } = await traceOf(test.engine);
    assert.equal(count(tasks, "initial_assessment COMPLETED MEDIUM"), 15, "each is assessed");
    const before = await eventsOf(test);
    const again = await importInto(test, content);
    assert.deepEqual(
      { ...again.result, leftOut: 1 },
      { rows: 18, created: 0, changed: 0, same: 15, merged: 1, refused: 2, leftOut: 1, kept: 0, waiting: 0 },
    );
    assert.equal(await eventsOf(test), before, "nothing is in the log for it");
  });

  it("of a file that waits already takes nothing", async () => {
    await using test = await testEngine({}, { roles: [] });
    const content = "Email,Company\nada@acme.example,Acme\n";
    const waiting = [];
    for (const _ of [1, 2]) waiting.push((await importInto(test, content, { waits: true })).result.waiting);
    assert.deepEqual(waiting, [0, 1]);
    const [row] = await test.engine.db.query<{ count: number }>("select count(*)::int as count from bulk_events");
    assert.equal(row?.count, 1);
  });

  it("keeps what a form or the CRM said, takes what is missing or was only found, and overwrites when asked to", async () => {
    await using test = await testEngine();
    await test.engine.append([
      { type: "form_submitted", data: { form: "demo", fields: { email: "ada@acme.example", jobtitle: "CTO" } } },
      {
        type: "contact_updated",
        data: { changes: { country: { from: null, to: "Germany" } } },
        contact: { email: "ada@acme.example" },
        actor: "hubspot:7",
      },
    ]);
    await test.engine.idle();
    const content = "Email,Job Title,Country,City\nada@acme.example,CEO,France,Paris\n";
    assert.deepEqual((await importInto(test, content)).result.kept, 2);
    const kept = (await contactOf(test, "ada@acme.example"))?.properties;
    assert.deepEqual([kept?.jobtitle, kept?.country, kept?.city], ["CTO", "Germany", "Paris"]);
    await importInto(test, content, { overwrites: true });
    const taken = (await contactOf(test, "ada@acme.example"))?.properties;
    assert.deepEqual([taken?.jobtitle, taken?.country], ["CEO", "France"]);
    await importInto(test, content.replace("Paris", "Lyon"));
    assert.equal(
      (await contactOf(test, "ada@acme.example"))?.properties.city,
      "Lyon",
      "an import may change what an import said",
    );
  });

  it("does not bring back who asked to be forgotten", async () => {
    await using test = await testEngine({ dataFolder: folder });
    const [form] = await test.engine.append([
      { type: "form_submitted", data: { form: "demo", fields: { email: "ada@acme.example" } } },
    ]);
    await test.engine.idle();
    await test.engine.actions.eraseContact({ contact: form?.contact ?? "" }, { by: "ana" });
    await test.engine.idle();
    const { result, problems } = await importInto(
      test,
      "Email,Company\nada@acme.example,Acme\nbob@acme.example,Acme\n",
    );
    assert.deepEqual([result.created, result.refused], [1, 1]);
    assert.match(problems[0]?.because ?? "", /asked to be forgotten/);
  });

  it("says where a file stops being CSV", async () => {
    await assert.rejects(
      surveyOf('Email,Company\na@x.example,"Acme\nb@x.example,B\n'),
      /stops being CSV at or after line 2/,
    );
  });
});

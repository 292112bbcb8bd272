/** Tables as HubSpot, Salesforce and spreadsheet programs write them: what they become, and what is refused with which words. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Queryable } from "../../db/database.ts";
import { EventCatalogue } from "../../events/catalogue.ts";
import type { NewEvent } from "../../events/event.ts";
import { type CsvWish, importCsv } from "./import-csv.ts";
import { momentOf } from "./rows.ts";

const EMAIL = "ada@acme.example";

async function imported(bytes: string | Uint8Array, wish: Partial<CsvWish> = {}, known: readonly string[] = []) {
  const folder = await mkdtemp(join(tmpdir(), "millrace-csv-"));
  const events: NewEvent[] = [];
  const refused: string[] = [];
  // Who is known is a matter of the database; here the test says it.
  const db = { query: async () => known.map((value) => ({ kind: "email", value })) } as unknown as Queryable;
  try {
    const file = join(folder, "contacts.csv");
    await writeFile(file, bytes);
    const result = await importCsv(db, {
      file,
      isDry: false,
      append: async (all) => events.push(...all),
      onRefused: ({ line }, why) => void refused.push(`${line}: ${why}`),
      onProgress: () => {},
      ...wish,
    });
    for (const event of events) new EventCatalogue().check(event);
    return {
      result,
      events,
      refused,
      properties: (events.at(-1)?.data as { properties?: object } | undefined)?.properties,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const PLAIN = `Email,First Name\n${EMAIL},Ada\n`;
const ada = { firstname: "Ada" };

const TABLES: readonly (readonly [
  name: string,
  table: string | Uint8Array,
  properties: object,
  wish?: Partial<CsvWish>,
])[] = [
  ["with commas", PLAIN, ada],
  ["with semicolons and a mark of UTF-8", `\uFEFFE-Mail;Vorname\r\n${EMAIL};Ada\r\n`, ada],
  [
    "with tabs in UTF-16, as Excel's Unicode text",
    Buffer.from(`\uFEFFEmail\tFirst Name\n${EMAIL}\tZoë\n`, "utf16le"),
    { firstname: "Zoë" },
  ],
  ["in windows-1252", Buffer.from(`Email;Vorname\n${EMAIL};J\xfcrgen\n`, "latin1"), { firstname: "Jürgen" }],
  ["with Excel's line sep=", `sep=;\nEmail;First Name\n${EMAIL};Ada\n`, ada],
  [
    "with quotes, commas and line ends in cells",
    `Email,First Name,Company Name\n${EMAIL},Ada,"Acme, ""Ltd""\nBonn"\n`,
    { ...ada, company: 'Acme, "Ltd"\nBonn' },
  ],
  [
    "with a quote in the middle of a cell",
    `Email,First Name\n${EMAIL},Ada "Countess"\n`,
    { firstname: 'Ada "Countess"' },
  ],
  ["with rows shorter than the headers, and empty lines", `Email,First Name,Company\n\n${EMAIL},Ada\n\n`, ada],
  ["with old Macintosh line ends", `Email,First Name\r${EMAIL},Ada\r`, ada],
  ["with one column for the name", `Email,Name\n${EMAIL},"Byron, Ada"\n`, { firstname: "Ada", lastname: "Byron" }],
  [
    "of HubSpot",
    `Record ID,First Name,Email,Job Title,Number of Employees,Lifecycle Stage,Lead Status,Create Date\n101,Ada,${EMAIL},CTO,"1,200",Sales Qualified Lead,Bad timing,2026-01-05 09:30\n`,
    {
      ...ada,
      jobtitle: "CTO",
      numberofemployees: 1200,
      lifecyclestage: "salesqualifiedlead",
      hs_lead_status: "BAD_TIMING",
    },
  ],
  [
    "of Salesforce",
    `Lead ID,First Name,Title,Company / Account,Email,Annual Revenue,Lead Source\n00Q1,Ada,CTO,Acme,${EMAIL},"$1,200,000.50",Web\n`,
    { ...ada, jobtitle: "CTO", company: "Acme", annualrevenue: 1_200_000.5, lead_source: "Web" },
  ],
  [
    "with dates whose days are known by one of them",
    `Email,Renewal date\nb@acme.example,31/12/2026\n${EMAIL},03/04/2026\n`,
    { renewal_date: "2026-04-03" },
  ],
  [
    "with dates whose order is said",
    `Email,Renewal date\n${EMAIL},03/04/2026\n`,
    { renewal_date: "2026-04-03" },
    { dates: "dmy" },
  ],
  [
    "with a header of its own that is named",
    `Kontakt,First Name\n${EMAIL},Ada\n`,
    ada,
    { columns: new Map([["Kontakt", "email"]]) },
  ],
  [
    "with a column that is left out",
    `Email,First Name,Secret\n${EMAIL},Ada,x\n`,
    ada,
    { columns: new Map([["Secret", "-"]]) },
  ],
  ["with a score that is none, which is left out alone", `Email,First Name,Lead Score\n${EMAIL},Ada,250\n`, ada],
  ["with a delimiter that is said", `Email^First Name\n${EMAIL}^Ada\n`, ada, { delimiter: "^" }],
];

describe("a table of contacts", () => {
  for (const [name, table, properties, wish] of TABLES) {
    it(name, async () => {
      const { events, refused, properties: got } = await imported(table, wish);
      assert.deepEqual(refused, []);
      assert.equal(events.at(-1)?.type, "contact_created");
      assert.equal((events.at(-1)?.contact as { email: string } | undefined)?.email, EMAIL);
      assert.deepEqual(got, properties);
    });
  }

  it("refuses each bad row with its line and reason, and takes the others", async () => {
    const { result, events, refused } = await imported(
      `Email,First Name\n${EMAIL},Ada\n,Bob\nnonsense,Eve\n${EMAIL.toUpperCase()},Again\n"Carl <carl@acme.example>",Carl\n`,
    );
    assert.deepEqual(refused, [
      "3: there is no e-mail address and no id of another system",
      '4: "nonsense" is not one e-mail address',
      "5: the same contact as line 2",
    ]);
    assert.deepEqual([result.rows, result.taken, result.refused], [5, 2, 3]);
    assert.deepEqual(
      events.map(({ contact }) => contact?.email),
      [EMAIL, "carl@acme.example"],
    );
  });

  it("says who wants no e-mail before they come in", async () => {
    const { events } = await imported(`Email,Unsubscribed from all email\n${EMAIL},true\nbob@acme.example,false\n`);
    assert.deepEqual(
      events.map(({ type }) => type),
      ["opted_out", "contact_created", "contact_created"],
    );
  });

  it("of contacts that are known here is a change of another system, or leaves them alone", async () => {
    assert.deepEqual(
      (await imported(PLAIN, {}, [EMAIL])).events.map(({ type }) => type),
      ["contact_updated_external"],
    );
    assert.deepEqual((await imported(PLAIN, { known: "skip" }, [EMAIL])).events, []);
  });

  it("tried dry takes nothing and shows what would be", async () => {
    const { result, events } = await imported(PLAIN, { isDry: true });
    assert.deepEqual(events, []);
    assert.equal(result.taken, 1);
    assert.deepEqual(result.examples[0]?.properties, ada);
    assert.deepEqual(
      result.columns.map(({ kind, name }) => `${kind} ${name}`),
      ["email email", "property firstname"],
    );
  });

  it("names its rows the same when it is read again", async () => {
    const [first, second] = [await imported(PLAIN), await imported(PLAIN)];
    assert.deepEqual([first.events[0]?.source, first.events[0]?.id], [second.events[0]?.source, second.events[0]?.id]);
  });

  for (const [name, table, says] of [
    ["an empty file", "", /is empty/],
    ["a table without addresses or ids", "Name,City\nAda,Bonn\n", /no column with e-mail addresses or ids: Name, City/],
  ] as const) {
    it(`is not ${name}, and the words say what to do`, async () => {
      await assert.rejects(imported(table), says);
    });
  }
});

describe("a date", () => {
  for (const [text, order, iso] of [
    ["2026-03-02", undefined, "2026-03-02T00:00:00.000Z"],
    ["2026-03-02 09:30", undefined, "2026-03-02T09:30:00.000Z"],
    ["2026-03-02T09:30:00+02:00", undefined, "2026-03-02T07:30:00.000Z"],
    ["03/02/2026", undefined, "2026-03-02T00:00:00.000Z"],
    ["03/02/2026", "dmy", "2026-02-03T00:00:00.000Z"],
    ["31/12/2026", undefined, "2026-12-31T00:00:00.000Z"],
    ["2.3.26", undefined, "2026-03-02T00:00:00.000Z"],
    ["3/2/2026, 9:05 PM", undefined, "2026-03-02T21:05:00.000Z"],
    ["12/31/2026 12:00 AM", undefined, "2026-12-31T00:00:00.000Z"],
    ["30/02/2026", undefined, undefined],
    ["soon", undefined, undefined],
  ] as const) {
    it(`${text}${order === undefined ? "" : ` (${order})`} is ${iso ?? "none"}`, () => {
      const moment = momentOf(text, order);
      assert.equal(moment === undefined ? undefined : new Date(moment.at).toISOString(), iso);
    });
  }
});

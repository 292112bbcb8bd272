/** Flow 4 for real: a model reads the company's website through a browser's tools and asks a search server; what it says is grounded. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Script } from "@millrace/model-simulator";
import { count, traceOf } from "../factories/trace.ts";
import { redirectTo, type SiteServer, serveSite } from "../sites/site-server.ts";
import { type Enriching, enriching, submitLead, turnOf, value } from "./enriching.fixture.ts";

const HOME = `<!doctype html><title>Fjord Cloud</title><h1>Fjord Cloud GmbH</h1>
  <p>Cloud software hosting for hospitals. We are 240 people.</p>
  <a href="/about">About us</a> <a href="/secret">Internal</a> <a href="https://elsewhere.example/">Partner</a>`;
const ABOUT = "<!doctype html><title>About</title><h1>About us</h1><p>Our offices are in Hamburg, Germany.</p>";
const PAGES = { "/": HOME, "/about": ABOUT };
const TOLD = /^(?:enrichment_|page_|content_|search_|data_compiled|contact_enriched|mcp_|model_)/;

interface Row<Data> {
  readonly data: Data;
  readonly occurredAt: number;
}

async function dataOf<Data = Record<string, unknown>>({ test }: Enriching, type: string): Promise<Data[]> {
  const rows = await test.engine.db.query<Row<Data>>("select data from events where type = $1 order by position", [
    type,
  ]);
  return rows.map(({ data }) => data);
}

async function contactOf({ test }: Enriching): Promise<Record<string, unknown>> {
  const [row] = await test.engine.db.query<{ properties: Record<string, unknown> }>("select properties from contacts");
  return row?.properties ?? {};
}

interface Enriched {
  readonly values: Record<string, { value: unknown; source: string; url?: string; words?: string; confidence: number }>;
  readonly ungrounded: number;
  readonly reasons: string[];
}

/** Reads these pages one after the other, then answers. */
function reading(urls: readonly string[], values: readonly object[]): Script {
  return (request) => {
    const turn = turnOf(request);
    const url = urls[turn];
    return url === undefined ? { json: { values } } : { tools: [{ name: "read_page", input: { url } }] };
  };
}

/** What the tools gave the model, in order. */
function shownTo({ simulator }: Enriching): string[] {
  const last = simulator.requests.at(-1)?.body.messages ?? [];
  return last.flatMap(({ role, content }) =>
    role === "user" && typeof content !== "string"
      ? content.flatMap((block) => (block.type === "tool_result" ? [JSON.stringify(block.content)] : []))
      : [],
  );
}

const grounded = (site: SiteServer) => [
  value("company", "Fjord Cloud GmbH", `${site.url}/`),
  value("numberofemployees", "240", `${site.url}/`, "We are 240 people"),
  value("country", "Germany", `${site.url}/about`, "Hamburg, Germany"),
];

describe("the enrichment chain by a model", () => {
  it("reads pages, searches, compiles, and tells each step when it happens", async () => {
    await using site = await serveSite(PAGES);
    const script: Script = (request) => {
      switch (turnOf(request)) {
        case 0:
          return {
            text: "I look at the site and for the person.",
            tools: [
              { name: "read_page", input: { url: `${site.url}/` } },
              { name: "people_find_person", input: { name: "Ada Lovelace" } },
            ],
          };
        case 1:
          return { tools: [{ name: "read_page", input: { url: `${site.url}/about` } }] };
        default:
          return {
            json: {
              values: [
                ...grounded(site),
                value("jobtitle", "Head of Operations", "people_find_person", "Ada Lovelace, Head of Operations"),
              ],
            },
          };
      }
    };
    await using one = await enriching({ host: site.host, script, people: "good" });
    await submitLead(one.test, { website: site.url });
    const { events, branches } = await traceOf(one.test.engine);
    assert.deepEqual(
      events.filter((type) => TOLD.test(type)),
      [
        "enrichment_started",
        "mcp_tool_called",
        "mcp_tool_called",
        "page_loaded",
        "mcp_tool_called",
        "search_completed",
        "mcp_tool_called",
        "mcp_tool_called",
        "page_loaded",
        "model_called",
        "model_called",
        "model_called",
        "content_extracted",
        "content_extracted",
        "data_compiled",
        "contact_enriched",
        "enrichment_completed",
      ],
    );
    assert.ok(branches.includes("enrichment_chain: high"), branches.join("\n"));
    const contact = await contactOf(one);
    assert.deepEqual(
      [contact.company, contact.numberofemployees, contact.country, contact.jobtitle, contact.seniority],
      ["Fjord Cloud GmbH", 240, "Germany", "Head of Operations", "director"],
    );
    const [enriched] = await dataOf<Enriched>(one, "contact_enriched");
    assert.deepEqual(enriched?.values.country, {
      value: "Germany",
      confidence: 0.85,
      source: "website:page",
      url: `${site.url}/about`,
      words: "Hamburg, Germany",
    });
    assert.equal(enriched?.values.jobtitle?.source, "profile:people");
    assert.equal(enriched?.ungrounded, 0);
    assert.deepEqual(
      site.asked.filter((path) => path !== "/favicon.ico"),
      ["/", "/about"],
    );
    const called = await dataOf<{ server: string; ok: boolean; task: number }>(one, "mcp_tool_called");
    assert.deepEqual(called.map(({ server, ok }) => `${server} ${ok}`).sort(), [
      ...Array(4).fill("browser true"),
      "people true",
    ]);
    assert.deepEqual(one.test.errors, []);
  });

  it("has told that it began while the model is still being asked", async () => {
    await using site = await serveSite(PAGES);
    await using one = await enriching({ host: site.host, script: reading([], []), delayMs: 500 });
    const submitted = submitLead(one.test, { website: site.url });
    while (one.simulator.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const meanwhile = await one.test.engine.db.query<{ type: string }>("select type from events");
    await submitted;
    const types = meanwhile.map(({ type }) => type);
    assert.deepEqual([types.includes("enrichment_started"), types.includes("enrichment_completed")], [true, false]);
  });

  const UNGROUNDED: readonly (readonly [what: string, given: (url: string) => object])[] = [
    ["words that stand on no page", (url) => value("company", "Acme Inc", url)],
    ["a value that does not stand in its words", (url) => value("company", "Acme Inc", url, "Fjord Cloud GmbH")],
    ["words of another page", (url) => value("company", "Our offices", url)],
    ["a page that was not read", (url) => value("company", "Fjord Cloud GmbH", `${url}other`)],
    ["a number the words do not say", (url) => value("numberofemployees", "5000", url, "We are 240 people")],
    ["a job of somebody who is not named there", (url) => value("jobtitle", "hosting", url)],
    ["no words at all", (url) => value("country", "Germany", url, "")],
  ];
  it("drops and counts what rests on nothing it was shown", async () => {
    await using site = await serveSite(PAGES);
    const values = UNGROUNDED.map(([, given]) => given(`${site.url}/`));
    await using one = await enriching({ host: site.host, script: reading([`${site.url}/`], values) });
    await submitLead(one.test, { website: site.url });
    const [enriched] = await dataOf<Enriched>(one, "contact_enriched");
    assert.equal(enriched?.ungrounded, UNGROUNDED.length);
    assert.equal(enriched?.values.numberofemployees, undefined);
    assert.equal(enriched?.values.jobtitle, undefined);
    assert.notEqual((await contactOf(one)).company, "Acme Inc");
  });

  it("keeps what a person gave", async () => {
    await using site = await serveSite(PAGES);
    await using one = await enriching({ host: site.host, script: reading([`${site.url}/`], grounded(site)) });
    await submitLead(one.test, { website: site.url, company: "Fjord" });
    assert.equal((await contactOf(one)).company, "Fjord");
  });

  it("goes where the site is and nowhere else, whatever a page or the model says", async () => {
    await using canary = await serveSite({ "/": "<h1>secret</h1>" });
    await using site = await serveSite({
      "/": `${HOME}<a href="${canary.url}/">See</a><a href="/away">Away</a><img src="${canary.url}/x.png">`,
      "/away": redirectTo(canary.url),
      "/secret": "<h1>Internal</h1>",
      "/robots.txt": (_, answer) =>
        answer.writeHead(200, { "content-type": "text/plain" }).end("User-agent: *\nDisallow: /secret"),
    });
    const urls = [
      `${site.url}/`,
      `${canary.url}/`,
      "http://169.254.169.254/",
      "file:///etc/passwd",
      `${site.url}/?lead=ada.lovelace`,
      `${site.url}/secret`,
      `${site.url}/away`,
    ];
    await using one = await enriching({ host: site.host, script: reading(urls, []) });
    await submitLead(one.test, { website: site.url });
    const shown = shownTo(one);
    assert.equal(shown.length, urls.length);
    assert.match(shown[0] ?? "", /240 people/);
    assert.match(shown[5] ?? "", /robots\.txt asks us not to visit/);
    for (const text of shown.slice(1)) assert.match(text, /Not read/);
    assert.deepEqual(canary.asked, []);
    assert.ok(
      site.asked.every((path) => ["/", "/away", "/favicon.ico"].includes(path)),
      site.asked.join(" "),
    );
    assert.equal((await dataOf(one, "mcp_tool_failed")).length, 0);
  });

  it("does not follow a link that robots.txt forbids by a script of the page either", async () => {
    await using site = await serveSite({
      "/": `<h1>Fjord Cloud</h1><script>location = "/secret"</script>`,
      "/secret": "<h1>Internal</h1>",
      "/robots.txt": (_, answer) =>
        answer.writeHead(200, { "content-type": "text/plain" }).end("User-agent: *\nDisallow: /secret"),
    });
    await using one = await enriching({ host: site.host, script: reading([`${site.url}/`], []) });
    await submitLead(one.test, { website: site.url });
    assert.ok(!site.asked.includes("/secret"), site.asked.join(" "));
  });

  it("is asked nothing about a contact with nothing to look at, which is completed as without a model", async () => {
    await using one = await enriching({ script: () => ({ json: { values: [] } }), browser: true });
    await submitLead(one.test, { email: "ada.lovelace@gmail.com" });
    assert.equal(one.simulator.requests.length, 0);
    assert.equal((await dataOf(one, "contact_enriched")).length, 1);
  });

  it("without its search server does the rest, and one person is asked for all leads", async () => {
    await using site = await serveSite(PAGES);
    const script = reading([`${site.url}/`], grounded(site));
    await using one = await enriching({ host: site.host, script, people: "dead" });
    for (const id of ["1", "2", "3"]) {
      await submitLead(one.test, { website: site.url, email: `ada${id}.lovelace@fjordcloud.com` }, id);
    }
    const { tasks, events } = await traceOf(one.test.engine);
    assert.equal(count(events, "mcp_tool_failed"), 1);
    assert.equal(tasks.filter((task) => task.startsWith("manual_processing")).length, 1);
    assert.equal(count(events, "contact_enriched"), 3);
  });

  it("that refuses leaves the work to what there was before, and says so", async () => {
    await using site = await serveSite(PAGES);
    await using one = await enriching({
      host: site.host,
      script: reading([], []),
      config: { enrichment: { websites: true } },
    });
    one.simulator.fail("refusal");
    await submitLead(one.test, { website: site.url });
    const [enriched] = await dataOf<Enriched>(one, "contact_enriched");
    assert.ok(
      enriched?.reasons.some((reason) => reason.startsWith("model: refused")),
      enriched?.reasons.join("\n"),
    );
    assert.ok(site.asked.includes("/"));
  });

  it("that is busy is waited for, and the start is told once", async () => {
    await using site = await serveSite(PAGES);
    await using one = await enriching({ host: site.host, script: reading([`${site.url}/`], grounded(site)) });
    one.simulator.fail("overloaded", 2);
    await submitLead(one.test, { website: site.url });
    for (let i = 0; i < 2; i++) {
      one.test.clock.advance(10_000);
      await one.test.engine.idle();
    }
    const { events } = await traceOf(one.test.engine);
    assert.deepEqual([count(events, "enrichment_started"), count(events, "contact_enriched")], [1, 1]);
    assert.equal((await contactOf(one)).company, "Fjord Cloud GmbH");
  });

  it("at its cap is not asked, leads are completed without it, and admins are told once", async () => {
    await using site = await serveSite(PAGES);
    await using one = await enriching({
      host: site.host,
      script: reading([], []),
      config: { models: { caps: { perDayUsd: 0 } } },
    });
    for (const id of ["1", "2"])
      await submitLead(one.test, { website: site.url, email: `a${id}.b@fjordcloud.com` }, id);
    assert.equal(one.simulator.requests.length, 0);
    assert.equal((await dataOf(one, "contact_enriched")).length, 2);
    const alerts = await one.test.engine.db.query("select 1 from alerts where name = 'model_cap_reached'");
    assert.equal(alerts.length, 1);
  });

  it("that storms tools is ended by what a task may use, and gets no further than its pages", async () => {
    await using site = await serveSite(PAGES);
    await using one = await enriching({ host: site.host, script: reading([], []) });
    one.simulator.fail("tool_storm", 50);
    await submitLead(one.test, { website: site.url });
    assert.ok(one.simulator.requests.length <= 8);
    assert.equal((await dataOf(one, "contact_enriched")).length, 1);
  });

  it("ends at the start when its browser's traffic would not be filtered", async () => {
    const browser = { command: process.execPath, args: ["x.js"] };
    const starting = enriching({ script: () => undefined, config: { mcp: { servers: { browser } } } });
    await assert.rejects(
      starting,
      (error: { parts?: { field?: string } }) => error.parts?.field === "mcp.servers.browser.web",
    );
  });
});

/** Flow 4, branch by branch, with real websites on the loopback interface: what is visited, found, told and kept. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { EnrichmentSettings } from "../../packages/millrace/src/agents/data-enricher/enrichment-settings.ts";
import type { ProfileProvider } from "../../packages/millrace/src/agents/data-enricher/profiles.ts";
import { durationMs } from "../../packages/millrace/src/base/clock.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { browserPath } from "../browser/browser.fixture.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";
import {
  answers,
  bomb,
  drips,
  fixture,
  huge,
  redirectTo,
  type SiteServer,
  serveSite,
  silent,
} from "../sites/site-server.ts";

type Pages = Parameters<typeof serveSite>[0];

const COMPANY: Pages = {
  "/": fixture("company.html"),
  "/about": fixture("about.html"),
  "/impressum.html": fixture("imprint.html"),
  "/kontakt": "<title>Kontakt</title><p>Write to us.</p>",
};
/** The facts of flow 4 and the calls of tools. */
const TOLD = /^(?:enrichment_|page_|content_|search_|data_|contact_enriched|high_value|mcp_)/;
const WITHOUT_TOOLS = /^(?!mcp_)/;

/** An engine whose enricher may visit this site. */
function visiting(site: SiteServer, enrichment: EnrichmentSettings = {}, config: MillraceConfig = {}) {
  return testEngine({ ...config, enrichment: { websites: true, allowedHosts: [site.host], ...enrichment } });
}

async function submit(test: TestEngine, site: SiteServer, fields: Record<string, string | number> = {}, id = "1") {
  const email = "ada.lovelace@fjordcloud.com";
  await test.engine.append([formSubmitted({ email, website: site.url, ...fields }, "demo", id)]);
  await test.engine.idle();
}

async function told(test: TestEngine): Promise<string[]> {
  return (await traceOf(test.engine)).events.filter((type) => TOLD.test(type));
}

async function contactOf(test: TestEngine): Promise<Record<string, unknown>> {
  const [row] = await test.engine.db.query<{ properties: Record<string, unknown> }>("select properties from contacts");
  return row?.properties ?? {};
}

async function dataOf<Data = Record<string, unknown>>(test: TestEngine, type: string): Promise<Data[]> {
  const rows = await test.engine.db.query<{ data: Data }>("select data from events where type = $1 order by position", [
    type,
  ]);
  return rows.map((row) => row.data);
}

interface Enriched {
  readonly quality: number;
  readonly values: Record<string, { value: unknown; confidence: number; source: string }>;
  readonly reasons: string[];
}

describe("the enrichment chain with a company's website", () => {
  it("high: pages are read, the contact is completed, the lead is qualified again as one of high value", async () => {
    await using site = await serveSite(COMPANY);
    await using test = await visiting(site);
    await submit(test, site);
    assert.deepEqual(
      (await told(test)).filter((type) => WITHOUT_TOOLS.test(type)),
      [
        "enrichment_started",
        ...Array(4).fill(["page_loaded", "content_extracted"]).flat(),
        "data_compiled",
        "contact_enriched",
        "enrichment_completed",
        "high_value_lead_detected",
      ],
    );
    assert.deepEqual(site.asked, ["/", "/about", "/impressum.html", "/kontakt"]);
    const trace = await traceOf(test.engine);
    assert.ok(trace.branches.includes("enrichment_chain: high"), trace.branches.join("\n"));
    assert.equal(count(trace.tasks, "qualify_lead_high_value COMPLETED HIGH"), 1);
    const contact = await contactOf(test);
    assert.equal(contact.company, "Fjord Cloud GmbH");
    assert.equal(contact.company_size_band, "mid-market");
    assert.equal(contact.country, "Germany");
    const [enriched] = await dataOf<Enriched>(test, "contact_enriched");
    assert.equal(enriched?.values.company?.source, "website:home");
    assert.ok(enriched?.reasons.includes("website: 4 of its pages read"), enriched?.reasons.join("\n"));
    assert.deepEqual(test.errors, []);
  });

  const branches: readonly (readonly [branch: string, name: string, fields: Record<string, string>, task: string])[] = [
    ["medium", "a name and a company's mailbox, no website", {}, "qualify_lead COMPLETED MEDIUM"],
    ["otherwise", "a company's mailbox alone", { email: "ada@fjordcloud.com" }, "manual_data_review WAITING LOW"],
  ];
  for (const [branch, name, fields, task] of branches) {
    it(`${branch}: ${name}; a site that is not there is a partial result, not a failure of the tool`, async () => {
      await using site = await serveSite({});
      await using test = await visiting(site);
      await submit(test, site, fields);
      const trace = await traceOf(test.engine);
      assert.ok(trace.branches.includes(`enrichment_chain: ${branch}`), trace.branches.join("\n"));
      assert.ok(branch === "medium" || count(trace.tasks, task) === 1, trace.tasks.join("\n"));
      assert.equal(count(trace.events, "data_quality_issue"), branch === "medium" ? 0 : 1);
      const chain = await told(test);
      assert.equal(count(chain, "mcp_tool_failed"), 0);
      assert.equal(count(chain, "page_loaded"), 0);
      const [enriched] = await dataOf<Enriched>(test, "contact_enriched");
      assert.match(enriched?.reasons.at(-1) ?? "", /gave nothing, it answered 404/);
    });
  }

  it("failed: nothing came back from anywhere, and the event says why", async () => {
    await using site = await serveSite({ "/": answers(410) });
    await using test = await visiting(site);
    await test.engine.append([
      { type: "contact_created", data: { externalIds: { crm: "7" }, properties: { website: site.url } } },
    ]);
    await test.engine.idle();
    const chain = (await told(test)).filter((type) => WITHOUT_TOOLS.test(type));
    assert.deepEqual(chain, ["enrichment_started", "enrichment_failed"]);
    const [failed] = await dataOf<{ error: string }>(test, "enrichment_failed");
    assert.match(failed?.error ?? "", /it answered 410/);
  });

  it("a contact without a mailbox of its own is enriched by the website it gave", async () => {
    await using site = await serveSite(COMPANY);
    await using test = await visiting(site);
    await submit(test, site, { email: "ada@gmail.com" });
    assert.equal((await contactOf(test)).company, "Fjord Cloud GmbH");
  });

  it("a contact enriched within 30 days is skipped, and its website is left in peace", async () => {
    await using site = await serveSite(COMPANY);
    await using test = await visiting(site);
    await submit(test, site);
    const asked = site.asked.length;
    test.clock.advance(durationMs("29d"));
    await submit(test, site, {}, "2");
    assert.equal(site.asked.length, asked);
    assert.equal(count(await told(test), "contact_enriched"), 1);
    test.clock.advance(durationMs("2d"));
    await submit(test, site, {}, "3");
    assert.equal(count(await told(test), "contact_enriched"), 2);
  });

  it("what a person gave is kept, whatever the website says", async () => {
    await using site = await serveSite(COMPANY);
    await using test = await visiting(site);
    await submit(test, site, { company: "Fjord", country: "Norway", numberofemployees: 12 });
    const contact = await contactOf(test);
    assert.deepEqual([contact.company, contact.country, contact.numberofemployees], ["Fjord", "Norway", 12]);
    assert.equal(contact.website, site.url);
    assert.equal(contact.company_linkedin, "https://www.linkedin.com/company/fjord-cloud");
  });

  it("what a website once told is not replaced by a guess because the site is down today", async () => {
    let isDown = false;
    await using site = await serveSite({
      "/": (_incoming, answer) => {
        answer.writeHead(isDown ? 503 : 200, { "content-type": "text/html" }).end(fixture("company.html"));
      },
    });
    await using test = await visiting(site);
    await submit(test, site);
    isDown = true;
    test.clock.advance(durationMs("40d"));
    await submit(test, site, {}, "2");
    assert.equal((await contactOf(test)).company, "Fjord Cloud GmbH");
  });

  it("what robots.txt forbids is not visited, and the result says so", async () => {
    await using site = await serveSite({
      ...COMPANY,
      "/robots.txt": answers(200, "text/plain", "User-agent: *\nDisallow: /"),
    });
    await using test = await visiting(site);
    await submit(test, site);
    assert.deepEqual(site.asked, []);
    const [enriched] = await dataOf<Enriched>(test, "contact_enriched");
    assert.match(enriched?.reasons.at(-1) ?? "", /robots.txt asks us not to visit/);
  });

  const hostile: Readonly<Record<string, Pages[string]>> = {
    "50 MB": huge,
    "a gzip bomb": bomb,
    "a redirect to the cloud's own address": redirectTo("http://169.254.169.254/latest/meta-data/"),
    "redirects without end": redirectTo("/"),
    "a film": answers(200, "video/mp4", "x"),
    "100,000 nested tags": "<div>".repeat(100_000),
  };
  it("whatever a site does, the task ends with a recorded result", async () => {
    for (const [what, page] of Object.entries(hostile)) {
      await using site = await serveSite({ "/": page ?? "" });
      await using test = await visiting(site);
      await submit(test, site);
      const trace = await traceOf(test.engine);
      assert.equal(count(trace.tasks, "enrich_data COMPLETED HIGH"), 1, what);
      assert.equal(count(trace.events, "contact_enriched"), 1, what);
      assert.equal(count(trace.events, "mcp_tool_failed"), 0, what);
    }
  });

  it("a page full of orders to us changes nothing but a title and a description", async () => {
    await using site = await serveSite({ "/": fixture("hostile.html") });
    await using test = await visiting(site);
    await submit(test, site);
    const [enriched] = await dataOf<Enriched>(test, "contact_enriched");
    const byPage = Object.entries(enriched?.values ?? {}).filter(([, { source }]) => source.startsWith("website"));
    assert.deepEqual(
      byPage
        .map(([property]) => property)
        .filter((property) => !/^(?:website_title|company_description|industry)/.test(property)),
      [],
    );
    const contact = await contactOf(test);
    assert.equal(contact.email, "ada.lovelace@fjordcloud.com");
    assert.notEqual(contact.lead_score, 100);
    assert.equal(contact.lifecyclestage, undefined);
    assert.deepEqual(site.asked, ["/"], "none of its links was followed");
  });

  it("a visit under way ends with the engine, and is done again by the next", async () => {
    await using site = await serveSite({ "/": silent });
    await using test = await visiting(site);
    await test.engine.append([formSubmitted({ website: site.url })]);
    while (site.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await test.engine.stop();
    const config = { databaseUrl: test.url, engine: { retry: { firstDelayMs: 0 } } };
    const next = await openEngine(config, { clock: test.clock });
    test.clock.advance(durationMs("1h"));
    await next.idle();
    assert.equal(count((await traceOf(next)).events, "contact_enriched"), 1);
    await next.stop();
  });
});

describe("the profile search", () => {
  const finds: ProfileProvider = {
    name: "directory",
    search: async ({ email }) => ({
      url: "https://directory.example/ada",
      jobtitle: `CTO`,
      company: email?.slice(0, 0),
      employees: "50-200",
    }),
  };

  it("goes on beside the website, and is told after its pages", async () => {
    await using site = await serveSite(COMPANY);
    await using test = await visiting(site, { profiles: finds, maxPages: 1 });
    await submit(test, site);
    const chain = (await told(test)).filter((type) => WITHOUT_TOOLS.test(type));
    assert.deepEqual(chain.slice(0, 5), [
      "enrichment_started",
      "page_loaded",
      "content_extracted",
      "search_completed",
      "data_compiled",
    ]);
    assert.deepEqual(await dataOf(test, "search_completed"), [{ provider: "directory", found: 1 }]);
    const contact = await contactOf(test);
    assert.deepEqual([contact.jobtitle, contact.seniority], ["CTO", "c_level"]);
  });

  it("works without websites, and a person it does not know is no failure", async () => {
    await using site = await serveSite(COMPANY);
    await using test = await visiting(site, {
      websites: false,
      profiles: { name: "empty", search: async () => undefined },
    });
    await submit(test, site);
    assert.deepEqual(await dataOf(test, "search_completed"), [{ provider: "empty", found: 0 }]);
    assert.deepEqual(site.asked, []);
  });

  it("partial: a provider that fails is told as a failed tool, and the website counts", async () => {
    await using site = await serveSite(COMPANY);
    const profiles = { name: "broken", search: () => Promise.reject(new Error("401 no such key")) };
    await using test = await visiting(site, { profiles });
    await submit(test, site);
    const failures = await dataOf<{ agent: string; tool: string; error: string; task: number }>(
      test,
      "mcp_tool_failed",
    );
    assert.deepEqual(
      failures.map(({ agent, tool, error }) => [agent, tool, error]),
      [["data_enricher", "profile_search", "401 no such key"]],
    );
    const chain = await told(test);
    assert.equal(count(chain, "search_completed"), 0);
    assert.equal(count(chain, "enrichment_completed"), 1);
    assert.equal((await contactOf(test)).company, "Fjord Cloud GmbH");
  });

  it("without a provider no search is told, because none took place", async () => {
    await using site = await serveSite(COMPANY);
    await using test = await visiting(site);
    await submit(test, site);
    assert.equal(count(await told(test), "search_completed"), 0);
  });

  it("what a provider gives is checked like a page: wrong values are left out", async () => {
    await using site = await serveSite({});
    const nonsense = {
      jobtitle: "see http://evil.example",
      employees: {},
      country: "Atlantis",
      phone: "x",
      confidence: 7,
      lead_score: 100,
      email: "x@y.z",
    };
    await using test = await visiting(site, { profiles: { name: "odd", search: async () => nonsense as never } });
    await submit(test, site);
    const contact = await contactOf(test);
    assert.equal(contact.email, "ada.lovelace@fjordcloud.com");
    for (const property of ["jobtitle", "numberofemployees", "country", "phone"])
      assert.equal(contact[property], undefined);
  });
});

describe("settings of enrichment", () => {
  it("websites: left out, no site is asked", async () => {
    await using site = await serveSite(COMPANY);
    await using test = await testEngine({ enrichment: { allowedHosts: [site.host] } });
    await submit(test, site);
    assert.deepEqual(site.asked, []);
    assert.equal(count(await told(test), "contact_enriched"), 1);
  });

  it("allowedHosts: a private address that is not named is not visited", async () => {
    await using site = await serveSite(COMPANY);
    await using test = await visiting(site, { allowedHosts: [] });
    await submit(test, site);
    assert.deepEqual(site.asked, []);
  });

  for (const [maxPages, pages] of [
    [1, 1],
    [2, 2],
    [4, 4],
  ] as const) {
    it(`maxPages ${maxPages}: ${pages} pages are read`, async () => {
      await using site = await serveSite(COMPANY);
      await using test = await visiting(site, { maxPages });
      await submit(test, site);
      assert.equal(site.asked.length, pages);
    });
  }

  for (const [websites, chain] of [
    [true, "visiting"],
    [false, "at home"],
  ] as const) {
    it(`freshFor and chain count for the enricher ${chain} too`, async () => {
      await using site = await serveSite(COMPANY);
      await using test = await visiting(site, { websites, freshFor: "1d", chain: "result" });
      await submit(test, site);
      test.clock.advance(durationMs("25h"));
      await submit(test, site, {}, "2");
      const events = (await told(test)).filter((type) => !/^(?:mcp_tool_called|high_value|data_quality)/.test(type));
      assert.deepEqual(events, ["contact_enriched", "contact_enriched"]);
    });
  }

  for (const concurrency of [1, 3]) {
    it(`concurrency ${concurrency}: so many contacts are enriched at once`, async () => {
      let now = 0;
      let most = 0;
      await using site = await serveSite({
        "/": (_incoming, answer) => {
          most = Math.max(most, ++now);
          setTimeout(() => {
            now--;
            answer.writeHead(404).end();
          }, 300);
        },
      });
      await using test = await visiting(site, { concurrency });
      const forms = [1, 2, 3].map((i) => formSubmitted({ email: `ada${i}@fjordcloud.com`, website: site.url }));
      await test.engine.append(forms);
      await test.engine.idle();
      assert.equal(most, concurrency);
    });
  }

  it("browser: a page that its scripts write is read as they have written it", async () => {
    const company = JSON.stringify({ name: "Fjord Cloud", claim: "Hosting for hospitals", people: 240 });
    await using site = await serveSite({
      "/": fixture("scripted.html"),
      "/company.json": answers(200, "application/json", company),
    });
    await using plain = await visiting(site);
    await submit(plain, site);
    assert.notEqual((await contactOf(plain)).company, "Fjord Cloud");
    await using test = await visiting(site, { browser: { executablePath: await browserPath() } });
    await submit(test, site);
    const contact = await contactOf(test);
    assert.deepEqual([contact.company, contact.numberofemployees], ["Fjord Cloud", 240]);
    const tools = (await dataOf<{ tool: string }>(test, "mcp_tool_called")).map(({ tool }) => tool);
    assert.deepEqual(tools, ["fetch_page", "browser"]);
  });

  it("browser: one that cannot start is a failed tool, and what HTTP gave counts", async () => {
    await using site = await serveSite({ "/": fixture("scripted.html") });
    await using test = await visiting(site, { browser: { executablePath: "/nowhere/chromium" } });
    await submit(test, site);
    const [failure] = await dataOf<{ tool: string; error: string }>(test, "mcp_tool_failed");
    assert.equal(failure?.tool, "browser");
    assert.equal(count(await told(test), "page_loaded"), 1);
    assert.equal((await contactOf(test)).website_title, "App");
  });
});

describe("a slow site", () => {
  it("costs its ten seconds and no more", { timeout: 40_000 }, async () => {
    await using site = await serveSite({ "/": drips });
    await using test = await visiting(site);
    await submit(test, site);
    const [enriched] = await dataOf<Enriched>(test, "contact_enriched");
    assert.match(enriched?.reasons.at(-1) ?? "", /longer than 10 s/);
  });
});

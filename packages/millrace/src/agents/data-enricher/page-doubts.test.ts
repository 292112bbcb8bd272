/** What a page says and is not the company's: other people's numbers, pages of no one, names of a builder. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { factsOf } from "./page-facts.ts";
import { pageOfNoOne } from "./page-of-no-one.ts";
import { partsOf } from "./page-parts.ts";

function valuesFrom(html: string): Record<string, unknown> {
  const facts = factsOf(partsOf(html), "https://acme.example/", "home");
  return Object.fromEntries(facts.toReversed().map(({ property, value }) => [property, value]));
}

describe("a number of people is the company's own only where the page says so:", () => {
  const cases: readonly [text: string, employees: number | undefined][] = [
    ["Payroll software trusted by 50,000 employees in 30 countries. We are a small family team.", undefined],
    ["We help 10,000 employees at 40 companies stay healthy.", undefined],
    ["20,000 employees use our app every day.", undefined],
    ["Software for companies with 5,000 employees.", undefined],
    ["Für Unternehmen mit mehr als 500 Mitarbeitern.", undefined],
    ["Mehr als 20.000 Mitarbeiter vertrauen uns.", undefined],
    ["Utilisé par 3.000 collaborateurs. Notre équipe: 12 salariés à Lyon.", 12],
    ["Plans from 50 employees up.", undefined],
    ["Trusted by 50,000 employees. We are 35 employees in Berlin.", 35],
    ["Our 300 employees work in four countries.", 300],
    ["With 1,200 employees we are the largest of our kind.", 1_200],
    ["Wir sind 80 Mitarbeiter an zwei Standorten.", 80],
  ];
  for (const [text, employees] of cases)
    it(text, () => assert.equal(valuesFrom(`<title>Acme</title><p>${text}</p>`).numberofemployees, employees));
});

describe("a page of no one gives nothing:", () => {
  const cases: readonly [what: string, html: string][] = [
    [
      "a domain for sale or parked",
      '<title>acme.example</title><meta property="og:site_name" content="DomainBazaar"><p>acme.example is for sale. This domain is for sale: make an offer on this domain.</p>',
    ],
    [
      "a domain for sale or parked",
      "<title>acme.example</title><p>This domain is parked free, courtesy of its registrar.</p>",
    ],
    [
      "a domain for sale or parked",
      "<title>acme.de</title><p>Diese Domain steht zum Verkauf: acme.de. Diese Domain kaufen.</p>",
    ],
    ["a check of its visitors", "<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>"],
    ["a check of its visitors", "<title>Attention Required! | Cloud</title><p>You have been blocked.</p>"],
    ["an empty site", "<title>Coming Soon</title><p>Our new website is on its way.</p>"],
    ["an empty site", "<title>Welcome to nginx!</title><p>If you see this page…</p>"],
    ["a domain for sale or parked", "<title>acme-tools.example is for sale | NameBazaar</title><p>Buy it now.</p>"],
    ["a domain for sale or parked", "<title>acme.example te koop</title><p>Doe een bod.</p>"],
    ["a check of its visitors", "<title>Robot or human?</title><p>Press and hold.</p>"],
    ["a check of its visitors", "<title>Some Security Checkpoint</title><p>We are verifying your browser.</p>"],
    ["a check of its visitors", "<title>Suspected phishing site | Cloud</title><p>Ignore and proceed</p>"],
    ["an empty site", "<title>Domain Default page</title><p>Log in to start.</p>"],
    ["an empty site", "<title>Welcome to OpenResty!</title><p>It runs.</p>"],
    ["an empty site", "<title>Website wird gewartet</title><p>Bald wieder da.</p>"],
    ["an empty site", "<title>Site en maintenance</title><p>À bientôt.</p>"],
    ["an empty site", "<title>acme.example</title><p>Hier entsteht eine neue Internetpräsenz.</p>"],
  ];
  for (const [what, html] of cases) {
    it(`${what}: ${/<title>(.*?)</.exec(html)?.[1]}`, () => {
      assert.equal(pageOfNoOne(partsOf(html)), what);
      assert.deepEqual(valuesFrom(html), {});
    });
  }

  it("but a company that deals with domains, or has a moment, is one", () => {
    for (const html of [
      `<title>Acme Domains</title><p>${"We sell names to companies. ".repeat(150)} This domain is for sale.</p>`,
      "<title>Acme: a moment of rest</title><p>Beds.</p>",
      "<title>Parked Cars Museum</title><p>Open daily.</p>",
      "<title>Houses for sale in Lyon</title><p>With garden.</p>",
      "<title>Acme Maintenance and Repair</title><p>We mend pumps.</p>",
      "<title>Just Bikes</title><p>Bicycles.</p>",
    ])
      assert.equal(pageOfNoOne(partsOf(html)), undefined);
  });
});

it("a name is taken without entities, and never a builder's", () => {
  const ld = (name: string) =>
    `<script type="application/ld+json">{"@type":"Organization","name":${JSON.stringify(name)}}</script>`;
  assert.equal(valuesFrom(ld("M&amp;M Tools")).company, "M&M Tools");
  assert.equal(valuesFrom(ld("Caf&#233; M&#xfc;ller")).company, "Café Müller");
  assert.equal(valuesFrom('<meta property="og:site_name" content="Wix.com">').company, undefined);
  assert.equal(valuesFrom(ld("My Site")).company, undefined);
});

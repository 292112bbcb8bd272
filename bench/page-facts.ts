/** What reading a page's facts costs beside cheerio's parse of it alone: `node scripts/run.mjs exec bench/page-facts.ts`. */
import { readFileSync } from "node:fs";
import { load } from "cheerio/slim";
import { factsOf } from "../packages/millrace/src/agents/data-enricher/page-facts.ts";
import { partsOf } from "../packages/millrace/src/agents/data-enricher/page-parts.ts";

const ROUNDS = 15;
const PAGES = 40;
const site = (name: string) => readFileSync(new URL(`../test/sites/${name}.html`, import.meta.url), "utf8");
const words = "We build tools that keep hospitals running, with 120 people in four countries. ";
const long = `<title>Acme</title>${`<div class="x"><p>${words.repeat(4)}</p><ul><li><a href="/a">a</a></li></ul></div>`.repeat(400)}`;
const pages = { company: site("company"), about: site("about"), long };

for (const [name, html] of Object.entries(pages)) {
  const parse = measured(() => load(html));
  const facts = measured(() => factsOf(partsOf(html), "https://acme.example/", "home"));
  const line = `${name.padEnd(8)} ${(html.length / 1_024).toFixed(0).padStart(4)} KB  parse ${ms(parse)}  facts ${ms(facts)}  ${(facts / parse).toFixed(2)} times`;
  process.stdout.write(`${line}\n`);
}

/** The median of the rounds, in milliseconds a page. */
function measured(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    for (let i = 0; i < PAGES; i++) work();
    return (performance.now() - start) / PAGES;
  });
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
}

function ms(time: number): string {
  return `${time.toFixed(3)} ms`;
}

/**
 * What reading a page's facts costs beside cheerio's parse of it alone, for pages of all sizes:
 * `node scripts/run.mjs exec bench/page-facts.ts`. Ends with 1 when a page takes more than one and a half times as long.
 * Each way runs in processes of its own: both use the same parser, which is slower once it has had two kinds of handlers.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const MOST = 1.5;
const TURNS = 4;
const ROUNDS = 25;
const ROUND_MS = 8;
const site = (name: string) => readFileSync(new URL(`../test/sites/${name}.html`, import.meta.url), "utf8");
const words = "We build tools that keep hospitals running, with 120 people in four countries. ";
const block = `<div class="x"><p>${words.repeat(4)}</p><ul><li><a href="/a">a</a></li></ul></div>`;
const made = (blocks: number) => `<title>Acme</title>${block.repeat(blocks)}`;
const pages: Readonly<Record<string, string>> = {
  imprint: site("imprint"),
  about: site("about"),
  scripted: site("scripted"),
  company: site("company"),
  hostile: site("hostile"),
  middle: made(20),
  long: made(400),
};

const [way] = process.argv.slice(2);
if (way === undefined) compare();
else process.stdout.write(JSON.stringify(await timesOf(way)));

function compare(): void {
  const best: Record<string, Record<string, number>> = { parse: {}, facts: {} };
  for (let turn = 0; turn < TURNS; turn++)
    for (const [name, times] of Object.entries(best))
      for (const [page, time] of Object.entries(timesIn(name))) times[page] = Math.min(times[page] ?? time, time);
  const above: string[] = [];
  for (const [page, html] of Object.entries(pages)) {
    const [parse = 0, facts = 0] = [best.parse?.[page], best.facts?.[page]];
    if (facts > MOST * parse) above.push(page);
    const size = `${(html.length / 1_024).toFixed(1)} KB`.padStart(9);
    process.stdout.write(
      `${page.padEnd(8)} ${size}  parse ${ms(parse)}  facts ${ms(facts)}  ${(facts / parse).toFixed(2)} times\n`,
    );
  }
  if (above.length > 0) process.stdout.write(`above ${MOST} times: ${above.join(", ")}\n`);
  process.exitCode = above.length > 0 ? 1 : 0;
}

function timesIn(name: string): Readonly<Record<string, number>> {
  return JSON.parse(execFileSync(process.execPath, [import.meta.filename, name], { encoding: "utf8" }));
}

/** Milliseconds a page, warm, of the least disturbed round. */
async function timesOf(name: string): Promise<Readonly<Record<string, number>>> {
  const work = await workOf(name);
  return Object.fromEntries(
    Object.entries(pages).map(([page, html]) => {
      timed(() => work(html), 200);
      const times = Math.max(1, Math.round(ROUND_MS / timed(() => work(html), 20)));
      const rounds = Array.from({ length: ROUNDS }, () => timed(() => work(html), times));
      return [page, Math.min(...rounds)];
    }),
  );
}

async function workOf(name: string): Promise<(html: string) => unknown> {
  if (name === "parse") return (await import("cheerio/slim")).load;
  const { factsOf } = await import("../packages/millrace/src/agents/data-enricher/page-facts.ts");
  const { partsOf } = await import("../packages/millrace/src/agents/data-enricher/page-parts.ts");
  return (html) => factsOf(partsOf(html), "https://acme.example/", "home");
}

function timed(work: () => unknown, times: number): number {
  const start = performance.now();
  for (let i = 0; i < times; i++) work();
  return (performance.now() - start) / times;
}

function ms(time: number): string {
  return `${time.toFixed(3)} ms`;
}

/**
 * What a site's robots.txt asks of us (RFC 9309), remembered per origin for an hour. No file (4xx) allows everything;
 * a site that cannot say now (5xx, 429, unreachable) is not visited now.
 */
import robotsParser from "robots-parser";
import type { Clock } from "../base/clock.ts";
import type { AddressGuard } from "./address-guard.ts";
import { type Fetched, fetchPage, type NoPage, noPage, ROBOT_NAME } from "./fetch-page.ts";

export interface Robots {
  /** Why the page may not be visited, or undefined when it may. */
  forbids(url: URL, signal: AbortSignal): Promise<NoPage | undefined>;
}

interface Rules {
  readonly until: number;
  readonly verdict: (url: string) => NoPage | undefined;
}

interface Parsed {
  isAllowed(url: string, robot: string): boolean | undefined;
}
/** The package's types describe the module as if it were imported the old way. */
const parseRobots = robotsParser as unknown as (url: string, text: string) => Parsed;

const GOOD_FOR_MS = 3_600_000;
/** RFC 9309 asks readers for at least this much. */
const MAX_BYTES = 500 * 1024;
const MAX_ORIGINS = 1_000;
/** Characters of rules with wildcards, times those of the path: 30,000,000 are about 0.1 s, and a file of 500 KB could ask for 3 s. */
const MAX_COST = 30_000_000;

export function robots(guard: AddressGuard, clock: Clock): Robots {
  const known = new Map<string, Rules>();
  return {
    async forbids(url, signal) {
      const remembered = known.get(url.origin);
      if (remembered !== undefined && remembered.until > clock.now()) return remembered.verdict(url.href);
      const answer = await fetchPage(`${url.origin}/robots.txt`, {
        guard,
        signal,
        maxBytes: MAX_BYTES,
        tooLarge: "cut",
        accepts: /^/,
      });
      const rules = { until: clock.now() + GOOD_FOR_MS, verdict: verdictOf(url.origin, answer) };
      // A site that was down for a moment is asked again at the next visit.
      if (answer.ok || !answer.isTransient) remember(known, url.origin, rules);
      return rules.verdict(url.href);
    },
  };
}

function remember(known: Map<string, Rules>, origin: string, rules: Rules): void {
  const oldest = known.keys().next().value;
  if (known.size >= MAX_ORIGINS && oldest !== undefined) known.delete(oldest);
  known.set(origin, rules);
}

function verdictOf(origin: string, answer: Fetched): Rules["verdict"] {
  if (answer.ok) {
    const rules = parseRobots(`${origin}/robots.txt`, answer.text);
    const wild = answer.text.split(/[\r\n]+/).filter((line) => line.includes("*"));
    const wildLength = wild.reduce((sum, line) => sum + line.length, 0);
    return (url) => {
      if (wildLength * url.length > MAX_COST) return noPage("its robots.txt takes too long to work out", false);
      const isForbidden = rules.isAllowed(url, ROBOT_NAME) === false;
      return isForbidden ? noPage("its robots.txt asks us not to visit", false) : undefined;
    };
  }
  const { status } = answer;
  if (status !== undefined && status < 500 && status !== 429) return () => undefined;
  return () => noPage(`its robots.txt cannot be read now: ${answer.why}`, answer.isTransient);
}

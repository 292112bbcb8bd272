/**
 * Was it a person who opened an e-mail or followed a link, or a program on the way? Pure. Programs open and click too:
 * mail systems look for malware, and Apple's mail fetches every picture whether or not anyone reads. Their marks are
 * kept and weigh nothing.
 */
import { isbot } from "isbot";

export interface Hit {
  readonly kind: "open" | "click";
  readonly method: string;
  readonly userAgent: string;
  /** Since the e-mail left. */
  readonly afterMs: number;
}

/** A person cannot have received, opened and read it sooner. */
const SOONEST_MS = 5_000;
/** All links of an e-mail within this time: no person reads like that. */
export const BURST_MS = 2_000;

/** Scanners of links in mail, by what they call themselves. */
const SCANNERS =
  /barracuda|proofpoint|mimecast|safelinks|microsoft office (protocol|existence)|bingpreview|symantec|messagelabs|fireeye|trend ?micro|sophos|forcepoint|zscaler|urlscan|cisco|ironport|fortinet|checkpoint|trustwave|vade ?secure|cloudmark|avast|bitdefender|kaspersky|\beset\b|curl|wget|python|java\/|go-http|okhttp|axios|node-fetch|undici|headless/i;
/** Google fetches a picture when a person looks at the e-mail: a real open, if a vague one. */
const IMAGE_PROXY = /GoogleImageProxy/i;
/**
 * Programs in which people read mail. To isbot a name, or a name with a version, is a robot's, so that Outlook on Android is one
 * (findings/): what calls itself after mail and not after work on it is asked first.
 */
const MAIL_PROGRAM =
  /mail|^(?:mac|microsoft )?outlook|^(?:em client|superhuman\w*|spark|the bat!|lotus-notes|mimestream|postbox|sylpheed|geary|zimbra)\b/i;
const WORKS_ON_MAIL =
  /proxy|scan|check|verif|guard|filter|secur|shield|gateway|bot\b|crawl|spider|fetch|preview|monitor|http/i;
/** Apple's privacy proxy calls itself by these words and nothing more. */
const APPLE_PROXY = /^Mozilla\/5\.0$/;

/** @returns why it was a machine, or undefined when it may have been a person. */
export function machineOf({ kind, method, userAgent, afterMs }: Hit): string | undefined {
  if (method === "HEAD") return "asked for the head alone";
  const agent = userAgent.trim();
  if (agent === "") return "no user agent";
  if (afterMs < SOONEST_MS) return "within 5 s of sending";
  if (kind === "open" && IMAGE_PROXY.test(agent)) return undefined;
  if (kind === "open" && APPLE_PROXY.test(agent)) return "Apple's mail privacy proxy";
  if (SCANNERS.test(agent)) return "a link scanner";
  if (isbot(agent) && !isMailProgram(agent)) return "a robot";
  return undefined;
}

function isMailProgram(agent: string): boolean {
  return MAIL_PROGRAM.test(agent) && !WORKS_ON_MAIL.test(agent);
}

/** One link of an e-mail and when it was last followed; undefined: never. */
export interface LinkHit {
  readonly lastHitAt: number | undefined;
}

/** Were all links of an e-mail followed at once? An e-mail with one link cannot tell. */
export function isBurst(links: readonly LinkHit[]): boolean {
  if (links.length < 2) return false;
  const times = links.map((link) => link.lastHitAt ?? Number.NaN);
  return Math.max(...times) - Math.min(...times) <= BURST_MS;
}

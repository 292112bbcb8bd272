/**
 * What the codes of mail servers say about an address: gone for good, not now, or nothing about the address at all.
 * Asked for bounces that come back (bounce.ts) and for refusals while we send (smtp-delivery.ts).
 * Sources: RFC 3463 (X.Y.Z), RFC 5248 and the IANA registry of enhanced status codes (read 2026-11), RFC 7504 (521, 556, X.1.10),
 * RFC 7505 (null MX), RFC 5321 section 4.2 (three digits).
 */

/**
 * "gone": the address does not exist or takes no mail, suppress it. "full": a person's mailbox cannot take more now.
 * "refused": this message or this sender is not wanted, the address may be good. "later": tried again, or worth trying
 * again. "expired": tried until time was up. "route": the way there is broken.
 */
export type StatusMeaning = "gone" | "full" | "refused" | "later" | "expired" | "route";

/** Enhanced codes, without their first digit. What is not here is judged by its class and by words. */
const SUBJECTS: Readonly<Record<string, StatusMeaning>> = {
  "1.0": "gone", // other address status
  "1.1": "gone", // bad destination mailbox address
  "1.2": "gone", // bad destination system address: the domain
  "1.3": "gone", // bad destination mailbox address syntax
  "1.4": "refused", // ambiguous address
  "1.6": "gone", // mailbox has moved, no forwarding address
  "1.7": "refused", // bad sender's mailbox address syntax
  "1.8": "refused", // bad sender's system address
  "1.9": "refused", // message relayed to a non-compliant mailer
  "1.10": "gone", // recipient address has null MX
  "2.0": "refused",
  "2.1": "gone", // mailbox disabled, not accepting messages
  "2.2": "full",
  "2.3": "refused", // message length exceeds an administrative limit
  "2.4": "refused", // mailing list expansion problem
  "3.1": "full", // mail system full
  "3.4": "refused", // message too big
  "4.4": "route", // unable to route
  "4.6": "route", // routing loop
  "4.7": "expired", // delivery time expired
  "6.7": "gone", // non-ASCII addresses not permitted for that recipient
};

const WORDS: readonly (readonly [StatusMeaning, RegExp])[] = [
  [
    "later",
    /gr[ae]y-?list|try (again )?later|temporar(y|ily)|will be (re)?tried|still being retried|rate limit|too many (connections|messages|recipients)|deferred/i,
  ],
  [
    "full",
    /\b(mailbox|inbox|account|user)\b.{0,30}\b(is )?(full|over ?quota|exceeded)|over ?quota|quota (exceeded|violation)|insufficient (system )?storage|storage limit/i,
  ],
  [
    "gone",
    /\b(user|mailbox|account|recipient|address|inbox)( name)?( is| was| address)?\s*(unknown|not found|invalid|disabled|inactive|suspended|closed|deactivated|deleted|does ?n[o']t exist|doesn't exist|doesn't have|not exist|no longer (exists|available|active|valid|in use))|\b(unknown|no such|invalid|nonexistent|non-existent|disabled|inactive) (user|mailbox|account|recipient|address|person|local part)|no mailbox (here|by that name)|not our customer|mailbox unavailable|account that you tried to reach (does not exist|is disabled)|(user|recipient) (doesn't|does not) (have|exist)|unrouteable address|(host|domain)( name)? (or domain name )?not found|no such (domain|host)|null MX|domain .{0,60}does ?n[o']t (exist|accept)/i,
  ],
  [
    "refused",
    /spam|blocked|blacklist|block ?list|policy|reputation|not authori[sz]ed|authentication required|content (rejected|refused)|dmarc|spf|too (big|large)|size limit|relay(ing)? (access )?denied|access denied/i,
  ],
];

const ENHANCED = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/;
/** Three digits of an SMTP reply; a number in a sentence ("a team of 550 people", "500 messages") is none. */
const BASIC =
  /(?:^|[\n:;<(]\s*|\b(?:said|error|reason|code|status|smtp|reply|server|#)\W{1,3})([45]\d\d)(?=[ -](?:#?[245]\.\d|[A-Z<"'(]|[a-z]+[ :]))/i;

export interface StatusReading {
  readonly meaning: StatusMeaning;
  /** The address will never work. */
  readonly isHard: boolean;
  /** The code that decided, "5.1.1" or "550", or "words". */
  readonly code: string;
}

/**
 * Reads what a server said. A code that says nothing (x.0.0) gives way to the one in the diagnostic text, and that to words.
 * @param status the report's own Status field, if there is one.
 * @param said the diagnostic text: "550 5.1.1 <ada@acme.example>: User unknown".
 * @returns undefined when there is neither a code nor a word that says anything.
 */
export function readStatus(status: string | undefined, said: string): StatusReading | undefined {
  const text = said.slice(0, 4_000);
  const own = ENHANCED.exec(status ?? "");
  const inText = ENHANCED.exec(text);
  const best =
    own !== null && !saysNothing(own) ? own : inText !== null && !saysNothing(inText) ? inText : (inText ?? own);
  const basic = BASIC.exec(`\n${text}`)?.[1];
  if (best === null && basic === undefined) {
    const meaning = meaningInWords(text);
    return meaning === undefined ? undefined : reading(meaning, "words");
  }
  const code = best?.[0] ?? basic ?? "";
  const isLasting = (inText ?? best)?.[1] === "5" || (best === null && basic?.startsWith("5") === true);
  const inWords = meaningInWords(text);
  // A temporary code in the text beside a permanent one in the report: the server that was asked said "later".
  if (basic?.startsWith("4") === true || inText?.[1] === "4") return reading(temporary(best), code);
  const meaning = best === null || saysNothing(best) ? undefined : SUBJECTS[`${best[2]}.${best[3]}`];
  if (meaning === "route" && inWords === "gone") return reading("gone", code);
  if (meaning !== undefined && best?.[1] !== "4") return reading(meaning, code);
  if (best?.[1] === "4") return reading(temporary(best), code);
  if (!isLasting && best?.[1] !== "5") return reading("later", code);
  return reading(inWords ?? fallback(best, basic), code);
}

function saysNothing(code: RegExpExecArray): boolean {
  return code[2] === "0";
}

function temporary(code: RegExpExecArray | null): StatusMeaning {
  const meaning = code === null ? undefined : SUBJECTS[`${code[2]}.${code[3]}`];
  return meaning === "expired" || meaning === "full" || meaning === "route" ? meaning : "later";
}

/** A permanent failure of an unknown kind: of an address code it is the address, else nothing is certain. */
function fallback(code: RegExpExecArray | null, basic: string | undefined): StatusMeaning {
  if (code?.[2] === "1") return "gone";
  if (code === null || saysNothing(code))
    return basic === "552" ? "full" : basic === "556" || basic === "521" ? "gone" : "refused";
  return "refused";
}

function meaningInWords(text: string): StatusMeaning | undefined {
  return WORDS.find(([, words]) => words.test(text))?.[0];
}

function reading(meaning: StatusMeaning, code: string): StatusReading {
  return { meaning, isHard: meaning === "gone", code };
}

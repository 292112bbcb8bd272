import assert from "node:assert/strict";
import { test } from "node:test";
import { type Hit, isBurst, machineOf } from "./machine.ts";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:148.0) Gecko/20100101 Firefox/148.0";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";
const APPLE_MAIL = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const GOOGLE = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";
const OUTLOOK = "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; ms-office; MSOffice 16)";

const person: Hit = { kind: "open", method: "GET", userAgent: FIREFOX, afterMs: 60_000 };

const people: readonly (readonly [who: string, Partial<Hit>])[] = [
  ["a browser", {}],
  ["a telephone", { userAgent: IPHONE, kind: "click" }],
  ["Apple's mail program itself", { userAgent: APPLE_MAIL }],
  ["Outlook", { userAgent: OUTLOOK }],
  ...[
    "Outlook-Android/4.2347.3",
    "Outlook-iOS/709.2226530.prod.iphone",
    "eM Client/9.2",
    "Mailspring/1.13",
    "FairEmail/1.2190",
    "Samsung Email/6.1",
    "WEB.DE Mail",
    "SuperhumanWeb",
  ].map((userAgent) => [userAgent, { userAgent }] as const),
  ["Google's image proxy, which asks when somebody looks", { userAgent: GOOGLE }],
];
for (const [who, hit] of people) {
  test(`${who} may be a person`, () => assert.equal(machineOf({ ...person, ...hit }), undefined));
}

const machines: readonly (readonly [what: string, Partial<Hit>])[] = [
  ["Apple's privacy proxy", { userAgent: "Mozilla/5.0" }],
  ["asking for the head alone", { method: "HEAD" }],
  ["no name at all", { userAgent: " " }],
  ["a hit three seconds after sending", { afterMs: 3_000 }],
  ["a search engine", { userAgent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }],
  ["a link scanner", { userAgent: "Mozilla/5.0 (Windows NT 10.0) Proofpoint-URL-Defense", kind: "click" }],
  ["a program that looks through mail", { userAgent: "MailScanner/5.4" }],
  ["a proxy of a mail provider", { userAgent: "YahooMailProxy; https://help.example/mail-proxy" }],
  ["a script", { userAgent: "python-requests/2.32", kind: "click" }],
  ["Google's image proxy following a link", { userAgent: `${GOOGLE} bot`, kind: "click" }],
];
for (const [what, hit] of machines) {
  test(`${what} is a machine`, () => assert.equal(typeof machineOf({ ...person, ...hit }), "string"));
}

test("all links of an e-mail within two seconds is a burst; one link, or one left out, is none", () => {
  assert.equal(isBurst([{ lastHitAt: 1_000 }, { lastHitAt: 2_500 }]), true);
  assert.equal(isBurst([{ lastHitAt: 1_000 }, { lastHitAt: 4_000 }]), false);
  assert.equal(isBurst([{ lastHitAt: 1_000 }, { lastHitAt: undefined }]), false);
  assert.equal(isBurst([{ lastHitAt: 1_000 }]), false);
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { plainOf } from "./plain-text.ts";
import type { ReplyLanguage } from "./reply-settings.ts";
import { returnDate } from "./return-date.ts";

/** A Monday. */
const RECEIVED_AT = Date.parse("2026-03-02T09:00:00Z");

const CASES: readonly (readonly [ReplyLanguage, string, string | undefined])[] = [
  ["en", "I am out of office until 12 March.", "2026-03-12"],
  ["en", "Back on March 12th, 2026", "2026-03-12"],
  ["en", "I'll be back on the 12th of March", "2026-03-12"],
  ["en", "Out of office: back on 3/12", "2026-03-12"],
  ["en", "Out of office until 3/12/26", "2026-03-12"],
  ["en", "away until 25/3", "2026-03-25"],
  ["en", "Annual leave 20/3 - 4/4", "2026-04-04"],
  ["en", "Out of the office, returning 2026-03-20", "2026-03-20"],
  ["en", "On leave from 4 March to 15 March.", "2026-03-15"],
  ["en", "On leave from 9 June. I am back on 3 July, not before.", "2026-07-03"],
  ["en", "on holiday 2-12 April", "2026-04-12"],
  ["en", "on vacation April 2-12", "2026-04-12"],
  ["en", "I will be back on Monday", "2026-03-09"],
  ["en", "back on Thursday", "2026-03-05"],
  ["en", "back Monday, 9 June", "2026-06-09"],
  ["en", "I'm out today and will be back tomorrow", "2026-03-03"],
  ["en", "back next week", "2026-03-09"],
  ["en", "away until the 5th", "2026-03-05"],
  ["en", "away until the 1st", "2026-04-01"],
  ["en", "Honeymoon! Back in two weeks", "2026-03-16"],
  ["en", "on leave for 10 days", "2026-03-12"],
  ["en", "Maternity leave until September", "2026-09-01"],
  ["en", "on paternity leave through the end of August", "2026-09-01"],
  ["en", "on PTO through 6 March", "2026-03-07"],
  ["en", "I was away until 20 February", undefined],
  ["en", "out of office until 12 March 2025", undefined],
  ["en", "on sabbatical until 12 March 2029", undefined],
  ["en", "out of office until 31 June", undefined],
  ["en", "I am out of the office", undefined],
  ["en", "on leave, our hotline is there 24/7", undefined],
  ["en", "I may reply slowly while on leave", undefined],
  ["de", "Ich bin bis zum 12.03.2026 nicht im Büro.", "2026-03-12"],
  ["de", "bin bis 12.3. im Urlaub", "2026-03-12"],
  ["de", "ab dem 5. Mai wieder erreichbar", "2026-05-05"],
  ["de", "vom 9. bis 20. März im Urlaub", "2026-03-20"],
  ["de", "bis einschließlich 20. März abwesend", "2026-03-21"],
  ["de", "Ab Montag bin ich zurück.", "2026-03-09"],
  ["de", "bin ab Mittwoch wieder da", "2026-03-04"],
  ["de", "In Elternzeit bis Ende August", "2026-09-01"],
  ["de", "für zwei Wochen im Urlaub", "2026-03-16"],
  ["de", "morgen wieder im Büro", "2026-03-03"],
  ["fr", "absente du bureau jusqu'au 15 avril", "2026-04-15"],
  ["fr", "En congés, de retour le lundi 3 août.", "2026-08-03"],
  ["fr", "de retour le 1er avril", "2026-04-01"],
  ["fr", "en vacances jusqu'au 20 août inclus", "2026-08-21"],
  ["fr", "absent jusqu'au 03/12", "2026-12-03"],
  ["fr", "je serai de retour jeudi", "2026-03-05"],
  ["fr", "je serai de retour en septembre", "2026-09-01"],
  ["es", "fuera de la oficina hasta el 12 de marzo de 2026", "2026-03-12"],
  ["es", "De vacaciones, vuelvo el lunes 18 de agosto", "2026-08-18"],
  ["es", "regreso mañana", "2026-03-03"],
  ["es", "estaré fuera del 5/3 al 9/4", "2026-04-09"],
  ["it", "fuori ufficio fino al 12 marzo", "2026-03-12"],
  ["it", "In ferie, rientro lunedì 25 agosto", "2026-08-25"],
  ["it", "torno giovedì", "2026-03-05"],
  ["nl", "afwezig tot 12 maart", "2026-03-12"],
  ["nl", "op vakantie t/m 12-03-2026", "2026-03-13"],
  ["nl", "maandag 24 augustus weer terug", "2026-08-24"],
  ["nl", "over twee weken terug", "2026-03-16"],
];

/** Written on 21 December 2026, a Monday. */
const CASES_IN_DECEMBER: typeof CASES = [
  ["en", "closed for the holidays, we reopen on January 4", "2027-01-04"],
  ["en", "Happy holidays! Back on 1/4.", "2027-01-04"],
  ["de", "vom 23.12. bis 7.1. geschlossen", "2027-01-07"],
  ["fr", "fermés du 24 décembre au 2 janvier", "2027-01-02"],
  ["it", "chiusi dal 24 dicembre al 6 gennaio", "2027-01-06"],
  ["nl", "gesloten tot 4 januari", "2027-01-04"],
];

describe("the return somebody announces", () => {
  const all = [
    ...CASES.map((row) => [RECEIVED_AT, ...row] as const),
    ...CASES_IN_DECEMBER.map((row) => [Date.parse("2026-12-21T09:00:00Z"), ...row] as const),
  ];
  for (const [receivedAt, language, text, expected] of all) {
    it(`"${text}" (${language}): ${expected ?? "no date"}`, () => {
      const at = returnDate(plainOf(text), language, receivedAt);
      assert.equal(at === undefined ? undefined : new Date(at).toISOString().slice(0, 10), expected);
    });
  }

  it("is never in the past and at most three years away, whatever numbers stand there", () => {
    for (let i = 0; i < 2_000; i++) {
      const text = `back on ${i % 40}.${i % 14}.${i % 3 ? "" : 2020 + (i % 20)} or ${i % 13}/${i % 33} or until the ${i % 40}th`;
      for (const language of ["en", "de"] as const) {
        const at = returnDate(text, language, RECEIVED_AT);
        assert.ok(at === undefined || (at > RECEIVED_AT && at <= RECEIVED_AT + 3 * 366 * 86_400_000), text);
      }
    }
  });
});

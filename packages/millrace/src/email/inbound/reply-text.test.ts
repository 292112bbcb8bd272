import assert from "node:assert/strict";
import { test } from "node:test";
import { replyText } from "./reply-text.ts";

const QUOTE = "> Hi Ada,\n>\n> would you have 20 minutes?\n> -- \n> Sales";
const BARE = "Hi Ada,\n\nwould you have 20 minutes?";

/** What mail programs put between a reply and what it answers. The quote behind it must be gone. */
const QUOTES: readonly (readonly [name: string, quote: string])[] = [
  ["Gmail, English", `On Mon, Mar 2, 2026 at 9:00 AM Sales <sales@acme.example> wrote:\n\n${QUOTE}`],
  [
    "Gmail, English, broken over two lines",
    `On Mon, Mar 2, 2026 at 9:00 AM Sales\n<sales@acme.example> wrote:\n\n${QUOTE}`,
  ],
  ["Apple Mail, English", `On 2 Mar 2026, at 09:00, Sales <sales@acme.example> wrote:\n\n${QUOTE}`],
  ["Thunderbird, English", `On 02/03/2026 09:00, Sales wrote:\n${QUOTE}`],
  ["unmarked quote, English", `On Mon, Mar 2, 2026 at 9:00 AM Sales <sales@acme.example> wrote:\n\n${BARE}`],
  [
    "Outlook, English",
    `From: Sales <sales@acme.example>\nSent: Monday, March 2, 2026 9:00 AM\nTo: Ada\nSubject: An idea\n\n${BARE}`,
  ],
  [
    "Outlook with a line, English",
    `________________________________\nFrom: Sales <sales@acme.example>\nSent: Monday, March 2, 2026 9:00 AM\nTo: Ada\nSubject: An idea\n\n${BARE}`,
  ],
  ["Outlook, old, English", `-----Original Message-----\nFrom: Sales\nSent: Monday\n\n${BARE}`],
  [
    "Outlook in bold, English",
    `*From:* Sales <sales@acme.example>\n*Sent:* Monday, March 2, 2026\n*To:* Ada\n*Subject:* An idea\n\n${BARE}`,
  ],
  ["Zoho, English", `---- On Mon, 02 Mar 2026 09:00:00 +0100 Sales <sales@acme.example> wrote ---\n\n${BARE}`],
  ["two headers, English", `From: sales@acme.example\nSent: 2 March 2026 09:00\n\n${BARE}`],
  [
    "Notes, English",
    `Sales <sales@acme.example>          \n02.03.2026 09:00          To\n          ada@bigcorp.example\n          Subject\n          An idea\n\n${BARE}`,
  ],
  [
    "Gmail, Hebrew, with marks of writing direction",
    `\u202bבתאריך יום ב׳, 2 במרץ 2026 ב-9:00 מאת \u202aSales\u202c\u200f <\u202asales@acme.example\u202c\u200f>:\u202c\n\n${BARE}`,
  ],
  ["forwarded, English", `---------- Forwarded message ----------\nFrom: Sales\n\n${BARE}`],
  ["Gmail, German", `Am Mo., 2. März 2026 um 09:00 Uhr schrieb Sales <sales@acme.example>:\n\n${QUOTE}`],
  ["Apple Mail, German", `Am 02.03.2026 um 09:00 schrieb Sales <sales@acme.example>:\n\n${QUOTE}`],
  ["Thunderbird, German", `Am 02.03.26 um 09:00 schrieb Sales:\n${QUOTE}`],
  ["unmarked quote, German", `Am 02.03.2026 um 09:00 schrieb Sales <sales@acme.example>:\n${BARE}`],
  [
    "Outlook, German",
    `Von: Sales <sales@acme.example>\nGesendet: Montag, 2. März 2026 09:00\nAn: Ada\nBetreff: Eine Idee\n\n${BARE}`,
  ],
  ["Outlook, old, German", `-----Ursprüngliche Nachricht-----\nVon: Sales\n\n${BARE}`],
  ["older Outlook, German", `Sales <sales@acme.example> schrieb am Mo., 2. März 2026, 09:00:\n\n${QUOTE}`],
  ["Gmail, French", `Le lun. 2 mars 2026 à 09:00, Sales <sales@acme.example> a écrit :\n\n${QUOTE}`],
  [
    "Gmail with narrow spaces, French",
    `Le\u00a0lun. 2 mars 2026 à\u202f09:00, Sales <sales@acme.example> a écrit\u00a0:\n\n${QUOTE}`,
  ],
  ["Gmail over two lines, French", `Le lun. 2 mars 2026 à 09:00, Sales <sales@acme.example> a\nécrit :\n\n${QUOTE}`],
  [
    "Outlook, French",
    `De : Sales <sales@acme.example>\nEnvoyé : lundi 2 mars 2026 09:00\nÀ : Ada\nObjet : Une idée\n\n${BARE}`,
  ],
  ["Outlook, old, French", `-----Message d'origine-----\nDe : Sales\n\n${BARE}`],
  ["Gmail, Spanish", `El lun, 2 mar 2026 a las 9:00, Sales (<sales@acme.example>) escribió:\n\n${QUOTE}`],
  [
    "Outlook, Spanish",
    `De: Sales <sales@acme.example>\nEnviado el: lunes, 2 de marzo de 2026 9:00\nPara: Ada\nAsunto: Una idea\n\n${BARE}`,
  ],
  ["Outlook, old, Spanish", `-----Mensaje original-----\nDe: Sales\n\n${BARE}`],
  ["Gmail, Italian", `Il giorno lun 2 mar 2026 alle ore 09:00 Sales <sales@acme.example> ha scritto:\n\n${QUOTE}`],
  [
    "Outlook, Italian",
    `Da: Sales <sales@acme.example>\nInviato: lunedì 2 marzo 2026 09:00\nA: Ada\nOggetto: Un'idea\n\n${BARE}`,
  ],
  ["Outlook, old, Italian", `-----Messaggio originale-----\nDa: Sales\n\n${BARE}`],
  ["Gmail, Dutch", `Op ma 2 mrt 2026 om 09:00 schreef Sales <sales@acme.example>:\n\n${QUOTE}`],
  [
    "Outlook, Dutch",
    `Van: Sales <sales@acme.example>\nVerzonden: maandag 2 maart 2026 09:00\nAan: Ada\nOnderwerp: Een idee\n\n${BARE}`,
  ],
  ["Outlook, old, Dutch", `-----Oorspronkelijk bericht-----\nVan: Sales\n\n${BARE}`],
  ["Gmail, Portuguese", `Em seg., 2 de mar. de 2026 às 09:00, Sales <sales@acme.example> escreveu:\n\n${QUOTE}`],
  ["Gmail, old", `2026-03-02 9:00 GMT+01:00 Sales <sales@acme.example>:\n\n${QUOTE}`],
  ["nothing but marks", QUOTE],
];

for (const [name, quote] of QUOTES) {
  test(`what is quoted is gone: ${name}`, () => {
    assert.equal(replyText(`Yes, Tuesday suits me.\n\nBest, Ada\n\n${quote}\n`), "Yes, Tuesday suits me.\n\nBest, Ada");
    assert.equal(replyText(`Yes.\r\n\r\n${quote.replaceAll("\n", "\r\n")}`), "Yes.");
  });
}

test("a signature and what a phone adds are gone", () => {
  for (const foot of [
    "-- \nAda Lovelace\nCTO",
    "--\nAda",
    "Sent from my iPhone",
    "Get Outlook for iOS",
    "Von meinem iPhone gesendet",
    "Gesendet von Outlook für Android",
    "Envoyé de mon iPhone",
    "Enviado desde mi iPhone",
    "Inviato da iPhone",
    "Verstuurd vanaf mijn iPhone",
  ]) {
    assert.equal(replyText(`Gladly.\n\n${foot}\n`), "Gladly.", foot);
  }
});

test("an answer below or between what is quoted stays", () => {
  const reply = `On Mon, Mar 2, 2026, Sales <s@acme.example> wrote:\n> Would Tuesday suit you?\n\nYes.\n\n> And where?\n\nHere.`;
  assert.equal(replyText(reply), "Yes.\n\nHere.");
});

test("what only looks like a quote stays", () => {
  for (const text of [
    "On Tuesday I wrote you a mail. Did you get it?",
    "Am Montag habe ich Zeit.",
    "From: Berlin\nI could come by train.",
    "Le mardi me convient.",
    "A - B\n-- not a signature",
    "Op dinsdag kan ik.",
  ]) {
    assert.equal(replyText(text), text);
  }
});

test("a hostile text is read in bounded time, and an empty one is empty", () => {
  assert.equal(replyText(""), "");
  for (const part of ["On ", "On x\n", ">", "From: x\n", "-", "Le a ", "\n"]) {
    assert.ok(replyText(part.repeat(200_000)).length <= 262_144);
  }
});

/** A lawyer threatens by what they are said to do: one who reads the contract, or comes along, complains of nothing. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { classifyReply } from "./classify.ts";
import { DEFAULT_SURE_FROM, replyRules } from "./reply-settings.ts";

const RULES = replyRules({ sureFrom: DEFAULT_SURE_FROM });

function actedOnAs(text: string): string | undefined {
  const read = classifyReply({ text, subject: "", automatic: false, receivedAt: Date.UTC(2026, 2, 2) }, RULES);
  return read !== undefined && read.confidence >= DEFAULT_SURE_FROM ? read.class : undefined;
}

const TAKING_PART: readonly string[] = [
  "Our lawyer will join the meeting on the 12th.",
  "My lawyer will ask me which of the two it is.",
  "Our solicitor has been in touch with your legal team about the contract, all fine.",
  "Unser Anwalt kommt zum Termin mit.",
  "Unser Anwalt schickt Ihnen die Änderungen zum Vertrag, dann unterschreiben wir.",
  "Das wird mich mein Anwalt fragen: welche Laufzeit gilt?",
  "Unser Anwalt meldet sich wegen des AV-Vertrags bei Ihnen, den Termin machen wir trotzdem.",
  "Notre avocat sera présent à la réunion du 12.",
  "Mon avocat va me poser la question : quelle durée ?",
  "Mon avocat trouve votre contrat très clair, bravo.",
  'En su folleto pone "sin permanencia", pero en la letra pequeña leo doce meses. ¿Cuál de las dos cosas es? Mi abogada me lo va a preguntar.',
  "Mi abogado vendrá a la reunión.",
  "Mi abogada es clienta suya y habla muy bien de ustedes.",
  "Il mio avvocato sarà presente all'incontro.",
  "Il mio avvocato me lo chiederà: quanto dura il vincolo?",
  "Il mio avvocato usa già il vostro programma, vorrei una demo.",
  "Mijn advocaat schuift aan bij het gesprek.",
  "Mijn advocaat zal me dat vragen: welke looptijd geldt?",
  "O nosso advogado vai estar na reunião.",
  "O meu advogado vai perguntar: qual é o prazo?",
  "Szanowna Pani, zarząd wyraził zgodę na spotkanie. Proponuję 12 marca o 11:00. Będzie też nasz prawnik.",
  "Nasz prawnik o to zapyta: jaki jest okres umowy?",
  "Mój prawnik przejrzy umowę i podpisujemy.",
  "Vår jurist kommer att vara med på mötet.",
  "Vår jurist får ta en titt på avtalet, sedan skriver vi på.",
  "Min advokat kommer att fråga: vilken bindningstid gäller?",
  "Vores jurist kommer med til mødet.",
  "Vores jurist vil gerne læse kontrakten først.",
  "Min advokat tager et kig på aftalen, så skriver vi under.",
  "弁護士も会議に同席します。",
  "弁護士に契約書を確認してもらっています。",
  "当社の法務に相談のうえ、契約を検討します。",
  "我们的律师也会参加会议。",
  "律师会问我合同期限是多久。",
];

const THREATENING: readonly string[] = [
  "You will hear from our lawyer.",
  "My lawyer has been informed about these mails.",
  "Mein Anwalt wird sich bei Ihnen melden, das ist Belästigung.",
  "Sie hören von meinem Anwalt.",
  "Ich habe meinen Anwalt eingeschaltet.",
  "Vous aurez des nouvelles de mon avocat.",
  "Mon avocat vous écrira, vos mails sont illégaux.",
  "J'ai transmis vos messages à mon avocat.",
  "Mi abogado les escribirá.",
  "Tendrán noticias de mi abogado.",
  "He pasado sus correos a mi abogada.",
  "Il mio avvocato vi scriverà.",
  "Avrete notizie dal mio avvocato.",
  "Mijn advocaat neemt contact met u op over deze spam.",
  "U hoort van mijn advocaat.",
  "O meu advogado vai contactar-vos por causa deste spam.",
  "Mój prawnik się z wami skontaktuje w sprawie tego spamu.",
  "Usłyszycie od mojego prawnika.",
  "Min advokat kontaktar er om det här.",
  "Ni kommer att höra av min advokat.",
  "Min advokat kontakter jer om den spam.",
  "I hører fra min advokat.",
  "弁護士に相談します。迷惑です。",
];

describe("a lawyer", () => {
  for (const text of TAKING_PART)
    it(`who takes part ends nothing: "${text}"`, () => {
      assert.ok(!["complaint", "opt_out"].includes(actedOnAs(text) ?? ""));
    });

  for (const text of THREATENING)
    it(`who is sent after us is a complaint: "${text}"`, () => {
      assert.equal(actedOnAs(text), "complaint");
    });
});

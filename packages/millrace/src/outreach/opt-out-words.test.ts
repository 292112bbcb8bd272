import assert from "node:assert/strict";
import { test } from "node:test";
import { asksToStop, OPT_OUT_LANGUAGES } from "./opt-out-words.ts";

const STOPS: Readonly<Record<(typeof OPT_OUT_LANGUAGES)[number], readonly string[]>> = {
  en: [
    "Stop",
    "STOP!!!",
    "stop please",
    "Please stop.",
    "unsubscribe",
    "Unsubscribe me please",
    "Hi, please unsubscribe us from this.",
    "I would like to unsubscribe",
    "Remove me",
    "Please remove me from your mailing list. Thanks",
    "Take me off this list!",
    "remove my email from your database",
    "Stop emailing me",
    "Please stop sending me these emails.",
    "I've asked you to stop contacting us twice.",
    "Stop sending these emails",
    "Do not contact me again.",
    "Don’t email me anymore",
    "I do not wish to receive any further mail.",
    "No more emails please",
    "opt out",
    "Please opt me out.",
    "Leave me alone",
    "Not interested. Remove me.",
  ],
  de: [
    "Abmelden",
    "Bitte abmelden",
    "Bitte keine weiteren E-Mails.",
    "Keine Werbung mehr bitte!",
    "Bitte nehmen Sie mich aus Ihrem Verteiler.",
    "Bitte streichen Sie mich von der Liste.",
    "Ich möchte mich vom Newsletter abmelden",
    "Löschen Sie meine Daten",
    "Bitte löschen Sie meine E-Mail-Adresse aus Ihrer Datenbank",
    "Schreiben Sie mir nicht mehr.",
    "Kontaktieren Sie uns bitte nie wieder.",
    "Ich möchte nicht mehr kontaktiert werden.",
    "Ich will keine E-Mails von Ihnen erhalten.",
    "Hören Sie bitte auf, mir Mails zu schicken.",
    "Lassen Sie mich in Ruhe",
    "Hiermit widerspreche ich der Verarbeitung meiner Daten.",
  ],
  fr: [
    "Désabonner",
    "Désabonnez-moi s'il vous plaît",
    "Je souhaite me désabonner.",
    "Merci de ne plus m'écrire.",
    "Veuillez ne plus me contacter",
    "Ne m'envoyez plus de mails",
    "Je ne souhaite plus recevoir vos messages.",
    "Retirez-moi de votre liste",
    "Merci de supprimer mon adresse.",
    "Arrêtez de m'envoyer des mails",
    "Laissez-moi tranquille",
  ],
  es: [
    "Baja",
    "Quiero darme de baja",
    "Por favor, denme de baja de su lista.",
    "No me escriban más",
    "No quiero recibir más correos.",
    "Dejen de enviarme correos",
    "Elimíneme de su lista por favor",
    "Borren mi correo",
    "No nos contacten nunca más",
  ],
  it: [
    "Cancellatemi",
    "Cancellami dalla lista",
    "Non voglio più ricevere le vostre mail.",
    "Non scrivetemi più",
    "Rimuovetemi dalla vostra lista",
    "Smettetela di scrivermi",
    "Disiscrizione",
    "Basta email",
  ],
  nl: [
    "Afmelden",
    "Graag mij uitschrijven",
    "Geen mails meer aub",
    "Schrijf me uit",
    "Verwijder mij van de lijst",
    "Mail mij niet meer.",
    "Ik wil niet meer benaderd worden",
    "Stop met mailen",
    "Laat me met rust",
  ],
  pt: [
    "Descadastrar",
    "Remova-me da lista",
    "Não quero receber mais e-mails",
    "Não me envie mais mensagens",
    "Pare de me enviar emails",
    "Por favor, remova meu e-mail da lista",
  ],
};

const STAYS: readonly string[] = [
  "",
  "Yes, please send me more.",
  "We cannot stop using your product!",
  "Don't stop",
  "Please don't stop sending these, they are great.",
  "I can't stop thinking about your demo",
  "How does one-click unsubscribe work in your product?",
  "Our unsubscribe rate is 2 percent, can you help?",
  "Can your tool stop emailing customers who bought?",
  "We want to stop emailing leads by hand.",
  "Do you remove duplicates from a list?",
  "Please don't email me until March, we are moving.",
  "Don't contact me on Friday, Monday is better.",
  "Is there a bus stop near your office?",
  "Could you remove the second slide?",
  "Not now, ask me again in May.",
  "Who else should I add to this thread?",
  "Können Sie uns helfen, Dubletten zu löschen?",
  "Wir haben keine weiteren Nachrichten bekommen.",
  "Wie können sich Kunden bei Ihnen abmelden?",
  "Ich melde mich morgen bei Ihnen.",
  "Wir schreiben Ihnen nicht mehr per Post, gern per Mail.",
  "Ich freue mich, von Ihnen zu hören.",
  "Wir möchten keine E-Mails verlieren.",
  "Quel est votre taux de désabonnement ?",
  "Ne pas nous contacter avant lundi, merci.",
  "Nous avons plus de messages que prévu.",
  "Je ne vois plus vos prix, pouvez-vous les renvoyer ?",
  "Estoy de baja hasta el lunes.",
  "Es de baja prioridad, pero me interesa.",
  "No me envíe la factura a mí, envíela a Ana.",
  "Non vedo più il prezzo, me lo rimanda?",
  "Mi cancelli l'appuntamento di lunedì, ne prendiamo uno nuovo?",
  "Wij hebben geen mails meer ontvangen, klopt dat?",
  "Kunt u ons helpen dubbele velden te verwijderen?",
  "Não recebi mais informações, pode reenviar?",
  "Remove the old price and I will sign.",
  "stopping by your booth was great",
  "Unsubscribed users should be synced too, is that possible?",
  "Great, let us talk.\n\nBest\nAda\nStop Ltd",
];

for (const language of OPT_OUT_LANGUAGES) {
  for (const text of STOPS[language]) {
    test(`"${text}" asks to stop`, () => assert.ok(asksToStop(text)));
  }
}

for (const text of STAYS) {
  test(`"${text}" does not ask to stop`, () => assert.equal(asksToStop(text), false));
}

test("who asks says so first: what stands far below is not read", () => {
  assert.equal(asksToStop(`${"A sentence about our plans. ".repeat(80)}\nunsubscribe`), false);
});

test("a hostile text takes no longer than any other", () => {
  for (const part of ["a ", "stop ", "mich ", "geen ", "keine weiteren ", "don't ", "no me "]) {
    assert.equal(typeof asksToStop(part.repeat(100_000)), "boolean");
  }
});

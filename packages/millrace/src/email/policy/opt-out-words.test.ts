import assert from "node:assert/strict";
import { test } from "node:test";
import { asksToStop, OPT_OUT_LANGUAGES, stopWish } from "./opt-out-words.ts";

const STOPS: Readonly<Record<(typeof OPT_OUT_LANGUAGES)[number], readonly string[]>> = {
  en: [
    "We would prefer not to receive your emails.",
    "I'd rather you stopped emailing me.",
    "Quit messaging us, will you.",
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
    "Não me contactem mais.",
    "Retirem o meu e-mail da vossa base de dados.",
  ],
  pl: [
    "Proszę więcej do nas nie wysyłać.",
    "Prosimy nam już nie przysyłać reklam.",
    "Proszę usunąć mnie z listy mailingowej.",
    "Wypisz mnie",
    "Nie chcę więcej otrzymywać od Państwa wiadomości.",
    "Proszę do mnie więcej nie pisać.",
    "Przestańcie do mnie pisać!",
    "Rezygnuję z newslettera",
  ],
  sv: [
    "Ta bort mig från listan, tack.",
    "Sluta mejla mig",
    "Jag vill inte ha fler mejl från er.",
    "Kontakta mig inte igen.",
    "Avregistrera",
  ],
  da: [
    "Fjern mig fra listen",
    "Stop med at skrive til mig.",
    "Jeg vil ikke have flere mails fra jer.",
    "Afmeld",
    "Slutt å sende meg e-post.",
    "Kontakt mig ikke igen",
  ],
  fi: ["Poistakaa minut listalta.", "En halua enää viestejä teiltä."],
  cs: ["Odhlaste mě", "Už mi prosím nepište.", "Nechci dostávat další e-maily."],
  tr: ["Beni listeden çıkarın lütfen.", "Artık bana mail göndermeyin."],
  ru: ["Отпишите меня от рассылки.", "Больше не пишите мне.", "Не хочу получать ваши письма."],
  ja: [
    "配信停止",
    "今後メールを送らないでください。",
    "リストから削除してください。",
    "もう連絡しないでください",
    "メールの配信を止めてください。",
  ],
  zh: [
    "請停止再寄電子郵件給我。",
    "别再发这些东西了",
    "退订",
    "请不要再给我发邮件。",
    "请把我从名单中删除。",
    "别再发了！",
    "不想再收到你们的邮件",
  ],
  ko: ["수신거부", "더 이상 메일을 보내지 마세요."],
};

/** Words of stopping with a second meaning: nothing ends by them, and a person reads them. */
const DOUBTFUL: readonly string[] = [
  "Please don't email me the contract, upload it to our portal instead.",
  "Do not contact me by phone please, e-mail is better. Could you send prices?",
  "Could you stop sending us the PDFs, and share a link instead? We want to order this week.",
  "Bitte streichen Sie uns die Position 3 aus der Liste im Angebot, dann bestellen wir.",
  "Me interesa mucho. No me envíe correos con PDF, llámeme el martes.",
  "Interessant! Stuur mij geen mails maar bel me dinsdag.",
  "Yes, Tuesday works for me.\n\nUnsubscribe",
  "Please stop sending me the invoices, send them to accounting.",
  "Stop emailing me at this address, call me on my mobile.",
  "Remove me from the thread about the old contract, but keep me posted on the demo.",
  "Please do not email me until next week, I am at a fair.",
  "If you do not want to hear from us, please unsubscribe.",
  "I don't want to unsubscribe, I want to see a demo.",
  "Did I unsubscribe by mistake? Please remove me from the suppression list, I want to get your mails.",
  "Please unsubscribe my former colleague, I am interested in the offer.",
  "Envoyez-moi un devis, mais ne m'envoyez plus de PDF, appelez-moi plutôt.",
  "Non mandatemi più mail, chiamatemi invece domani.",
  "お見積りのメールを送らないでください、電話でお願いします。",
  "不要再给我发邮件，请打电话给我。",
];

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

for (const text of DOUBTFUL) {
  test(`"${text}" is for a person`, () => assert.equal(asksToStop(text), false));
}

test("a wish with a second meaning is still seen, with what makes it doubtful", () => {
  const wish = stopWish("Please don't email me the contract, upload it to our portal instead.");
  assert.deepEqual([wish?.language, wish?.isPlain], ["en", false]);
  assert.ok(wish?.doubt);
  assert.equal(stopWish("Yes, Tuesday works for me."), undefined);
});

test("a wish folded over two lines by a mail program is one sentence", () => {
  const folded = "Thank you, but I would ask you with all respect to please stop sending\nme these messages.";
  assert.equal(asksToStop(folded), "en");
});

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

test("the same words about a person, a document, a language or a while are no plain wish to stop", () => {
  for (const text of [
    "I'd rather not hear from a robot, could someone real call me?",
    "I would rather you did not send the contract yet.",
    "Proszę na razie do mnie nie pisać, wrócimy do tematu w marcu.",
    "Proszę nie pisać po angielsku, czy macie ofertę po polsku?",
    "请不要再发附件，可以发链接吗？",
  ]) {
    assert.equal(asksToStop(text), false, text);
  }
});

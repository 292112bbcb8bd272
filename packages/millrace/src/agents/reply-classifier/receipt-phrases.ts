/**
 * What a program says that has received a message and knows nothing of the person: a ticket, a queue, a help centre. Only this is read by
 * no one. As `plainOf` writes: lower case, no accents.
 */

/** A ticket, a receipt: whatever stands beside it is the program's, too. */
const RECEIPT =
  /\b(ticket|case|request|enquiry|inquiry|reference)( id| no\.?| number|-?nr\.?)? ?[#:(]? ?\(?#?[\w-]*\d{3,}|\b(request|message|e-?mail|enquiry|inquiry|ticket|case|application|order|form)s? .{0,60}\b(received|registered|logged|created|opened|queued)\b|\bwe('ve| have)? (received|got) (your|this)\b|\bhelp ?(cent(er|re)|desk)\b|\bknowledge base\b|\bconfirm your (subscription|registration|e-?mail address)\b|\b(anfrage|nachricht|mail|anliegen|schreiben) .{0,40}\b(erhalten|eingegangen|eingang)\b|\bvorgangsnummer\b|\bbien (recue?|ete (enregistree?|prise?|transmise?))\b|\bnous avons (bien )?recu\b|\b(hemos|he|ha sido|fue) recibid[oa]s?\b|\b(hemos|he) recibido\b|\b(abbiamo|ho) ricevuto\b|^ricevut[oa]\b|\b(in goede orde |hebben uw .{1,40})ontvangen\b|\b(recebemos|foi recebid[oa])\b|\b(otrzymalismy|zarejestrowan\w*)\b|\b(vi har|har) (tagit emot|mottagit|modtaget|fatt|faet)\b|(受け付け|受付|受信|拝受)(いたし|し|ま)|(已收到|收到了?)(您|你)?的?/;

/** What is said before or behind anything: alone it is a receipt, too. */
const POLITE =
  /\b(thank(s| you)( very much)?|many thanks) for (contacting|reaching out|getting in touch|writing( to us)?|(your|the) (e-?mail|message|request|enquiry|inquiry|interest|patience))\b|\b(will|'ll|aim to|try to|endeavou?r to) (get back|respond|reply|be in touch|answer|review)\b|\b(vielen dank|danke|besten dank) fur (ihre|deine|die|ihr) (anfrage|nachricht|mail|e-?mail|mitteilung|kontaktaufnahme|interesse)\b|\b(melden uns|antworten ihnen|kummern uns)\b|\bmerci (de|pour) (votre|nous avoir|m'avoir)\b|\b(vous|te) (repondrons|recontacterons)\b|\bgracias por (su|tu|contactar|escribir|ponerse)\b|\b(responderemos|contestaremos)\b|\bgrazie per (averci|la sua|la tua|il suo|aver)\b|\b(risponderemo|contatteremo)\b|\b(bedankt|dank( u| je)?) voor (uw|je|het)\b|\bnemen .{0,30}contact\b|\bobrigad[oa] (por|pelo|pela)\b|\bresponderemos\b|\bdziekujemy za\b|\bodpowiemy\b|\btack for (att|ditt|din)\b|\baterkommer\b|\btak for (din|at|dit)\b|\bvender tilbage\b|お問い合わせ.{0,10}ありがとう|ご連絡.{0,10}ありがとう|感谢您的(来信|来函|咨询|邮件)/;

/** Characters beside polite words that may still be a name and a greeting. */
const MAX_CHARACTERS_BESIDE = 60;

/** @param subject, text as `plainOf` writes. @param sentences of the text, as `sentencesOf` gives them. */
export function isReceiptAlone(subject: string, text: string, sentences: readonly string[]): boolean {
  if (!/\p{L}/u.test(text) || RECEIPT.test(text) || RECEIPT.test(subject)) return true;
  const rest = sentences.filter((sentence) => !POLITE.test(sentence));
  return rest.length < sentences.length && rest.join("").length <= MAX_CHARACTERS_BESIDE;
}

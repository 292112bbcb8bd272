/**
 * Replies that are courtesy from end to end: a receipt, a thank-you, a greeting with a name, a pointer to an attachment, the
 * line a telephone adds. They say nothing about the offer, so they are no class; a person reads them. Pure. A single word of
 * any other kind makes a reply none of these.
 */
import { isDeviceLine } from "../../email/inbound/own-words.ts";
import { isSignOff, sentencesOf } from "./plain-text.ts";

const LONGEST = 160;
const MAX_SENTENCES = 4;

/** Say by themselves that something came and was read, and no more. As `sentencesOf` writes: lower case, no accents. */
const FIRM: readonly string[] = [
  // English
  "(many |much )?(thanks|thank you|thx|ty|tks|cheers)( a lot| a bunch| so much| very much| again)?( (for|to) (the|your|this|that|letting (me|us) know)( \\p{L}+)?)?",
  "(duly |well )?(noted|received|understood|acknowledged|got it|roger)( with thanks)?",
  "fyi|for your information|see (below|attached)|(please )?(find|see) (it )?(attached|below|enclosed)|attached|(the )?(file|document|doc) (is )?attached",
  "hi|hello|hey|h+m+|e+r+m*|uh+|ah+|oh+|lol|haha+|test|testing|o+k+|okay|okey|k+",
  // German
  "(vielen |besten |herzlichen |lieben )?(dank|danke)( (dir|ihnen|schon|sehr|vielmals))?( (fur|von) (die|den|das|ihre?n?|deine?n?)( \\p{L}+)?)?",
  "zur kenntnis genommen|erhalten|angekommen|siehe (anhang|anlage|unten|anbei)|anbei|im anhang|hallo|aha|ah|ahm?",
  // French
  "(un grand )?merci( (beaucoup|bien|a vous|d'avance))?( (pour|de) (l'|la |le |les |votre |vos |cette |ce )?\\p{L}+)?",
  "bien (recu|note)|c'est (note|bien note)|(voir )?(piece jointe|pj|ci-joint)|bonjour",
  // Spanish, Portuguese, Italian
  "(muchas |mil )?gracias( (por (la |el |su |tu |el )?\\p{L}+))?|recibido|anotado|enterad[oa]|(ver )?adjunto|hola",
  "(muito )?obrigad[oa]( (pel[oa]s?|por) (seu |sua |a |o )?\\p{L}+)?|recebido|anotado|(segue |em )?anexo|ola",
  "(mille |tante |molte )?grazie( (del|dell'|della|per (l'|la |il |le )?) ?\\p{L}+)?|ricevuto|preso nota|(in |vedi )?allegato|salve|ciao",
  // Dutch
  "(hartelijk |heel erg |veel )?(bedankt|dank( (je|u))?( wel)?)( (voor) (de|het|uw|je|jullie) \\p{L}+)?|ontvangen|genoteerd|ter info(rmatie)?|zie (bijlage|onder)|bijgevoegd",
  // Polish, Swedish, Danish
  "dziekuj[ea]( (bardzo|slicznie))?( za \\p{L}+)?|dzieki|otrzymal[ea]m|przyjal[ea]m|(w )?zalacz\\p{L}+|dzien dobry",
  "(stort )?tack( (sa mycket|sa hemskt mycket))?( for (\\p{L}+ ?){1,2})?|mottaget|noterat|se bilaga|bifogat|hej",
  "(mange )?(tak|takk)( (skal du have|for det))?( for (\\p{L}+ ?){1,2})?|modtaget|noteret|se (vedhaeftet|vedhaeftede|bilag)|vedhaeftet",
  // Japanese, Chinese
  "(お忙しい中)?(ご連絡|情報|お知らせ|メール|ご案内)?(を)?(いただき)?(誠に|どうも)?(ありがとうございま(す|した)|感謝いたします)|(承知|了解|承り|拝受|受領|確認|拝見)(いた)?(し)?ました|(どうぞ)?(よろしく|宜しく)お願い(いた|致)?します|お世話になっております|添付(をご覧ください|の通りです|します)?",
  "收到(了)?|(多|非常感)?(谢谢|謝謝|感谢|感謝)(您|你)?(的)?(信息|資訊|来信|來信|邮件|郵件|分享)?|已阅|已閱|知道了|了解|见附件|見附件|嗯+|哦+|您好|你好",
];

/** Courtesy beside one of the others; alone they may be a yes. */
const SOFT: readonly string[] = [
  "alright|all right|great|good|fine|sure|alles klar|in ordnung|gut|prima|d'accord|tres bien|entendu|parfait|vale|de acuerdo|bien|va bene|d'accordo|perfetto|oke|goed|esta bem|certo|dobrze|dobra|okej|bra|fint|godt|はい|好的?|行",
];

const unit = (of: readonly string[]) => new RegExp(`^(?:${of.join("|")})$`, "u");
const FIRM_UNIT = unit(FIRM);
const SOFT_UNIT = unit(SOFT);

/** @returns what kind of courtesy all of it is; undefined when there is one other word in it. */
export function courtesyOf(text: string): "courtesy" | "signature" | "device line" | undefined {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (lines.length === 0) return undefined;
  if (lines.every((line) => isDeviceLine(line))) return "device line";
  const [first = ""] = lines;
  // Below a closing formula stands a signature; with an attached word or two it is the formula and the name.
  if (isSignOff(first) || isSignedLine(first)) return lines.length <= 8 ? "signature" : undefined;
  const sentences = sentencesOf(text);
  if (sentences.length === 0 || sentences.length > MAX_SENTENCES) return undefined;
  const units = sentences.flatMap(unitsOf);
  const isAll = units.every((one) => FIRM_UNIT.test(one) || SOFT_UNIT.test(one));
  return isAll && units.some((one) => FIRM_UNIT.test(one)) ? "courtesy" : undefined;
}

/** "Hilsen Mette", "Pozdrawiam Marek Wilk": the formula with a name, which begins with a capital. */
function isSignedLine(line: string): boolean {
  const words = line.split(/\s+/);
  if (words.length > 6) return false;
  for (let end = 1; end < words.length; end++) {
    const names = words.slice(end);
    if (isSignOff(words.slice(0, end).join(" ")) && names.every((name) => /^\p{Lu}[\p{L}.'-]*,?$/u.test(name)))
      return true;
  }
  return false;
}

function unitsOf(sentence: string): readonly string[] {
  if (sentence.length > LONGEST) return [sentence];
  return sentence
    .split(/[,;、，]|\s[-–]\s/)
    .map((one) => one.replace(/^[\s.!…:)(-]+|[\s.!…。！:)(-]+$/gu, "").trim())
    .filter((one) => one !== "");
}

/**
 * What a reply says: rules first, which can be read and argued with, then the trained model. Pure. What would end a lead for
 * good (opt-out, complaint) comes from words of the contact's own or not at all; a program's mail alone can be a bounce;
 * meanings that speak against each other, and what no one could read, are for a person.
 */
import { stopWish } from "../../email/policy/opt-out-words.ts";
import type { ReplyClass, WordlessReply } from "../../events/mission-events.ts";
import { ABSENCE_SUBJECT, ANSWERS_ON_RETURN, PROGRAM_ABSENCE } from "./absence-phrases.ts";
import { NEW_ADDRESS, STOP_WORDS } from "./answer-phrases.ts";
import { courtesyOf } from "./courtesy.ts";
import { bounceIn, cuesIn, goneIn, wishIn } from "./cues.ts";
import { type Model, type Reading, replyModel } from "./model.ts";
import { plainOf, readableOf, sentencesOf, withoutQuotes } from "./plain-text.ts";
import { isReceiptAlone } from "./receipt-phrases.ts";
import { referralOf } from "./referral.ts";
import { COMPLAINT_DOUBT } from "./refusal-phrases.ts";
import type { ReplyRules } from "./reply-settings.ts";
import { returnDate } from "./return-date.ts";
import type { Match } from "./rule.ts";
import { weigh } from "./weigh.ts";
import { wordless } from "./wordless.ts";

export interface Reply {
  readonly text: string;
  readonly subject: string;
  /** A program wrote it (RFC 3834). */
  readonly automatic: boolean;
  /** Milliseconds. */
  readonly receivedAt: number;
  /** The contact's own address. */
  readonly from?: string;
  /** The subject is the contact's own, not one of ours come back. Default false. */
  readonly ownSubject?: boolean;
  /** Their mail program's own button asked to unsubscribe. */
  readonly asksToLeave?: boolean;
  /** What came instead of words. */
  readonly what?: WordlessReply;
}

export interface Classified {
  readonly class: ReplyClass;
  /** From 0 to 1; what is below `sureFrom` is a guess for a person. */
  readonly confidence: number;
  /** "rule:<class>.<language>" or "model:<version>". */
  readonly by: string;
  readonly reasons: readonly string[];
  readonly returnAt?: number;
  readonly referral?: string;
}

/** What a phrase is worth that has hardly a second meaning. */
const FIRM = 0.97;
/** What a phrase is worth beside another meaning: a person reads it. */
const DOUBTFUL = 0.5;
const UNREADABLE = 0;
/** No confidence reaches it. */
const NEVER = 2;

/** @returns undefined for a program's acknowledgement, which says nothing about the contact. */
export function classifyReply(received: Reply, rules: ReplyRules, model: Model = replyModel): Classified | undefined {
  const reply = { ...received, text: withoutQuotes(received.text) };
  const stop = optOut(reply);
  if (stop?.confidence === CERTAIN && !isOfMailbox(reply, stop, rules)) return stop;
  if (reply.automatic) return ofProgram(reply, rules, stop, model);
  const special = wordless(reply);
  if (special !== undefined && (special.confidence > 0 || reply.text.trim() === "")) return special;
  const plain = plainOf(reply.text);
  if (!/[\p{L}]/u.test(plain)) return nothing("no words");
  if (isForwardedAlone(reply.text)) return nothing("forwarded, with no word of their own");
  const courtesy = courtesyOf(readableOf(reply.text));
  if (courtesy !== undefined && stop === undefined) return nothing(`${courtesy} alone`);
  const reading = model.read(plain);
  const heard = heardIn(reply, rules);
  const found =
    complaint(heard) ??
    personsAbsence(reply, plain, reading, heard, rules) ??
    doubtfulStop(stop, plain, reading, rules, model) ??
    returned(plain, rules) ??
    byCues(reply, reading, heard) ??
    byModel(reply, reading, model, rules);
  const isQuoteAlone = /^ {0,3}>/m.test(reply.text);
  return isQuoteAlone && found.confidence > DOUBTFUL
    ? { ...found, confidence: DOUBTFUL, reasons: [...found.reasons, "in quoted lines alone"] }
    : found;
}

const CERTAIN = 0.99;

/** The line a mail program puts above a message that is passed on, or one of the lines that say whose it was. */
const PASSED_ON =
  /^(fwd?|wg|rv|tr|enc|pd|vb|vs|i|da|de|von|van|fra|från|od|from|to|an|oggetto|asunto|objet|betreff|onderwerp|assunto|temat|ämne|emne|subject|转发|轉發|転送|件名|主题)\s*[:：]/i;

function isForwardedAlone(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 0 && lines.length <= 5 && lines.every((line) => PASSED_ON.test(line.trim()));
}

/** A program that says no one reads the mailbox wishes nothing: the address is dead, which a person may mend. */
function isOfMailbox({ automatic }: Reply, stop: Classified, { languages }: ReplyRules): boolean {
  return automatic && goneIn(stop.reasons.join(" "), languages)?.class === "bounce";
}

/** The sentences of a reply and the phrases found in them: looked for once, asked for often. */
interface Heard {
  readonly sentences: readonly string[];
  readonly cues: ReturnType<typeof cuesIn>;
}

function heardIn({ text }: Reply, { languages }: ReplyRules): Heard {
  const sentences = sentencesOf(text);
  return { sentences, cues: cuesIn(sentences, languages) };
}

/** Words of stopping: certain when they are plain, a guess when they may mean something else. */
function optOut(reply: Reply): Classified | undefined {
  if (reply.asksToLeave === true)
    return ruledAs("opt_out", CERTAIN, "rule:opt_out", ["their mail program's unsubscribe button"]);
  const text = readableOf(reply.text);
  const inSubject = reply.ownSubject === true ? stopWish(readableOf(reply.subject)) : undefined;
  const wish = stopWish(text);
  if (wish?.isPlain === true) return ruledAs("opt_out", CERTAIN, `rule:opt_out.${wish.language}`, [`"${wish.words}"`]);
  // A subject alone is heard; beside other words it is a person's to judge.
  if (inSubject?.isPlain === true) {
    const isAlone = plainOf(text).length < 40 && wish === undefined;
    const reasons = [`"${inSubject.words}" in the subject`];
    return ruledAs("opt_out", isAlone ? CERTAIN : DOUBTFUL, `rule:opt_out.${inSubject.language}`, reasons);
  }
  if (wish === undefined) return undefined;
  return ruledAs("opt_out", DOUBTFUL, `rule:opt_out.${wish.language}`, [`"${wish.words}"`, wish.doubt ?? "not plain"]);
}

function complaint({ sentences, cues }: Heard): Classified | undefined {
  const cue = cues.get("complaint");
  if (cue === undefined) return undefined;
  const said = sentences[cue.sentence] ?? "";
  const isDoubtful =
    COMPLAINT_DOUBT.test(said) || wishIn(sentences) !== undefined || cues.has("positive") || said.endsWith("?");
  const found = ruled("complaint", cue, isDoubtful ? DOUBTFUL : FIRM);
  return isDoubtful ? { ...found, reasons: [...found.reasons, "beside other words"] } : found;
}

/** A program's mail: an absence, a stop, a new address, an address that does not exist; else nothing about the contact. */
function ofProgram(
  reply: Reply,
  rules: ReplyRules,
  stop: Classified | undefined,
  model: Model,
): Classified | undefined {
  const special = reply.what === "challenge" ? wordless(reply) : undefined;
  if (special !== undefined) return special;
  const plain = plainOf(reply.text);
  const moved = NEW_ADDRESS.exec(plain);
  if (moved)
    return withReferral(reply, ruledAs("wrong_person", DOUBTFUL, "rule:new_address", [`"${moved[0].slice(0, 100)}"`]));
  const heard = heardIn(reply, rules);
  const away = absence(reply, plain, heard, rules);
  if (away !== undefined) return away;
  const abroad = PROGRAM_ABSENCE.exec(plain);
  if (abroad !== null) {
    const found = ruledAs("out_of_office", FIRM, "rule:out_of_office.program", [`"${abroad[0]}"`]);
    return { ...found, ...returning(plain, "en", reply.receivedAt) };
  }
  const other = heard.cues.get("wrong_person");
  if (other !== undefined) return withReferral(reply, ruled("wrong_person", other, FIRM));
  const bounced = bounceIn(plain, rules.languages) ?? bounceIn(plainOf(reply.subject), rules.languages);
  if (bounced !== undefined) return ruled("bounce", bounced, FIRM);
  const gone = goneIn(plain, rules.languages);
  if (gone !== undefined) return withReferral(reply, ruled(gone.class, gone, FIRM));
  const reading = model.read(plain);
  if (reading.class === "out_of_office" && reading.confidence >= PROGRAM_AWAY_FROM) {
    return { ...ofModel(reading, model), confidence: FIRM, ...returning(plain, "en", reply.receivedAt) };
  }
  if (stop !== undefined || isReceiptAlone(plainOf(reply.subject), plain, heard.sentences)) return stop;
  // Not known for what it is: a person reads it, or the one it is about is lost in silence.
  return { ...ofModel(reading, model), confidence: Math.min(reading.confidence, DOUBTFUL) };
}

/** What a program writes is an absence far more often than a person's words are. */
const PROGRAM_AWAY_FROM = 0.6;

function absence(reply: Reply, plain: string, { cues }: Heard, { languages }: ReplyRules): Classified | undefined {
  const subject = plainOf(reply.subject);
  // Our own subject comes back as "Re: …"; a program writes one of its own.
  const announced = /^(re|aw|sv|antw|odp|vs):/.test(subject) ? null : ABSENCE_SUBJECT.exec(subject);
  const cue = cues.get("out_of_office");
  const match: Match | undefined =
    cue ?? (announced ? { language: languages[0] ?? "en", words: announced[0] } : undefined);
  if (match === undefined) return undefined;
  return { ...ruled("out_of_office", match, FIRM), ...returning(plain, match.language, reply.receivedAt) };
}

/** In the past tense an absence is an excuse, not an announcement. */
const PAST =
  /\b(was|were|had been|have been|just (came|got) back|war|waren|lag|etais|etait|j'ai ete|estaba|estuve|he estado|ero|sono stat[oa]|was met|zat|ben .{0,20} geweest|estive|fui|bylam|bylem|bylismy|var pa|var ikke|har varit|har vaeret|har vaert)\b|(休暇|不在|出張|休み)(で|を).{0,8}(でした|しておりました|していました|いただいておりました)|まで.{0,4}(休暇|不在|出張)でした|(之前|上周|上个月|一直).{0,6}(休假|出差|生病)|\b(back (from|since|after) .{0,25}(today|this morning|yesterday)|(vuelvo|regreso|volvi) (hoy|ayer)|(heute|gestern) .{0,20}zuruck|rentre .{0,14}(aujourd'hui|hier)|(rientro|torno|rientrat[oa]|tornat[oa]) (oggi|ieri)|(vandaag|gisteren) .{0,10}terug|volt(ei|o) .{0,12}(hoje|ontem)|(dzis|wczoraj) wroc\w+|(i dag|idag|i gar|igar) .{0,12}(tillbaka|tilbage)|(tillbaka|tilbage) .{0,16}(i dag|idag|i gar|igar))\b|(今日|昨日)(から)?(復帰|戻)|(今天|昨天)(刚|才)?(回来|回來|上班|返岗)/;

/** The cues without an absence that is over. */
function presentCues({ sentences, cues }: Heard): Heard["cues"] {
  const away = cues.get("out_of_office");
  if (away === undefined || !PAST.test(sentences[away.sentence] ?? "")) return cues;
  return new Map([...cues].filter(([name]) => name !== "out_of_office"));
}

/** A person's words are an absence when they say nothing else: "I was on vacation. Yes, please send the contract" is a yes. */
function personsAbsence(
  reply: Reply,
  plain: string,
  reading: Reading,
  heard: Heard,
  rules: ReplyRules,
): Classified | undefined {
  const found = absence(reply, plain, heard, rules);
  if (found === undefined) return undefined;
  const { sentences, cues } = heard;
  if (presentCues(heard) !== cues) return undefined;
  const beside = (["positive", "question", "negative", "not_now"] as const).find((name) => cues.has(name));
  const isAsked = /[?？]/.test(plain);
  const isOther = reading.class !== "out_of_office" && reading.class !== "none" && reading.confidence >= DOUBTFUL;
  const isContrary = isOther && !ANSWERS_ON_RETURN.test(plain);
  if (beside === undefined && !isAsked && wishIn(sentences) === undefined && !isContrary)
    return seconded(found, reading);
  const guess = isContrary ? reading.class : (beside ?? "out_of_office");
  return { ...found, class: guess, confidence: DOUBTFUL, reasons: [...found.reasons, "beside other words"] };
}

/** From here on the guess beside words of stopping is what the model reads. */
const OTHER_FROM = 0.75;

/** Words of stopping that are not plain, or that the rule does not know in this order: a person reads them. */
function doubtfulStop(
  stop: Classified | undefined,
  plain: string,
  reading: Reading,
  rules: ReplyRules,
  model: Model,
): Classified | undefined {
  const isOther = reading.class !== "opt_out" && reading.confidence >= OTHER_FROM;
  if (stop !== undefined) return isOther ? { ...stop, class: reading.class } : stop;
  const found = STOP_WORDS.exec(plain);
  if (!found || (isOther && reading.confidence >= rules.sureFrom)) return undefined;
  return {
    class: isOther && reading.class !== "none" ? reading.class : "opt_out",
    confidence: Math.min(DOUBTFUL, rules.sureFrom / 2),
    by: `model:${model.version}`,
    reasons: [`"${found[0]}" may ask to stop`],
  };
}

/** A message come back whose program did not say that it is one: a person looks, for people write of lost mail too. */
function returned(plain: string, { languages }: ReplyRules): Classified | undefined {
  const match = bounceIn(plain, languages);
  return match && ruled("bounce", match, DOUBTFUL);
}

function byCues(reply: Reply, reading: Reading, heard: Heard): Classified | undefined {
  const { sentences } = heard;
  const cues = presentCues(heard);
  const weighed = weigh({ cues, sentences, reading, wants: wishIn(sentences) });
  if (weighed === undefined) return undefined;
  const cue = [...cues.values()].find((found) => found.class === weighed.class) ?? [...cues.values()][0];
  const found = { ...weighed, by: `rule:${weighed.class}.${cue?.language ?? "en"}` };
  // "Not now." has no room for anything the phrase does not say; nor has a yes.
  const isAll =
    cue !== undefined &&
    (weighed.class !== "positive" || YES.test(cue.words)) &&
    lettersOf(cue.words) === lettersOf(sentences.join(" "));
  return withReferral(reply, isAll ? found : seconded(found, reading));
}

/** A yes by its first word; "okay" and its like are courtesy as often. */
const YES =
  /^(yes|yep|yeah|sure|ja|jo|oui|si|sim|jasne|volontiers|gerne?|graag|claro|certo|garna)\b|^(はい|ぜひ|好的|可以)/;

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}

/** What one view of the model seconds has to be this likely by all it sees (decision 100). */
const VIEW_FROM = 0.3;
/** From here on the model sees another person, or an absence, behind a phrase of something else. */
const ASIDE_FROM = 0.15;

/**
 * A phrase alone is not acted on (decision 97): the model, or one of its two views, has to read the same, and nothing may point to
 * another person or an absence. "I'd buy it if I were allowed to, I'm in payroll" is no yes.
 */
function seconded(found: Classified, reading: Reading): Classified {
  if (found.confidence <= DOUBTFUL) return found;
  const isUnlikely = (reading.shares[found.class] ?? VIEW_FROM) < VIEW_FROM;
  const isSame = reading.class === found.class || (reading.views.includes(found.class) && !isUnlikely);
  const aside = (["wrong_person", "out_of_office"] as const).find((name) => (reading.shares[name] ?? 0) >= ASIDE_FROM);
  const isAside = aside !== undefined && !["wrong_person", "out_of_office"].includes(found.class);
  if (isSame && !isAside) return found;
  const why = `the model reads ${isSame ? aside : reading.class}`;
  return { ...found, confidence: DOUBTFUL, reasons: [...found.reasons, why] };
}

/**
 * How sure the model has to be without a phrase beside it, where its words and its pieces of words, each read without the other,
 * say the same, and where they do not. What ends a lead is never its own. Chosen on replies the model had never seen (decisions 98 and 100).
 */
const MODEL_SURE_FROM: Readonly<Record<ReplyClass, readonly [agreed: number, otherwise: number]>> = {
  question: [0.75, 0.94],
  positive: [0.96, 0.99],
  negative: [0.96, 0.98],
  not_now: [0.7, 0.94],
  wrong_person: [0.85, 0.98],
  out_of_office: [0.7, 0.85],
  none: [NEVER, NEVER],
  opt_out: [NEVER, NEVER],
  complaint: [NEVER, NEVER],
  bounce: [NEVER, NEVER],
};
const MODEL_KNOWS_FROM = 0.45;
/** What a reading of the model is worth from there on. */
const MODEL_SURE = 0.9;

function byModel(reply: Reply, reading: Reading, model: Model, rules: ReplyRules): Classified {
  const found = withReferral(reply, ofModel(reading, model));
  const [agreed, otherwise] = MODEL_SURE_FROM[reading.class];
  const isSure =
    reading.confidence >= (reading.agreed ? agreed : otherwise) &&
    reading.known >= MODEL_KNOWS_FROM &&
    // A question mark alone makes no question, but a no or a "later" does not end in one.
    (reading.class === "question"
      ? /[?？]/.test(reply.text)
      : !/[?？]\s*$/.test(reply.text) || reading.class === "positive");
  return {
    ...found,
    confidence: isSure ? Math.max(found.confidence, MODEL_SURE) : Math.min(found.confidence, rules.sureFrom * 0.9),
  };
}

function ofModel(reading: Reading, { version }: Model): Classified {
  return {
    class: reading.class,
    confidence: reading.confidence,
    by: `model:${version}`,
    reasons: reading.words.map((word) => `"${word}" speaks for ${reading.class}`),
  };
}

function nothing(reason: string): Classified {
  return ruledAs("none", UNREADABLE, "rule:none", [reason]);
}

function ruled(name: ReplyClass, { language, words }: Match, confidence: number): Classified {
  return ruledAs(name, confidence, `rule:${name}.${language}`, [`"${words}"`]);
}

function ruledAs(name: ReplyClass, confidence: number, by: string, reasons: readonly string[]): Classified {
  return { class: name, confidence, by, reasons };
}

function returning(plain: string, language: Match["language"], receivedAt: number): { readonly returnAt?: number } {
  const returnAt = returnDate(plain, language, receivedAt);
  return returnAt === undefined ? {} : { returnAt };
}

function withReferral(reply: Reply, classified: Classified): Classified {
  const referral = classified.class === "wrong_person" ? referralOf(reply.text, reply.from) : undefined;
  return referral === undefined ? classified : { ...classified, referral };
}

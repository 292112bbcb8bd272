/**
 * Wishes to stop as people type them: text speak, dialect, apostrophes left out, a request wrapped in "I would be grateful if you".
 * Each is read a second time in plain words, so that phrases and grammar need to know one spelling only. Pure.
 */
import type { OptOutLanguage } from "./opt-out-phrases.ts";

type Spelling = readonly [as: RegExp, plain: string];

/** In words that no other reading of the language has; "nume" of Bern is "only", so the German ones are told apart before accents go. */
const SPELLINGS: readonly {
  readonly language: OptOutLanguage;
  readonly marks: RegExp;
  readonly all: readonly Spelling[];
}[] = [
  {
    language: "en",
    marks:
      /\b(u|ur|urs|dont|dnt|plz|pls|wanna|gimme|im|ive|id|cant|wont|doesnt|txts?|msgs?|adress|addres|recieve|unsu?b?s?cri?be?|unsub?scibe|stopp|stahp|remov|remvoe|mesages?|emials?|emali|delte|n)\b/,
    all: [
      [/\bu\b/g, "you"],
      [/\burs?\b/g, "your"],
      [/\bdo?nt\b/g, "don't"],
      [/\bwont\b/g, "won't"],
      [/\b(plz|pls)\b/g, "please"],
      [/\bwanna\b/g, "want to"],
      [/\bid\b/g, "i'd"],
      [/\bn\b/g, "and"],
      [/\b(txts?|msgs?)\b/g, "messages"],
      [/\b(adress|addres)\b/g, "address"],
      [/\brecieve\b/g, "receive"],
      [/\bunsu?b?s?cri?be?\b|\bunsub?scibe\b/g, "unsubscribe"],
      [/\b(stopp|stahp)\b/g, "stop"],
      [/\b(remov|remvoe)\b/g, "remove"],
      [/\bdelte\b/g, "delete"],
      [/\bmesage/g, "message"],
      [/\b(emial|emali)/g, "email"],
    ],
  },
  {
    language: "de",
    marks:
      /\b(nod|nid|ned|net|nimmer|nimma|schrii?be|schriib\p{L}*|wott|mecht|wui|kei|keini|koa|koane|kane|meh|lond|ois|nix|maile|schicke|rueh|ruah|rua)\b/u,
    all: [
      [/\b(nod|nid|ned|net) (meh|mehr|mea)\b/g, "nicht mehr"],
      [/\b(nod|nid|ned|net)\b/g, "nicht"],
      [/\bnimm(er|a)\b/g, "nicht mehr"],
      [/\bschrii?b(e|n|ed)?\b/g, "schreiben"],
      [/\bmaile\b/g, "mailen"],
      [/\bschicke\b/g, "schicken"],
      [/\b(wott|mecht|wui)\b/g, "will"],
      [/\b(keini?|koane?|kane|kei)\b/g, "keine"],
      [/\bmeh\b/g, "mehr"],
      [/\b(lond|losst)\b/g, "lasst"],
      [/\b(ois|eus)\b/g, "uns"],
      [/\bmi\b/g, "mich"],
      [/\bmir\b/g, "mir"],
      [/\bnix\b/g, "nichts"],
      [/\bi\b/g, "ich"],
      [/\b(rueh|ruah|rua)\b/g, "ruhe"],
    ],
  },
  {
    language: "fr",
    marks: /\b(vs|jveux|jvoudrais|jen|svp|stp|mail svp|j'veux|pr|dsl|mes?sages?)\b/,
    all: [
      [/\bvs\b/g, "vous"],
      [/\bj'?veux\b/g, "je veux"],
      [/\bj'?voudrais\b/g, "je voudrais"],
      [/\bjen\b/g, "j'en"],
      [/\b(svp|stp)\b/g, " "],
      [/\bpr\b/g, "pour"],
    ],
  },
  {
    language: "es",
    marks: /\b(q|xfa|xfavor|porfa|x|kiero|mensages|dejen? d)\b/,
    all: [
      [/\bq\b/g, "que"],
      [/\b(xfa|xfavor|porfa)\b/g, "por favor"],
      [/\bkiero\b/g, "quiero"],
      [/\bmensages\b/g, "mensajes"],
      [/\bd\b/g, "de"],
    ],
  },
  {
    language: "it",
    marks: /\b(nn|xfavore|xche|piu'|msg)\b/,
    all: [
      [/\bnn\b/g, "non"],
      [/\bxfavore\b/g, "per favore"],
      [/\bpiu'/g, "piu"],
      [/\bmsg\b/g, "messaggi"],
    ],
  },
  {
    language: "pt",
    marks: /\b(vcs?|n|naum|msgs?|pf|pfv|pfvr)\b/,
    all: [
      [/\bvcs?\b/g, "voces"],
      [/\b(n|naum)\b/g, "nao"],
      [/\bmsgs?\b/g, "mensagens"],
      [/\bpfv?r?\b/g, " "],
    ],
  },
];

/** What a polite request is wrapped in; what is asked for follows. */
const WRAPPED: readonly { readonly language: OptOutLanguage; readonly wrap: RegExp }[] = [
  {
    language: "en",
    wrap: /\b((i|we)('d| would| should)? (really |very much |much )?(appreciate( it)?|be (very |most |so |much )?(grateful|obliged|glad|happy|thankful|pleased)|prefer( it)?|like it|love it)( very much| greatly)?|it would be (very |most )?(nice|kind|great|good|appreciated|lovely|best)( of you)?) if (?:you|your (?:firm|company|team|side|people)) (would |could |can |might )?(please |kindly |just )?|\bwould you (please )?be so (kind|good) as to |\bwould you mind (please )?(?=(taking|removing|stopping|deleting|not|leaving|unsubscribing)\b)/,
  },
  {
    language: "de",
    wrap: /\b(ich|wir)? ?(ware|waren|wurde|wurden)( ihnen| euch| dir| es| mich| uns)*( sehr| wirklich| ausserst)? ?(dankbar|verbunden|froh|nett|begrussen|freuen|schatzen),? wenn (sie|ihr|du) /,
  },
  {
    language: "es",
    wrap: /\b(le|les|os|te)? ?(agradeceria(mos)?|estaria(mos)? (muy )?agradecid[oa]s?)( mucho)?( si| que) (ustedes? |usted )?/,
  },
  { language: "it", wrap: /\b(le|vi|ti)? ?sare(i|mmo) (molto )?grat[oaie],? se (lei |voi )?/ },
  {
    language: "nl",
    wrap: /\b(ik|wij|we) zou(den)? het (zeer |erg |op prijs )*(waarderen|fijn vinden|stellen|op prijs stellen),? (als|indien) (u|je|jullie) /,
  },
  {
    language: "pt",
    wrap: /\b(agradecia(mos)?|agradeceria(mos)?|ficaria(mos)? (muito )?grat[oa]s?)( muito)?( se| que) (voces? )?/,
  },
  {
    language: "pl",
    wrap: /\b(bylb\w+|bede|bylib\w+) (bardzo )?wdzieczn\w+,? (gdyby (panstwo|pan|pani)|jesli (panstwo|pan|pani)) /,
  },
  {
    language: "sv",
    wrap: /\b(jag|vi) (skulle uppskatta|vore tacksam(ma)?)( mycket)?( det)?,? om ni (kunde |vill |ville )?/,
  },
  {
    language: "da",
    wrap: /\b(jeg|vi) (ville|vil) (saette pris pa|vaere (meget )?taknemmelige?)( det)?,? (hvis|om) (i|du) (kunne |vil |ville )?/,
  },
];

/** What follows "if you" in English stands in the past: as the order it means. */
const ORDERS: readonly Spelling[] = [
  [/^(stopped|stopping)\b/, "stop"],
  [/^(removed|removing)\b/, "remove"],
  [/^(deleted|deleting)\b/, "delete"],
  [/^(took|taking)\b/, "take"],
  [/^(left|leaving)\b/, "leave"],
  [/^(unsubscribed|unsubscribing)\b/, "unsubscribe"],
  [/^(didn't|did not|wouldn't|would not|not) (writing|write)\b/, "do not write"],
  [/^(didn't|did not|wouldn't|would not|not) (sending|send)\b/, "do not send"],
  [/^(didn't|did not|wouldn't|would not|not) (e?-?mailing|e?-?mail|contacting|contact)\b/, "do not contact"],
  [/^never (again )?(wrote|e?-?mailed|contacted|bothered)( to)?\b/, "never contact"],
  [/^no longer (wrote|e?-?mailed|contacted)( to)?\b/, "no longer contact"],
];

export interface Written {
  readonly language: OptOutLanguage;
  /** The sentence in plain words. */
  readonly plain: string;
  /** What stands before the words it is wrapped in. */
  readonly beside: string;
}

/** @param sentence as `sentencesOf` of opt-out-words.ts writes. @returns other readings of it, most often none. */
export function otherReadings(sentence: string): readonly Written[] {
  const spelled = SPELLINGS.flatMap(({ language, marks, all }) =>
    marks.test(sentence)
      ? [{ language, plain: tidy(all.reduce((text, [as, plain]) => text.replace(as, plain), sentence)), beside: "" }]
      : [],
  );
  const unwrapped = [sentence, ...spelled.filter(({ language }) => language === "en").map(({ plain }) => plain)];
  return [...spelled, ...unwrapped.flatMap((text) => WRAPPED.flatMap((wrapped) => unwrap(text, wrapped)))];
}

function unwrap(sentence: string, { language, wrap }: (typeof WRAPPED)[number]): readonly Written[] {
  const found = wrap.exec(sentence);
  if (found === null) return [];
  const rest = sentence.slice(found.index + found[0].length);
  const order = language === "en" ? ORDERS.reduce((text, [as, plain]) => text.replace(as, plain), rest) : rest;
  return [{ language, plain: tidy(order), beside: sentence.slice(0, found.index) }];
}

function tidy(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** "nüme", "nümme" of Zürich and Basel is "no longer"; without the dots it is "only" in Bern, so it is read before they go. */
export function withoutDialect(text: string): string {
  return text.replace(/n(?:ü|u\u0308)m{1,2}(?:e|i|a|ä)?(?![\p{L}\p{M}])/giu, "nicht mehr");
}

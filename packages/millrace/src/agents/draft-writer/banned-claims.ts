/**
 * What no letter of ours says unless its owner wrote it: promises, prices, pressure, false acquaintance, and the words of fraud.
 * One list, for drafts of a model; `drafts.banned` adds to it.
 */

interface Ban {
  readonly what: string;
  readonly words: RegExp;
}

const BANS: readonly Ban[] = [
  {
    what: "a promise",
    words: /\b(?:guarantee\w*|promise\w*|risk[- ]?free|no[- ]risk|certainly will|assur\w+|proven)\b/i,
  },
  {
    what: "a superlative",
    words:
      /\b(?:best|#\s?1|number one|leading|world[- ]class|unbeatable|unrivall?ed|cheapest|fastest|only (?:vendor|provider|solution))\b/i,
  },
  {
    what: "a price",
    words:
      /\b(?:free|discount\w*|rebate|half price|cash ?back|refund\w*|money[- ]back|coupon|voucher|special offer|% off)\b|[$€£¥]\s?\d|\d\s?(?:[$€£¥]|USD|EUR|GBP|dollars?|euros?)(?![\p{L}])/iu,
  },
  {
    what: "pressure",
    words:
      /\b(?:act now|urgent\w*|immediate(?:ly)? action|last chance|limited (?:time|offer)|expires?|deadline|hurry|final notice)\b/i,
  },
  {
    what: "an acquaintance that is not on record",
    words:
      /\b(?:as (?:we )?(?:discussed|agreed|promised)|as you (?:asked|requested)|following up on (?:our|your)|our (?:last|recent) (?:call|meeting|conversation)|we (?:met|spoke)|your (?:order|subscription|contract))\b/i,
  },
  {
    what: "a matter of money or of accounts",
    words:
      /\b(?:invoice|payment|bank|iban|wire transfer|bitcoin|crypto\w*|gift card|pass(?:word|code)|log ?in|sign in|verify your|account (?:was|is|has)|lawsuit|legal action|ransom)\b/i,
  },
  {
    what: "words about the writing itself",
    words:
      /\b(?:as an ai|language model|system prompt|my instructions|ignore (?:all|previous)|prompt|jailbreak|developer mode)\b/i,
  },
  {
    what: "a sensitive matter",
    words:
      /\b(?:cancer|disease|diagnos\w+|pregnan\w+|religio\w+|ethnic\w*|gender|sexual\w*|politic\w*|divorce\w*|criminal\w*|bankrupt\w*)\b/i,
  },
  { what: "the foot of an e-mail", words: /\b(?:unsubscribe|opt[- ]?out|no more e-?mails|postal address)\b|^-- $/im },
];

/**
 * @param said what the owner says: a word that stands there is theirs to use.
 * @param own `drafts.banned`, in any case.
 * @returns what is wrong, in words: `a price ("free")`.
 */
export function bannedIn(text: string, said: string, own: readonly string[] = []): readonly string[] {
  const found = BANS.flatMap(({ what, words }) => {
    const [hit] = words.exec(text) ?? [];
    return hit === undefined || said.toLowerCase().includes(hit.toLowerCase()) ? [] : [`${what} ("${hit.trim()}")`];
  });
  const lower = text.toLowerCase();
  return [
    ...found,
    ...own.filter((one) => lower.includes(one.toLowerCase())).map((one) => `words that are banned here ("${one}")`),
  ];
}

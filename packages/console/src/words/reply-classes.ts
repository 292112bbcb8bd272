/** What a reply can say, in the words of the person who reads it; with the digit that chooses it. */
export const REPLY_CLASSES = [
  ["positive", "says yes"],
  ["question", "asks something"],
  ["not_now", "says not now"],
  ["negative", "says no"],
  ["wrong_person", "is the wrong person"],
  ["out_of_office", "is away"],
  ["opt_out", "asks to stop"],
  ["complaint", "complains"],
  ["bounce", "did not get it: the address is dead"],
  ["none", "says nothing that matters"],
] as const;

export type ReplyClass = (typeof REPLY_CLASSES)[number][0];

/** "positive" → "says yes" */
export function replyClassWords(name: unknown): string {
  return REPLY_CLASSES.find(([known]) => known === name)?.[1] ?? String(name ?? "").replaceAll("_", " ");
}

/** What was taken back when a reply was read again. */
export const TOOK_BACK: Readonly<Record<string, string>> = {
  opt_out: "the opt-out",
  suppression: "the suppression",
  refusal: "the refusal",
  sequence_end: "the end of the sequence",
};

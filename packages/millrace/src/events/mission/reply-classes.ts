/** What replies say, with words and without, and what a person takes back of it. */

/** What a reply can say. */
export const REPLY_CLASSES = [
  "positive",
  "negative",
  "not_now",
  "question",
  "out_of_office",
  "wrong_person",
  "bounce",
  "complaint",
  "opt_out",
  /** Nothing that could be read: a person does. */
  "none",
] as const;
export type ReplyClass = (typeof REPLY_CLASSES)[number];

/** What came instead of words: a calendar's answer, a closed envelope, a reaction, a check of the sender, a file, nothing. */
export const WORDLESS_REPLIES = [
  "accepted",
  "declined",
  "tentative",
  "counter",
  "request",
  "cancel",
  "other",
  "encrypted",
  "signed",
  "challenge",
  "reaction",
  "attachment",
  "forward",
  "empty",
  "unreadable",
] as const;
export type WordlessReply = (typeof WORDLESS_REPLIES)[number];

/** What a person's reading of a reply takes back of an earlier one. */
export const TAKEN_BACK = ["opt_out", "suppression", "refusal", "sequence_end"] as const;

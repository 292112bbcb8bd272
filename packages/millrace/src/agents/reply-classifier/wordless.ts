/**
 * Replies that say something without words: a calendar's answer, a reaction, a closed envelope, an attachment. Pure. Only what
 * has one meaning is acted on; a declined invitation may be a wrong day, and a thumb may be politeness.
 */
import type { ReplyClass, WordlessReply } from "../../events/mission-events.ts";
import type { Classified, Reply } from "./classify.ts";

const SURE = 0.97;
const GUESS = 0.5;

const READINGS: Readonly<Record<WordlessReply, readonly [ReplyClass, confidence: number, reason: string]>> = {
  accepted: ["positive", SURE, "our invitation was accepted"],
  counter: ["positive", SURE, "another time was proposed for our invitation"],
  tentative: ["positive", GUESS, "our invitation was accepted tentatively"],
  declined: ["negative", GUESS, "our invitation was declined"],
  request: ["positive", GUESS, "they sent an invitation"],
  cancel: ["not_now", GUESS, "an invitation was taken back"],
  other: ["none", 0, "a calendar's message of another kind"],
  encrypted: ["none", 0, "it is encrypted: open it in the mailbox"],
  signed: ["none", 0, "its text is inside a signed envelope: open it in the mailbox"],
  challenge: ["none", 0, "a program asks to confirm that a person wrote our message"],
  reaction: ["none", 0, "a reaction, no words"],
  attachment: ["none", 0, "an attachment, no words"],
  forward: ["none", 0, "a forwarded message, no words of their own"],
  empty: ["none", 0, "no words of their own"],
  unreadable: ["none", 0, "it could not be read"],
};

const YES_SIGN = /^[\s]*(👍|👌|✅|✔|🙌|👏|🎉|❤|💯|😀|😊|🙂)/u;

/** @returns undefined for a reply that came with words alone. */
export function wordless({ what, text }: Reply): Classified | undefined {
  if (what === undefined) return undefined;
  const [name, confidence, reason] = READINGS[what];
  if (what === "reaction" && YES_SIGN.test(text)) {
    return { class: "positive", confidence: GUESS, by: "rule:reaction", reasons: [`${text.slice(0, 20)} ${reason}`] };
  }
  return { class: name, confidence, by: `rule:${what}`, reasons: [reason] };
}

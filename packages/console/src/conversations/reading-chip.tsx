/** What a reply was taken to say, and whether that is sure. */
import type { Conversation } from "../api/types.ts";
import { Chip } from "../parts/basics.tsx";
import { replyClassWords } from "../words/reply-classes.ts";
import type { Tone } from "../words/states.ts";

const TONES: Readonly<Record<string, Tone>> = {
  positive: "good",
  question: "in",
  opt_out: "bad",
  complaint: "bad",
  negative: "warn",
};

export function ReadingChip({ reading }: { readonly reading: Conversation["reading"] }) {
  if (reading === null) return <Chip>not read yet</Chip>;
  return (
    <Chip tone={TONES[reading.class] ?? "dim"}>
      {replyClassWords(reading.class)}
      {reading.sure ? "" : `, perhaps (${Math.round(reading.confidence * 100)} %)`}
    </Chip>
  );
}

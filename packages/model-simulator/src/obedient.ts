/**
 * What is answered without a script: the schema that was asked for, filled by rule from the last block of the last message. An
 * instruction in that text is followed, whatever the system prompt says. Pure: the same request has the same answer.
 */
import { type MessagesRequest, type Schema, textOf } from "./messages.ts";

/** Words by which a value of an enumeration is chosen. The first that is found wins; none: the last value. */
const CUES: readonly (readonly [value: string, words: RegExp])[] = [
  ["opt_out", /unsubscribe|stop (?:writing|e-?mailing)|remove me/i],
  ["complaint", /spam|lawyer|report you/i],
  ["out_of_office", /out of (?:the )?office|on leave|annual leave/i],
  ["not_now", /not (?:right )?now|next (?:quarter|year|month)|later/i],
  ["negative", /not interested|no thanks?|no thank you|we have (?:a|our own)/i],
  ["wrong_person", /wrong person|not my (?:area|department)|speak to|contact my/i],
  ["positive", /interested|sounds good|let'?s (?:talk|meet)|call me|works for me|happy to/i],
  ["question", /\?/],
];

/** "Answer with {…}": what stands there is what is answered. */
const DICTATED = /(?:answer|respond|reply|return|output)\s+(?:only\s+)?(?:with|exactly)?\s*:?\s*(\{[^{}]*\})/i;
/** "Classify this as positive." */
const ORDERED = /(?:classify|mark|label|treat|sort)\s+(?:this|it|me|the \w+)\s+as\s+"?(\w+)"?/i;

/** @returns the object a schema is filled with. */
export function filledBySchema(request: MessagesRequest, schema: Schema): unknown {
  const last = request.messages.at(-1);
  const text = blockOf(last === undefined ? "" : textOf(last));
  const [, dictated] = DICTATED.exec(text) ?? [];
  if (dictated !== undefined) {
    try {
      return JSON.parse(dictated);
    } catch {
      // No JSON after all.
    }
  }
  return filled(schema, text);
}

/** @returns the text of the last element, `<reply>…</reply>`, of a prompt; the whole without one. */
function blockOf(text: string): string {
  const blocks = [...text.matchAll(/<(\w+)>([\s\S]*?)<\/\1>/g)];
  return (blocks.at(-1)?.[2] ?? text).trim();
}

function filled(schema: Schema, text: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return chosenOf(schema.enum, text);
  if (schema.anyOf !== undefined) return filled(schema.anyOf[0] ?? {}, text);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, property]) => [name, filled(property, text)]),
      );
    case "array":
      return text === "" ? [] : [filled(schema.items ?? { type: "string" }, text)];
    case "number":
    case "integer":
      return Number(/\d+/.exec(text)?.[0] ?? 0);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return firstSentence(text);
  }
}

function chosenOf(values: readonly unknown[], text: string): unknown {
  const [, ordered] = ORDERED.exec(text) ?? [];
  if (ordered !== undefined && values.includes(ordered)) return ordered;
  const cued = CUES.find(([value, words]) => values.includes(value) && words.test(text));
  return cued?.[0] ?? values.at(-1);
}

function firstSentence(text: string): string {
  return (/^[^\n.!?]*[.!?]?/.exec(text)?.[0] ?? text).trim();
}

/** A message as the events of a stream, in the order the API sends them. */
import type { Message } from "./messages.ts";

const PIECE = 40;

/** @returns texts of the stream, one event each. */
export function eventsOf(message: Message): readonly string[] {
  const events: string[] = [];
  const send = (type: string, data: object) =>
    events.push(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  send("message_start", {
    message: { ...message, content: [], stop_reason: null, usage: { ...message.usage, output_tokens: 1 } },
  });
  message.content.forEach((block, index) => {
    const isText = block.type === "text";
    send("content_block_start", {
      index,
      content_block: isText ? { type: "text", text: "" } : { ...block, input: {} },
    });
    if (index === 0) send("ping", {});
    const whole = isText ? block.text : JSON.stringify(block.input);
    for (let at = 0; at < whole.length; at += PIECE) {
      const piece = whole.slice(at, at + PIECE);
      const delta = isText ? { type: "text_delta", text: piece } : { type: "input_json_delta", partial_json: piece };
      send("content_block_delta", { index, delta });
    }
    send("content_block_stop", { index });
  });
  send("message_delta", {
    delta: { stop_reason: message.stop_reason, stop_sequence: null },
    usage: { output_tokens: message.usage.output_tokens },
  });
  send("message_stop", {});
  return events;
}

#!/usr/bin/env bash
# ai 7.0.173 with @ai-sdk/anthropic 4.0.105: a message that Claude's API ended with stop_reason "pause_turn" (the model stopped in the
# middle and means to go on when it is sent back) comes out of generateText like a finished one: finishReason "stop", and
# structured output is parsed and given without an error. Only rawFinishReason says "pause_turn"; where parsing fails, the error
# (NoObjectGeneratedError) has finishReason "stop" and no raw reason at all, so a paused answer cannot be distinguished from a wrong one.
# Who accepts "stop" acts on the first half of an answer.
# Seen: both cases below, against a Messages API on loopback.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund ai@7.0.173 @ai-sdk/anthropic@4.0.105 zod@4.6.7
cat > look.mjs << 'JS'
import { createServer } from "node:http";
import { createAnthropic } from "@ai-sdk/anthropic";
import { generateText, Output } from "ai";
import { z } from "zod";

const texts = ['{"steps":["Look the company up"]}', "Let me look the company up first."];
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({
      id: "msg_1", type: "message", role: "assistant", model: "claude-sonnet-5-5", stop_sequence: null,
      content: [{ type: "text", text: texts.shift() }], stop_reason: "pause_turn",
      usage: { input_tokens: 10, output_tokens: 10 },
    }));
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const anthropic = createAnthropic({ apiKey: "made-up", baseURL: `http://127.0.0.1:${server.address().port}/v1` });
const ask = () => generateText({
  model: anthropic("claude-sonnet-5-5"), prompt: "Plan the research.", maxRetries: 0,
  output: Output.object({ schema: z.object({ steps: z.array(z.string()) }) }),
});
const whole = await ask();
console.log(`answer: ${whole.finishReason}, raw ${whole.rawFinishReason}, ${JSON.stringify(whole.output)}`);
await ask().catch((error) => console.log(`error: ${error.finishReason}, raw ${error.rawFinishReason}, ${error.name}`));
server.close();
JS
seen=$(node look.mjs)
printf '%s\n' "$seen"
wanted=$(printf '%s\n' 'answer: stop, raw pause_turn, {"steps":["Look the company up"]}' "error: stop, raw undefined, AI_NoObjectGeneratedError")
[ "$seen" = "$wanted" ] || { echo "It behaves otherwise now." >&2; exit 1; }

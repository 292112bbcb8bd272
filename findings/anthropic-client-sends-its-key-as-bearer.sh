#!/usr/bin/env bash
# @anthropic-ai/sdk 1.14.0: `new Anthropic({ apiKey })` sends the key as `authorization: Bearer …` and no `x-api-key`, which the API's
# reference and other clients of the same API (@ai-sdk/anthropic 4.0.105 among them) use for it. A gateway, proxy or simulator that looks
# for `x-api-key` sees a request without a key; one that logs headers and hides only `x-api-key` writes the key down.
# Seen: the headers of one request of each, with the same key.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund @anthropic-ai/sdk@1.14.0 ai@7.0.173 @ai-sdk/anthropic@4.0.105
cat > look.mjs << 'JS'
import { createServer } from "node:http";
import { createAnthropic } from "@ai-sdk/anthropic";
import Anthropic from "@anthropic-ai/sdk";
import { generateText } from "ai";

const KEY = "sk-ant-api03-made-up";
let seen = [];
const server = createServer(({ headers }, response) => {
  seen = ["x-api-key", "authorization"].filter((name) => headers[name]?.includes(KEY));
  response.writeHead(400, { "content-type": "application/json" });
  response.end('{"type":"error","error":{"type":"invalid_request_error","message":"seen"}}');
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${server.address().port}`;
const client = new Anthropic({ apiKey: KEY, baseURL: url, maxRetries: 0 });
await client.messages.create({ model: "claude-sonnet-5-5", max_tokens: 5, messages: [{ role: "user", content: "Hello" }] }).catch(() => {});
console.log(`@anthropic-ai/sdk: ${seen}`);
const model = createAnthropic({ apiKey: KEY, baseURL: `${url}/v1` })("claude-sonnet-5-5");
await generateText({ model, prompt: "Hello", maxRetries: 0 }).catch(() => {});
console.log(`@ai-sdk/anthropic: ${seen}`);
server.close();
JS
seen=$(env -u ANTHROPIC_API_KEY -u ANTHROPIC_AUTH_TOKEN node look.mjs)
printf '%s\n' "$seen"
wanted=$(printf '%s\n' "@anthropic-ai/sdk: authorization" "@ai-sdk/anthropic: x-api-key")
[ "$seen" = "$wanted" ] || { echo "It behaves otherwise now." >&2; exit 1; }

import assert from "node:assert/strict";
import { test } from "node:test";
import { htmlOf, webLinksOf } from "./html-part.ts";

test("an e-mail's text is escaped, its links can be clicked and end where the sentence goes on", () => {
  const html = htmlOf(
    'Hi <b>Ada</b>,\nsee https://acme.example/a?b=1&c=2.\n\nOr write: mailto:sales@acme.example "soon"',
  );
  assert.ok(html.includes("<p>Hi &lt;b&gt;Ada&lt;/b&gt;,<br>\nsee "));
  assert.ok(html.includes('<a href="https://acme.example/a?b=1&amp;c=2">https://acme.example/a?b=1&amp;c=2</a>.</p>'));
  assert.ok(html.includes('<a href="mailto:sales@acme.example">'));
  assert.ok(!html.includes("<img"));
});

test("web links are rewritten, mailto links never, and nothing becomes a link that could run", () => {
  const text =
    "https://a.example/ mailto:a@b.example javascript:alert(1) data:text/html,x https://[bad https://a.example/";
  const html = htmlOf(text, { rewrite: (url) => `https://t.example/?${url.length}`, pixelUrl: "https://t.example/o" });
  assert.deepEqual(
    [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href),
    ["https://t.example/?18", "mailto:a@b.example", "https://t.example/?18"],
  );
  assert.deepEqual(webLinksOf(text), ["https://a.example/"]);
  assert.ok(html.includes('<img src="https://t.example/o" width="1"'));
});

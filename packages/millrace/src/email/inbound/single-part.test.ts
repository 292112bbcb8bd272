import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import PostalMime from "postal-mime";
import { singlePart } from "./single-part.ts";

const SAMPLES = new URL("../../../../../test/mail-samples/", import.meta.url);

/** What the parser makes of the whole message. */
async function byParser(raw: Uint8Array, kind: "plain" | "html"): Promise<string> {
  const email = await PostalMime.parse(raw);
  return (kind === "html" ? email.html : email.text) ?? "";
}

function mail(headers: readonly string[], body: string, encoding: "utf8" | "latin1" = "utf8"): Buffer {
  return Buffer.from(`From: ada@acme.example\r\n${headers.join("\r\n")}\r\n\r\n${body}`, encoding);
}

describe("a message of one part", () => {
  it("reads as the parser reads it, whatever its body", async () => {
    const ends = fc.constantFrom("\r\n", "\n", "\r\n\r\n", "\r");
    const line = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      ends,
      fc.constantFrom("> ", "From ", "--b1", "=E4"),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom(
          "text/plain",
          "text/html; charset=utf-8",
          'TEXT/PLAIN; Charset="UTF-8"',
          "text/plain;\r\n charset=us-ascii",
        ),
        async (lines, type) => {
          const raw = mail([`Content-Type: ${type}`, "Content-Transfer-Encoding: 8bit"], lines.join(""));
          const single = singlePart(raw);
          assert.ok(single);
          assert.equal(single.text, await byParser(raw, single.kind));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("reads in its own charset", async () => {
    const raw = mail(["Content-Type: text/plain; charset=iso-8859-1"], "Grüße aus Köln\r\n", "latin1");
    assert.equal(singlePart(raw)?.text, "Grüße aus Köln\n");
    assert.equal(await byParser(raw, "plain"), "Grüße aus Köln\n");
  });

  for (const name of readdirSync(SAMPLES)) {
    it(`${name}, made by a real program, reads the same both ways`, async () => {
      const raw = readFileSync(new URL(name, SAMPLES));
      const single = singlePart(raw);
      // Flowed text is put together elsewhere.
      if (single === undefined || single.isFlowed) return;
      assert.equal(single.text, await byParser(raw, single.kind));
    });
  }

  for (const [what, headers] of [
    ["has several parts", ['Content-Type: multipart/mixed; boundary="b"']],
    ["is encoded for transfer", ["Content-Type: text/plain", "Content-Transfer-Encoding: quoted-printable"]],
    ["is in a rarer charset", ["Content-Type: text/plain; charset=koi8-r"]],
    ["says its type twice", ["Content-Type: text/plain", "Content-Type: text/html"]],
    ["is a file", ["Content-Type: text/plain; name=notes.txt"]],
    ["is an attachment", ["Content-Type: text/plain", "Content-Disposition: attachment"]],
    ["says no type", []],
    ["is no text", ["Content-Type: application/pdf"]],
  ] as const) {
    it(`one that ${what} is left to the parser`, () => {
      assert.equal(singlePart(mail(headers, "Hello.\r\n")), undefined);
    });
  }

  it("one without an empty line below its headers is left to the parser", () => {
    assert.equal(singlePart(Buffer.from("From: ada@acme.example\r\nContent-Type: text/plain\r\n")), undefined);
  });
});

/** One form by every encoding a page or a program may send it in: the same fact. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { NewEvent } from "../events/event.ts";
import { readForm } from "./form-body.ts";
import { submissionOf } from "./form-submission.ts";
import { RecentForms } from "./recent-forms.ts";

type Fields = Readonly<Record<string, string>>;

const part = ([name, value]: [string, string]) =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** Content type and body by the encoding's name. */
const encodings: Readonly<Record<string, (fields: Fields) => readonly [type: string, body: string]>> = {
  "JSON, flat": (fields) => ["application/json", JSON.stringify(fields)],
  "JSON, under fields": (fields) => ["application/json", JSON.stringify({ fields })],
  "JSON, as pairs": (fields) => [
    "application/json",
    JSON.stringify(Object.entries(fields).map(([name, value]) => ({ name, value }))),
  ],
  urlencoded: (fields) => ["application/x-www-form-urlencoded", new URLSearchParams(fields).toString()],
  multipart: (fields) => ["multipart/form-data; boundary=b", `${Object.entries(fields).map(part).join("")}--b--\r\n`],
  "plain text, a field a line": (fields) => [
    "text/plain",
    Object.entries(fields)
      .map(([name, value]) => `${name}=${value}\r\n`)
      .join(""),
  ],
};

async function sent(type: string, body: string): Promise<NewEvent> {
  const read = await readForm(Buffer.from(body), type);
  return submissionOf(read, { form: "demo", key: undefined, rules: undefined, recent: new RecentForms(), now: 0 });
}

describe("a form is the same by whatever encoding it comes", () => {
  for (const [name, encoded] of Object.entries(encodings)) {
    it(`${name}: blanks around values and names are left out, and a field of blanks says nothing`, async () => {
      const { data, id } = await sent(
        ...encoded({
          "email ": " ada@acme.example ",
          "firstname ": "\tAda ",
          jobtitle: "   ",
          company: "Acme\u00a0",
          "favourite colour ": " blue",
          "utm_source ": " fair ",
          "context_page ": "/pricing ",
          "hp_website ": " ",
          "submission_id ": " key-1 ",
        }),
      );
      assert.deepEqual(data, {
        form: "demo",
        fields: { email: "ada@acme.example", firstname: "Ada", company: "Acme", favourite_colour: "blue" },
        context: { utm_source: "fair", page: "/pricing" },
      });
      assert.equal(id, "key-1");
    });

    it(`${name}: an address that is none is refused by the name of its field`, async () => {
      await assert.rejects(sent(...encoded({ "e-mail ": " ada at acme ", name: "Ada" })), {
        message: "The e-mail address is not one valid address. Nothing was recorded.",
      });
    });
  }

  it("a key is the same as a number and as a text", async () => {
    const asNumber = await sent("application/json", '{"email":"ada@acme.example","submission_id":42}');
    const asText = await sent("application/x-www-form-urlencoded", "email=ada@acme.example&submission_id=42");
    assert.deepEqual([asNumber.id, asText.id], ["42", "42"]);
  });

  it("of a name given twice, once left empty, the other value counts; null says as little as an empty text", async () => {
    const expected = { form: "demo", fields: { email: "ada@acme.example", phone: "+49 30 1" } };
    for (const [type, body] of [
      ["application/x-www-form-urlencoded", "email=ada@acme.example&phone=&phone=%2B49+30+1&jobtitle="],
      ["application/json", '{"email":"ada@acme.example","phone":[" ","+49 30 1"],"jobtitle":null}'],
    ] as const)
      assert.deepEqual((await sent(type, body)).data, expected);
  });

  it("plain text: a value of several lines is one value, and a beacon's urlencoded text is none of this", async () => {
    const lines = await sent("text/plain", "email=ada@acme.example\r\nmessage=Hello\r\nthere\r\n");
    assert.deepEqual(lines.data, { form: "demo", fields: { email: "ada@acme.example", message: "Hello\nthere" } });
    const beacon = await sent("text/plain", "email=ada%40acme.example&message=a%0D%0Ab\r\n");
    assert.deepEqual(beacon.data, { form: "demo", fields: { email: "ada@acme.example", message: "a\r\nb" } });
  });
});

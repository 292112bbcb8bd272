/** Forms as builders and programs send them: given this body, then these fields; what stands around them is kept. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readForm } from "./form-body.ts";
import { submissionOf } from "./form-submission.ts";
import { RecentForms } from "./recent-forms.ts";

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";
const ADA = { email: "ada@acme.example", firstname: "Ada", lastname: "Byron" };

async function dataOf(type: string, body: string) {
  const read = await readForm(Buffer.from(body), type);
  const options = { form: "demo", key: undefined, rules: undefined, recent: new RecentForms(), now: 0 };
  return submissionOf(read, options).data as { fields: object; extra?: Readonly<Record<string, unknown>> };
}

interface Case {
  readonly named: string;
  readonly type?: string;
  readonly body: unknown;
  readonly fields: object;
  /** Kept beside the fields, by its names. */
  readonly kept?: readonly string[];
}

const cases: readonly Case[] = [
  {
    named: "a list of labels and values, in an envelope, choices by the numbers of their options",
    body: {
      eventType: "FORM_RESPONSE",
      data: {
        fields: [
          { key: "q_1", label: "Your e-mail", type: "INPUT_EMAIL", value: ADA.email },
          { key: "q_2", label: "How shall we reach you?", type: "INPUT_EMAIL", value: "ada@home.example" },
          {
            key: "q_3",
            label: "Topics",
            value: ["a", "b"],
            options: [
              { id: "a", text: "Sales" },
              { id: "b", text: "Ops" },
            ],
          },
        ],
      },
    },
    fields: { email: ADA.email, topics: "Sales;Ops" },
    kept: ["e-mail", "envelope"],
  },
  {
    named: "a list of names and lists of values",
    body: {
      field_data: [
        { name: "email", values: [ADA.email] },
        { name: "full_name", values: ["Ada Byron"] },
      ],
    },
    fields: ADA,
    kept: ["envelope"],
  },
  {
    named: "a list of columns",
    body: {
      user_column_data: [
        { column_name: "User Email", string_value: ADA.email, column_id: "EMAIL" },
        { column_name: "Full Name", string_value: "Ada Byron", column_id: "FULL_NAME" },
      ],
    },
    fields: ADA,
    kept: ["envelope"],
  },
  {
    named: "questions and answers",
    body: {
      answers: [
        { question: "Email", answer: ADA.email },
        { question: "Name", answer: "Ada Byron" },
      ],
    },
    fields: ADA,
    kept: ["envelope"],
  },
  {
    named: "fields by their numbers, each with its name and value",
    body: { fields: { 1: { name: "Name", value: "Ada Byron" }, 2: { name: "Email", value: ADA.email } } },
    fields: ADA,
  },
  {
    named: "fields by their names, each with a value",
    body: { email: { value: ADA.email }, name: { value: "Ada Byron" } },
    fields: ADA,
    kept: ["envelope"],
  },
  {
    named: "names in brackets down to the value, the form's own name beside them",
    type: FORM_TYPE,
    body: "form[name]=New+form&fields[name][title]=Name&fields[name][value]=Ada+Byron&fields[email][id]=email&fields[email][value]=ada%40acme.example",
    fields: ADA,
    kept: ["form"],
  },
  {
    named: "JSON as one field of a form, its questions numbered, the name in two parts",
    type: FORM_TYPE,
    body: `formID=7&rawRequest=${encodeURIComponent(JSON.stringify({ q3_name: { first: "Ada", last: "Byron" }, q4_email: ADA.email }))}`,
    fields: ADA,
    kept: ["envelope"],
  },
  {
    named: "JSON with one name twice: neither value is lost",
    body: '{"email":"ada@acme.example","firstname":"Ada","lastname":"Byron","topic":"price","topic":"demo","firstname":"Ada"}',
    fields: { ...ADA, topic: "price;demo" },
  },
  { named: "JSON encoded twice", body: JSON.stringify(ADA), fields: ADA },
  { named: "JSON under the type of a form", type: FORM_TYPE, body: JSON.stringify(ADA), fields: ADA },
  {
    named: "names with a path",
    type: FORM_TYPE,
    body: "contact.email=ada%40acme.example&contact.firstName=Ada&contact.lastName=Byron",
    fields: ADA,
  },
  {
    named: "an address a program did not escape: its plus is a plus",
    type: FORM_TYPE,
    body: "email=ada+fair@acme.example&firstname=Ada+Maria",
    fields: { email: "ada+fair@acme.example", firstname: "Ada Maria" },
  },
];

describe("a form is found in", () => {
  for (const { named, type = JSON_TYPE, body, fields, kept = [] } of cases)
    it(named, async () => {
      const text = type === FORM_TYPE ? String(body) : JSON.stringify(body);
      const { fields: found, extra = {} } = await dataOf(type, text);
      assert.deepEqual(found, fields);
      assert.deepEqual(Object.keys(extra).toSorted(), [...kept].toSorted());
    });

  it("and a name that is reserved makes no object of that kind", async () => {
    const { fields } = await dataOf(FORM_TYPE, "email=ada%40acme.example&a[b][value]=1&__proto__[x][value]=1");
    assert.equal(Object.getPrototypeOf(fields), Object.prototype);
    assert.equal(({} as Readonly<Record<string, unknown>>).x, undefined);
  });

  it("where an address stands beside `fields` that hold none, it counts", async () => {
    const { fields } = await dataOf(JSON_TYPE, JSON.stringify({ email: ADA.email, fields: { firstname: "Ada" } }));
    assert.deepEqual(fields, { email: ADA.email, firstname: "Ada" });
  });
});

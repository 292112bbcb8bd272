import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJson, parseJsonText } from "./body.ts";
import { withAllSaid } from "./exact-json.ts";
import { Problem } from "./problem.ts";

const REFUSED: readonly (readonly [text: string, saw: RegExp])[] = [
  ['{"a":1,"a":2}', /"a" stands twice/],
  ['{"fields":{"email":"a@b.c"},"fields":{}}', /"fields" stands twice/],
  ['[{"a":1},{"b":{"c":1,"d":2,"c":3}}]', /"c" stands twice/],
  ['{"a":1,"\\u0061":2}', /"a" stands twice/],
  ['{"x":":","x":":"}', /"x" stands twice/],
  ['{"id":12345678901234567890}', /12345678901234567890/],
  ['{"list":[1,-9007199254740993]}', /-9007199254740993/],
];
for (const [text, saw] of REFUSED) {
  test(`${text} is refused, and what is wrong is named`, () => {
    assert.throws(
      () => parseJson(Buffer.from(text)),
      (error: unknown) => error instanceof Problem && saw.test(error.message),
    );
  });
}

const TAKEN: readonly string[] = [
  '{"a":{"x":1},"b":{"x":2}}',
  '[{"x":1},{"x":2}]',
  '{"a":":","b":": \\"c\\":"}',
  '{"a":"\\"a\\":1","b\\\\":2}',
  '{"id":9007199254740991,"big":9007199254740992,"real":0.12345678901234567890,"text":"12345678901234567890"}',
  '{"round":100000000000000000000}',
];
for (const text of TAKEN) {
  test(`${text} is taken as it is`, () => {
    assert.deepEqual(parseJson(Buffer.from(text)), JSON.parse(text));
  });
}

for (const text of [
  ...TAKEN,
  '[[],{},"",-1.5e3,true,false,null,{"a":[{"b":"\\u00e9}]"}]}]',
  ' { "a" : [ 1 , 2 ] } ',
  "17",
  '"a"',
]) {
  test(`${text} is read piece by piece as by JSON.parse`, () => {
    assert.deepEqual(withAllSaid(text, 64), JSON.parse(text));
  });
}

const SAID_TWICE: readonly (readonly [text: string, value: unknown])[] = [
  ['{"a":1,"a":2,"a":[3,4]}', { a: [1, 2, 3, 4] }],
  ['{"a":{"x":1},"a":{"x":1}}', { a: { x: 1 } }],
  ['{"a":{"x":1},"a":{"y":2}}', { a: [{ x: 1 }, { y: 2 }] }],
  ['{"list":[{"a":"x","a":"y","n":12345678901234567890}]}', { list: [{ a: ["x", "y"], n: "12345678901234567890" }] }],
];
for (const [text, value] of SAID_TWICE) {
  test(`of a form ${text} nothing is lost`, () => {
    assert.deepEqual(parseJsonText(text), value);
  });
}

test("a form that hides a reserved name or a deep value behind a second one is refused", () => {
  const refused = ['{"a":{"__proto__":1},"a":2}', `{"a":${"[".repeat(5_000)}${"]".repeat(5_000)},"a":2}`];
  for (const text of refused) assert.throws(() => parseJsonText(text), Problem);
});

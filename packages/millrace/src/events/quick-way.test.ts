import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { event, properties, propertyName, takeProperties, text } from "./define-event.ts";
import { missionEvents } from "./mission-events.ts";
import { quickly } from "./quick-way.ts";

/** The same rules, without a quick way. */
const slowText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes("\u0000") && value.isWellFormed());
const slowProperties = z
  .record(propertyName, z.union([slowText(10_000), z.number(), z.boolean(), z.null()]))
  .refine((value) => Object.keys(value).length <= 200);

const names = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/),
  fc.constantFrom("constructor", "__proto__", "lead_score", "Email", "", "a".repeat(65)),
);
const values = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("\u0000", "\ud800", "x".repeat(10_001), Number.NaN, Number.POSITIVE_INFINITY, undefined),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 1 }),
);
const anyProperties = fc.array(fc.tuple(names, values), { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs));

it("the quick way through properties takes only what the schema takes, and makes the same of it", () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof(anyProperties, fc.anything()), (value) => {
      const slow = slowProperties.safeParse(value);
      assert.equal(properties.safeParse(value).success, slow.success);
      const quick = takeProperties(value);
      if (quick === undefined) return;
      taken += 1;
      assert.ok(slow.success);
      assert.deepEqual(quick, slow.data);
    }),
    { numRuns: 3_000 },
  );
  assert.ok(taken > 100, `${taken} went the quick way`);
});

it("the quick way through text takes only what the schema takes", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\u0000", "\udc00", "12345678901"), fc.anything()),
      (value) => {
        assert.equal(text(10).safeParse(value).success, slowText(10).safeParse(value).success);
      },
    ),
    { numRuns: 2_000 },
  );
});

it("what was taken is the receiver's own: the sender may change what he sent", () => {
  const fields = { email: "ada@acme.example" };
  const parsed = missionEvents.form_submitted.schema.parse({ form: "demo", fields });
  fields.email = "someone@else.example";
  assert.equal(parsed.fields.email, "ada@acme.example");
});

it("a form without an address, or with a score out of range, is refused as without a quick way", () => {
  const { schema } = missionEvents.form_submitted;
  const messageOf = (fields: object) => schema.safeParse({ form: "demo", fields }).error?.issues[0]?.message;
  assert.equal(messageOf({ firstname: "Ada" }), "email is missing");
  assert.equal(messageOf({ email: "a@b.example", lead_score: 101 }), "lead_score is not a number from 0 to 100");
  assert.equal(messageOf({ email: "a@b.example" }), undefined);
});

it("a quick way is asked first, and what it leaves goes the long way", () => {
  const asked: unknown[] = [];
  const schema = quickly(z.string().min(3), (value) => {
    asked.push(value);
    return value === "quick" ? value : undefined;
  });
  const { schema: data } = event({ about: "A try.", data: z.strictObject({ word: schema }) });
  assert.deepEqual(data.safeParse({ word: "quick" }).success, true);
  assert.deepEqual(data.safeParse({ word: "slow" }).success, true);
  assert.deepEqual(data.safeParse({ word: "no" }).success, false);
  assert.deepEqual(asked, ["quick", "slow", "no"]);
});

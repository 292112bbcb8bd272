import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { emailAddress, properties, propertyName, propertyValue, text } from "./define-event.ts";
import { missionEvents } from "./mission-events.ts";
import { plainCheck } from "./plain-check.ts";

const task = 7;
/** What agents tell, as they tell it. */
const told: Partial<Record<keyof typeof missionEvents, object>> = {
  contact_scored: { score: 90, band: "hot", rubric: "r@1", reasons: [{ feature: "f", points: 1, because: "b" }], task },
  contact_enriched: {
    quality: 8,
    values: { domain: { value: "acme.example", confidence: 1, source: "address" } },
    reasons: ["known"],
    task,
  },
  nurture_enrolled: { sequence: "default", task },
  alert_sent: { audience: "sales", name: "hot_lead", channel: "console", task },
  task_failed: { task, kind: "k", attempt: 1, error: "e", retry: "spent" },
  lead_score_updated: { from: null, to: 3, cause: "c" },
  email_engagement: { email: "ada@acme.example", engagement: "opened", machine: false },
  high_value_lead_detected: { basis: "data_quality", quality: 9 },
  events_aggregated: {
    batch: "b",
    because: "full",
    counts: { form_submitted: 1 },
    contacts: [],
    items: [{ type: "t", contact: null, count: 1, last: 1 }],
    positions: [1],
  },
};

const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, "", "\u0000", "\ud800", "x".repeat(2_100), -1, 0, 1.5, 101, Number.NaN),
  fc.constantFrom<unknown>(Number.POSITIVE_INFINITY, 2 ** 53, true, [], {}, [undefined], { a: 1 }, new Date(0), 1n),
  fc.jsonValue(),
);

/** A value with one of its places changed, left out, or made up. */
const changed = (value: unknown) =>
  fc.tuple(fc.array(fc.nat(), { maxLength: 4 }), odd, fc.constantFrom("set", "delete", "add", "keep")).map((given) => {
    const [path, other, what] = given;
    const copy = structuredClone(value);
    let at = copy as Record<string, unknown>;
    for (const [depth, step] of path.entries()) {
      const names = Object.keys(at);
      const name = names[step % Math.max(1, names.length)];
      if (name === undefined) break;
      const inner = at[name];
      if (depth < path.length - 1 && typeof inner === "object" && inner !== null) {
        at = inner as Record<string, unknown>;
        continue;
      }
      if (what === "set") at[name] = other;
      if (what === "delete") delete at[name];
      break;
    }
    if (what === "add") at.added = other;
    return copy;
  });

for (const [type, data] of Object.entries(told)) {
  test(`what fits plainly into ${type} fits for zod too, whatever is changed in it`, () => {
    const { schema } = missionEvents[type as keyof typeof missionEvents];
    const fits = plainCheck(schema);
    let fitting = 0;
    let refused = 0;
    fc.assert(
      fc.property(changed(data), (value) => {
        if (fits(value)) {
          fitting += 1;
          assert.ok(schema.safeParse(value).success);
        } else refused += 1;
      }),
      { numRuns: 1_500 },
    );
    assert.ok(fitting > 100, `${fitting} fitted`);
    assert.ok(refused > 100, `${refused} did not`);
  });
}

interface Tree {
  readonly name: string;
  readonly below: readonly Tree[];
}
const tree: z.ZodType<Tree> = z.strictObject({
  name: text(3),
  get below() {
    return z.array(tree);
  },
});

const schemas: Readonly<Record<string, z.ZodType>> = {
  "a refined object": z.strictObject({ a: z.number().optional() }).refine(({ a }) => a !== 1),
  "a refined option": z.strictObject({
    a: z
      .string()
      .optional()
      .refine((a) => a !== "b"),
  }),
  "an open object": z.object({ a: z.literal("b") }),
  "a loose object": z.looseObject({ a: z.enum(["b", "c"]) }),
  "an object that passes others on": z.object({ a: z.number() }).catchall(z.string()),
  "an exact option": z.strictObject({ a: z.exactOptional(z.number()) }),
  "a default": z.strictObject({ a: z.number().default(1) }),
  "anything named": z.strictObject({ a: z.unknown() }),
  "numbers in bounds": z.array(z.number().gt(0).lt(3)).max(2),
  "whole numbers": z.array(z.int().min(-1).max(2)).nullable(),
  multiples: z.number().multipleOf(2),
  "a list of at least one": z.array(z.number()).min(1),
  "texts that are changed": z.strictObject({ a: emailAddress.optional() }),
  "values of properties": z.union([propertyValue, z.array(propertyValue)]),
  properties,
  "values by name": z.record(propertyName, z.number()),
  "values of all names": z.record(z.enum(["a", "b"]), z.number()),
  "values of some names": z.partialRecord(z.enum(["a", "b"]), z.number()),
  "values by number": z.record(z.number(), z.number()),
  "a refined text": text(3).refine((value) => value !== "b"),
  "a schema that holds itself": tree,
};
const shapes = fc.oneof(
  odd,
  fc.dictionary(
    fc.constantFrom("a", "b", "name", "below"),
    fc.oneof(odd, fc.constantFrom<unknown>("b", 1, 2, "a@b.example")),
  ),
  fc.array(fc.oneof(fc.constantFrom<unknown>(0, 1, 2, 3, -1, 1.5), odd), { maxLength: 3 }),
  fc.constantFrom<unknown>(
    { name: "a", below: [{ name: "b", below: [] }] },
    { name: "a", below: [{ name: "long", below: [] }] },
  ),
  fc.constantFrom<unknown>({ a: undefined }, "b", "abc", 4, 3, { a: "b" }, { a: 1, b: "c" }, { a: 1, b: 1 }),
);

for (const [name, schema] of Object.entries(schemas)) {
  test(`${name}: the plain check takes only what zod takes`, () => {
    const fits = plainCheck(schema);
    fc.assert(
      fc.property(shapes, (value) => {
        if (fits(value)) assert.ok(schema.safeParse(value).success);
      }),
      { numRuns: 1_500 },
    );
  });
}

test("what agents tell goes the plain way, without zod", () => {
  for (const [type, data] of Object.entries(told)) {
    const { schema } = missionEvents[type as keyof typeof missionEvents];
    const fits = plainCheck(schema);
    let asked = 0;
    const { run } = schema._zod;
    schema._zod.run = (...given) => {
      asked += 1;
      return run(...given);
    };
    assert.equal(fits(data), true, type);
    schema._zod.run = run;
    assert.equal(asked, 0, type);
  }
});

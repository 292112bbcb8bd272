/** Every setting refuses what does not fit, by its path; the types of a config are those of its schema. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import { numberOf } from "../settings/expected.ts";
import { defOf, nodeOf, type SettingNode, settingsIn } from "../settings/walk.ts";
import type { MillraceConfig } from "./config.ts";
import { checkedConfig, configJsonSchema, configSchema, RENAMED } from "./config-schema.ts";

type Schema = z.core.$ZodType;

/** What every kind of setting has to refuse. A kind that is not here fails the test of its first setting. */
const WRONG: Readonly<Record<string, (node: SettingNode) => readonly unknown[]>> = {
  number: ({ schema, notes }) => {
    const { minValue, maxValue, isInt } = numberOf(schema);
    assert.ok(Number.isFinite(minValue) && Number.isFinite(maxValue), "a number needs bounds");
    assert.ok(isInt || notes.unit !== undefined, "a number needs a unit");
    const beyond = [(minValue ?? 0) - 1, (maxValue ?? 0) + 1];
    return [
      "many",
      true,
      null,
      "2s",
      Number.NaN,
      Number.POSITIVE_INFINITY,
      ...beyond,
      ...(isInt ? [(minValue ?? 0) + 0.5] : []),
    ];
  },
  boolean: () => ["yes", 1, null],
  enum: () => ["nope", 1, null],
  literal: () => ["nope", null],
  string: ({ notes }) => [
    5,
    true,
    {},
    ...(notes.expected?.startsWith("a text") ? [] : ["", "2 fortnights", "not one"]),
  ],
  array: () => ["a", 5, {}],
  record: () => ["a", 5, []],
  object: ({ canBeFalse }) => ["a", 5, [], true, ...(canBeFalse ? [] : [false]), { notASetting: 1 }],
  custom: () => ["a", 5, {}, null],
  union: (node) => {
    const options = (defOf(node.schema) as { options?: readonly Schema[] }).options ?? [];
    const numbers = options.filter((option) => defOf(option).type === "number");
    const beyond = numbers.flatMap((schema) => WRONG.number?.({ ...node, schema }) ?? []);
    return [true, ...(numbers.length === 0 ? [5] : beyond)];
  },
  null: () => [],
};

const nodes = settingsIn(configSchema);

for (const node of nodes) {
  const path = node.path.join(".");
  it(`wrong settings: ${path} refuses a wrong type, unit and range, and names itself`, () => {
    const kind = defOf(node.schema).type;
    const wrongs = WRONG[kind];
    assert.ok(wrongs !== undefined, `add what a ${kind} has to refuse`);
    for (const wrong of wrongs(node)) assertRefused(node, wrong);
  });
  if (!path.includes("*") && !path.includes("[]")) {
    it(`settings: ${path} says what it does`, () => assert.match(node.notes.about ?? "", /\w.*\.$/));
  }
}

function assertRefused({ path, isGroup }: SettingNode, wrong: unknown): void {
  const config = withWrong(configSchema, path, wrong) as MillraceConfig;
  const named = path.map((name) => ({ "*": "mine", "[]": "0" })[name] ?? name).join(".");
  const isUnknownName = isGroup && typeof wrong === "object" && wrong !== null && "notASetting" in wrong;
  const field = isUnknownName ? `${named}.notASetting` : named;
  try {
    checkedConfig(config, { source: "millrace.config.ts" });
  } catch (error) {
    assert.ok(error instanceof MillraceError, String(error));
    assert.equal(error.code, "invalid_config");
    assert.ok(error.message.includes(field), `${error.message}\n does not name ${field}`);
    if (!isUnknownName) assert.match(error.message, /Expected: /, error.message);
    return;
  }
  assert.fail(`${named} took ${JSON.stringify(wrong)}`);
}

/** A config that is right but for one value. */
function withWrong(schema: Schema, path: readonly string[], wrong: unknown): unknown {
  const [name, ...below] = path;
  if (name === undefined) return wrong;
  const node = nodeOf(schema, []);
  const def = defOf(node.schema);
  if (name === "[]") return [withWrong(childOf(def.element), below, wrong)];
  if (name === "*") return { mine: withWrong(childOf(def.valueType), below, wrong) };
  const shape =
    [node.schema, ...(def.options ?? [])].map((one) => defOf(one).shape).find((one) => one?.[name] !== undefined) ?? {};
  const around = Object.fromEntries(
    Object.entries(shape)
      .filter(([other, child]) => other !== name && !nodeOf(child, []).isOptional)
      .map(([other, child]) => [other, sampleOf(child)]),
  );
  return { ...around, [name]: withWrong(childOf(shape[name]), below, wrong) };
}

function childOf(schema: Schema | undefined): Schema {
  assert.ok(schema !== undefined);
  return schema;
}

/** A value that is taken. */
function sampleOf(schema: Schema): unknown {
  const node = nodeOf(schema, []);
  const def = defOf(node.schema);
  if (node.notes.sample !== undefined) return node.notes.sample;
  if (def.type === "number") return numberOf(node.schema).minValue;
  if (def.type === "enum") return Object.values(def.entries ?? {})[0];
  if (def.type === "literal") return def.values?.[0];
  if (def.type === "boolean") return true;
  if (def.type === "object")
    return Object.fromEntries(Object.entries(def.shape ?? {}).map(([name, child]) => [name, sampleOf(child)]));
  assert.fail(`a ${def.type} needs a sample`);
}

describe("settings", () => {
  it("have a default each: an empty config is in force as a whole", () => {
    const { engine, gateway, monitor } = checkedConfig({}, { source: "nothing" });
    assert.equal(engine.sweepMs, 2_000);
    assert.equal(gateway.port, 4_300);
    assert.equal(monitor !== false && monitor.window, "15m");
  });

  it("that are undefined count as not there", () => {
    const { engine } = checkedConfig({ engine: { sweepMs: undefined, batchSize: 7 } }, { source: "x" });
    assert.deepEqual([engine.sweepMs, engine.batchSize], [2_000, 7]);
  });

  for (const [old, today] of Object.entries(RENAMED)) {
    it(`${old} of an earlier version is refused with its new name`, () => {
      const config = old.split(".").reduceRight<unknown>((value, name) => ({ [name]: value }), 1) as MillraceConfig;
      assert.throws(
        () => checkedConfig(config, { source: "x" }),
        new RegExp(`"${old}" has another name now: "${today}"`),
      );
      assert.ok(
        nodes.some(({ path }) => path.join(".") === today),
        today,
      );
    });
  }

  for (const [what, config, field] of [
    ["bands that do not rise", { pack: { bands: { hotAbove: 50 } } }, "pack.bands"],
    ["business hours that end before they begin", { businessHours: { from: "18:00" } }, "businessHours.to"],
    ["a window that ends before it begins", { mail: { window: { from: "19:00" } } }, "mail.window.to"],
    [
      "a sequence whose days do not rise",
      { pack: { sequences: { nurture: { purpose: "nurture", touches: [{ template: "a", day: 3 }] } } } },
      "pack.sequences.nurture.touches",
    ],
    [
      "quality whose medium is above its high",
      { pack: { enrichmentQuality: { mediumFrom: 9 } } },
      "pack.enrichmentQuality",
    ],
  ] as const) {
    it(`that do not fit each other are refused: ${what}`, () => {
      assert.throws(
        () => checkedConfig(config, { source: "x" }),
        (error) => error instanceof MillraceError && error.parts.field === field,
      );
    });
  }

  it("that are wrong together are named together", () => {
    const config = { engine: { batchSize: "many", leaseMs: -5, sweepMs: "2s" } } as unknown as MillraceConfig;
    assert.throws(
      () => checkedConfig(config, { source: "x" }),
      /3 settings are wrong:\n.*engine\.leaseMs is -5.*\n.*engine\.batchSize is "many".*\n.*engine\.sweepMs is "2s"\. Expected: a whole number of milliseconds from 1 to 86,400,000/,
    );
  });

  it("do not show a secret when they refuse it", () => {
    for (const config of [
      { hubspot: { accessToken: { hush: 1 } } },
      { databaseUrl: "x://a:hush@b" },
      { gateway: { webhookSecrets: { mail: { hush: 1 } } } },
      { gateway: { webhookSecrets: { mail: ["hush", { hush: 1 }] } } },
    ]) {
      assert.throws(
        () => checkedConfig(config as unknown as MillraceConfig, { source: "x" }),
        (error) => error instanceof MillraceError && !/hush/.test(error.message),
      );
    }
  });

  it("are a JSON Schema too, with bounds and defaults", () => {
    const { properties } = configJsonSchema() as { properties: { engine: { properties: { sweepMs: object } } } };
    assert.deepEqual(properties.engine.properties.sweepMs, {
      default: 2_000,
      type: "integer",
      minimum: 1,
      maximum: 86_400_000,
    });
  });
});

// Types, checked by the compiler: what a config may say is what the schema takes, setting by setting.
type Opaque = (...args: never[]) => unknown;
type Frozen<T> = T extends Opaque ? T : T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;
type Given = z.input<typeof configSchema>;
type Alike<A, B> = [A] extends [B] ? ([B] extends [A] ? true : "the schema takes less") : "the schema takes more";
/** Groups name by name, so that an optional setting that one of the two lacks is found. */
type SameNames<A, B> = {
  [Key in keyof A | keyof B]-?: Key extends keyof A & keyof B ? Names<A[Key], B[Key]> : "missing on one side";
};
type Names<A, B> = Alike<keyof Extract<NonNullable<A>, object>, keyof Extract<NonNullable<B>, object>>;
type Groups =
  | "pack"
  | "mail"
  | "enrichment"
  | "replies"
  | "hubspot"
  | "businessHours"
  | "monitor"
  | "engine"
  | "gateway"
  | "log";

type AllAlike = { [Key in keyof Given]-?: Alike<Frozen<Given[Key]>, Frozen<MillraceConfig[Key]>> };
type Unlike = { [Key in keyof AllAlike as AllAlike[Key] extends true ? never : Key]: AllAlike[Key] };
const areAlike: Alike<keyof Unlike, never> = true;
const hasSameNames: SameNames<Pick<Given, Groups>, Pick<MillraceConfig, Groups>> = {
  pack: true,
  mail: true,
  enrichment: true,
  replies: true,
  hubspot: true,
  businessHours: true,
  monitor: true,
  engine: true,
  gateway: true,
  log: true,
};
const isComplete: Alike<keyof Given, keyof MillraceConfig> = true;
it("types of a config and its schema are the same (checked by the compiler)", () => {
  assert.ok(areAlike && isComplete && hasSameNames.engine);
});

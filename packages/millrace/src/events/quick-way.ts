/**
 * A quick way through a schema for values that are plainly right, which nearly all are; everything else takes the long
 * way, which says what is wrong. What is right is told by the schema alone: the quick way may only be stricter.
 * Measured on the workload's forms: 1.7 µs a form instead of 11.
 */
import type { z } from "zod";

type Take = (value: unknown) => unknown;

const quickWays = new WeakMap<object, Take>();

/**
 * @param take the value as the schema would give it, or undefined when the schema has to look for itself.
 * @returns the same schema, with the quick way in front.
 */
export function quickly<Schema extends z.ZodType>(
  schema: Schema,
  take: (value: unknown) => z.output<Schema> | undefined,
): Schema {
  const { run } = schema._zod;
  schema._zod.run = (payload, context) => {
    const taken = take(payload.value);
    if (taken === undefined) return run(payload, context);
    payload.value = taken;
    return payload;
  };
  quickWays.set(schema, take);
  return schema;
}

/** What takes values past a schema, if there is a quick way. */
export function quickWayOf(schema: object): Take | undefined {
  return quickWays.get(schema);
}

/** The input of an operation, checked: the same words for a wrong one at every door. */
import type { z } from "zod";
import { didYouMean, MillraceError } from "../base/errors.ts";

/** @throws MillraceError invalid_request, naming the field; nothing was done. */
export function checkedInput<Input extends z.ZodObject>(schema: Input, given: unknown): z.output<Input> {
  const result = schema.strict().safeParse(given ?? {});
  if (result.success) return result.data as z.output<Input>;
  throw invalidInput(result.error, given, schema);
}

function invalidInput(error: z.ZodError, given: unknown, schema: z.ZodObject): MillraceError {
  const issue = error.issues[0];
  if (issue?.code === "unrecognized_keys") {
    const [name = ""] = issue.keys;
    const field = [...issue.path, name].map(String).join(".").slice(0, 200);
    const near = issue.path.length > 0 ? "" : didYouMean(name, Object.keys(schema.shape));
    return wrong(field, `"${field}" is not something this operation knows.${near}`);
  }
  const field = (issue?.path ?? []).map(String).join(".").slice(0, 200) || "body";
  return wrong(field, issue?.code === "invalid_value" ? notOneOf(field, issue, given) : `${field}: ${issue?.message}.`);
}

function wrong(field: string, saw: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw,
    next: `correct ${field}; /openapi.json and \`millrace help\` describe it.`,
    field,
  });
}

function notOneOf(field: string, issue: z.core.$ZodIssueInvalidValue, given: unknown): string {
  const values = issue.values.map(String);
  const value = valueAt(given, issue.path);
  const near = typeof value === "string" ? didYouMean(value, values) : "";
  return `${field}: ${JSON.stringify(value)?.slice(0, 100)} is not one of ${values.join(", ")}.${near}`;
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], given);
}

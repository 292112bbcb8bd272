/** The judges of the documents the gateway serves: linters, the official schema, a maker of clients. Used by test/documents. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

export { default as SwaggerParser } from "@apidevtools/swagger-parser";
export { createClient } from "@hey-api/openapi-ts";

/** Redocly's program. */
export const REDOCLY = join(import.meta.dirname, "node_modules", "@redocly", "cli", "bin", "cli.js");

/** Checks a document by the official schema of AsyncAPI 3.1. @returns what is wrong, at most three things; [] when it is valid. */
export function asyncApiFaults(document: unknown): readonly string[] {
  // The schema with $id does not compile: "resolves to more than one schema".
  const schema = createRequire(import.meta.url)("@asyncapi/specs/schemas/3.1.0-without-$id.json");
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const isValid = ajv.compile(schema);
  if (isValid(document)) return [];
  return (isValid.errors ?? []).slice(0, 3).map((error) => `${error.instancePath} ${error.message}`);
}

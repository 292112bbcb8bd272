/** What foreign programs make of our OpenAPI and AsyncAPI documents. Called by their tests. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import SwaggerParser from "@apidevtools/swagger-parser";
import { createClient } from "@hey-api/openapi-ts";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

const require = createRequire(import.meta.url);

/** @returns redocly's errors in the OpenAPI document of a file; [] when it is as it should be. */
export function redoclyErrors(file: string): readonly string[] {
  const program = join(dirname(require.resolve("@redocly/cli/package.json")), "bin", "cli.js");
  const { stdout, stderr } = spawnSync(process.execPath, [program, "lint", file, "--format=json"], {
    // Not where a configuration of its own could be.
    cwd: tmpdir(),
    encoding: "utf8",
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  if (!stdout.startsWith("{")) return [stdout + stderr];
  const { problems } = JSON.parse(stdout) as { problems: { ruleId: string; severity: string; message: string }[] };
  return problems.filter(({ severity }) => severity === "error").map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

/** Follows every reference and checks the document. @returns how many paths it has. @throws what swagger-parser finds wrong. */
export async function checkedPaths(document: object): Promise<number> {
  const { paths = {} } = await SwaggerParser.validate(structuredClone(document) as never);
  return Object.keys(paths).length;
}

/** Writes a client for an OpenAPI document, in TypeScript that Node runs as it is. */
export async function writeClient(file: string, folder: string): Promise<void> {
  await createClient({
    input: file,
    output: { path: folder, importFileExtension: ".ts" },
    plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
    logs: { level: "silent" },
  });
}

/** @returns what the official schema of AsyncAPI 3.1 finds wrong; [] when nothing. */
export function asyncApiErrors(document: unknown): readonly string[] {
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  // The one with $id does not compile: "resolves to more than one schema".
  const isValid = ajv.compile(require("@asyncapi/specs/schemas/3.1.0-without-$id.json"));
  if (isValid(document)) return [];
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

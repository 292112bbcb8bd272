/**
 * Writes the types the console asks the engine by, from the OpenAPI document: packages/console/src/api/schema.ts.
 * `npm run docs`; test/documents/console-types.test.ts fails when it is not up to date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import { EventCatalogue } from "../packages/millrace/src/events/catalogue.ts";
import { openApiOf } from "../packages/millrace/src/http/openapi.ts";
import { routes } from "../packages/millrace/src/http/routes.ts";

const SCHEMA_FILE = join(import.meta.dirname, "..", "packages", "console", "src", "api", "schema.ts");
const HEAD =
  "/** Made from the engine's OpenAPI document by tools/console-types.ts; `npm run docs` makes it anew. */\n\n";
/** What programs use, and no person. */
const NOT_OURS = ["/api/work/", "/api/stream"];

/** The parts of the document that are read here. */
interface Document {
  readonly paths: Record<string, Record<string, { responses?: Record<string, unknown> }>>;
  readonly components: { schemas: Record<string, unknown> };
}

/** The file as it should be. */
export async function consoleTypes(): Promise<string> {
  const document = await openApiOf(routes, new EventCatalogue({}), { url: "http://127.0.0.1:4300", version: "0" });
  return HEAD + astToString(await openapiTS(JSON.stringify(asked(JSON.parse(JSON.stringify(document))))));
}

/** The file as it is. */
export function consoleTypesOnDisk(): string {
  return readFileSync(SCHEMA_FILE, "utf8");
}

/** What the console asks: operations below /api, their answers when all goes well, and the shapes those name. */
function asked(document: Document): Document {
  const paths = Object.fromEntries(
    Object.entries(document.paths)
      .filter(([path]) => path.startsWith("/api/") && !NOT_OURS.some((other) => path.startsWith(other)))
      .map(([path, methods]) => [path, withoutProblems(methods)]),
  );
  const needed = new Set<string>();
  const follow = (part: unknown) => {
    for (const [, name = ""] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (needed.has(name)) continue;
      needed.add(name);
      follow(document.components.schemas[name]);
    }
  };
  follow(paths);
  const schemas = Object.fromEntries(Object.entries(document.components.schemas).filter(([name]) => needed.has(name)));
  // Its own definition refers to itself, which an interface cannot: what is inside is looked at where it is shown.
  if ("Json" in schemas) schemas.Json = {};
  return { ...document, paths, components: { schemas } };
}

/** Every refusal has one shape, which client.ts knows. */
function withoutProblems(methods: Document["paths"][string]): Document["paths"][string] {
  return Object.fromEntries(
    Object.entries(methods).map(([method, { responses = {}, ...rest }]) => [
      method,
      {
        ...rest,
        responses: Object.fromEntries(Object.entries(responses).filter(([status]) => status.startsWith("2"))),
      },
    ]),
  );
}

if (import.meta.main) writeFileSync(SCHEMA_FILE, await consoleTypes());

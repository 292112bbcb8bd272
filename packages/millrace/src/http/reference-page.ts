/** The reference of all routes as a page: written on the server from the OpenAPI document, with no script and nothing from outside. */
import { escapeHtml, page } from "./html.ts";
import type { OpenApiContent, OpenApiDocument, OpenApiOperation, OpenApiParameter } from "./openapi.ts";
import type { JsonSchema } from "./schema-registry.ts";

export function referencePage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const groups = document.tags
    .map((tag) => ({ ...tag, operations: operations.filter(({ operation }) => operation.tags.includes(tag.name)) }))
    .filter((group) => group.operations.length > 0);
  const contents = groups.map(({ name }) => `<li><a href="#${escapeHtml(name)}">${escapeHtml(name)}</a></li>`);
  const body = `<main class="reference">
<h1>${escapeHtml(document.info.title)} ${escapeHtml(document.info.version)}: HTTP reference</h1>
<p>${escapeHtml(document.info.description)}</p>
<p>For programs: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1) and <a href="/asyncapi.json">/asyncapi.json</a> (AsyncAPI 3.1).</p>
<nav><ul>${contents.join("")}<li><a href="#schemas">schemas</a></li></ul></nav>
${groups.map(groupHtml).join("\n")}
<section id="schemas"><h2>Schemas</h2>
${Object.entries(document.components.schemas).map(schemaHtml).join("\n")}
</section>
</main>`;
  return page({ title: `${document.info.title}: HTTP reference`, body });
}

interface Group {
  readonly name: string;
  readonly description: string;
  readonly operations: readonly Entry[];
}

interface Entry {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenApiOperation;
}

function groupHtml({ name, description, operations }: Group): string {
  return `<section id="${escapeHtml(name)}"><h2>${escapeHtml(name)}</h2><p>${escapeHtml(description)}</p>
${operations.map(operationHtml).join("\n")}</section>`;
}

function operationHtml({ path, method, operation }: Entry): string {
  const { operationId, summary, parameters = [], requestBody, responses, security } = operation;
  const open = security.length === 0 ? "" : " <small>needs the API key, a session or a signature</small>";
  return `<details id="${escapeHtml(operationId)}"><summary><code>${method} ${escapeHtml(path)}</code> ${escapeHtml(summary)}</summary>
<p><code>${escapeHtml(operationId)}</code>${open}</p>
${parameters.length === 0 ? "" : `<h3>Parameters</h3><dl>${parameters.map(parameterHtml).join("")}</dl>`}
${requestBody === undefined ? "" : `<h3>Body</h3><p>${escapeHtml(requestBody.description)}</p>${contentHtml(requestBody)}`}
<h3>Answers</h3><dl>${Object.entries(responses).map(responseHtml).join("")}</dl></details>`;
}

function parameterHtml({ name, in: place, required, description, schema }: OpenApiParameter): string {
  const about = typeof description === "string" ? ` ${escapeHtml(description)}` : "";
  const need = required ? "required" : "optional";
  return `<dt><code>${escapeHtml(name)}</code> <small>${place}, ${need}</small></dt><dd><code>${schemaText(schema)}</code>${about}</dd>`;
}

function responseHtml([status, answer]: [string, OpenApiContent]): string {
  return `<dt><code>${status}</code> ${escapeHtml(answer.description)}</dt><dd>${contentHtml(answer)}</dd>`;
}

function contentHtml({ content = {} }: OpenApiContent): string {
  const kinds = Object.entries(content).map(([type, { schema, example }]) => {
    const shown = example === undefined ? "" : `<pre>${escapeHtml(JSON.stringify(example, null, 2))}</pre>`;
    return `<li><code>${escapeHtml(type)}</code> ${schemaLink(schema)}${shown}</li>`;
  });
  return kinds.length === 0 ? "" : `<ul>${kinds.join("")}</ul>`;
}

function schemaLink(schema: JsonSchema): string {
  const name = typeof schema.$ref === "string" ? schema.$ref.split("/").at(-1) : undefined;
  if (name === undefined) return `<code>${schemaText(schema)}</code>`;
  return `<a href="#schema.${escapeHtml(name)}">${escapeHtml(name)}</a>`;
}

function schemaHtml([name, schema]: [string, JsonSchema]): string {
  return `<details id="schema.${escapeHtml(name)}"><summary><code>${escapeHtml(name)}</code></summary><pre>${schemaText(schema, 2)}</pre></details>`;
}

function schemaText(schema: JsonSchema, indent?: number): string {
  return escapeHtml(JSON.stringify(schema, null, indent));
}

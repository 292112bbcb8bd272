/** The tools, made from the table of operations: names, schemas, annotations, and which of them a caller may use. */
import { z } from "zod";
import type { Rights } from "../../access/scopes.ts";
import { type OperationName, operations } from "../../actions/operations.ts";
import type { AnyOperation, OperationWords, PageWords } from "../../operations/operation.ts";
import { needOf } from "../../operations/rights.ts";

/** A list is asked for page by page. */
export const DEFAULT_LIMIT = 20;
export const MOST = 200;

export interface ToolOperation {
  /** The tool's name: explain_event. */
  readonly tool: string;
  /** The operation's: explainEvent. */
  readonly name: OperationName;
  readonly words: OperationWords;
  readonly page: PageWords | undefined;
}

export const toolOperations: readonly ToolOperation[] = Object.entries(operations as Record<string, OperationWords>)
  .filter(([, words]) => words.tool !== undefined)
  .map(([name, words]) => ({
    tool: snakeCase(name),
    name: name as OperationName,
    words,
    page: words.tool?.page,
  }));

const byTool = new Map(toolOperations.map((one) => [one.tool, one]));

export function findTool(tool: string): ToolOperation | undefined {
  return byTool.get(tool);
}

export function toolNames(): readonly string[] {
  return [...byTool.keys()];
}

export function mayUse({ scopes }: Rights, { words }: ToolOperation): boolean {
  return scopes.has(needOf(words));
}

/** As tools/list shows a tool. */
export interface ToolDefinition {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema: ObjectSchema;
  readonly annotations: {
    readonly title: string;
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
    readonly openWorldHint: boolean;
  };
}

export interface ObjectSchema {
  readonly type: "object";
  readonly properties?: Record<string, object>;
  readonly required?: string[];
  readonly [key: string]: unknown;
}

/** The tools a caller may use. Made once for each: the code of every operation is loaded for it. */
export async function toolsFor(rights: Rights): Promise<ToolDefinition[]> {
  return Promise.all(toolOperations.filter((one) => mayUse(rights, one)).map(definitionOf));
}

const definitions = new Map<string, Promise<ToolDefinition>>();

function definitionOf(one: ToolOperation): Promise<ToolDefinition> {
  const made = definitions.get(one.tool) ?? makeDefinition(one);
  definitions.set(one.tool, made);
  return made;
}

async function makeDefinition({ tool, words }: ToolOperation): Promise<ToolDefinition> {
  const { input, answer }: AnyOperation = await words.load();
  const { effect, summary, answers, tool: more = {} } = words;
  const title = titleOf(tool);
  const isRead = effect === "read";
  return {
    name: tool,
    title,
    description: [summary, `Answers: ${answers}`, more.about].filter((text) => text !== undefined).join(" "),
    inputSchema: withSmallPages(schemaOf(input.strict(), "inline")),
    outputSchema: withMore(schemaOf(answer, "ref")),
    annotations: {
      title,
      readOnlyHint: isRead,
      destructiveHint: effect === "destructive",
      idempotentHint: isRead || more.isIdempotent === true,
      // What is changed here may lead a workflow to write a mail, or to HubSpot.
      openWorldHint: !isRead,
    },
  };
}

/** Of answers too as of an input: a field more than the schema names is no mistake. */
function schemaOf(schema: z.ZodType, reused: "inline" | "ref"): ObjectSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    reused,
    override: ({ jsonSchema }) => {
      // Of whole numbers, and says nothing to a model.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return rest as ObjectSchema;
}

/** Shorter pages than at HTTP: the answer has to fit into a model's context. */
function withSmallPages(schema: ObjectSchema): ObjectSchema {
  if (schema.properties?.limit === undefined) return schema;
  const limit = {
    type: "integer",
    minimum: 1,
    maximum: MOST,
    default: DEFAULT_LIMIT,
    description: "How many at most.",
  };
  return { ...schema, properties: { ...schema.properties, limit } };
}

/** What is said of an answer that is not all there is. */
const MORE: ObjectSchema = {
  type: "object",
  description:
    "There when the answer is not all there is. cut: lists of which only the first items are shown. shortened: how many texts were cut. next: the call for the next page.",
};

function withMore(schema: ObjectSchema): ObjectSchema {
  return { ...schema, properties: { ...schema.properties, more: MORE } };
}

/** "explainEvent" → "explain_event" */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (upper) => `_${upper.toLowerCase()}`);
}

function titleOf(tool: string): string {
  return tool.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());
}

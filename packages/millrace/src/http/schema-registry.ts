/**
 * All schemas of a document in one registry and one conversion: `$ref`s then count from the document's root, and a
 * recursive schema refers to itself by name. A call of z.toJSONSchema for each schema would give each a root of its own,
 * and references that lead nowhere in the document.
 */
import { z } from "zod";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Where schemas without a name of their own are put by the conversion. */
const SHARED = "__shared";

export class SchemaRegistry {
  readonly #registry = z.registry<{ id: string }>();
  readonly #names = new Set<string>();
  readonly #root: string;

  /** @param root where the schemas stand in the document: "#/components/schemas". */
  constructor(root: string) {
    this.#root = root;
  }

  /** Names a schema. One that has a name keeps it. @returns its name. */
  add(name: string, schema: z.ZodType): string {
    const known = this.#registry.get(schema);
    if (known !== undefined) return known.id;
    if (this.#names.has(name)) throw new Error(`Two schemas are called "${name}".`);
    this.#names.add(name);
    this.#registry.add(schema, { id: name });
    return name;
  }

  /** A reference to a schema of the registry, by its name. */
  ref(name: string): JsonSchema {
    return { $ref: `${this.#root}/${name}` };
  }

  /** Every schema by its name, as JSON Schema 2020-12. What only code can check is left out of it. */
  schemas(): Record<string, JsonSchema> {
    const { schemas } = z.toJSONSchema(this.#registry, {
      target: "draft-2020-12",
      io: "input",
      unrepresentable: "any",
      reused: "inline",
      uri: (id) => `${this.#root}/${id}`,
    });
    const { [SHARED]: shared, ...named } = schemas as Record<string, JsonSchema>;
    const unnamed = Object.entries((shared?.$defs ?? {}) as Record<string, JsonSchema>);
    const all = [...Object.entries(named), ...unnamed.map(([name, schema]) => [sharedName(name), schema] as const)];
    return Object.fromEntries(all.map(([name, schema]) => [name, this.#inDocument(schema)]));
  }

  /** Without what a schema of its own would say of itself, and with references to unnamed ones led to where they are. */
  #inDocument({ $schema: _, $id: __, ...schema }: JsonSchema): JsonSchema {
    const text = JSON.stringify(schema).replaceAll(
      new RegExp(`"[^"]*${SHARED}#/\\$defs/([^"]+)"`, "g"),
      (_match, name: string) => JSON.stringify(`${this.#root}/${sharedName(name)}`),
    );
    return JSON.parse(text) as JsonSchema;
  }
}

/** "schema0" → "Recursive0": users' own recursive schemas have no name. */
function sharedName(name: string): string {
  return name.replace(/^_*schema/, "Recursive");
}

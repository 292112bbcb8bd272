/** `millrace events schema [type]`: what may be sent, and in which form. Needs no database. */
import { z } from "zod";
import { EventCatalogue } from "../../events/catalogue.ts";
import type { Call } from "../command.ts";
import { openProject } from "../project.ts";
import { table } from "../text.ts";

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const { config } = await openProject(call, false);
  const catalogue = new EventCatalogue(config.events);
  const [type] = call.words;
  if (type === undefined) return listTypes(call, catalogue);
  const { about, schema, isInternal, example } = catalogue.get(type);
  const described = {
    type,
    about,
    isInternal,
    example: example ?? null,
    schema: z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }),
  };
  if (terminal.isJson) return terminal.document(described);
  terminal.data(JSON.stringify(described, null, 2));
}

function listTypes({ terminal }: Call, catalogue: EventCatalogue): void {
  const types = catalogue.names().map((type) => {
    const { about, flow, isInternal } = catalogue.get(type);
    return { type, about, flow: flow ?? null, isInternal };
  });
  const rows = types.map(({ type, about, isInternal }) => [type, isInternal ? "engine" : "anyone", about]);
  if (terminal.isJson) terminal.document({ types });
  else terminal.data(table(["TYPE", "STATED BY", "WHAT IT SAYS"], rows));
}

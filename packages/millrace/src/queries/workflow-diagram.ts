/** A workflow as a Mermaid diagram, from its definition. */
import { z } from "zod";
import { name } from "../operations/fields.ts";
import { engineOperation } from "../operations/operation.ts";
import { diagramOf } from "../workflows/diagram.ts";
import { workflowNamed } from "./workflow.ts";

export const workflowDiagram = engineOperation({
  input: z.object({ name, type: z.enum(["flowchart", "sequence"]).default("flowchart") }),
  answer: z.object({
    name: z.string(),
    version: z.string(),
    type: z.enum(["flowchart", "sequence"]),
    mermaid: z.string(),
  }),
  run: async ({ workflows }, { name, type }) => {
    const found = workflowNamed(name, workflows);
    return { name: found.name, version: found.version, type, mermaid: diagramOf(found, type) };
  },
});

/** `millrace workflows diagram [name]`: Mermaid text, for a README, a review, or mermaid.live. */
import { didYouMean, MillraceError } from "../../base/errors.ts";
import { type DiagramType, diagramOf } from "../../workflows/diagram.ts";
import type { Call } from "../command.ts";
import { CliError } from "../exit-codes.ts";
import { projectWorkflows } from "../project-workflows.ts";

const TYPES: readonly DiagramType[] = ["flowchart", "sequence"];

export async function run(call: Call<{ readonly type: string }>): Promise<void> {
  const { terminal, words, options } = call;
  const type = TYPES.find((known) => known === options.type);
  if (type === undefined) {
    throw new CliError(
      "usage",
      `--type "${options.type}" is no kind of diagram.${didYouMean(options.type, TYPES)}`,
      `write one of ${TYPES.join(", ")}.`,
    );
  }
  const { pack, own } = await projectWorkflows(call);
  const all = [...pack, ...own];
  const [name] = words;
  const wanted = name === undefined ? all : all.filter((workflow) => workflow.name === name);
  if (name !== undefined && wanted.length === 0)
    throw unknown(
      name,
      all.map((workflow) => workflow.name),
    );
  const diagrams = wanted.map((workflow) => ({
    name: workflow.name,
    version: workflow.version,
    type,
    mermaid: diagramOf(workflow, type),
  }));
  if (terminal.isJson) return terminal.document({ diagrams });
  // Of several, each is a block that Markdown renders; of one, the bare text, so that it can go into a file.
  for (const { name: title, mermaid } of diagrams) {
    terminal.data(wanted.length === 1 ? mermaid.trimEnd() : `## ${title}\n\n\`\`\`mermaid\n${mermaid}\`\`\`\n`);
  }
}

function unknown(name: string, known: readonly string[]): MillraceError {
  return new MillraceError("unknown_workflow", {
    saw: `There is no workflow "${name}".${didYouMean(name, known)}`,
    next: "see which there are: `millrace workflows list`.",
  });
}

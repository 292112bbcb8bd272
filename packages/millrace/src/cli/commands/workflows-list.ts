/** `millrace workflows list`. */
import type { Call } from "../command.ts";
import { nearPlace } from "../findings.ts";
import { projectWorkflows } from "../project-workflows.ts";
import { table } from "../text.ts";

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const { pack, own } = await projectWorkflows(call);
  const workflows = [...pack, ...own].map(({ name, version, about, source, triggers, at }) => ({
    name,
    version,
    about,
    source: source ?? null,
    from: pack.some((workflow) => workflow.name === name) ? "pack" : "own",
    on: [...new Set(triggers.map((trigger) => trigger.type))],
    at: nearPlace(at),
  }));
  if (terminal.isJson) return terminal.document({ workflows });
  const rows = workflows.map(({ name, version, from, on, at, about }) => [
    name,
    version,
    from,
    on.join(", "),
    at,
    about,
  ]);
  terminal.data(table(["NAME", "VERSION", "FROM", "ON", "PLACE", "ABOUT"], rows));
}

/** `millrace workflows lint`: exit 4 when there is an error; warnings are shown and let pass. */
import { checkWorkflowTypes } from "../../load-config/type-check.ts";
import { lintWorkflows } from "../../workflows/lint.ts";
import type { Call } from "../command.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { findingLine, nearPlace } from "../findings.ts";
import { openProject } from "../project.ts";
import { workflowsOf } from "../project-workflows.ts";
import { counted } from "../text.ts";

export async function run(call: Call): Promise<ExitCode> {
  const { terminal } = call;
  const loaded = await openProject(call);
  const { pack, own, catalogues } = workflowsOf(loaded);
  const { folder, workflowsFolder, file: configFile } = loaded;
  const types = await checkWorkflowTypes({ folder, workflowsFolder, configFile });
  if (types.notChecked !== undefined)
    terminal.say(`${terminal.noted("yellow", "note")}  types were not checked: ${types.notChecked}`);
  const findings = [...lintWorkflows([...pack, ...own], catalogues), ...types.findings];
  const errors = findings.filter((finding) => finding.level === "error").length;
  if (terminal.isJson) {
    terminal.document({
      workflows: pack.length + own.length,
      errors,
      findings: findings.map((finding) => ({ ...finding, at: nearPlace(finding.at) })),
    });
  } else {
    for (const finding of findings) terminal.data(findingLine(finding, terminal));
    terminal.say(
      `${counted(pack.length + own.length, "workflow")}, ${counted(findings.length, "finding")}, ${counted(errors, "error")}.`,
    );
  }
  return errors > 0 ? EXIT.findings : EXIT.ok;
}

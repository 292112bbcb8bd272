/** `millrace workflows lint`: exit 4 when there is an error; warnings are shown and let pass. */
import { lintWorkflows } from "../../workflows/lint.ts";
import type { Call } from "../command.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { findingLine, nearPlace } from "../findings.ts";
import { projectWorkflows } from "../project-workflows.ts";
import { counted } from "../text.ts";

export async function run(call: Call): Promise<ExitCode> {
  const { terminal } = call;
  const { pack, own, catalogues } = await projectWorkflows(call);
  const findings = lintWorkflows([...pack, ...own], catalogues);
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

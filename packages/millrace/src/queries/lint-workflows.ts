/** What the linter says of all workflows in force together: a loop may lead through several of them. */
import { z } from "zod";
import { engineOperation } from "../operations/operation.ts";
import { lintWorkflows as lint } from "../workflows/lint.ts";
import { finding } from "./views.ts";
import type { WorkflowSummary } from "./workflows.ts";

type LintWords = WorkflowSummary["findings"][number];

export const lintWorkflows = engineOperation({
  input: z.object({}),
  answer: z.object({
    workflows: z.number().int().describe("How many there are."),
    errors: z.number().int(),
    findings: z.array(finding),
  }),
  run: async ({ workflows, work }) => {
    const findings: LintWords[] = lint(workflows, { events: work.catalogue, tasks: work.tasks.catalogue });
    const errors = findings.filter(({ level }) => level === "error").length;
    return { workflows: workflows.length, errors, findings };
  },
});

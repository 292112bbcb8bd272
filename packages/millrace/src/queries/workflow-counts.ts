/** How often each workflow decided, by branch and by version, and how often each event came: the arrows of the flows. */
import { z } from "zod";
import { countsBehind, type FlowCount, readCounts } from "../decider/counts.ts";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";

const at = z.number().describe("Milliseconds since 1970.");
const counts = {
  hour: z.number().describe("In the last hour, by the database's clock."),
  day: z.number(),
  all: z.number().describe("Since the log began."),
};

export const workflowCounts = operation({
  input: z.object({ workflow: name.optional().describe("Only of this workflow.") }),
  answer: z.object({
    workflows: z.array(
      z.object({
        workflow: z.string(),
        ...counts,
        branches: z.array(z.object({ branch: z.string().describe('"": there was nothing to choose.'), ...counts })),
        versions: z
          .array(z.object({ version: z.string(), ...counts, firstAt: at, lastAt: at }))
          .describe("Those that decided, the latest first."),
      }),
    ),
    events: z.array(z.object({ type: z.string(), ...counts, perMinute: z.number().describe("Over the last hour.") })),
    behind: z.number().describe("Events that are not counted yet; 0: all are."),
  }),
  run: async ({ db }, { workflow }) => {
    const [branches, events] = [await readCounts(db, "branch"), await readCounts(db, "event")];
    const wanted = branches.filter((one) => workflow === undefined || one.name === workflow);
    return {
      workflows: [...Map.groupBy(wanted, (one) => one.name)].map(([workflow, rows]) => ({
        workflow,
        ...sumOf(rows),
        branches: by(rows, (row) => row.branch).map(([branch, same]) => ({ branch, ...sumOf(same) })),
        versions: by(rows, (row) => row.version)
          .map(([version, same]) => ({
            version,
            ...sumOf(same),
            firstAt: Math.min(...same.map((row) => row.firstAt)),
            lastAt: Math.max(...same.map((row) => row.lastAt)),
          }))
          .toSorted((a, b) => b.lastAt - a.lastAt),
      })),
      events: events.map(({ name: type, hour, day, all }) => ({ type, hour, day, all, perMinute: hour / 60 })),
      behind: await countsBehind(db),
    };
  },
});

function by(rows: readonly FlowCount[], key: (row: FlowCount) => string): [string, FlowCount[]][] {
  return [...Map.groupBy(rows, key)];
}

function sumOf(rows: readonly FlowCount[]): { hour: number; day: number; all: number } {
  const sum = (of: (row: FlowCount) => number) => rows.reduce((total, row) => total + of(row), 0);
  return { hour: sum((row) => row.hour), day: sum((row) => row.day), all: sum((row) => row.all) };
}

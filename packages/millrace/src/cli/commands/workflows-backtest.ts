/** `millrace workflows backtest`: what today's workflows would have decided of the events on record, beside what was decided. */
import { backtest } from "../../decider/backtest.ts";
import { differencesOf } from "../../decider/backtest-tally.ts";
import { workRules } from "../../engine/work-rules.ts";
import { contactFilter } from "../../queries/contact-id.ts";
import { backtestLines } from "../backtest-lines.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { CliError, EXIT, type ExitCode } from "../exit-codes.ts";
import { parseSince, wholeNumber } from "../parse.ts";
import { progressBar } from "../progress.ts";
import { openProject } from "../project.ts";
import { workflowsOf } from "../project-workflows.ts";
import { counted } from "../text.ts";

interface Options {
  readonly since?: string;
  readonly contact?: string;
  readonly examples: string;
  readonly expectSame?: boolean;
}

const parseExamples = wholeNumber("--examples", { from: 0, to: 100 });

export async function run(call: Call<Options>): Promise<ExitCode> {
  const { terminal, options, words } = call;
  const [workflow] = words;
  const since = options.since === undefined ? undefined : parseSince(options.since);
  const maxExamples = parseExamples(options.examples);
  const loaded = await openProject(call);
  const { pack, own } = workflowsOf(loaded);
  const workflows = [...pack, ...own];
  return withDatabase(loaded, async (db) => {
    const bar = await progressBar(terminal, "Deciding once more");
    const contact = await contactFilter(db, options.contact);
    const found = await backtest(db, {
      workflows,
      workflow,
      since,
      contact,
      maxDepth: workRules(loaded.config).maxDepth,
      maxExamples,
      onProgress: (done, events) => bar.to(done, counted(events, "event")),
    });
    bar.end(
      `${counted(found.events, "event")} of ${counted(found.contacts, "contact")} decided once more; nothing was written.`,
    );
    if (workflow !== undefined && found.workflows.length === 0 && !workflows.some(({ name }) => name === workflow)) {
      throw new CliError(
        "usage",
        `There is no workflow "${workflow}", and none of that name is on record.`,
        "`millrace workflows list` shows those there are.",
      );
    }
    const differences = found.workflows.reduce((sum, one) => sum + differencesOf(one), 0);
    if (terminal.isJson) terminal.document({ ...found, differences });
    else for (const line of backtestLines(found, terminal)) terminal.data(line);
    return differences > 0 && options.expectSame === true ? EXIT.difference : EXIT.ok;
  });
}

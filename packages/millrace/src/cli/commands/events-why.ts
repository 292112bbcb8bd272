/** `millrace events why`: the chain of causes behind an event, a task, an e-mail or an alert, and what each link decided. */
import type { Database } from "../../db/database.ts";
import { explainAlert, explainEmail, explainEvent, explainTask, type Why } from "../../read/why.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { CliError } from "../exit-codes.ts";
import { parseId } from "../parse.ts";
import { openProject } from "../project.ts";
import { short } from "../text.ts";
import { chainText } from "../why-text.ts";

interface Subjects {
  readonly task?: string;
  readonly email?: string;
  readonly alert?: string;
}

export async function run(call: Call<Subjects>): Promise<void> {
  const { terminal } = call;
  const explain = explanationOf(call);
  const why = await withDatabase(await openProject(call, false), explain);
  if (terminal.isJson) return terminal.document(why);
  terminal.data(chainText(why, terminal));
  if (why.effects.length === 0) return;
  terminal.data("It led to:");
  for (const effect of why.effects) terminal.data(`  ${effect.position}  ${effect.type}  ${short(effect.data, 80)}`);
}

/** Exactly one subject is asked about. */
function explanationOf({ words, options }: Call<Subjects>): (db: Database) => Promise<Why> {
  const asked = [
    words[0] === undefined ? undefined : subject("an event", words[0], explainEvent),
    options.task === undefined ? undefined : subject("a task", options.task, explainTask),
    options.email === undefined ? undefined : subject("an e-mail", options.email, explainEmail),
    options.alert === undefined ? undefined : subject("an alert", options.alert, explainAlert),
  ].filter((explain) => explain !== undefined);
  const [only] = asked;
  if (only !== undefined && asked.length === 1) return only;
  const saw = asked.length === 0 ? "Nothing to explain was named." : "More than one thing to explain was named.";
  throw new CliError("usage", saw, "name one: `events why 42`, or --task, --email or --alert with a number.");
}

function subject(what: string, text: string, explain: (db: Database, id: number) => Promise<Why>) {
  const id = parseId(what, text);
  return (db: Database) => explain(db, id);
}

/** `millrace emails list`. */
import { didYouMean } from "../../errors.ts";
import { type EmailSummary, listEmails } from "../../read/emails.ts";
import type { Call } from "../command.ts";
import { contactFilter } from "../contact-of.ts";
import { withDatabase } from "../database.ts";
import { CliError } from "../exit-codes.ts";
import { openProject } from "../project.ts";
import { counted, moment, table } from "../text.ts";

interface Options {
  readonly state?: string;
  readonly contact?: string;
  readonly limit: number;
  readonly since?: number;
}

const STATES: readonly EmailSummary["state"][] = ["sent", "suppressed", "sending", "unknown"];

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, options } = call;
  const state = parseState(options.state);
  const found = await withDatabase(await openProject(call, false), async (db) =>
    listEmails(db, { state, contact: await contactFilter(db, options.contact), limit: options.limit }),
  );
  const emails = found.filter((email) => email.createdAt >= (options.since ?? 0));
  if (terminal.isJson) return terminal.document({ emails });
  const rows = emails.map((email) => [
    String(email.id),
    moment(email.createdAt),
    email.state,
    email.template,
    email.recipient,
    email.subject,
    email.reason ?? "",
  ]);
  terminal.data(table(["ID", "AT (UTC)", "STATE", "TEMPLATE", "TO", "SUBJECT", "REASON"], rows));
  terminal.say(`${counted(emails.length, "e-mail")}.`);
}

function parseState(text: string | undefined): EmailSummary["state"] | undefined {
  const state = STATES.find((known) => known === text);
  if (text === undefined || state !== undefined) return state;
  throw new CliError(
    "usage",
    `--state "${text}" is no state.${didYouMean(text, STATES)}`,
    `write one of ${STATES.join(", ")}.`,
  );
}

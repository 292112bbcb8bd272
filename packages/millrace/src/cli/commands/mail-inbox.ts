/** `millrace mail inbox`. */
import { didYouMean } from "../../errors.ts";
import { type InboundRow, listInbound } from "../../read/inbound.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { CliError } from "../exit-codes.ts";
import { openProject } from "../project.ts";
import { counted, moment, table } from "../text.ts";

const STATES: readonly InboundRow["state"][] = ["taken", "ignored", "unreadable"];

export async function run(call: Call<{ readonly state?: string; readonly limit: number }>): Promise<void> {
  const { terminal, options } = call;
  const state = parseState(options.state);
  const inbox = await withDatabase(await openProject(call, false), (db) =>
    listInbound(db, { state, limit: options.limit }),
  );
  if (terminal.isJson) return terminal.document({ inbox });
  const rows = inbox.map((mail) => [
    String(mail.id),
    moment(mail.receivedAt),
    mail.state,
    mail.from,
    mail.subject,
    mail.why,
    mail.event === null ? "" : String(mail.event),
  ]);
  terminal.data(table(["ID", "AT (UTC)", "STATE", "FROM", "SUBJECT", "WHY", "EVENT"], rows));
  terminal.say(`${counted(inbox.length, "message")}.`);
}

function parseState(text: string | undefined): InboundRow["state"] | undefined {
  const state = STATES.find((known) => known === text);
  if (text === undefined || state !== undefined) return state;
  throw new CliError(
    "usage",
    `--state "${text}" is no state.${didYouMean(text, STATES)}`,
    `write one of ${STATES.join(", ")}.`,
  );
}

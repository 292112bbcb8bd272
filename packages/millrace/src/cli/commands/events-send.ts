/** `millrace events send`: puts an event into the log, checked as at every other door. An engine that runs decides it at once. */
import { text as textOf } from "node:stream/consumers";
import { systemClock } from "../../base/clock.ts";
import { MillraceError } from "../../base/errors.ts";
import { WakeUps } from "../../db/wake.ts";
import { EventCatalogue } from "../../events/catalogue.ts";
import type { Json } from "../../events/event.ts";
import { Ingest } from "../../intake/ingest.ts";
import type { Call } from "../command.ts";
import { openDatabase } from "../database.ts";
import { CliError } from "../exit-codes.ts";
import { parseJson } from "../parse.ts";
import { openProject } from "../project.ts";

interface Options {
  readonly contact?: string;
  readonly id?: string;
  readonly source: string;
}

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, words, options } = call;
  const [type = ""] = words;
  const loaded = await openProject(call, false);
  const catalogue = new EventCatalogue(loaded.config.events);
  if (catalogue.get(type).isInternal) throw internal(type);
  const data = parseJson("The data", words[1] ?? (await fromStdin(type))) as Json;
  const open = await openDatabase(loaded);
  try {
    const ingest = new Ingest(open.db, new WakeUps(), catalogue, systemClock);
    const contact = options.contact === undefined ? undefined : { email: options.contact };
    const [appended] = await ingest.append([
      { type, data, contact, id: options.id, source: options.source, actor: "cli" },
    ]);
    if (terminal.isJson) return terminal.document(appended);
    terminal.data(String(appended?.position));
    if (appended?.isDuplicate) terminal.say("The log had it already; nothing was written.");
    else if (open.by === "started for this")
      terminal.say("Recorded. No engine runs here; the next `millrace start` decides it.");
    else terminal.say(`Recorded. Next: millrace events why ${appended?.position}`);
  } finally {
    await open.close();
  }
}

async function fromStdin(type: string): Promise<string> {
  if (!process.stdin.isTTY) return textOf(process.stdin);
  throw new CliError(
    "usage",
    "The data of the event is missing.",
    `give it as JSON; \`millrace events schema ${type}\` shows an example.`,
  );
}

function internal(type: string): MillraceError {
  return new MillraceError("invalid_event", {
    saw: `Only the engine itself states "${type}". Nothing was recorded.`,
    next: "send the fact it follows from; `millrace events schema` lists what may be sent.",
    field: "type",
  });
}

/** `millrace contacts erase <who>` or `--from <list>`: for good, so a person is asked first; a dry run says what there is. */
import { readFile } from "node:fs/promises";
import { MillraceError, messageOf } from "../../base/errors.ts";
import type { LoadedConfig } from "../../load-config/load-config.ts";
import type { Erased } from "../../privacy/erase-contact.ts";
import { parseErasures } from "../../privacy/erasure-list.ts";
import { cliActor } from "../actor.ts";
import type { Call } from "../command.ts";
import { confirm } from "../confirm.ts";
import { CliError } from "../exit-codes.ts";
import { openProject } from "../project.ts";
import type { Terminal } from "../terminal.ts";
import { counted } from "../text.ts";
import { withOperations } from "../with-operations.ts";

interface Options {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly from?: string;
  readonly as?: string;
}

export async function run(call: Call<Options>): Promise<void> {
  const { words, options } = call;
  const [who] = words;
  if ((who === undefined) === (options.from === undefined))
    throw new CliError(
      "usage",
      "Nobody to erase was named, or two ways at once.",
      "name a contact, or a list with --from.",
    );
  const loaded = await openProject(call, false);
  if (who === undefined) await eraseList(call, loaded, options.from ?? "");
  else await eraseOne(call, loaded, who);
}

async function eraseOne(call: Call<Options>, loaded: LoadedConfig, who: string): Promise<void> {
  const { terminal, options } = call;
  const by = cliActor(options);
  const preview = await withOperations(loaded, { needs: "database", by }, (ask) =>
    ask("contactErasure", { contact: who }),
  );
  const [contact = who] = preview.contacts;
  if (options.dryRun === true) return show(terminal, contact, preview, true);
  if (!terminal.isJson) terminal.say(`${listOf(preview)} would be erased of contact ${contact}. There is no way back.`);
  await confirm(terminal, options.yes === true, `Erase everything known of ${who}?`);
  const erased = await withOperations(loaded, { needs: "engine", by }, (ask) => ask("eraseContact", { contact: who }));
  show(terminal, contact, erased, false);
}

function show(terminal: Terminal, contact: string, erased: Erased, isDryRun: boolean): void {
  if (terminal.isJson) {
    terminal.document({ contact, ...erased, isDryRun });
    return;
  }
  for (const [table, rows] of Object.entries(erased.rows)) terminal.data(`${String(rows).padStart(6)}  ${table}`);
  terminal.say(whatBecame(contact, erased, isDryRun));
}

function whatBecame(contact: string, { wasErased, inHubspot }: Erased, isDryRun: boolean): string {
  if (isDryRun) return "Nothing was done. Next: the same without --dry-run";
  const done = wasErased ? `Contact ${contact} had been erased before.` : `Contact ${contact} is erased.`;
  if (inHubspot.length === 0) return done;
  return `${done}\nHubSpot still has record ${inHubspot.join(", ")}; a task was made for that. Next: millrace tasks list`;
}

function listOf({ rows }: Erased): string {
  const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
  return `${counted(all, "row")} in ${counted(Object.keys(rows).length, "table")}`;
}

async function eraseList(call: Call<Options>, loaded: LoadedConfig, file: string): Promise<void> {
  const { terminal, options } = call;
  const entries = parseErasures(await textOf(file));
  const contacts = entries.filter((entry) => "contact" in entry).length;
  if (options.dryRun === true) {
    if (terminal.isJson) return terminal.document({ contacts, names: entries.length - contacts, isDryRun: true });
    return terminal.say(`The list holds ${counted(contacts, "contact")}. Nothing was done.`);
  }
  await confirm(
    terminal,
    options.yes === true,
    `Erase ${counted(contacts, "contact")} again, as far as they are here?`,
  );
  const applied = await withOperations(loaded, { needs: "engine", by: cliActor(options) }, (ask) =>
    ask("applyErasures", { entries }),
  );
  if (terminal.isJson) return terminal.document(applied);
  for (const contact of applied.erased) terminal.data(contact);
  terminal.say(
    `${counted(applied.erased.length, "contact")} erased again, ${applied.suppressed} names recognised from now on.`,
  );
}

async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: unknown) => {
    throw new MillraceError("not_found", {
      saw: `${file} cannot be read: ${messageOf(error)}.`,
      next: "name the list.",
    });
  });
}

/** `millrace backup <file>`: the database and the keys in one file, while the engine goes on. */
import { resolve } from "node:path";
import { writeBackup } from "../../backup/write-backup.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { progressBar } from "../progress.ts";
import { openProject } from "../project.ts";
import { counted } from "../text.ts";

interface Options {
  readonly keys: boolean;
}

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, words, options } = call;
  const file = resolve(words[0] ?? "");
  const loaded = await openProject(call, false);
  const keysFrom = options.keys ? loaded.config.dataFolder : undefined;
  await withDatabase(loaded, async (db) => {
    const bar = await progressBar(terminal, "Backing up");
    const done = await writeBackup(db, { file, keysFrom, onProgress: (share, table) => bar.to(share, table) });
    const tables = counted(Object.keys(done.tables).length, "table");
    bar.end(`${counted(done.rows, "row")} of ${tables}, the log up to position ${done.newest}, in ${file}.`);
    if (terminal.isJson) {
      terminal.document({ file, ...done });
      return;
    }
    terminal.data(`log  ${done.log}`);
    for (const table of done.leftOut) terminal.say(`Not in it: your own table ${table}.`);
    terminal.say(
      done.hasKeys
        ? "The file holds personal data and the keys of this installation: keep it as you keep those."
        : "The file holds personal data, and no keys: keep link-key and suppression-key of the data folder elsewhere.",
    );
  });
}

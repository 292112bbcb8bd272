/** `millrace restore <file>`: a backup into an empty database, or in place of one. What leaves is kept in until it is confirmed. */
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { examineBackup, type Restored, restoreBackup } from "../../backup/restore-backup.ts";
import { startEmbeddedDatabase } from "../../db/embedded.ts";
import type { LoadedConfig } from "../../load-config/load-config.ts";
import type { Call } from "../command.ts";
import { confirm } from "../confirm.ts";
import { type ProgressBar, progressBar } from "../progress.ts";
import { openProject } from "../project.ts";
import { counted } from "../text.ts";

interface Options {
  readonly dryRun?: boolean;
  readonly overwrite?: boolean;
  readonly moved?: boolean;
  readonly yes?: boolean;
  readonly keys: boolean;
}

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, words, options } = call;
  const file = resolve(words[0] ?? "");
  if (options.dryRun === true) return examine(call, file);
  const loaded = await openProject(call, false);
  if (options.overwrite === true)
    await confirm(terminal, options.yes === true, "What the database holds now is gone then. Restore?");
  const bar = await progressBar(terminal, "Restoring");
  const done = await restore(loaded, file, options, bar);
  bar.end(
    `${counted(done.rows, "row")} of ${counted(Object.keys(done.tables).length, "table")} restored and compared.`,
  );
  if (terminal.isJson) {
    terminal.document({ file, ...done });
    return;
  }
  terminal.data(`log  ${done.log}`);
  terminal.say(nextStep(done));
}

async function examine({ terminal }: Call<Options>, file: string): Promise<void> {
  const bar = await progressBar(terminal, "Reading");
  const { head, ...summary } = await examineBackup(file, (share, table) => bar.to(share, table));
  bar.end(
    `${file} is whole: ${counted(summary.rows, "row")}, the log up to position ${summary.newest}, made ${head.madeAt}.`,
  );
  if (terminal.isJson)
    terminal.document({ file, ...summary, madeAt: head.madeAt, version: head.version, isDryRun: true });
  else terminal.data(`log  ${summary.log}`);
}

async function restore({ config }: LoadedConfig, file: string, options: Options, bar: ProgressBar): Promise<Restored> {
  const { databaseUrl, dataFolder } = config;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const embedded = databaseUrl === undefined ? await startEmbeddedDatabase({ dataFolder }) : undefined;
  try {
    return await restoreBackup(
      { url: databaseUrl ?? embedded?.url ?? "", dataFolder, cluster: embedded?.cluster },
      {
        file,
        mayOverwrite: options.overwrite === true,
        withKeys: options.keys,
        isMove: options.moved === true,
        onProgress: (share, note) => bar.to(share, note),
      },
    );
  } finally {
    await embedded?.stop();
  }
}

function nextStep({ isHeld, tables }: Restored): string {
  const keys = tables.api_keys ?? 0;
  const again =
    keys === 0 ? "" : ` ${counted(keys, "API key")} of the backup work again: revoke those you had revoked since.`;
  const held = isHeld
    ? " Mail, CRM writes and webhooks are kept in until you confirm what was sent meanwhile. Next: start the engine, then millrace restore status"
    : " Next: millrace start";
  return `Done.${again}${held}`;
}

/** `millrace hubspot import`: HubSpot's contacts into the bulk lane. Killed and run again it goes on; run twice it takes nothing twice. */
import type { ImportResult } from "../../crm/hubspot/inbound/import-contacts.ts";
import { openEngine } from "../../engine/open-engine.ts";
import type { Call } from "../command.ts";
import { openDatabase } from "../database.ts";
import { withHubspot } from "../hubspot.ts";
import { progressBar } from "../progress.ts";
import { openProject } from "../project.ts";
import { counted } from "../text.ts";

interface Options {
  readonly dryRun?: boolean;
}

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, options } = call;
  const isDry = options.dryRun === true;
  const loaded = await openProject(call, false);
  const bar = await progressBar(terminal, "Reading HubSpot's contacts");
  const result = await withHubspot(loaded, async ({ settings }) => {
    const open = await openDatabase(loaded);
    try {
      const config = { ...loaded.config, databaseUrl: open.url, hubspot: settings };
      const engine = await openEngine(config, { roles: [] });
      try {
        return await engine.hubspot?.importAll(isDry, (so, total) =>
          bar.to(so.seen / Math.max(1, total), `${so.seen} of ${total}`),
        );
      } finally {
        await engine.stop();
      }
    } finally {
      await open.close();
    }
  });
  if (result === undefined) return;
  bar.end(summaryOf(result, isDry));
  if (terminal.isJson) terminal.document({ isDryRun: isDry, ...result });
}

function summaryOf({ seen, taken, recognised, known, isResumed }: ImportResult, isDry: boolean): string {
  const start = isResumed ? "Went on where the last run ended. " : "";
  const news = isDry ? `${taken} would be taken` : `${taken} taken`;
  return `${start}${counted(seen, "contact")} seen: ${news}, ${recognised} known by address, ${known} here already.`;
}

/** `millrace contacts rebuild`: folds every contact again from the log; where they differ from what is there, the log is right. */
import { cliActor } from "../actor.ts";
import type { Call } from "../command.ts";
import { compareContacts, replaceContacts } from "../compare-contacts.ts";
import { withDatabase } from "../database.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { progressBar } from "../progress.ts";
import { openProject } from "../project.ts";
import { counted } from "../text.ts";

export async function run(call: Call<{ readonly expectSame?: boolean; readonly as?: string }>): Promise<ExitCode> {
  const { terminal } = call;
  return withDatabase(await openProject(call, false), async (db) => {
    const bar = await progressBar(terminal, "Folding the log");
    const onProgress = (events: number, until: number) => bar.to(events / Math.max(1, until), counted(events, "event"));
    const comparison = await compareContacts(db, onProgress);
    const isSame = comparison.before === comparison.after;
    const mayReplace = !isSame && call.options.expectSame !== true;
    if (mayReplace) await replaceContacts(db, comparison, cliActor(call.options), onProgress);
    bar.end(`${counted(comparison.events, "event")} folded into ${counted(comparison.contacts, "contact")}.`);
    if (terminal.isJson) terminal.document({ ...comparison, isSame, replaced: mayReplace });
    else terminal.data(`before  ${comparison.before}\nafter   ${comparison.after}`);
    if (isSame) terminal.say("The contacts are what the log says.");
    else
      terminal.say(
        mayReplace
          ? "They differed; they are now what the log says."
          : "They differ. Nothing was changed. Next: run it without --expect-same.",
      );
    return isSame || mayReplace ? EXIT.ok : EXIT.difference;
  });
}

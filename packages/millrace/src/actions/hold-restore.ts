/** Keeps everything in by hand: for a machine that was set back as a whole, which nothing on it can see. */
import { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import { appendFacts } from "../events/facts.ts";
import { newestPosition } from "../events/log.ts";
import { commit } from "../operations/commit.ts";
import { operation } from "../operations/operation.ts";
import { readRestoreState } from "../queries/rows/restore.ts";
import { restoreState } from "../queries/views.ts";
import { readKnown } from "../restore/lineage.ts";
import { holdOutside, noteTold, readOpenRestore } from "../restore/restores.ts";

export const holdRestore = operation({
  input: z.object({}),
  answer: restoreState,
  run: async (context) => {
    const { db, by, clock, changed } = context;
    const now = clock.now();
    await commit(context, async (tx) => {
      const known = await readKnown(tx);
      if (known === undefined) throw neverOpened();
      const newest = await newestPosition(tx);
      const detail = `Held by hand (${by.name}).`;
      const finding = { how: "by_hand", detail, lastMissing: null } as const;
      const { lineage, ...here } = known;
      await holdOutside(tx, finding, { here, ended: lineage, newest, now });
      const data = { how: "by_hand", detail, newest } as const;
      const event = await appendFacts(tx, [{ type: "database_restored", data }], by.id, now);
      const open = await readOpenRestore(tx);
      if (open !== undefined) await noteTold(tx, open.id, event);
    });
    await changed("mail");
    return readRestoreState(db);
  },
});

function neverOpened(): MillraceError {
  return new MillraceError("not_found", {
    saw: "No engine has opened this database yet, so nothing can leave from it.",
    next: "start the engine first.",
  });
}

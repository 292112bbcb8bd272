/**
 * Asks or writes many together: while some are under way, the next gather. So fifty agents that write at the same moment cost a
 * transaction or two and not fifty. Used by tasks/step-store.ts, models/model-calls.ts and
 * mcp/client/server-state.ts.
 */
import { isRefused } from "./database.ts";

/** What came of an item, or the error of that item alone. */
export type Written<Result> = { readonly result: Result } | { readonly error: unknown };

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

const MAX_TOGETHER = 100;

/**
 * @param write all of them, or none: what it throws is the error of each. One that no row can hold must not cost the others
 *   theirs: what PostgreSQL refuses is written item by item.
 * @returns writes an item with those that come at the same time; throws what `write` throws, or the item's own error.
 */
export function gathered<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Written<Result>[]>,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let isWriting = false;

  async function pump(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    while (waiting.length > 0) await writeAll(waiting.splice(0, MAX_TOGETHER));
    isWriting = false;
  }

  async function writeAll(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const all = await write(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, i) => {
        const written = all[i] ?? { error: new Error("An item has no answer.") };
        if ("error" in written) reject(written.error);
        else resolve(written.result);
      });
    } catch (error) {
      if (batch.length > 1 && isRefused(error)) for (const one of batch) await writeAll([one]);
      else for (const { reject } of batch) reject(error);
    }
  }

  return (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    waiting.push({ item, resolve, reject });
    void pump();
    return promise;
  };
}

/**
 * Statements put into words before their transaction begins: what has to be encoded for them is encoded while nobody
 * waits for a lock, and what it was made from need not be kept until they are sent. For statements whose answers nobody needs.
 */
import type { Tx } from "./database.ts";

export interface Recorded {
  /** Sends them in their order. */
  send(tx: Tx): Promise<void>;
}

/** @param work sends to the recording what it would send to a transaction; every answer is empty. */
export async function recorded(work: (tx: Tx) => Promise<unknown>): Promise<Recorded> {
  const statements: ((tx: Tx) => Promise<unknown>)[] = [];
  await work({
    async query(text, values, name) {
      statements.push((tx) => tx.query(text, values, name));
      return [];
    },
    async script(text) {
      statements.push((tx) => tx.script(text));
      return [];
    },
    async copy(statement, data) {
      statements.push((tx) => tx.copy(statement, data));
    },
  });
  return {
    async send(tx) {
      await Promise.all(statements.map((statement) => statement(tx)));
    },
  };
}

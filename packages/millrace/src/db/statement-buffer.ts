/**
 * Statements put into words before their transaction begins: what has to be encoded for them is encoded while no one
 * waits for a lock, and what it was made from need not be kept until they are sent. For statements whose answers no one
 * needs; every answer is empty.
 */
import { joinedCopies } from "./copy.ts";
import type { Tx } from "./database.ts";

export class StatementBuffer implements Tx {
  readonly gathersRows: boolean;
  readonly #statements: ((tx: Tx) => Promise<unknown>)[] = [];
  readonly #copies = new Map<string, Buffer[]>();

  /** @param gathersRows what is copied into a table part by part is sent at once. Default false. */
  constructor({ gathersRows = false } = {}) {
    this.gathersRows = gathersRows;
  }

  async query<Row extends object>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]> {
    this.#statements.push((tx) => tx.query(text, values, name));
    return [];
  }

  async script(text: string): Promise<object[][]> {
    this.#statements.push((tx) => tx.script(text));
    return [];
  }

  async copy(statement: string, data: readonly Buffer[]): Promise<void> {
    const earlier = this.gathersRows ? this.#copies.get(statement) : undefined;
    if (earlier !== undefined) {
      earlier.push(...data);
      return;
    }
    const all = [...data];
    this.#copies.set(statement, all);
    this.#statements.push((tx) => tx.copy(statement, joinedCopies(all)));
  }

  /** Who sends the statements says when they are all. */
  concludes(): void {
    throw new Error("Statements that are only put into words have no transaction to conclude.");
  }

  /** Sends them in their order; what was gathered, where its first part stands. */
  async send(tx: Tx): Promise<void> {
    await Promise.all(this.#statements.map((statement) => statement(tx)));
  }
}

/**
 * The one way to PostgreSQL: a pool of connections, short transactions, and notifications.
 * Rows come back with bigint as number (positions stay far below 2^53) and timestamptz as Unix milliseconds.
 */
import pg from "pg";
import { MillraceError, messageOf } from "../errors.ts";
import { type Callback, CopyQuery } from "./copy-query.ts";

/** A connection inside a transaction, or the pool outside of one. */
export interface Queryable {
  /** `name` keeps the statement prepared on the connection; use it for statements that run all the time. */
  query<Row extends object>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]>;
}

/**
 * Statements are sent as they are given, without waiting for the answers of those before: what does not need an answer
 * to go on shares a round trip with what follows, e.g. by `Promise.all`. PostgreSQL takes them in their order; behind
 * one that fails it does none. Every answer has to be waited for: a statement that comes when the transaction is over
 * is refused.
 */
export interface Tx extends Queryable {
  /** Several statements in one round trip, without parameters: give integers only. The rows of each. */
  script(text: string): Promise<object[][]>;
  /** Sends the data of a `copy … from stdin` statement, in as many pieces as it comes in. */
  copy(statement: string, data: readonly Buffer[]): Promise<void>;
  /**
   * The commit leaves with what was sent in this tick, without waiting for the answers; whatever comes later is refused.
   * When one of the statements fails, PostgreSQL makes a rollback of it. For who has no answer to look at before.
   */
  concludes(): void;
  /** Is what is copied into a table in several calls sent as one statement? Then COPY is the way for few rows too. */
  readonly gathersRows?: boolean;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Connections at most. Default 10. */
  readonly maxConnections?: number;
  readonly onError?: (error: Error) => void;
}

export class Database implements Queryable {
  readonly url: string;
  readonly #pool: pg.Pool;
  #isClosing = false;

  constructor(options: DatabaseOptions) {
    this.url = options.url;
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max: options.maxConnections ?? 10,
      keepAlive: true,
      // Statements do not wait for the answers of those before. Measured: docs/decisions/0016-statements-travel-together.md.
      pipeline: true,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      types: { getTypeParser },
      // A statement that hangs must not hold the log's lock for ever (reliability, R2).
      options: "-c lock_timeout=5s -c statement_timeout=10s -c idle_in_transaction_session_timeout=10s -c timezone=UTC",
      application_name: "millrace",
    });
    // Without a listener, a connection lost while idle ends the process.
    this.#pool.on("error", (error) => {
      if (!this.#isClosing) options.onError?.(error);
    });
  }

  async query<Row extends object>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]> {
    const result = await this.#pool.query<Row>({ text, values: values as unknown[], name });
    return result.rows;
  }

  /**
   * Statements on one connection, taken in their order, each for itself: those sent together share a round trip, and a
   * later one sees all that an earlier one saw.
   */
  inOrder<Result>(work: (db: Queryable) => Promise<Result>): Promise<Result> {
    return this.#onConnection(async (client) => {
      const statements = new Statements(client);
      return work(statements).finally(() => statements.end());
    });
  }

  /**
   * Runs `work` in one transaction: committed when it returns, rolled back when it throws or one of its statements
   * failed, whoever has overheard that.
   * A connection that fails to roll back is destroyed, not reused.
   */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.#onConnection(async (client, giveUp) => {
      const statements = new Statements(client);
      try {
        statements.send((callback) => client.query("begin", callback)).catch(() => {});
        const result = await work(statements);
        await statements.commit();
        return result;
      } catch (error) {
        statements.end();
        await client.query("rollback").catch(giveUp);
        throw statements.failure ?? error;
      }
    });
  }

  /** @param work given a connection, and what tells that it is of no more use. */
  async #onConnection<Result>(
    work: (client: pg.PoolClient, giveUp: (error: Error) => void) => Promise<Result>,
  ): Promise<Result> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    const giveUp = (error: Error) => {
      broken = error;
    };
    // The pool listens only to idle connections: one lost in here without a listener would end the process.
    client.on("error", giveUp);
    try {
      return await work(client, giveUp);
    } finally {
      client.off("error", giveUp);
      client.release(broken);
    }
  }

  /**
   * A connection of its own, outside the pool, e.g. to listen. The caller ends it.
   * @internal so that who installs the package needs no types of pg.
   */
  async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url, keepAlive: true, types: { getTypeParser } });
    client.on("error", () => {});
    await client.connect();
    return client;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#pool.end();
  }
}

/** The server's version, "18.4". */
export async function serverVersion(db: Queryable): Promise<string> {
  const [row] = await db.query<{ version: string }>(
    "select split_part(current_setting('server_version'), ' ', 1) as version",
  );
  return row?.version ?? "unknown";
}

/** @throws MillraceError database_unavailable when nothing answers, with the next step. */
export async function checkReachable(database: Database): Promise<void> {
  try {
    await database.query("select 1");
  } catch (error) {
    throw new MillraceError("database_unavailable", {
      saw: `The database does not answer: ${messageOf(error)}.`,
      expected: "a PostgreSQL server, version 15 or newer",
      next: "check DATABASE_URL and that the server runs, or unset DATABASE_URL to use the embedded one.",
      cause: error,
    });
  }
}

/** SQLSTATE classes that speak of what was to be written: cardinality, data, integrity, limits. */
const REFUSALS = /^(21|22|23|54)/;

/**
 * Is it what was to be written that is at fault, so that writing it again can only fail again? False for a connection
 * that was lost, a lock that was not had in time, a full disk: those pass.
 */
export function isRefused(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return REFUSALS.test(error.code ?? "");
  return error instanceof TypeError || error instanceof RangeError || error instanceof MillraceError;
}

/** The statements of one transaction, sent one behind the other. */
class Statements implements Tx {
  readonly #client: pg.PoolClient;
  #isOver = false;
  #isHeldBack = false;
  #committed: Promise<void> | undefined;
  /** What the first statement that failed said; those behind it only say that the transaction has failed. */
  failure: Error | undefined;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async query<Row extends object>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]> {
    const statement = { text, values: values as unknown[], name };
    const { rows } = await this.send((callback) => this.#client.query(statement, callback));
    return rows as Row[];
  }

  async script(text: string): Promise<object[][]> {
    const results = (await this.send((callback) => this.#client.query(text, callback))) as
      | pg.QueryResult[]
      | pg.QueryResult;
    return (Array.isArray(results) ? results : [results]).map((result) => result.rows);
  }

  async copy(statement: string, data: readonly Buffer[]): Promise<void> {
    await this.send((callback) => this.#client.query(new CopyQuery(statement, data, callback)));
  }

  concludes(): void {
    // Whoever runs the transaction waits for it, and hears of a failure there.
    this.commit().catch(() => {});
  }

  /** @throws the first failure among the transaction's statements; nothing of it is committed then. */
  commit(): Promise<void> {
    this.#committed ??= this.#commit();
    return this.#committed;
  }

  async #commit(): Promise<void> {
    // A statement that could not even be sent leaves nothing on the server to keep a commit from succeeding.
    // Such failures are told by the end of this tick.
    await new Promise((resolve) => process.nextTick(resolve));
    if (this.failure !== undefined) throw this.failure;
    // Behind a statement that fails meanwhile, PostgreSQL answers a commit with a rollback.
    const committed = this.send((callback) => this.#client.query("commit", callback));
    this.end();
    await committed;
    if (this.failure !== undefined) throw this.failure;
  }

  /** What is sent within one tick leaves in one write instead of one a statement. */
  #holdBack(): void {
    if (this.#isHeldBack) return;
    this.#isHeldBack = true;
    const { stream } = (this.#client as unknown as { readonly connection: pg.Connection }).connection;
    stream.cork();
    process.nextTick(() => {
      this.#isHeldBack = false;
      stream.uncork();
    });
  }

  /** What is sent from now on would be done outside the transaction, at once and for good: it is refused. */
  end(): void {
    this.#isOver = true;
  }

  send(submit: (callback: Callback) => void): Promise<pg.QueryResult> {
    if (this.#isOver) return Promise.reject(new Error("The transaction was over before this statement came."));
    this.#holdBack();
    return new Promise<pg.QueryResult>((resolve, reject) => {
      submit((error, result) => {
        if (error === null || error === undefined) return resolve(result);
        this.failure ??= error;
        reject(error);
      });
    });
  }
}

const INT8 = 20;
const TIMESTAMPTZ = 1184;
const INT8_ARRAY = 1016;

// biome-ignore lint/suspicious/noExplicitAny: the signature is pg's.
function getTypeParser(oid: number, format?: any): any {
  if (format !== "binary") {
    if (oid === INT8) return Number;
    if (oid === TIMESTAMPTZ) return millisecondsOf;
    if (oid === INT8_ARRAY) return numbersOf;
  }
  return pg.types.getTypeParser(oid, format);
}

/** "2026-11-22 23:07:27.123+00" in milliseconds; sessions run in UTC. By position: 5 times as fast as Date.parse. */
function millisecondsOf(text: string): number {
  if (text.charCodeAt(4) !== 45 || !text.endsWith("+00")) return Date.parse(text);
  const fraction = text.length > 22 ? Number(`0${text.slice(19, -3)}`) : 0;
  const whole = Date.UTC(
    +text.slice(0, 4),
    +text.slice(5, 7) - 1,
    +text.slice(8, 10),
    +text.slice(11, 13),
    +text.slice(14, 16),
    +text.slice(17, 19),
  );
  return whole + Math.round(fraction * 1000);
}

function numbersOf(text: string): number[] {
  return text === "{}" ? [] : text.slice(1, -1).split(",").map(Number);
}

/**
 * The one way to PostgreSQL: a pool of connections, short transactions, and notifications.
 * Rows come back with bigint as number (positions stay far below 2^53) and timestamptz as Unix milliseconds.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { hostsOf } from "../base/database-address.ts";
import { MillraceError, messageOf } from "../base/errors.ts";
import { getTypeParser } from "./column-values.ts";
import { type Callback, CopyQuery } from "./copy-query.ts";
import { primaryOf } from "./primary.ts";

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
  /**
   * Statements sent from now on may take so long: this side waits for them as well as the server does.
   * What only records statements has none: nothing is waited for there.
   * @param ms milliseconds, at least 1,000.
   */
  patient?(ms: number): Promise<void>;
  /** Is what is copied into a table in several calls sent as one statement? Then COPY is the way for few rows too. */
  readonly gathersRows?: boolean;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Connections at most. Default 10. */
  readonly maxConnections?: number;
  /** So long an answer is waited for before the connection is given up, in milliseconds. Default 10,000. */
  readonly answerWithinMs?: number;
  readonly onError?: (error: Error) => void;
  /**
   * Done before the database is asked again when a connection was lost: by then it may be another server. What it throws is
   * thrown to who asked.
   */
  readonly afterLoss?: () => Promise<void>;
}

/**
 * A connection whose peer has gone without a word is silent for ever, and the server's own limits are of no use then: every
 * wait ends on this side too. The server's limit comes first where it still answers.
 */
const ANSWER_WITHIN_MS = 10_000;
const SERVER_MARGIN_MS = 1_000;
const CONNECT_WITHIN_MS = 5_000;

export class Database implements Queryable {
  readonly #options: DatabaseOptions;
  /** One for each host. */
  readonly #urls: readonly string[];
  readonly #answerWithinMs: number;
  #url: string;
  #pool: pg.Pool;
  readonly #afterLoss: (() => Promise<void>) | undefined;
  #wasLost = false;
  #checking: Promise<void> | undefined;
  #isClosing = false;

  constructor(options: DatabaseOptions) {
    this.#options = options;
    this.#urls = hostsOf(options.url);
    this.#url = this.#urls[0] ?? options.url;
    this.#afterLoss = options.afterLoss;
    this.#answerWithinMs = options.answerWithinMs ?? ANSWER_WITHIN_MS;
    this.#pool = this.#poolOf(this.#url);
    // Of several hosts the first need not be the one that takes writes.
    this.#wasLost = this.#urls.length > 1;
  }

  /** The address of the host in use. */
  get url(): string {
    return this.#url;
  }

  #poolOf(url: string): pg.Pool {
    const options = this.#options;
    const statementMs = Math.max(1, this.#answerWithinMs - SERVER_MARGIN_MS);
    const lockMs = Math.min(5_000, statementMs);
    const pool = new pg.Pool({
      connectionString: url,
      max: options.maxConnections ?? 10,
      keepAlive: true,
      // Statements do not wait for the answers of those before. Measured: docs/decisions/0016-statements-travel-together.md.
      pipeline: true,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      // In a pipeline this destroys the connection, and with it all that was sent behind (pg 8.23).
      query_timeout: this.#answerWithinMs,
      idleTimeoutMillis: 30_000,
      types: { getTypeParser },
      application_name: "millrace",
    });
    // A statement that hangs must not hold the log's lock for ever (reliability, R2). By statement and not by a parameter of
    // the connection's start: a pooler drops or refuses those. It leaves together with the first question.
    const settings = `set lock_timeout = ${lockMs}; set statement_timeout = ${statementMs};
      set idle_in_transaction_session_timeout = ${this.#answerWithinMs}; set timezone = 'UTC'`;
    pool.on("connect", (client) => void client.query(settings).catch(() => {}));
    // Without a listener, a connection lost while idle ends the process.
    pool.on("error", (error) => {
      this.#wasLost = true;
      if (!this.#isClosing) options.onError?.(error);
    });
    return pool;
  }

  async query<Row extends object>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]> {
    if (this.#wasLost) await this.#check();
    try {
      const result = await this.#pool.query<Row>({ text, values: values as unknown[], name });
      return result.rows;
    } catch (error) {
      this.#wasLost ||= isConnectionLost(error);
      throw error;
    }
  }

  /** Who comes meanwhile waits for the same look. */
  async #check(): Promise<void> {
    if (this.#afterLoss === undefined && this.#urls.length < 2) return;
    this.#checking ??= this.#follow()
      .then(() => this.#afterLoss?.())
      .then(() => {
        this.#wasLost = false;
      })
      .finally(() => {
        this.#checking = undefined;
      });
    await this.#checking;
  }

  /** Of several hosts another one may take the writes now; connections to the one before are of no more use. */
  async #follow(): Promise<void> {
    if (this.#urls.length < 2) return;
    const url = await primaryOf(this.#urls);
    if (url === this.#url) return;
    const before = this.#pool;
    this.#url = url;
    this.#pool = this.#poolOf(url);
    void before.end().catch(() => {});
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
        const failure = statements.failure ?? error;
        await client.query("rollback").catch(giveUp);
        if (statements.isCommitting && isConnectionLost(failure)) unanswered.set(failure as Error, processOf(client));
        throw failure;
      }
    });
  }

  /** @param work given a connection, and what tells that it is of no more use. */
  async #onConnection<Result>(
    work: (client: pg.PoolClient, giveUp: (error: Error) => void) => Promise<Result>,
  ): Promise<Result> {
    if (this.#wasLost) await this.#check();
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    const giveUp = (error: Error) => {
      broken = error;
    };
    // The pool listens only to idle connections: one lost in here without a listener would end the process.
    client.on("error", giveUp);
    try {
      return await work(client, giveUp);
    } catch (error) {
      this.#wasLost ||= isConnectionLost(error);
      throw error;
    } finally {
      client.off("error", giveUp);
      client.release(broken);
    }
  }

  /**
   * A connection of its own, outside the pool, e.g. to listen. The caller ends it.
   * @param answerWithinMs how long an answer is waited for. Default: as the pool's.
   * @internal so that who installs the package needs no types of pg.
   */
  async connect(answerWithinMs: number = this.#answerWithinMs): Promise<pg.Client> {
    if (this.#wasLost && this.#urls.length > 1) await this.#check();
    const client = new pg.Client({
      connectionString: this.url,
      keepAlive: true,
      types: { getTypeParser },
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      query_timeout: answerWithinMs,
    });
    client.on("error", () => {});
    await client.connect();
    return client;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#pool.end();
  }
}

const END_WITHIN_MS = 1_000;

/**
 * Ends a connection that may not answer any more: it says good-bye, and does not wait for long.
 * @internal as `connect`.
 */
export async function endSoon(client: pg.Client): Promise<void> {
  const timer = setTimeout(() => endAtOnce(client), END_WITHIN_MS);
  await client.end().catch(() => {});
  clearTimeout(timer);
}

/**
 * Ends a connection without another word.
 * @internal as `connect`.
 */
export function endAtOnce(client: pg.Client): void {
  (client as unknown as { readonly connection: pg.Connection }).connection.stream.destroy();
}

/** The server's version, "18.4". */
export async function serverVersion(db: Queryable): Promise<string> {
  const [row] = await db.query<{ version: string }>(
    "select split_part(current_setting('server_version'), ' ', 1) as version",
  );
  return row?.version ?? "unknown";
}

export interface TimeLimit {
  /** So long a server that is not there, or is just starting, is waited for, in milliseconds. */
  readonly ms: number;
  /** Told once, when the first try has failed. */
  readonly onWaiting: (because: string) => void;
}

const TRY_AGAIN_MS = 500;

/**
 * Asks whether a server answers.
 * @param patience default: none, the first answer counts.
 * @throws MillraceError database_unavailable when none does, with the next step. One that answers and refuses (a password, a
 *   database that there is not) is not waited for.
 */
export async function checkReachable(database: Database, patience?: TimeLimit): Promise<void> {
  const deadline = performance.now() + (patience?.ms ?? 0);
  for (let tries = 1; ; tries++) {
    try {
      await database.query("select 1");
      return;
    } catch (error) {
      if (!isConnectionLost(error) || performance.now() > deadline) throw unreachable(error);
      if (tries === 1) patience?.onWaiting(messageOf(error));
      await sleep(TRY_AGAIN_MS);
    }
  }
}

function unreachable(cause: unknown): MillraceError {
  return new MillraceError("database_unavailable", {
    saw: `The database does not answer: ${messageOf(cause)}.`,
    expected: "a PostgreSQL server, version 15 or newer",
    next: "check DATABASE_URL and that the server runs, or unset DATABASE_URL to use the embedded one.",
    cause,
  });
}

/** Failures of transactions whose commit was sent and not answered, with the server's process that had them. */
const unanswered = new WeakMap<Error, number>();

/**
 * Was a commit sent, and the connection lost before the answer? Then what it wrote may be there: look before anything is
 * said of it.
 */
export function isCommitUnknown(error: unknown): boolean {
  return error instanceof Error && unanswered.has(error);
}

/**
 * Has the server's process of a lost connection come to its end? Until then it may still commit what it was sent.
 * @param error one of which `isCommitUnknown` is true.
 */
export async function hasCommitSettled(db: Queryable, error: unknown): Promise<boolean> {
  const pid = unanswered.get(error as Error);
  const [still] = await db.query("select from pg_stat_activity where pid = $1 and state <> 'idle'", [pid ?? 0]);
  return still === undefined;
}

function processOf(client: pg.PoolClient): number {
  return (client as unknown as { readonly processID?: number }).processID ?? 0;
}

/** PostgreSQL's classes 08 (connection) and 57P (shutting down), 25006 (a standby takes no writes), 53300 (all its connections are taken), and what the driver says of a connection that is no more. */
const LOST_CODE =
  /^(08|57P|25006|53300)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;
const LOST_WORDS =
  /timeout exceeded when trying to connect|Connection terminated|not queryable|Query read timeout|timeout expired/;

/** Did the connection fail, and not what was asked? Also when there was none to be had. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = "" } = error as { code?: unknown };
  return (typeof code === "string" && LOST_CODE.test(code)) || LOST_WORDS.test(error.message);
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
  #isCommitSent = false;
  /** undefined: as the connection waits by itself. */
  #answerWithinMs: number | undefined;
  /** Was the commit sent? Then only its answer says what came of the transaction. */
  get isCommitting(): boolean {
    return this.#isCommitSent;
  }

  /** What the first statement that failed said; those behind it only say that the transaction has failed. */
  failure: Error | undefined;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async query<Row extends object>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]> {
    const statement = { text, values: values as unknown[], name, query_timeout: this.#answerWithinMs };
    const { rows } = await this.send((callback) => this.#client.query(statement, callback));
    return rows as Row[];
  }

  async script(text: string): Promise<object[][]> {
    const statement = { text, query_timeout: this.#answerWithinMs };
    const results = (await this.send((callback) => this.#client.query(statement, callback))) as
      | pg.QueryResult[]
      | pg.QueryResult;
    return (Array.isArray(results) ? results : [results]).map((result) => result.rows);
  }

  async copy(statement: string, data: readonly Buffer[]): Promise<void> {
    await this.send((callback) => this.#client.query(new CopyQuery(statement, data, callback)));
  }

  async patient(ms: number): Promise<void> {
    this.#answerWithinMs = ms + SERVER_MARGIN_MS;
    await this.script(`set local statement_timeout = ${Math.round(ms)}`);
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
    this.#isCommitSent = true;
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

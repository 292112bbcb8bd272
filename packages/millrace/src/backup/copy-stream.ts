/**
 * COPY as a stream of lines, out of the server and into it, without holding more than a few pieces. On a connection of its own
 * that waits for no limit of its statements: what ends a wait is that nothing moves for a minute.
 */
import pg from "pg";
import { MillraceError } from "../base/errors.ts";
import { type Database, endAtOnce } from "../db/database.ts";

const NOTHING_MOVES_MS = 60_000;
const LINE_FEED = 10;
/** Pieces are gathered up to this before they are sent. */
const PIECE = 65_536;

/** Text that means the same whatever the server's settings are. */
const SETTINGS = `set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set bytea_output = 'hex';
  set extra_float_digits = 1; set client_encoding = 'UTF8'; set statement_timeout = 0; set lock_timeout = '5s';
  set idle_in_transaction_session_timeout = 0; set synchronize_seqscans = off`;

/** A connection for copying. The caller ends it. */
export async function connectToCopy(db: Database): Promise<pg.Client> {
  const client = await db.connect(0);
  await client.query(SETTINGS);
  return client;
}

/** Sends every row to `onRow`, a line of COPY's text without its end. */
export async function copyOut(client: pg.Client, statement: string, onRow: (row: Buffer) => Promise<void> | void) {
  const out = new CopyOut(statement, client);
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of out.pieces()) {
    let begin = 0;
    const data = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    for (let end = data.indexOf(LINE_FEED, begin); end >= 0; end = data.indexOf(LINE_FEED, begin)) {
      const waits = onRow(data.subarray(begin, end));
      if (waits !== undefined) await waits;
      begin = end + 1;
    }
    rest = data.subarray(begin);
  }
}

/** Sends rows to a `copy … from stdin`. */
export async function copyIn(client: pg.Client, statement: string, rows: AsyncIterable<Buffer>): Promise<void> {
  const copying = new CopyIn(statement, client, rows);
  await copying.done;
}

type Callback = (error: Error | null | undefined) => void;

/** Base of both: a submitted query of pg whose watch ends the connection when nothing moves. */
class Copying extends pg.Query {
  readonly #client: pg.Client;
  readonly #statement: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(statement: string, client: pg.Client, callback: Callback) {
    super({ text: statement }, undefined, (error: Error | null | undefined) => {
      clearTimeout(this.#timer);
      callback(error);
    });
    this.#statement = statement;
    this.#client = client;
  }

  override submit = (connection: pg.Connection): void => {
    this.moved();
    connection.query(this.#statement);
  };

  protected moved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => endAtOnce(this.#client), NOTHING_MOVES_MS);
  }
}

class CopyOut extends Copying {
  readonly #waiting: Buffer[] = [];
  #isOver = false;
  #error: Error | undefined;
  #wake: () => void = () => {};
  #connection: pg.Connection | undefined;

  constructor(statement: string, client: pg.Client) {
    super(statement, client, (error) => {
      this.#isOver = true;
      this.#error = error ?? undefined;
      this.#wake();
    });
    client.query(this);
  }

  async *pieces(): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const piece = this.#waiting.shift();
        if (piece !== undefined) {
          yield piece;
          continue;
        }
        if (this.#isOver) break;
        this.#connection?.stream.resume();
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      // Over within one read of more pieces than may wait, it stands still here: the answer to the next statement would never be read.
      this.#connection?.stream.resume();
    }
    if (this.#error !== undefined) throw this.#error;
  }

  /** pg's reader stands still while what has come is not used yet. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }, connection: pg.Connection): void {
    this.moved();
    this.#connection = connection;
    // The buffer is pg's, and written over.
    this.#waiting.push(Buffer.from(chunk));
    if (this.#waiting.length > 256) connection.stream.pause();
    this.#wake();
  }
}

interface Sender {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

class CopyIn extends Copying {
  readonly done: Promise<void>;
  readonly #rows: AsyncIterable<Buffer>;

  constructor(statement: string, client: pg.Client, rows: AsyncIterable<Buffer>) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    super(statement, client, (error) => (error === null || error === undefined ? resolve() : reject(error)));
    this.done = promise;
    this.#rows = rows;
    client.query(this);
  }

  handleCopyInResponse(connection: pg.Connection): void {
    const sender = connection as unknown as Sender;
    this.#send(sender, connection).catch((error: unknown) => sender.sendCopyFail(String(error).slice(0, 500)));
  }

  async #send(sender: Sender, { stream }: pg.Connection): Promise<void> {
    let gathered: Buffer[] = [];
    let size = 0;
    const flush = async () => {
      this.moved();
      sender.sendCopyFromChunk(Buffer.concat(gathered));
      gathered = [];
      size = 0;
      if (stream.writableNeedDrain) await drained(stream);
    };
    for await (const row of this.#rows) {
      gathered.push(row, LINE_END);
      size += row.length + 1;
      if (size >= PIECE) await flush();
    }
    if (size > 0) await flush();
    sender.endCopyFrom();
  }
}

const LINE_END = Buffer.from("\n");

function drained(stream: pg.Connection["stream"]): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      stream.off("drain", go).off("close", gone);
    };
    const go = () => {
      end();
      resolve();
    };
    const gone = () => {
      end();
      reject(new MillraceError("database_unavailable", { saw: "The database went away.", next: "begin again." }));
    };
    stream.on("drain", go).on("close", gone);
  });
}

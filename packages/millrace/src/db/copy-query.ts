/**
 * A `copy … from stdin` statement together with its data, sent at once: no waiting until the server asks for it.
 * When the statement fails, the server throws the data away (PostgreSQL manual, "Message Flow", COPY operations), so
 * that whatever was sent behind it is answered as usual.
 */
import pg from "pg";

const COPY_DATA = 0x64;
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]);

/** As pg calls it: `error` is null or undefined when there is none. */
export type Callback = (error: Error | null | undefined, result: pg.QueryResult) => void;

export class CopyQuery extends pg.Query {
  readonly #statement: string;
  readonly #data: readonly Buffer[];

  constructor(statement: string, data: readonly Buffer[], callback: Callback) {
    super({ text: statement }, undefined, callback as ConstructorParameters<typeof pg.Query>[2]);
    this.#statement = statement;
    this.#data = data;
  }

  override submit = (connection: pg.Connection): void => {
    const header = Buffer.allocUnsafe(5);
    header.writeUInt8(COPY_DATA, 0);
    header.writeUInt32BE(
      this.#data.reduce((sum, piece) => sum + piece.length, 4),
      1,
    );
    connection.stream.cork();
    connection.query(this.#statement);
    connection.stream.write(header);
    for (const piece of this.#data) connection.stream.write(piece);
    connection.stream.write(COPY_DONE);
    connection.stream.uncork();
  };

  /** The data is on its way already. */
  handleCopyInResponse(): void {}
}

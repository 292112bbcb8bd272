/** Statements of one transaction travel together; what goes wrong among them is never half done and never overheard. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { copyRows, int8, text } from "../../packages/millrace/src/db/copy.ts";
import { Database, type Tx } from "../../packages/millrace/src/db/database.ts";
import { StatementBuffer } from "../../packages/millrace/src/db/statement-buffer.ts";
import { freshDatabase } from "../factories/database.ts";

async function table(): Promise<AsyncDisposable & { db: Database; ids: () => Promise<number[]> }> {
  const database = await freshDatabase();
  const db = new Database({ url: database.url, maxConnections: 1 });
  await db.query("create table kept (id bigint primary key, word text check (word <> 'forbidden'))");
  return {
    db,
    ids: async () => (await db.query<{ id: number }>("select id from kept order by id")).map(({ id }) => id),
    async [Symbol.asyncDispose]() {
      await db.close();
      await database.drop();
    },
  };
}

const insert = (tx: Tx, id: number, word = "fine") => tx.query("insert into kept values ($1, $2)", [id, word], "keep");

/** Enough rows to travel by COPY. */
function many(tx: Tx, word: (row: number) => string): Promise<void> {
  const rows = Array.from({ length: 1_000 }, (_, i) => i);
  return copyRows(tx, "kept", rows.length, { id: int8(rows), word: text(rows.map(word)) });
}

describe("a transaction", () => {
  it("keeps everything, in the order in which it was sent", async () => {
    await using kept = await table();
    await kept.db.transaction(async (tx) => {
      const copied = many(tx, () => "fine");
      const deleted = tx.query("delete from kept where id >= 3");
      await Promise.all([copied, deleted, insert(tx, 5)]);
    });
    assert.deepEqual(await kept.ids(), [0, 1, 2, 5]);
  });

  const failing: { name: string; code: string; work: (tx: Tx) => Promise<unknown> }[] = [
    { name: "a statement that was waited for", code: "23514", work: (tx) => insert(tx, 2, "forbidden") },
    {
      name: "a statement whose failure was overheard",
      code: "23514",
      work: (tx) => insert(tx, 2, "forbidden").catch(() => undefined),
    },
    {
      name: "a copy in its midst, with more behind it",
      code: "23514",
      work: (tx) => Promise.all([many(tx, (row) => (row === 700 ? "forbidden" : "fine")), insert(tx, 2_000)]),
    },
    {
      name: "a copy into nothing, its data on the way already",
      code: "42P01",
      work: (tx) =>
        Promise.all([tx.copy("copy nothing from stdin", [Buffer.from("a\n".repeat(100_000))]), insert(tx, 3)]),
    },
    {
      name: "a copy behind a statement that failed",
      code: "23505",
      work: (tx) => Promise.all([insert(tx, 1), many(tx, () => "fine")]),
    },
  ];
  for (const { name, code, work } of failing) {
    it(`fails with the first error, keeps nothing, and leaves its connection fit for the next: ${name}`, async () => {
      await using kept = await table();
      await kept.db.transaction((tx) => insert(tx, 1));
      await assert.rejects(
        kept.db.transaction(async (tx) => {
          await insert(tx, 10);
          await work(tx);
          return "done";
        }),
        { code },
      );
      assert.deepEqual(await kept.ids(), [1]);
      await kept.db.transaction((tx) => insert(tx, 2));
      assert.deepEqual(await kept.ids(), [1, 2]);
    });
  }

  it("keeps nothing when a statement could not even be sent, though that was overheard", async () => {
    await using kept = await table();
    const unsendable = {
      toPostgres() {
        throw new RangeError("no such value");
      },
    };
    await assert.rejects(
      kept.db.transaction(async (tx) => {
        await insert(tx, 1);
        tx.query("insert into kept values (2, $1)", [unsendable]).catch(() => {});
      }),
      RangeError,
    );
    assert.deepEqual(await kept.ids(), []);
  });

  for (const fails of [false, true]) {
    it(`refuses a statement that comes when it has ${fails ? "failed" : "been committed"}, instead of doing it outside`, async () => {
      await using kept = await table();
      let late: Promise<unknown> = Promise.resolve();
      const whole = kept.db.transaction(async (tx) => {
        await insert(tx, 1);
        late = insert(tx, fails ? 1 : 2).then(
          () => insert(tx, 3),
          () => insert(tx, 3),
        );
        late.catch(() => {});
      });
      if (fails) await assert.rejects(whole, { code: "23505" });
      else await whole;
      await assert.rejects(late, /was over/);
      assert.deepEqual(await kept.ids(), fails ? [] : [1, 2]);
    });
  }

  it("says what went wrong first, not that everything behind it was ignored", async () => {
    await using kept = await table();
    await assert.rejects(
      kept.db.transaction((tx) => Promise.all([insert(tx, 1), insert(tx, 1), insert(tx, 2), insert(tx, 3)])),
      { code: "23505" },
    );
  });
});

describe("a transaction whose commit leaves with its statements", () => {
  it("keeps all of them, and refuses what comes later", async () => {
    await using kept = await table();
    let late: Promise<unknown> = Promise.resolve();
    await kept.db.transaction(async (tx) => {
      const sent = Promise.all([insert(tx, 1), insert(tx, 2)]);
      tx.concludes();
      await sent;
      late = insert(tx, 3);
      await late.catch(() => {});
    });
    await assert.rejects(late, /over before this statement came/);
    assert.deepEqual(await kept.ids(), [1, 2]);
  });

  it("keeps nothing when one of them fails, says which, and leaves the connection as it was", async () => {
    await using kept = await table();
    for (let i = 0; i < 12; i++) {
      const failing = kept.db.transaction(async (tx) => {
        const sent = Promise.all([insert(tx, 1), insert(tx, 1), insert(tx, 2)]);
        tx.concludes();
        await sent;
      });
      await assert.rejects(failing, { code: "23505" });
    }
    assert.deepEqual(await kept.ids(), []);
  });
});

describe("what is recorded part by part", () => {
  const part = (recording: StatementBuffer, ids: number[]) =>
    copyRows(recording, "kept", ids.length, { id: int8(ids), word: text(ids.map((id) => (id % 2 ? "odd" : null))) });

  it("is one statement a table, and every row of every part is there", async () => {
    await using kept = await table();
    const recording = new StatementBuffer({ gathersRows: true });
    for (const ids of [[1, 2], [3], [], [4, 5, 6]]) await part(recording, ids);
    await recording.query("delete from kept where id = 5");
    const copies: string[] = [];
    await kept.db.transaction((tx) =>
      recording.send({
        query: (statement, values, name) => tx.query(statement, values, name),
        script: (statement) => tx.script(statement),
        copy(statement, data) {
          copies.push(statement);
          return tx.copy(statement, data);
        },
        concludes: () => tx.concludes(),
      }),
    );
    assert.deepEqual(copies, ["copy kept (id, word) from stdin binary"]);
    assert.deepEqual(await kept.ids(), [1, 2, 3, 4, 6]);
    const words = await kept.db.query("select count(word) as odd from kept");
    assert.deepEqual(words, [{ odd: 2 }]);
  });

  it("keeps nothing when one row of one part is refused", async () => {
    await using kept = await table();
    const recording = new StatementBuffer({ gathersRows: true });
    for (const ids of [
      [1, 2],
      [3, 2],
    ])
      await part(recording, ids);
    await assert.rejects(
      kept.db.transaction((tx) => recording.send(tx)),
      { code: "23505" },
    );
    assert.deepEqual(await kept.ids(), []);
  });
});

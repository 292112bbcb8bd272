/** Readings that overlap: what is kept is what was read last. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { newestReading } from "./newest-reading.ts";

it("an answer that comes later and was asked for earlier is thrown away; one that fails keeps what was known", async () => {
  const asked: PromiseWithResolvers<string>[] = [];
  const known: string[] = [];
  const read = newestReading(
    () => {
      asked.push(Promise.withResolvers<string>());
      return asked.at(-1)?.promise ?? Promise.reject(new Error("none"));
    },
    (answer) => known.push(answer),
  );
  const all = [read(), read(), read(), read()];
  asked[1]?.resolve("second");
  await all[1];
  asked[0]?.resolve("first");
  await all[0];
  asked[2]?.reject(new Error("away"));
  await assert.rejects(all[2] ?? Promise.resolve(), /away/);
  asked[3]?.resolve("fourth");
  await all[3];
  assert.deepEqual(known, ["second", "fourth"]);
});

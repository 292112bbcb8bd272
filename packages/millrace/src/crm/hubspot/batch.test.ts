import assert from "node:assert/strict";
import { it } from "node:test";
import { resultsOf } from "./batch.ts";

const input = (key: string, id: string, idProperty?: string) => ({
  key,
  id,
  properties: {},
  ...(idProperty ? { idProperty } : {}),
});

it("finds each result by its unique value, in whatever order and case HubSpot answers", () => {
  const results = resultsOf(
    {
      results: [
        { id: "2", new: true, properties: { email: "b@x.example" } },
        { id: "1", new: false, properties: { email: "a@x.example" } },
      ],
    },
    [input("A", "A@x.example", "email"), input("B", "b@x.example", "email")],
  );
  assert.deepEqual(
    [...results.values()],
    [
      { ok: true, id: "1", isNew: false },
      { ok: true, id: "2", isNew: true },
    ],
  );
});

it("gives each failure of a 207 to its record, and the id of who has the address already", () => {
  const results = resultsOf(
    {
      results: [],
      errors: [
        {
          category: "CONFLICT",
          message: "Contact already exists. Existing ID: 101",
          context: { objectWriteTraceId: ["A"] },
        },
        { category: "INTERNAL_ERROR", message: "again", context: { objectWriteTraceId: ["B"] } },
        { category: "OBJECT_NOT_FOUND", message: "gone", context: { ids: ["9"] } },
      ],
    },
    [input("A", "a@x.example", "email"), input("B", "b@x.example", "email"), input("C", "9")],
  );
  const seen = [...results.values()].map((result) => (result.ok ? "ok" : [result.failure.kind, result.existingId]));
  assert.deepEqual(seen, [
    ["refused", "101"],
    ["unavailable", undefined],
    ["refused", undefined],
  ]);
});

it("takes an upsert that the answer does not mention for undone, an update for done under a merged id", () => {
  const results = resultsOf({ results: [{ id: "500" }] }, [input("A", "a@x.example", "email"), input("B", "101")]);
  assert.equal(results.get("A")?.ok, false);
  assert.equal(results.get("B")?.ok, true);
});

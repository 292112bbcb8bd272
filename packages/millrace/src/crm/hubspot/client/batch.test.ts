import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Answer } from "./answer.ts";
import { readBatch, resultsOf, type Writing, writeBatch } from "./batch.ts";

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

describe("success that is none", () => {
  const updates = [input("A", "101"), input("B", "102")];
  const writes = async (body: unknown) => {
    const results = await writeBatch(answering(body), "contacts", "update", updates);
    return [...results.values()].map((result) => (result.ok ? "done" : result.failure.kind));
  };

  const answers: readonly (readonly [what: string, body: unknown, results: readonly string[]])[] = [
    ["an empty body", undefined, ["unavailable", "unavailable"]],
    ["JSON null", null, ["unavailable", "unavailable"]],
    ["an empty object", {}, ["unavailable", "unavailable"]],
    ["an empty list", [], ["unavailable", "unavailable"]],
    ["no results", { results: [] }, ["unavailable", "unavailable"]],
    ["a batch that is not complete", { status: "PENDING", results: [{ id: "101" }] }, ["unavailable", "unavailable"]],
    [
      "an error that names no record",
      { results: [{ id: "101" }], numErrors: 1, errors: [{ category: "VALIDATION_ERROR", context: {} }] },
      ["done", "unavailable"],
    ],
    ["errors that are counted and not listed", { results: [{ id: "101" }], numErrors: 1 }, ["done", "unavailable"]],
    ["a result under a new id", { results: [{ id: "101" }, { id: "500" }] }, ["done", "done"]],
  ];
  for (const [what, body, results] of answers)
    it(`${what}: ${results.join(", ")}`, async () => assert.deepEqual(await writes(body), results));

  it("a record that could not be read is a failure, one that HubSpot does not have is missing", async () => {
    const read = (category: string) =>
      readBatch(
        answering({ results: [{ id: "101", properties: {} }], errors: [{ category, context: { ids: ["102"] } }] }),
        "contacts",
        ["101", "102"],
        { properties: [] },
      );
    assert.deepEqual(await read("OBJECT_NOT_FOUND"), [{ id: "101", properties: {} }]);
    const unread = await read("INTERNAL_ERROR");
    assert.ok("kind" in unread && unread.kind === "unavailable");
  });
});

/** A HubSpot that always answers 207 with this. */
function answering(body: unknown): Writing {
  const answer: Answer = { ok: true, status: 207, body };
  const api = { request: async () => answer, paths: { batch: () => "/batch" } };
  return { api, lease: { holdsFor: () => true }, urgency: "soon" } as unknown as Writing;
}

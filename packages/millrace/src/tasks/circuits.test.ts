import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Queryable } from "../db/database.ts";
import { Circuits } from "./circuits.ts";

/** A database whose answers the test gives, in the order it likes. */
function answering() {
  const asked: ((state: "open" | "closed") => void)[] = [];
  const query = () =>
    new Promise((resolve) => {
      asked.push((state) => resolve([{ agent: "mailer", state, retryAt: null }]));
    });
  return { asked, circuits: new Circuits({ query } as unknown as Queryable) };
}

describe("what a process knows of stopped agents", () => {
  it("is waited for by everyone who asks while it is being read", async () => {
    const { asked, circuits } = answering();
    const first = circuits.refresh();
    const second = circuits.refresh();
    assert.equal(asked.length, 1);
    asked[0]?.("open");
    await second;
    assert.equal(circuits.isStopped("mailer"), true);
    await first;
  });

  it("is what was read last, though an earlier answer comes later", async () => {
    const { asked, circuits } = answering();
    const before = circuits.refresh();
    circuits.forget();
    const after = circuits.refresh();
    assert.equal(asked.length, 2);
    asked[1]?.("open");
    await after;
    asked[0]?.("closed");
    await before;
    assert.equal(circuits.isStopped("mailer"), true);
  });
});

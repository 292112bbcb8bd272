/** What holds for every operation, made from the table: its words and its code say the same. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { operations } from "../../packages/millrace/src/actions/operations.ts";
import { optionsOf } from "../../packages/millrace/src/cli/variant.ts";
import { checkedInput } from "../../packages/millrace/src/operations/input.ts";
import type { OperationWords } from "../../packages/millrace/src/operations/operation.ts";

const all: [string, OperationWords][] = Object.entries(operations);

/** Fields that have no option on the command line: pages of a list, and what another command is for. */
const NOT_ON_THE_COMMAND_LINE: Readonly<Record<string, readonly string[]>> = {
  "contacts list": ["q", "after", "path"],
  "contacts search": ["after", "path"],
  "tasks list": ["before"],
  "tasks queue": ["after"],
  "tasks cancel": ["human"],
  "tasks retry": ["human"],
  "emails list": ["before"],
  "emails outbox": ["before"],
  "mail conversations": ["before"],
  "alerts list": ["before"],
  "dead-letters list": ["before"],
  "mail inbox": ["before"],
  "mail labels": ["before"],
  "drafts list": ["after"],
  "drafts labels": ["before"],
};

describe("every operation", () => {
  for (const [name, words] of all) {
    it(`${name} takes its own example`, async () => {
      const { input } = await words.load();
      assert.doesNotThrow(() => checkedInput(input, words.example));
    });

    it(`${name} has a field for every parameter of its path`, async () => {
      const { input } = await words.load();
      for (const [, parameter = ""] of words.http.path.matchAll(/:(\w+)/g))
        assert.ok(Object.hasOwn(input.shape, parameter), parameter);
    });

    for (const cli of words.cli ?? []) {
      it(`${name} can be asked in full by \`millrace ${cli.command}\``, async () => {
        const { input } = await words.load();
        const reached = new Set([
          ...(cli.args ?? []),
          ...optionsOf(cli).flatMap(([field]) => field ?? []),
          ...Object.keys(cli.fixed ?? {}),
          ...(NOT_ON_THE_COMMAND_LINE[cli.command] ?? []),
        ]);
        const fields = Object.keys(input.shape);
        assert.deepEqual(
          fields.filter((field) => !reached.has(field)),
          [],
        );
        for (const field of reached)
          assert.ok(fields.includes(field) || NOT_ON_THE_COMMAND_LINE[cli.command]?.includes(field), field);
      });
    }
  }

  it("has an address of its own, reads by GET and changes by POST", () => {
    const addresses = all.map(([, { http }]) => `${http.method} ${http.path}`);
    assert.equal(new Set(addresses).size, all.length);
    for (const [name, { http, effect }] of all) assert.equal(http.method, effect === "read" ? "GET" : "POST", name);
  });
});

it("a wrong input is refused with the field, and the nearest name or value", async () => {
  const { input } = await operations.tasks.load();
  const refused = (given: unknown) => {
    try {
      checkedInput(input, given);
    } catch (error) {
      return (error as Error).message;
    }
    return assert.fail("taken");
  };
  assert.match(refused({ stat: "open" }), /"stat" is not something this operation knows\. Did you mean "state"\?/);
  assert.match(refused({ state: "opne" }), /state: "opne" is not one of .*Did you mean "open"\?/);
  assert.match(refused({ limit: "many" }), /limit: is not a whole number/);
});

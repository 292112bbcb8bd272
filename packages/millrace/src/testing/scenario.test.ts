import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import { emailAddress, event } from "../events/define-event.ts";
import { when } from "../workflows/condition.ts";
import { alt, branch, on, otherwise, stop, task, workflow } from "../workflows/workflow.ts";
import { checkScenario, testEngine } from "./index.ts";

const attended = event({
  about: "A contact sat through a webinar.",
  data: z.strictObject({ email: emailAddress, minutes: z.number() }),
  contact: ({ email }) => ({ email }),
});

// biome-ignore lint/suspicious/noExplicitAny: the event is of this test alone and not declared to the compiler.
const stayed = when<any>("stayed", ({ event }) => (event.data as { minutes: number }).minutes >= 30);

const webinar = workflow("webinar", { about: "Guests who stayed are asked." }, [
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  on("attended" as any, alt(branch("stayed", stayed, task("handle_inquiry", {})), otherwise(stop("left early")))),
]);

const settings = { pack: false, workflows: [webinar], events: { attended } } as const;
const guest = (minutes: number) => ({ type: "attended", data: { email: "ada@acme.example", minutes } });

describe("a scenario", () => {
  it("compares what `when` led to, and nothing of what was given", async () => {
    const trace = await checkScenario(settings, {
      given: [guest(5)],
      when: [guest(45)],
      expect: { branches: ["webinar: stayed"], tasks: ["handle_inquiry WAITING HIGH"], emails: [], alerts: [] },
    });
    assert.deepEqual(trace.events.slice(0, 1), ["attended"]);
  });

  it("fails with the difference when something else came of it", async () => {
    const scenario = { when: [guest(5)], expect: { tasks: ["handle_inquiry WAITING HIGH"] } };
    await assert.rejects(checkScenario(settings, scenario), (error: assert.AssertionError) => {
      assert.equal(error.code, "ERR_ASSERTION");
      assert.deepEqual(error.actual, { tasks: [] });
      return true;
    });
  });

  it("fails with the engine's own words when an event is refused", async () => {
    const wrong = { type: "attended", data: { email: "ada@acme.example" } };
    await assert.rejects(checkScenario(settings, { when: [wrong], expect: {} }), (error) => {
      assert.ok(error instanceof MillraceError);
      assert.match(error.message, /minutes/);
      return true;
    });
  });

  it("lets time pass where a step says so", async () => {
    await using test = await testEngine(settings);
    const begun = test.clock.now();
    const { play } = await import("./scenario.ts");
    await play(test, [guest(45), { wait: "3d" }]);
    assert.equal(test.clock.now() - begun, 3 * 86_400_000);
    assert.deepEqual(test.errors, []);
  });
});

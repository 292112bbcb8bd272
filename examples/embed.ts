/**
 * Millrace inside a program of your own: an engine, a workflow, an agent that calls out, an event, and what became of it.
 * Run it: node examples/embed.ts   (DATABASE_URL uses a server; otherwise a database is made in a temporary folder)
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agent, alt, branch, createEngine, on, otherwise, stop, task, when, workflow } from "millrace";

/** Wins over the built-in kind of that name: here a person is not asked, a program answers. */
const answering = { about: "Answer a question.", priority: "HIGH", dueIn: "10m", doneBy: "answerer" } as const;

const asksSomething = when<"form_submitted">(
  "asks something",
  ({ event }) => typeof event.data.fields.message === "string",
);

const questions = workflow("questions", { about: "Questions are answered." }, [
  on(
    "form_submitted",
    alt(
      branch(
        "question",
        asksSomething,
        task("handle_inquiry", { payload: ({ event }) => ({ about: String(event.data.fields.message) }) }),
      ),
      otherwise(stop("nothing was asked")),
    ),
  ),
]);

/** May take its time and may fail: it is claimed, retried, and ended cleanly when the engine stops. */
const answerer = agent({
  name: "answerer",
  kinds: ["handle_inquiry"],
  concurrency: 2,
  run: async (tasks, { signal }) => {
    signal.throwIfAborted();
    return tasks.map(({ contact }) => ({
      outcome: "completed",
      result: { answered: contact?.properties.email ?? null },
      events: [
        {
          type: "contact_updated",
          data: { changes: { last_answer: { from: null, to: "See the handbook, page 4." } } },
        },
      ],
    }));
  },
});

const dataFolder = await mkdtemp(join(tmpdir(), "millrace-example-"));
const engine = await createEngine({
  databaseUrl: process.env.DATABASE_URL,
  dataFolder,
  tasks: { handle_inquiry: answering },
  agents: [answerer],
  workflows: [questions],
});

await engine.append([
  {
    type: "form_submitted",
    data: {
      form: "contact",
      fields: { email: "ada@acme.example", firstname: "Ada", jobtitle: "CTO", message: "How do I begin?" },
    },
  },
]);
await engine.idle();

const { properties } = await engine.queries.contact({ contact: "ada@acme.example" });
console.log(`answered: ${properties.last_answer}`);
console.log(`score: ${properties.lead_score}`);

await engine.stop();
await rm(dataFolder, { recursive: true, force: true });

/** What runs: one look at everything, the workflows and the agents. */
import { z } from "zod";
import type { Engine } from "../../engine.ts";
import { didYouMean } from "../../errors.ts";
import { latestDecisions } from "../../read/decisions.ts";
import { overview } from "../../read/overview.ts";
import { lintWorkflows } from "../../workflows/lint.ts";
import { RUNNER_SUBSCRIPTION } from "../../workflows/place.ts";
import type { Workflow } from "../../workflows/workflow.ts";
import { agentView, overviewAnswer, problem, workflowStory, workflowView } from "../answers.ts";
import { nameParam } from "../contract.ts";
import { Problem } from "../problem.ts";
import { route } from "../route.ts";

export const engineRoutes = [
  route({
    method: "GET",
    path: "/api/overview",
    access: "operator",
    tag: "engine",
    about: "One look at the whole engine. Counts stop at 10,001.",
    answers: { 200: { about: "Rates, counts and the form-to-action clock.", schema: overviewAnswer } },
    handle: async ({ engine, caller }) => {
      const humanKinds = engine.tasks
        .all()
        .filter((kind) => kind.isHuman)
        .map((kind) => kind.kind);
      const now = engine.clock.now();
      return {
        json: { ...(await overview(engine.db, humanKinds, RUNNER_SUBSCRIPTION, now)), person: caller.person, now },
      };
    },
  }),
  route({
    method: "GET",
    path: "/api/workflows",
    access: "operator",
    tag: "engine",
    about: "The workflows that run, with their versions and what the linter says.",
    answers: { 200: { about: "Workflows.", schema: z.object({ workflows: z.array(workflowView) }) } },
    handle: async ({ engine }) => ({
      json: { workflows: engine.workflows.map((workflow) => inShort(workflow, engine)) },
    }),
  }),
  route({
    method: "GET",
    path: "/api/workflows/:name",
    access: "operator",
    tag: "engine",
    about: "One workflow: its definition and its latest 50 decisions.",
    params: nameParam,
    answers: {
      200: { about: "The workflow.", schema: workflowStory },
      404: { about: "There is none.", schema: problem },
    },
    handle: async ({ engine, params: { name } }) => {
      const workflow = engine.workflows.find((one) => one.name === name);
      if (workflow === undefined) throw noSuchWorkflow(name, engine);
      return {
        json: {
          ...inShort(workflow, engine),
          definition: definitionOf(workflow),
          decisions: await latestDecisions(engine.db, name, 50),
        },
      };
    },
  }),
  route({
    method: "GET",
    path: "/api/agents",
    access: "operator",
    tag: "engine",
    about: "Who does which kind of task. Pure ones run inside the decision.",
    answers: { 200: { about: "Agents.", schema: z.object({ agents: z.array(agentView) }) } },
    handle: async ({ engine }) => ({ json: { agents: agentsOf(engine) } }),
  }),
];

function inShort(workflow: Workflow, engine: Engine) {
  return {
    name: workflow.name,
    about: workflow.about,
    source: workflow.source,
    version: workflow.version,
    at: workflow.at,
    triggers: [...new Set(workflow.triggers.map((trigger) => trigger.type))],
    findings: lintWorkflows([workflow], { events: engine.events, tasks: engine.tasks }),
  };
}

/** The definition as data: tests and payload functions are code, and stay out. */
function definitionOf(workflow: Workflow) {
  return JSON.parse(
    JSON.stringify(workflow.triggers, (key, value) =>
      key === "at" || typeof value === "function" ? undefined : value,
    ),
  );
}

function agentsOf(engine: Engine) {
  return engine.handlers.map((handler) => ({
    name: handler.name,
    kinds: handler.kinds.map((name) => {
      const { kind, about, priority, dueInMs } = engine.tasks.get(name);
      return { kind, about, priority, dueInMs };
    }),
    isPure: handler.isPure,
    concurrency: handler.isPure ? undefined : (handler.concurrency ?? 4),
  }));
}

function noSuchWorkflow(name: string, engine: Engine): Problem {
  const names = engine.workflows.map((workflow) => workflow.name);
  return new Problem("unknown_workflow", {
    saw: `There is no workflow "${name}".${didYouMean(name, names)}`,
    next: `it is one of ${names.join(", ")}.`,
    field: "name",
  });
}

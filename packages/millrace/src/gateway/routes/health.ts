/** The health of the engine, and the agents that are stopped. */
import { didYouMean } from "../../errors.ts";
import { readHealth } from "../../read/health.ts";
import { pauseAgent, resumeAgent } from "../../tasks/circuits.ts";
import { done, healthView, problem } from "../answers.ts";
import { claimBody, nameParam, pauseBody } from "../contract.ts";
import { Problem } from "../problem.ts";
import { type Door, route } from "../route.ts";

type Engine = Door["engine"];

export const healthRoutes = [
  route({
    method: "GET",
    path: "/api/health",
    access: "operator",
    tag: "health",
    about: "Is everything well? Components, active alerts, stopped agents and the newest measurements.",
    answers: { 200: { about: "As the monitor saw it last.", schema: healthView } },
    handle: async ({ engine }) => ({ json: await readHealth(engine.db, engine.monitorEveryMs) }),
  }),
  route({
    method: "POST",
    path: "/api/agents/:name/pause",
    access: "operator",
    tag: "health",
    about: "Stops an agent in every process until it is resumed. Its tasks wait and use up no attempt.",
    params: nameParam,
    body: { types: ["application/json"], limit: 4_096, schema: pauseBody, read: "json" },
    answers: { 200: { about: "Stopped.", schema: done }, 404: { about: "There is no such agent.", schema: problem } },
    handle: async ({ engine, params: { name }, caller, body }) => {
      checkAgent(engine, name);
      const by = caller.by === "api key" ? (body.person ?? caller.person) : caller.person;
      await pauseAgent(engine.db, { agent: name, by, reason: body.reason, now: engine.clock.now() });
      engine.circuits.forget();
      return { json: { ok: true as const } };
    },
  }),
  route({
    method: "POST",
    path: "/api/agents/:name/resume",
    access: "operator",
    tag: "health",
    about: "Lets a stopped agent work again, whoever stopped it.",
    params: nameParam,
    body: { types: ["application/json"], limit: 4_096, schema: claimBody, read: "json" },
    answers: { 200: { about: "It works.", schema: done }, 404: { about: "There is no such agent.", schema: problem } },
    handle: async ({ engine, params: { name }, caller, body }) => {
      checkAgent(engine, name);
      const by = caller.by === "api key" ? (body.person ?? caller.person) : caller.person;
      await resumeAgent(engine.db, { agent: name, by, now: engine.clock.now() });
      engine.circuits.forget();
      engine.wakeUps.local("tasks");
      return { json: { ok: true as const } };
    },
  }),
];

function checkAgent(engine: Engine, name: string): void {
  const names = engine.handlers.map((handler) => handler.name);
  if (names.includes(name)) return;
  throw new Problem("unknown_agent", {
    saw: `There is no agent "${name}".${didYouMean(name, names)}`,
    next: `it is one of ${names.join(", ")}.`,
    field: "name",
  });
}

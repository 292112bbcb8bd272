/** Flow 9 for operators: who reads the log and how far, what was set aside, what is decided again, what analytics found. */
import { z } from "zod";
import { readAnalysedLeads } from "../../consumers/analytics.ts";
import { analyseLeads } from "../../consumers/lead-analysis.ts";
import { standings } from "../../consumers/rebuild.ts";
import { listSubscribers } from "../../read/subscribers.ts";
import { analysis, consumerView, done, problem, replayed, subscriberView } from "../answers.ts";
import { dismissBody, idParam, nameParam, nothingBody, positionParam, replayBody } from "../contract.ts";
import { route } from "../route.ts";

const LIMIT = 16 * 1024;
const NOT_FOUND = { about: "There is none.", schema: problem };
const json = <Schema extends z.ZodType>(schema: Schema) =>
  ({ types: ["application/json"], limit: LIMIT, schema, read: "json" }) as const;

export const consumerRoutes = [
  route({
    method: "GET",
    path: "/api/consumers",
    access: "operator",
    tag: "consumers",
    about: "Who reads the log, how far each is, and how the subscribers outside are doing. `behind` stops at 10,001.",
    answers: {
      200: {
        about: "Consumers and subscribers.",
        schema: z.object({ consumers: z.array(consumerView), subscribers: z.array(subscriberView) }),
      },
    },
    handle: async ({ engine }) => {
      const [found, subscribers] = await Promise.all([standings(engine.db), listSubscribers(engine.db)]);
      const consumers = found.map((standing) => {
        const consumer = engine.consumers.find((one) => one.name === standing.name);
        return { ...standing, about: consumer?.about ?? "", mayRebuild: consumer?.reset !== undefined };
      });
      return { json: { consumers, subscribers } };
    },
  }),
  route({
    method: "POST",
    path: "/api/consumers/:name/rebuild",
    access: "operator",
    tag: "consumers",
    about: "Empties what a consumer has built and lets it read the log from the start. Nothing outside happens again.",
    params: nameParam,
    body: json(nothingBody),
    answers: {
      200: { about: "It reads again.", schema: done },
      400: { about: "It cannot be rebuilt.", schema: problem },
      404: NOT_FOUND,
    },
    handle: async ({ engine, params: { name } }) => {
      await engine.rebuild(name);
      return { json: { ok: true } };
    },
  }),
  route({
    method: "POST",
    path: "/api/dead-letters/:id/retry",
    access: "operator",
    tag: "consumers",
    about: "Tries an event again that was set aside.",
    params: idParam,
    body: json(nothingBody),
    answers: {
      200: { about: "It was taken.", schema: done },
      404: NOT_FOUND,
      400: { about: "It fails still.", schema: problem },
    },
    handle: async ({ engine, params: { id } }) => {
      await engine.retryDeadLetter(id);
      return { json: { ok: true } };
    },
  }),
  route({
    method: "POST",
    path: "/api/dead-letters/:id/dismiss",
    access: "operator",
    tag: "consumers",
    about: "Puts a dead letter away for good.",
    params: idParam,
    body: json(dismissBody),
    answers: { 200: { about: "Put away.", schema: done }, 404: NOT_FOUND },
    handle: async ({ engine, params: { id }, body, caller }) => {
      await engine.dismissDeadLetter(id, `${body.reason} (${caller.person})`);
      return { json: { ok: true } };
    },
  }),
  route({
    method: "POST",
    path: "/api/events/:position/replay",
    access: "operator",
    tag: "consumers",
    about:
      "Lets workflows decide an event once more, as it was then. A dry run, unless `dryRun` is false; then every gate holds: no e-mail twice.",
    params: positionParam,
    body: json(replayBody),
    answers: { 200: { about: "What they decided.", schema: replayed }, 404: NOT_FOUND },
    handle: async ({ engine, params: { position }, body }) => ({
      json: await engine.replay({ event: position, workflow: body.workflow, isDryRun: body.dryRun }),
    }),
  }),
  route({
    method: "GET",
    path: "/api/analytics",
    access: "operator",
    tag: "consumers",
    about: "Which leads convert, by band and by feature of the rubric, and the weights the history would suggest.",
    answers: { 200: { about: "Counts, evidence and suggestions; nothing is changed by them.", schema: analysis } },
    handle: async ({ engine }) => ({ json: analyseLeads(await readAnalysedLeads(engine.db)) }),
  }),
];

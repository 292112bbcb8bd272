/** The log for people and programs: events, why they happened, and the live stream. */
import { z } from "zod";
import { findEvent, listEvents } from "../../read/events.ts";
import { explainAlert, explainEmail, explainEvent, explainTask } from "../../read/why.ts";
import { eventView, problem, whyView } from "../answers.ts";
import { eventsQuery, idParam, positionParam, streamQuery } from "../contract.ts";
import { Problem } from "../problem.ts";
import { route } from "../route.ts";

const events = z.object({ events: z.array(eventView) });
const missing = { 404: { about: "There is none.", schema: problem } };
const why = { 200: { about: "The chain of causes, the outside event first.", schema: whyView }, ...missing };

export const logRoutes = [
  route({
    method: "GET",
    path: "/api/events",
    access: "operator",
    tag: "log",
    about: "Events, newest first; with `after`, on from that position.",
    query: eventsQuery,
    answers: { 200: { about: "Events.", schema: events } },
    handle: async ({ engine, query }) => ({ json: { events: await listEvents(engine.db, query) } }),
  }),
  route({
    method: "GET",
    path: "/api/events/:position",
    access: "operator",
    tag: "log",
    about: "One event.",
    params: positionParam,
    answers: { 200: { about: "The event.", schema: eventView }, ...missing },
    handle: async ({ engine, params: { position } }) => {
      const event = await findEvent(engine.db, position);
      if (event !== undefined) return { json: event };
      throw new Problem("not_found", { saw: `There is no event ${position}.`, next: "list them: /api/events." });
    },
  }),
  route({
    method: "GET",
    path: "/api/events/:position/why",
    access: "operator",
    tag: "why",
    about: "Why an event happened.",
    params: positionParam,
    answers: why,
    handle: async ({ engine, params: { position } }) => ({ json: await explainEvent(engine.db, position) }),
  }),
  route({
    method: "GET",
    path: "/api/tasks/:id/why",
    access: "operator",
    tag: "why",
    about: "Why a task was asked for.",
    params: idParam,
    answers: why,
    handle: async ({ engine, params: { id } }) => ({ json: await explainTask(engine.db, id) }),
  }),
  route({
    method: "GET",
    path: "/api/emails/:id/why",
    access: "operator",
    tag: "why",
    about: "Why an e-mail was sent or held back.",
    params: idParam,
    answers: why,
    handle: async ({ engine, params: { id } }) => ({ json: await explainEmail(engine.db, id) }),
  }),
  route({
    method: "GET",
    path: "/api/alerts/:id/why",
    access: "operator",
    tag: "why",
    about: "Why people were told.",
    params: idParam,
    answers: why,
    handle: async ({ engine, params: { id } }) => ({ json: await explainAlert(engine.db, id) }),
  }),
  route({
    method: "GET",
    path: "/api/stream",
    access: "operator",
    tag: "log",
    about: "Server-sent events: the log past Last-Event-ID (or `after`; left out: from now), then everything new.",
    query: streamQuery,
    answers: { 200: { about: "Each message's id is a position, its data an event.", type: "text/event-stream" } },
    handle: async ({ door, request, reply, query, caller }) => {
      await door.stream(request, reply, query.after, caller);
      return "streaming";
    },
  }),
];

/** The log as it grows, for the console and programs. */
import { streamQuery } from "../contract.ts";
import { route } from "../route.ts";

export const streamRoutes = [
  route({
    method: "GET",
    path: "/api/stream",
    access: "operator",
    scope: "read",
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

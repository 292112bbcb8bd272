/** The log as it grows, for the console and programs. */
import { EVERYONE } from "../../access/roles.ts";
import { streamQuery } from "../contract.ts";
import { route } from "../route.ts";

export const streamRoutes = [
  route({
    method: "GET",
    path: "/api/stream",
    access: "operator",
    scope: "read",
    roles: EVERYONE,
    tag: "log",
    about: "Server-sent events: the log past Last-Event-ID (or `after`; left out: from now), then everything new.",
    query: streamQuery,
    answers: { 200: { about: "Each message's id is a position, its data an event.", type: "text/event-stream" } },
    handle: async ({ http, request, reply, query, caller }) => {
      await http.stream(request, reply, query.after, caller);
      return "streaming";
    },
  }),
];

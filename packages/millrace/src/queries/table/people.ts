/** Who may sign in, their sessions, and programs with keys. */
import { ADMIN } from "../../access/roles.ts";
import { words } from "../../operations/operation.ts";
import { read } from "./options.ts";

export const peopleQueries = {
  people: words({
    ...read,
    roles: ADMIN,
    summary: "Who may sign in, as what, and how many sessions each has.",
    tag: "people",
    isOwners: true,
    example: {},
    answers: "People.",
    http: { method: "GET", path: "/api/people" },
    cli: [{ command: "people list", examples: ["people list", "people list --json"] }],
    load: async () => (await import("../people.ts")).people,
  }),
  savedViews: words({
    ...read,
    summary: "The filters of leads, tasks and events that you keep under a name.",
    tag: "people",
    example: {},
    answers: "Your views.",
    http: { method: "GET", path: "/api/views" },
    load: async () => (await import("../saved-views.ts")).savedViews,
  }),
  sessions: words({
    ...read,
    roles: ADMIN,
    summary: "Who is signed in, since when, how, and by which browser.",
    tag: "people",
    isOwners: true,
    example: {},
    answers: "Sessions that have not ended, newest first.",
    http: { method: "GET", path: "/api/sessions" },
    cli: [
      {
        command: "people sessions",
        options: { person: { flags: "--person <name>", about: "only of this person" } },
        examples: ["people sessions", "people sessions --person grace"],
      },
    ],
    load: async () => (await import("../sessions.ts")).sessions,
  }),
  apiKeys: words({
    ...read,
    roles: ADMIN,
    summary: "The API keys beside the engine's own: what each may do, and for whom.",
    tag: "keys",
    isOwners: true,
    example: {},
    answers: "Keys without the keys themselves.",
    http: { method: "GET", path: "/api/keys" },
    cli: [{ command: "keys list", examples: ["keys list", "keys list --json"] }],
    load: async () => (await import("../api-keys.ts")).apiKeys,
  }),
} as const;

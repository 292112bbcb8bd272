/** People at the door: signing in by password, who one is and may do, one's own password, and being signed out everywhere. */
import { z } from "zod";
import { hashPassword, keepPassword } from "../../access/passwords.ts";
import { deleteSessions, findPerson } from "../../access/people.ts";
import { EVERYONE, ROLES } from "../../access/roles.ts";
import { operations } from "../../actions/operations.ts";
import type { OperationWords } from "../../operations/operation.ts";
import { needOf } from "../../operations/rights.ts";
import type { Caller } from "../access.ts";
import { done, problem } from "../answers.ts";
import { newPassword, passwordSignIn } from "../contract.ts";
import { confirmPassword, isLocked, isWrong, sessionOf, state, stateSignIn } from "../own-account.ts";
import { route } from "../route.ts";

const me = z.object({
  person: z.string(),
  by: z.enum(["session", "api key"]),
  roles: z.array(z.enum(ROLES)).describe("Of a person."),
  may: z.array(z.string()).describe("The operations one may ask, by their operation ids."),
  hasPassword: z.boolean(),
  session: z
    .object({ id: z.number().int(), via: z.string(), expiresAt: z.number() })
    .nullable()
    .describe("Null for a program."),
});

const types = ["application/json"] as const;
const LIMIT = 4 * 1024;

export const peopleRoutes = [
  route({
    method: "POST",
    path: "/api/sign-in",
    access: "anyone",
    tag: "people",
    about:
      "Signs a person in by their password: a session for 12 hours. After five wrong ones none is looked at for a while.",
    isRateLimited: true,
    body: { types, limit: LIMIT, schema: passwordSignIn, read: "json" },
    answers: {
      200: { about: "Signed in.", schema: z.object({ person: z.string() }) },
      401: { about: "No such person, no password, or a wrong one.", schema: problem },
      429: { about: "Too many wrong ones.", schema: problem },
    },
    handle: async ({ http, engine, body, headers }) => {
      const found = await http.access.signInWithPassword(body.person, body.password, headers["user-agent"]);
      if (!("cookie" in found)) throw found.is === "locked" ? isLocked(found.forMs) : isWrong();
      await stateSignIn(engine, found);
      return { json: { person: found.person }, headers: { "set-cookie": found.cookie } };
    },
  }),
  route({
    method: "GET",
    path: "/api/me",
    access: "operator",
    scope: "read",
    roles: EVERYONE,
    tag: "people",
    about: "Who asks, and what they may do.",
    answers: { 200: { about: "Who asks.", schema: me } },
    handle: async ({ engine, caller }) => {
      const { person, session, expiresAt, roles = [] } = caller;
      const known = session === undefined ? undefined : await findPerson(engine.db, person);
      return {
        json: {
          person,
          by: caller.by,
          roles,
          may: mayAsk(caller),
          hasPassword: known?.hasPassword ?? false,
          session: session === undefined ? null : { ...session, expiresAt: expiresAt ?? 0 },
        },
      };
    },
  }),
  route({
    method: "POST",
    path: "/api/me/password",
    access: "operator",
    scope: "change",
    roles: EVERYONE,
    tag: "people",
    about: "Sets one's own password. One's other sessions end.",
    isRateLimited: true,
    body: { types, limit: LIMIT, schema: newPassword, read: "json" },
    answers: {
      200: { about: "It holds from now on.", schema: done },
      401: { about: "The current one is wrong.", schema: problem },
      403: { about: "A program has none.", schema: problem },
    },
    handle: async ({ http, engine, caller, body }) => {
      const own = sessionOf(caller);
      const { session, person } = own;
      await confirmPassword(engine, own, body.current);
      const hash = await hashPassword(body.password);
      await state(engine, person, async (tx) => {
        await keepPassword(tx, person, hash, session.id);
        return { type: "password_set", data: { person } };
      });
      await http.lookAgainAtStreams();
      return { json: { ok: true } };
    },
  }),
  route({
    method: "POST",
    path: "/api/me/sign-out-everywhere",
    access: "operator",
    scope: "change",
    roles: EVERYONE,
    tag: "people",
    about: "Ends all of one's sessions, this one too, and the streams they have open, in every process.",
    answers: {
      200: { about: "They have ended.", schema: done },
      403: { about: "A program has none.", schema: problem },
    },
    handle: async ({ http, engine, caller }) => {
      const { person } = sessionOf(caller);
      await state(engine, person, async (tx) => {
        const ended = await deleteSessions(tx, { person });
        return { type: "sessions_ended", data: { person, sessions: ended.map(({ id }) => id) } };
      });
      await http.lookAgainAtStreams();
      return { json: { ok: true } };
    },
  }),
];

function mayAsk({ by, roles = [], rights }: Caller): string[] {
  return Object.entries(operations as Record<string, OperationWords>)
    .filter(([, words]) =>
      by === "session" ? roles.some((role) => words.roles.includes(role)) : rights.scopes.has(needOf(words)),
    )
    .map(([name]) => name);
}

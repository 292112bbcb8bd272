/** People at the door: signing in by password, who one is and may do, one's own password, and being signed out everywhere. */
import { z } from "zod";
import { checkPassword, hashPassword, keepPassword } from "../../access/passwords.ts";
import { deleteSessions, findPerson } from "../../access/people.ts";
import { EVERYONE, ROLES } from "../../access/roles.ts";
import { operations } from "../../actions/operations.ts";
import type { EngineHandle } from "../../engine/engine-handle.ts";
import { actorOf } from "../../events/actor.ts";
import { appendFacts } from "../../events/facts.ts";
import { commit } from "../../operations/commit.ts";
import type { OperationWords } from "../../operations/operation.ts";
import { needOf } from "../../operations/rights.ts";
import type { Caller, SignedIn } from "../access.ts";
import { done, problem } from "../answers.ts";
import { newPassword, passwordSignIn } from "../contract.ts";
import { Problem } from "../problem.ts";
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
      const { session, person } = sessionOf(caller);
      const known = await findPerson(engine.db, person);
      if (known?.hasPassword === true && session.via !== "link") {
        const verdict = await checkPassword(engine.db, person, body.current ?? "");
        if (verdict.is === "locked") throw isLocked(verdict.forMs);
        if (verdict.is === "wrong") throw isWrong();
      }
      const hash = await hashPassword(body.password);
      await state(engine, person, "password_set", { person }, (tx) => keepPassword(tx, person, hash, session.id));
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
      const context = engine.contextFor(actorOf(`person:${person}`));
      await commit(context, async (tx) => {
        const ended = await deleteSessions(tx, { person });
        const data = { person, sessions: ended.map(({ id }) => id) };
        await appendFacts(tx, [{ type: "sessions_ended", data }], context.by.id, context.clock.now());
      });
      await http.lookAgainAtStreams();
      return { json: { ok: true } };
    },
  }),
];

/** Puts on record that a person signed in. */
export async function stateSignIn(engine: EngineHandle, { person, via }: SignedIn): Promise<void> {
  await state(engine, person, "signed_in", { person, via }, async () => {});
}

async function state<Type extends "signed_in" | "password_set">(
  engine: EngineHandle,
  person: string,
  type: Type,
  data: Type extends "signed_in" ? { person: string; via: "link" | "password" } : { person: string },
  work: (tx: Parameters<typeof keepPassword>[0]) => Promise<void>,
): Promise<void> {
  const context = engine.contextFor(actorOf(`person:${person}`));
  await commit(context, async (tx) => {
    await work(tx);
    await appendFacts(
      tx,
      [{ type, data } as Parameters<typeof appendFacts>[1][number]],
      context.by.id,
      context.clock.now(),
    );
  });
}

function mayAsk({ by, roles = [], rights }: Caller): string[] {
  return Object.entries(operations as Record<string, OperationWords>)
    .filter(([, words]) =>
      by === "session" ? roles.some((role) => words.roles.includes(role)) : rights.scopes.has(needOf(words)),
    )
    .map(([name]) => name);
}

function sessionOf({ person, session }: Caller): {
  readonly person: string;
  readonly session: NonNullable<Caller["session"]>;
} {
  if (session !== undefined) return { person, session };
  throw new Problem("forbidden", {
    saw: "This is about a person's own session, and a program asked. Nothing was done.",
    next: "sign in (`millrace sign-in`).",
  });
}

function isWrong(): Problem {
  return new Problem("not_signed_in", {
    saw: "There is no such person, or the password is another one.",
    next: "try again, or ask an admin for a link: `millrace sign-in <name>`.",
    field: "password",
  });
}

function isLocked(forMs: number): Problem {
  const seconds = Math.ceil(forMs / 1_000);
  return new Problem("too_many_requests", {
    saw: "There were too many wrong passwords in a row; none is looked at for a while.",
    next: `wait ${seconds} s, or ask an admin for a link: \`millrace sign-in <name>\`.`,
    headers: { "retry-after": String(seconds) },
  });
}

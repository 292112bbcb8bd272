/** What routes about a person's own account share: whose session asks, their password asked again, and what goes on record. */
import { checkPassword } from "../access/passwords.ts";
import { findPerson } from "../access/people.ts";
import type { Tx } from "../db/database.ts";
import type { EngineHandle } from "../engine/engine-handle.ts";
import { actorOf } from "../events/actor.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import type { Caller, SignedIn } from "./access.ts";
import { Problem } from "./problem.ts";

type Fact = Parameters<typeof appendFacts>[1][number];

/** @throws Problem forbidden for a program. */
export function sessionOf({ person, session }: Caller): {
  readonly person: string;
  readonly session: NonNullable<Caller["session"]>;
} {
  if (session !== undefined) return { person, session };
  throw new Problem("forbidden", {
    saw: "This is about a person's own session, and a program asked. Nothing was done.",
    next: "sign in (`millrace sign-in`).",
  });
}

/**
 * Asks for the password again before another way to sign in is made, so that who finds a browser open gains none. Not where there is
 * none, nor in a session that began by a link: who lost the password comes by one.
 * @throws Problem not_signed_in for a wrong one; too_many_requests after some.
 */
export async function confirmPassword(
  { db }: EngineHandle,
  { person, session }: ReturnType<typeof sessionOf>,
  current: string | undefined,
): Promise<void> {
  const known = await findPerson(db, person);
  if (known?.hasPassword !== true || session.via === "link") return;
  const verdict = await checkPassword(db, person, current ?? "");
  if (verdict.is === "locked") throw isLocked(verdict.forMs);
  if (verdict.is === "wrong") throw isWrong();
}

/** Does the work in one transaction and puts on record what the person did. `work` may answer what is recorded. */
export async function state(
  engine: EngineHandle,
  person: string,
  work: (tx: Tx) => Promise<Fact> | Fact,
): Promise<void> {
  const context = engine.contextFor(actorOf(`person:${person}`));
  await commit(context, async (tx) => {
    await appendFacts(tx, [await work(tx)], context.by.id, context.clock.now());
  });
}

/** Puts on record that a person signed in. */
export function stateSignIn(engine: EngineHandle, { person, via }: SignedIn): Promise<void> {
  return state(engine, person, () => ({ type: "signed_in", data: { person, via } }));
}

export function isWrong(): Problem {
  return new Problem("not_signed_in", {
    saw: "There is no such person, or the password is another one.",
    next: "try again, or ask an admin for a link: `millrace sign-in <name>`.",
    field: "password",
  });
}

export function isLocked(forMs: number): Problem {
  const seconds = Math.ceil(forMs / 1_000);
  return new Problem("too_many_requests", {
    saw: "There were too many wrong passwords in a row; none is looked at for a while.",
    next: `wait ${seconds} s, or ask an admin for a link: \`millrace sign-in <name>\`.`,
    headers: { "retry-after": String(seconds) },
  });
}

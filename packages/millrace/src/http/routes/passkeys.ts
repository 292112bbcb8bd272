/** Passkeys at the door: signing in by one, and one's own: added, listed and taken away. */
import { z } from "zod";
import { checkRegistration, registrationOptions } from "../../access/passkey-ceremonies.ts";
import { deletePasskey, insertPasskey, listPasskeys, MAX_PASSKEYS } from "../../access/passkeys.ts";
import { relyingPartyOf } from "../../access/relying-party.ts";
import { EVERYONE } from "../../access/roles.ts";
import { done, problem } from "../answers.ts";
import { confirmPassword, sessionOf, state, stateSignIn } from "../own-account.ts";
import {
  ceremonyOptions,
  newPasskey,
  ownPasskeys,
  passkeyName,
  passkeySignIn,
  passkeyWish,
} from "../passkey-shapes.ts";
import { Problem } from "../problem.ts";
import { route } from "../route.ts";

const types = ["application/json"] as const;
const LIMIT = 64 * 1024;
const SMALL = 4 * 1024;

const NO_ADDRESS = { about: "Browsers make no passkeys at the console's address.", schema: problem };
const OWN = { access: "operator", scope: "change", roles: EVERYONE, tag: "people" } as const;

export const passkeyRoutes = [
  route({
    method: "POST",
    path: "/api/sign-in/passkey/options",
    access: "anyone",
    tag: "people",
    about: "What a device is asked to sign, once and within five minutes, to sign its person in.",
    isRateLimited: true,
    body: { types, limit: SMALL, schema: z.strictObject({}), read: "json" },
    answers: { 200: { about: "For navigator.credentials.get.", schema: ceremonyOptions }, 404: NO_ADDRESS },
    handle: async ({ http, headers }) => {
      http.access.checkSameOrigin(headers);
      return { json: await http.access.passkeyOptions() };
    },
  }),
  route({
    method: "POST",
    path: "/api/sign-in/passkey",
    access: "anyone",
    tag: "people",
    about: "Signs a person in by a passkey: a session for 12 hours.",
    isRateLimited: true,
    body: { types, limit: LIMIT, schema: passkeySignIn, read: "json" },
    answers: {
      200: { about: "Signed in.", schema: z.object({ person: z.string() }) },
      401: { about: "No passkey that is known, or the answer came too late.", schema: problem },
      404: NO_ADDRESS,
    },
    handle: async ({ http, engine, body, headers }) => {
      http.access.checkSameOrigin(headers);
      const begun = await http.access.signInWithPasskey(body.response, headers["user-agent"]);
      if (begun === undefined) throw isUnknown();
      await stateSignIn(engine, begun);
      return { json: { person: begun.person }, headers: { "set-cookie": begun.cookie } };
    },
  }),
  route({
    ...OWN,
    method: "GET",
    path: "/api/me/passkeys",
    scope: "read",
    about: "One's own passkeys, the newest first, and where they work.",
    answers: {
      200: { about: "They.", schema: ownPasskeys },
      403: { about: "A program has none.", schema: problem },
    },
    handle: async ({ http, engine, caller }) => {
      const { person } = sessionOf(caller);
      return {
        json: {
          passkeys: await listPasskeys(engine.db, person),
          address: relyingPartyOf(http.publicUrl())?.origin ?? null,
        },
      };
    },
  }),
  route({
    ...OWN,
    method: "POST",
    path: "/api/me/passkeys/options",
    about: "What a device is asked to make a passkey by, within five minutes.",
    isRateLimited: true,
    body: { types, limit: SMALL, schema: passkeyWish, read: "json" },
    answers: {
      200: { about: "For navigator.credentials.create.", schema: ceremonyOptions },
      401: { about: "The password is wrong.", schema: problem },
      403: { about: "A program has none.", schema: problem },
      404: NO_ADDRESS,
    },
    handle: async ({ http, engine, caller, body }) => {
      const own = sessionOf(caller);
      const party = http.access.relyingParty();
      await confirmPassword(engine, own, body.current);
      const count = (await listPasskeys(engine.db, own.person)).length;
      if (count >= MAX_PASSKEYS) throw isTooMany(count);
      return {
        json: await registrationOptions(engine.db, party, { person: own.person, session: own.session.id }),
      };
    },
  }),
  route({
    ...OWN,
    method: "POST",
    path: "/api/me/passkeys",
    about: "Adds the passkey that a device has made: one may sign in by it from now on.",
    isRateLimited: true,
    body: { types, limit: LIMIT, schema: newPasskey, read: "json" },
    answers: {
      200: { about: "It holds from now on.", schema: done },
      400: { about: "Not what was asked for, or too late.", schema: problem },
      403: { about: "A program has none.", schema: problem },
      404: NO_ADDRESS,
    },
    handle: async ({ http, engine, caller, body: { label, response } }) => {
      const { person, session } = sessionOf(caller);
      const made = await checkRegistration(engine.db, http.access.relyingParty(), { session: session.id, response });
      if (made === undefined) throw isNotAsked();
      await state(engine, person, async (tx) => {
        if (!(await insertPasskey(tx, { ...made, person, label }))) throw isNotAsked();
        return { type: "passkey_added", data: { person, label } };
      });
      return { json: { ok: true } };
    },
  }),
  route({
    ...OWN,
    method: "POST",
    path: "/api/me/passkeys/remove",
    about: "Takes one of one's passkeys away. Other sessions that began by it end.",
    body: { types, limit: SMALL, schema: passkeyName, read: "json" },
    answers: {
      200: { about: "It signs no one in any more.", schema: done },
      403: { about: "A program has none.", schema: problem },
      404: { about: "One has no such passkey.", schema: problem },
    },
    handle: async ({ http, engine, caller, body: { id } }) => {
      const { person, session } = sessionOf(caller);
      await state(engine, person, async (tx) => {
        const label = await deletePasskey(tx, { id, person, session: session.id });
        if (label === undefined) throw isGone();
        return { type: "passkey_removed", data: { person, label } };
      });
      await http.lookAgainAtStreams();
      return { json: { ok: true } };
    },
  }),
];

function isUnknown(): Problem {
  return new Problem("not_signed_in", {
    saw: "The passkey is not one that signs anybody in here, or it was answered too late.",
    next: "try again, sign in by a link or a password, and add the passkey anew on the page People.",
  });
}

function isNotAsked(): Problem {
  return new Problem("invalid_request", {
    saw: "The device's answer is not to what this session asked for, came too late, or the passkey is known already.",
    next: "add the passkey again, from the page People.",
  });
}

function isTooMany(count: number): Problem {
  return new Problem("invalid_request", {
    saw: `There are ${count} passkeys, and one may have ${MAX_PASSKEYS}.`,
    next: "take one away that is not used any more.",
  });
}

function isGone(): Problem {
  return new Problem("not_found", { saw: "You have no such passkey.", next: "reload the page." });
}

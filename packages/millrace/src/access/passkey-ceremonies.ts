/**
 * The two exchanges with a person's device (WebAuthn): it makes a passkey, and it signs with one. Each begins with options that
 * hold a challenge, and ends with the device's answer, checked by @simplewebauthn/server. The device has to know its person
 * (a PIN, a finger, a face): a passkey alone signs in.
 */
import { createHash } from "node:crypto";
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import type { Queryable } from "../db/database.ts";
import {
  CHALLENGE_MS,
  countUse,
  findPasskey,
  keepChallenge,
  listPasskeys,
  type NewPasskey,
  takeChallenge,
} from "./passkeys.ts";
import type { RelyingParty } from "./relying-party.ts";

/** EdDSA, ES256, RS256: what devices have. The library's own choice asks Node for what it still calls experimental, and warns of it. */
const ALGORITHMS = [-8, -7, -257];

const library = () => import("./webauthn-library.ts");

/** What the browser asks the device by, to make a passkey of this person in this session. */
export async function registrationOptions(
  db: Queryable,
  party: RelyingParty,
  { person, session }: { readonly person: string; readonly session: number },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await library();
  const options = await generateRegistrationOptions({
    rpName: "Millrace",
    rpID: party.id,
    userName: person,
    // Known again by the device, which keeps one passkey for each; tells who reads the device no name.
    userID: Uint8Array.from(createHash("sha256").update(`millrace:${person}`).digest()),
    timeout: CHALLENGE_MS,
    attestationType: "none",
    excludeCredentials: (await listPasskeys(db, person)).map(({ id }) => ({ id })),
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await keepChallenge(db, options.challenge, session);
  return options;
}

/** What the browser asks the device by, to sign in. Names no one: the device shows its person which passkeys it has. */
export async function signInOptions(
  db: Queryable,
  party: RelyingParty,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await library();
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    timeout: CHALLENGE_MS,
    userVerification: "required",
  });
  await keepChallenge(db, options.challenge, undefined);
  return options;
}

/** @returns undefined when the answer is not to a challenge of this session, of another address, or not signed as it should be. */
export async function checkRegistration(
  db: Queryable,
  party: RelyingParty,
  { session, response }: { readonly session: number; readonly response: RegistrationResponseJSON },
): Promise<Omit<NewPasskey, "person" | "label"> | undefined> {
  const challenge = challengeIn(response.response.clientDataJSON);
  if (challenge === undefined || !(await takeChallenge(db, challenge, session))) return undefined;
  const { verifyRegistrationResponse } = await library();
  const { registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => ({ registrationInfo: undefined }));
  if (registrationInfo === undefined) return undefined;
  const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
  return { id, publicKey: Buffer.from(publicKey), counter, transports, relyingParty: party.id };
}

/** @returns whose passkey signed; undefined when none that is known did, for this address, with a challenge that still holds. */
export async function checkSignIn(
  db: Queryable,
  party: RelyingParty,
  response: AuthenticationResponseJSON,
): Promise<{ readonly person: string; readonly passkey: string } | undefined> {
  const challenge = challengeIn(response.response.clientDataJSON);
  if (challenge === undefined || !(await takeChallenge(db, challenge, undefined))) return undefined;
  const found = await findPasskey(db, response.id);
  if (found === undefined) return undefined;
  const { verifyAuthenticationResponse } = await library();
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    credential: { id: found.id, publicKey: Uint8Array.from(found.publicKey), counter: found.counter },
    requireUserVerification: true,
  }).catch(() => undefined);
  if (!verified?.verified || !(await countUse(db, found.id, verified.authenticationInfo.newCounter))) return undefined;
  return { person: found.person, passkey: found.id };
}

/** What the device says it signed. @returns undefined for what is no client data. */
function challengeIn(clientDataJSON: string): string | undefined {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString()) as { challenge?: unknown };
    return typeof challenge === "string" ? challenge : undefined;
  } catch {
    return undefined;
  }
}

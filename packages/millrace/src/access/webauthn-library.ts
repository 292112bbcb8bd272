/**
 * What is used of @simplewebauthn/server. Loaded when the first passkey is asked for: 9 MB and 60 ms. In what npm
 * publishes this file is a bundle of it (tools/build.ts): the package would bring 25 others.
 */
export {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";

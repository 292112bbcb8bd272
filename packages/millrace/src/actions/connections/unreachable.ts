/** Why something outside could not be reached, in plain words: from the codes that systems, name servers and TLS give. Pure. */
import type { ProbeResult } from "./probe.ts";

/** What is asked, as sentences name it. */
export interface Asked {
  /** The beginning of a sentence: "HubSpot", "The mail server". */
  readonly name: string;
  /** Its host, with its port where that is not the usual one; undefined for a program on this machine. */
  readonly host: string | undefined;
  /** The setting that holds its address. */
  readonly setting: string;
}

type Words = (asked: Asked, host: string) => readonly [saw: string, next: string];

const REASONS: readonly (readonly [sign: RegExp, words: Words])[] = [
  [
    /\bECONNREFUSED\b/,
    ({ setting }, host) => [
      `cannot be reached: nothing answers at ${host}.`,
      `see whether it runs, and whether ${setting} has its address.`,
    ],
  ],
  [
    /\bENOTFOUND\b/,
    ({ setting }, host) => [`cannot be reached: there is no host ${host}.`, `correct the address in ${setting}.`],
  ],
  [
    /\bEAI_AGAIN\b/,
    (_, host) => [
      `cannot be reached: the address of ${host} cannot be looked up from here.`,
      "see the network and the name server of this machine.",
    ],
  ],
  [
    /\b(EHOSTUNREACH|ENETUNREACH|ENETDOWN)\b/,
    (_, host) => [
      `cannot be reached: there is no way from here to ${host}.`,
      "see the network of this machine, and whether a firewall lets it out.",
    ],
  ],
  [
    /\b(wrong version number|ERR_SSL_\w+|EPROTO)\b/i,
    ({ setting }, host) => [
      `does not speak TLS at ${host}.`,
      `see whether ${setting} has the right port, and whether it asks for TLS.`,
    ],
  ],
  [
    /\bself[- ]signed\b|\bcertificate\b|CERT_|_CERT\b|UNABLE_TO_/i,
    (_, host) => [
      `shows a certificate for ${host} that this machine does not trust.`,
      "renew it there, or name its authority in NODE_EXTRA_CA_CERTS.",
    ],
  ],
  [
    /\b(ECONNRESET|EPIPE|ECONNABORTED|socket hang up|other side closed|Connection closed)\b/i,
    (_, host) => [
      `ended the connection to ${host} without an answer.`,
      "try again; when it stays so, see what is written there about us.",
    ],
  ],
];

/** @returns undefined when the error says nothing of the way there. */
export function unreachable(error: unknown, asked: Asked): ProbeResult | undefined {
  // A program on this machine is not on any way.
  if (asked.host === undefined) return undefined;
  const text = codesOf(error);
  const found = REASONS.find(([sign]) => sign.test(text));
  if (found === undefined) return undefined;
  const [saw, next] = found[1](asked, asked.host);
  return { isWell: false, saw: `${asked.name} ${saw}`, next };
}

/** Nothing came in this time. */
export function tooLate({ name, host }: Asked, timeoutMs: number): ProbeResult {
  return {
    isWell: false,
    saw: `${name} did not answer within ${timeoutMs / 1_000} s.`,
    next:
      host === undefined
        ? "see whether it waits for something, and try again."
        : `see whether ${host} is well, and whether it can be reached from here; then try again.`,
  };
}

/** Messages and codes of the error and of all that led to it: what the system said is often the innermost. */
function codesOf(error: unknown, depth = 0): string {
  if (depth > 5 || error === null || error === undefined) return "";
  if (typeof error !== "object") return String(error);
  const {
    message = "",
    code = "",
    cause,
    errors = [],
  } = error as {
    message?: string;
    code?: unknown;
    cause?: unknown;
    errors?: readonly unknown[];
  };
  const inner = [cause, ...errors].map((one) => codesOf(one, depth + 1));
  return [message, String(code), ...inner].join(" ");
}

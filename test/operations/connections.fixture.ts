/** The four things outside, real and on loopback, and an engine's settings for them. */
import { startSimulator } from "../../packages/hubspot-simulator/src/server.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { startModelSimulator } from "../../packages/model-simulator/src/index.ts";
import { remote } from "../mcp-client/remote.fixture.ts";
import { gateBefore, withoutServer } from "../servers/gate.ts";
import { mailServer } from "../servers/smtp.ts";

export const CONNECTIONS = ["hubspot", "mail", "model", "mcp:people"] as const;

/** Where each of them is. */
interface Addresses {
  readonly hubspot: string;
  readonly mail: string;
  readonly model: string;
  readonly people: string;
}

export interface Outside extends AsyncDisposable {
  /** Everything is there, and takes our token, password and keys. */
  readonly config: MillraceConfig;
  /** All is there, and refuses us. */
  readonly refused: MillraceConfig;
  /** Nothing listens at any of the addresses. */
  readonly gone: MillraceConfig;
  /** Connections are taken and nothing is answered, until `open`. */
  readonly slow: MillraceConfig;
  open(): void;
  /** E-mails that were taken. */
  readonly letters: readonly string[];
}

const RIGHT = { token: "the-token", password: "the-password" };
const WRONG = { token: "another-token", password: "another-password" };

/** All four servers, started. */
export async function outside(): Promise<Outside> {
  await using stack = new AsyncDisposableStack();
  const [hubspot, model] = await Promise.all([
    startSimulator({ tier: "none", token: RIGHT.token }),
    startModelSimulator({ key: RIGHT.token }),
  ]);
  stack.defer(() => hubspot.close());
  stack.defer(() => model.close());
  const mail = stack.use(await mailServer({ password: RIGHT.password }));
  const people = stack.use(await remote(undefined, new Set([RIGHT.token])));
  const there = { hubspot: hubspot.url, mail: mail.url, model: `${model.url}/v1`, people: people.url };
  const gates = await eachOf(there, async (url) => stack.use(await gateBefore(url)));
  const kept = stack.move();
  return {
    config: settings(there, RIGHT),
    refused: settings(there, WRONG),
    gone: settings(await eachOf(there, withoutServer), RIGHT),
    slow: settings(await eachOf(gates, async ({ url }) => url), RIGHT),
    open: () => {
      for (const gate of Object.values(gates)) gate.open();
    },
    letters: mail.letters,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function eachOf<Of, To>(
  all: Readonly<Record<keyof Addresses, Of>>,
  make: (one: Of) => Promise<To>,
): Promise<Record<keyof Addresses, To>> {
  const [hubspot, mail, model, people] = await Promise.all([all.hubspot, all.mail, all.model, all.people].map(make));
  return { hubspot, mail, model, people } as Record<keyof Addresses, To>;
}

function settings(at: Addresses, { token, password }: typeof RIGHT): MillraceConfig {
  return {
    hubspot: { accessToken: token, baseUrl: at.hubspot },
    mail: { smtpUrl: at.mail.replace("smtp://", `smtp://ada:${password}@`), from: "Us <us@ours.example>" },
    models: { apiKey: token, baseUrl: at.model },
    mcp: { tools: { scout: ["people/echo"] }, servers: { people: { url: at.people, token } } },
  };
}

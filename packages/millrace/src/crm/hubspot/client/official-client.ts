/**
 * HubSpot's official client (npm @hubspot/api-client), as much of it as the engine uses: one request, signed. Called by client.ts.
 * The package unpacks to 23 MB, nearly all of it generated classes that stay unused, so the published engine carries
 * these 460 kB bundled (tools/build.ts, docs/decisions/0024); in a checkout it is the package itself.
 */

import { createRequire } from "node:module";

/** A request as the official client takes it; the answer comes unread. */
export interface OfficialRequest {
  readonly method: string;
  /** Below the base address, with a leading slash. */
  readonly path: string;
  readonly body?: unknown;
  readonly qs?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** "none": without the account's token. Default: with it. */
  readonly authType?: string;
  /** False: `body` goes out as it is. Default: as JSON. */
  readonly defaultJson?: boolean;
}

export interface OfficialClient {
  apiRequest(request: OfficialRequest): Promise<Response>;
}

/**
 * @param baseUrl where HubSpot is; undefined: api.hubapi.com.
 * Its own limiter and retries are off. Imported on first use: an engine that never calls HubSpot starts without it.
 */
export async function officialClient(accessToken: string, baseUrl: string | undefined): Promise<OfficialClient> {
  const { Client } = await import("#hubspot-client");
  const client = undecorated(
    () => new Client({ accessToken, basePath: baseUrl, numberOfApiCallRetries: 0 }) as unknown as OfficialClient,
  );
  return { apiRequest: (request) => undecorated(() => client.apiRequest(request)) };
}

/** The package's limiter and retries: one list for all clients of a process, set anew by each client that is made. */
interface Decorators {
  readonly decorators: readonly unknown[];
  setDecorators(decorators: readonly unknown[]): void;
}

/**
 * Does something as if no other code in the process had a client with a limiter of its own, and leaves theirs as it was. A
 * request asks for the list before it returns its promise.
 */
function undecorated<Result>(work: () => Result): Result {
  const shared = sharedDecorators();
  const others = shared?.decorators ?? [];
  shared?.setDecorators([]);
  try {
    return work();
  } finally {
    shared?.setDecorators(others);
  }
}

/** @returns undefined where the client is ours alone, bundled with the engine. */
function sharedDecorators(): Decorators | undefined {
  try {
    const service = createRequire(import.meta.url)("@hubspot/api-client/lib/src/services/ApiDecoratorService.js");
    return service.default.getInstance() as Decorators;
  } catch {
    return undefined;
  }
}

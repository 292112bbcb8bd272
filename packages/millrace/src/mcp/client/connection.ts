/**
 * The connection to one server: made at the first call, watched, made anew after its end, closed with the engine. What it offers is
 * read when it is made and when the server says that it has changed.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { FilteringProxy } from "../../web/filtering-proxy.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { failureOf, McpFailure } from "./failure.ts";
import { oauthProvider } from "./oauth.ts";
import { ProgramTransport } from "./process-transport.ts";
import type * as Sdk from "./sdk.ts";
import type { KnownServer } from "./server-list.ts";
import { browserEnvironment } from "./web-environment.ts";

/** A tool as its server describes it: words of strangers, good for a model to read and for nothing else. */
export interface OfferedTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: object;
  /** The server says that it changes nothing. */
  readonly isReadOnly: boolean;
}

export interface ConnectionOptions {
  readonly server: KnownServer;
  readonly version: string;
  readonly startTimeoutMs: number;
  /** For a server that opens pages of the web; started with it. */
  readonly startProxy: () => Promise<FilteringProxy>;
  readonly environment?: NodeJS.ProcessEnv;
}

/** What a tool answered, as text. */
export interface RawAnswer {
  readonly text: string;
  readonly isError: boolean;
}

interface Open {
  readonly client: Client;
  readonly transport: Transport;
  readonly proxy: FilteringProxy | undefined;
  tools: ReadonlyMap<string, OfferedTool>;
  /** The server says that its list is another one. */
  isOutdated: boolean;
  isClosed: boolean;
}

/** What a program cannot start without, on any system. */
const ALWAYS = [
  "PATH",
  "HOME",
  "LANG",
  "TMPDIR",
  "SYSTEMROOT",
  "TEMP",
  "TMP",
  "APPDATA",
  "LOCALAPPDATA",
  "USERPROFILE",
];
const MAX_PAGES_OF_TOOLS = 20;
const MAX_CLOSE_MS = 3_000;
const FIRST_RESTART_MS = 1_000;
/** Pauses of 1, 2, 4, 8 and 16 seconds. */
const MAX_RESTARTS = 5;

export class McpConnection {
  readonly #options: ConnectionOptions;
  #opening: Promise<Open> | undefined;
  #folder: Promise<string> | undefined;
  #isStopped = false;
  #restart: NodeJS.Timeout | undefined;
  #calls = 0;
  /** Since a call went well. */
  #restarts = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get isConnected(): boolean {
    return this.#opening !== undefined;
  }

  /** @throws McpFailure */
  async tools(): Promise<ReadonlyMap<string, OfferedTool>> {
    return (await this.#ready()).tools;
  }

  /** @throws McpFailure; the signal's reason when it is aborted. */
  async call(
    tool: string,
    args: Readonly<Record<string, unknown>>,
    { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ): Promise<RawAnswer> {
    const open = await this.#ready();
    if (open.transport instanceof ProgramTransport) open.transport.beginCall();
    open.proxy?.renew();
    this.#calls++;
    try {
      const options = { signal, timeout: timeoutMs, maxTotalTimeout: timeoutMs };
      const result = await open.client.callTool({ name: tool, arguments: { ...args } }, undefined, options);
      this.#restarts = 0;
      return { text: textOf(result as Answered), isError: result.isError === true };
    } catch (error) {
      signal.throwIfAborted();
      const failure = failureOf(error, this.#options.server.name, endOf(open.transport));
      // A session that is lost, or a program that hangs, is of no more use.
      if (failure.isServers) await this.#drop(open);
      throw failure;
    } finally {
      this.#calls--;
    }
  }

  async close(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#restart);
    const open = await this.#opening?.catch(() => undefined);
    if (open !== undefined) await this.#drop(open);
    const folder = await this.#folder;
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  /** Who comes while it is being made waits for it, and shares its failure: a dead server is not started once for each. */
  async #ready(): Promise<Open> {
    for (;;) {
      const waited = this.#opening;
      const known = await waited;
      if (waited !== this.#opening) continue;
      const isGood = known !== undefined && !known.isClosed;
      if (isGood && !known.isOutdated) return known;
      if (this.#isStopped) throw new McpFailure("not_started", "The engine is stopping.");
      clearTimeout(this.#restart);
      const opening = isGood ? this.#reread(known) : this.#open();
      this.#opening = opening;
      opening.catch(() => {
        if (this.#opening === opening) this.#opening = undefined;
      });
    }
  }

  /**
   * A program that ended by itself between calls is there again before the next one needs it. One that ends in a call, or again and
   * again, is left to the breaker.
   */
  #restartSoon(): void {
    if (this.#isStopped || this.#restarts >= MAX_RESTARTS) return;
    clearTimeout(this.#restart);
    this.#restart = setTimeout(
      () => void this.#ready().catch(() => this.#restartSoon()),
      FIRST_RESTART_MS * 2 ** this.#restarts,
    );
    this.#restart.unref();
    this.#restarts++;
  }

  async #reread(known: Open): Promise<Open> {
    known.isOutdated = false;
    try {
      known.tools = await this.#listed(known.client);
      return known;
    } catch (error) {
      await this.#drop(known);
      throw failureOf(error, this.#options.server.name, endOf(known.transport));
    }
  }

  async #open(): Promise<Open> {
    const { server, version } = this.#options;
    const sdk = await loadSdk();
    const proxy = server.rules.web ? await this.#options.startProxy() : undefined;
    const transport = await this.#transport(sdk, proxy);
    const client = new sdk.Client(
      { name: "millrace", version },
      {
        capabilities: {},
        // A tool's own schema of its answers is a stranger's program: it is not compiled.
        jsonSchemaValidator: {
          getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }),
        },
      },
    );
    try {
      await client.connect(transport, { timeout: this.#options.startTimeoutMs });
      const tools = await this.#listed(client);
      const open: Open = { client, transport, proxy, tools, isOutdated: false, isClosed: false };
      client.onclose = () => {
        const wasEnded = open.isClosed;
        open.isClosed = true;
        void proxy?.close();
        if (!wasEnded && this.#calls === 0) this.#restartSoon();
      };
      client.setNotificationHandler(sdk.ToolListChangedNotificationSchema, () => {
        open.isOutdated = true;
      });
      return open;
    } catch (error) {
      const failure = failureOf(error, server.name, endOf(transport));
      await within(transport.close());
      await proxy?.close();
      throw failure;
    }
  }

  async #listed(client: Client): Promise<ReadonlyMap<string, OfferedTool>> {
    if (client.getServerCapabilities()?.tools === undefined) {
      throw new McpFailure("not_mcp", `The server "${this.#options.server.name}" offers no tools.`);
    }
    const tools = new Map<string, OfferedTool>();
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES_OF_TOOLS; page++) {
      const timeout = this.#options.startTimeoutMs;
      const answer = await client.listTools(cursor === undefined ? undefined : { cursor }, { timeout });
      for (const { name, description = "", inputSchema, annotations } of answer.tools) {
        tools.set(name, { name, description, inputSchema, isReadOnly: annotations?.readOnlyHint === true });
      }
      cursor = answer.nextCursor;
      if (cursor === undefined) break;
    }
    return tools;
  }

  async #transport(sdk: typeof Sdk, proxy: FilteringProxy | undefined): Promise<Transport> {
    const { name, rules } = this.#options.server;
    const { command, args, env, url, token, oauth, cwd } = rules;
    if (url !== undefined) {
      return new sdk.StreamableHTTPClientTransport(new URL(url), {
        fetch: boundedFetch(name),
        ...(oauth && { authProvider: oauthProvider(oauth) }),
        ...(token && { requestInit: { headers: { authorization: `Bearer ${token}` } } }),
      }) as Transport;
    }
    const folder = await this.#ownFolder();
    return new ProgramTransport(sdk, {
      name,
      command: command ?? "",
      args,
      env: { ...this.#passedOn(), ...(proxy && (await browserEnvironment(proxy.url, folder, writeFile))), ...env },
      cwd: cwd ?? folder,
    });
  }

  #passedOn(): Record<string, string> {
    const environment = this.#options.environment ?? process.env;
    const names = [...ALWAYS, ...this.#options.server.rules.passEnv];
    return Object.fromEntries(
      names.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
    );
  }

  /** What servers write down, like the files of a browser, does not land in the engine's folder. */
  #ownFolder(): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), "millrace-mcp-"));
    return this.#folder;
  }

  async #drop(open: Open): Promise<void> {
    open.isClosed = true;
    await within(open.client.close());
    await open.proxy?.close();
  }
}

function loadSdk(): Promise<typeof Sdk> {
  return import("./sdk.ts");
}

function endOf(transport: Transport): McpFailure | undefined {
  return transport instanceof ProgramTransport ? transport.ended : undefined;
}

/** A remote server may let its farewell wait for ever; a program is ended by its transport. */
async function within(closing: Promise<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, MAX_CLOSE_MS * 3);
  try {
    await Promise.race([closing.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}

interface Part {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly resource?: { readonly text?: unknown };
}

interface Answered {
  readonly content?: unknown;
  readonly structuredContent?: unknown;
}

/** Pictures and sounds are named and left out. */
function textOf(result: Answered): string {
  const parts = (Array.isArray(result.content) ? result.content : []) as readonly Part[];
  const texts = parts.map(({ type, text, resource }) => {
    const words = text ?? resource?.text;
    return typeof words === "string" ? words : `[${String(type)}: left out]`;
  });
  if (texts.length === 0 && result.structuredContent !== undefined) return JSON.stringify(result.structuredContent);
  return texts.join("\n");
}

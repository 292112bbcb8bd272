/**
 * The way to a server that is a program on this machine: one JSON-RPC message a line. In place of the SDK's own, because ours ends
 * the whole process group (npx and what it has started), gives the program no variable but those named, and says why it ended.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { McpFailure } from "./failure.ts";
import type * as Sdk from "./sdk.ts";

export interface ProgramOptions {
  /** For the words of errors. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** A line, and all that comes between two calls. */
const MAX_BYTES = 20 * 1024 * 1024;
const MAX_LINE_LENGTH = 10 * 1024 * 1024;
/** Some programs write a greeting to their standard output. More than this is no greeting. */
const MAX_STRAY_LINES = 200;
const NEW_LINE = 10;
const MAX_COMPLAINT_LENGTH = 2_000;
/** Between the end of its input, the request to end, and the end. Together below the ten seconds an engine has to stop. */
const GRACE_MS = 2_000;
const isWindows = process.platform === "win32";

/** Programs that run. When this process ends without having stopped them, they end with it. */
const running = new Set<ChildProcess>();
let isWatching = false;

function watchExit(): void {
  if (isWatching) return;
  isWatching = true;
  process.once("exit", () => {
    for (const child of running) signalGroup(child, "SIGKILL");
  });
}

export class ProgramTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: <T extends JSONRPCMessage>(message: T) => void;
  /** Why the program is not spoken to any more, where that is known. */
  ended: McpFailure | undefined;
  readonly #options: ProgramOptions;
  readonly #sdk: typeof Sdk;
  /** The beginning of a line whose end has not come yet. */
  #line: Buffer[] = [];
  #lineBytes = 0;
  #child: ChildProcess | undefined;
  #complaint = "";
  #bytes = 0;
  #strayLines = 0;
  #closing: Promise<void> | undefined;

  constructor(sdk: typeof Sdk, options: ProgramOptions) {
    this.#sdk = sdk;
    this.#options = options;
  }

  /** Of the program; undefined before it has started and after it has ended. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async start(): Promise<void> {
    const { name, command, args, env, cwd } = this.#options;
    watchExit();
    const child = spawn(command, args, {
      cwd,
      env: { ...env },
      stdio: ["pipe", "pipe", "pipe"],
      // A group of its own, so that it can be ended as a whole, and a Ctrl-C at the terminal is the engine's alone.
      detached: !isWindows,
      windowsHide: true,
    });
    this.#child = child;
    running.add(child);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-MAX_COMPLAINT_LENGTH);
    });
    child.stdin.on("error", () => undefined);
    child.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
    child.once("close", (code, signal) => {
      running.delete(child);
      signalGroup(child, "SIGKILL");
      this.#child = undefined;
      const how = code === null ? `by ${signal}` : `with exit code ${code}`;
      this.ended ??= new McpFailure("died", `The server "${name}" ended ${how}${this.#saying()}`);
      this.onclose?.();
    });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", (error) => {
        running.delete(child);
        this.ended = new McpFailure("not_started", `The server "${name}" does not start: ${error.message}`, error);
        reject(this.ended);
      });
    });
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const input = this.#child?.stdin;
    if (!input?.writable) throw this.ended ?? new McpFailure("died", `The server "${this.#options.name}" has ended.`);
    // A program that does not read is noticed by the time-out of the call, not by waiting here.
    input.write(this.#sdk.serializeMessage(message));
  }

  /** What comes from now on belongs to another call. */
  beginCall(): void {
    this.#bytes = 0;
  }

  /** Resolves when the program and everything it has started are gone. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  #take(chunk: Buffer): void {
    if (this.ended !== undefined) return;
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_BYTES) {
      this.#giveUp("flooded", "wrote more than 20 MB for one call");
      return;
    }
    let rest = chunk;
    for (let end = rest.indexOf(NEW_LINE); end !== -1 && this.ended === undefined; end = rest.indexOf(NEW_LINE)) {
      const line = Buffer.concat([...this.#line, rest.subarray(0, end)]).toString("utf8");
      this.#line = [];
      this.#lineBytes = 0;
      rest = rest.subarray(end + 1);
      this.#takeLine(line);
    }
    this.#line.push(rest);
    this.#lineBytes += rest.length;
    if (this.#lineBytes > MAX_LINE_LENGTH) this.#giveUp("flooded", "wrote a line of more than 10 MB");
  }

  #takeLine(line: string): void {
    if (line.trim() === "") return;
    try {
      this.onmessage?.(this.#sdk.deserializeMessage(line));
    } catch {
      this.#strayLines++;
      if (this.#strayLines > MAX_STRAY_LINES) this.#giveUp("not_mcp", "writes lines that are not MCP");
    }
  }

  #giveUp(outcome: "flooded" | "not_mcp", what: string): void {
    this.ended = new McpFailure(outcome, `The server "${this.#options.name}" ${what}; it was ended.`);
    this.#line = [];
    this.onerror?.(this.ended);
    void this.close();
  }

  #saying(): string {
    const last = this.#complaint.trim().split("\n").slice(-3).join(" ");
    return last === "" ? "." : `: ${last.slice(-500)}`;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const ended = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : onceClosed(child);
    child.stdin?.end();
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      const stop = new AbortController();
      const isOver = await Promise.race([
        ended.then(() => true),
        sleep(GRACE_MS, false, { signal: stop.signal }).catch(() => false),
      ]);
      stop.abort();
      if (isOver) break;
      signalGroup(child, signal);
    }
    await ended;
  }
}

function onceClosed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("close", () => resolve()));
}

/** To all processes of its group, as far as there are any. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (isWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // No one is left.
  }
}

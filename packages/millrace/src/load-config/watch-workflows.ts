/**
 * Looks at the folder of workflows and puts changed ones in place while the engine runs. What does not load or has an
 * error is refused with its place, and what runs keeps running.
 *
 * A look twice a second and no watcher of the operating system: those miss saves by rename on some platforms and see
 * nothing on folders mounted into a container. A look at 50 files takes under a millisecond.
 */
import { stat } from "node:fs/promises";
import { registerHooks } from "node:module";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { MillraceError, messageOf } from "../base/errors.ts";
import type { Workflow } from "../workflows/workflow.ts";
import type { StartFiles } from "./start-files.ts";
import { allFiles, hashFolder, importWorkflows } from "./workflow-files.ts";

const SETTLE_MS = 30;

type OnChange = (workflows: readonly Workflow[]) => void | Promise<void>;

export interface WatchOptions {
  /** Default 500. */
  readonly everyMs?: number;
  /** Told why a change was not taken; what runs keeps running. */
  readonly onRefused: (error: MillraceError) => void;
  /** What is read at the start only, looked at beside the folder. */
  readonly startFiles?: StartFiles;
  /** Asked when one of those was changed: it waits for the next start. */
  readonly onStartFiles?: (changed: readonly string[]) => void;
}

/**
 * @param onChange is given all workflows of the folder after a change; when it throws, the change counts as refused.
 * @returns the watch; `look` looks at once.
 */
export async function watchWorkflows(
  folder: string,
  onChange: OnChange,
  options: WatchOptions,
): Promise<WorkflowWatch> {
  return new WorkflowWatch(folder, onChange, options, await stampOf(folder), await hashFolder(folder));
}

export class WorkflowWatch {
  readonly #folder: string;
  readonly #onChange: OnChange;
  readonly #options: WatchOptions;
  readonly #hooks: { deregister(): void };
  #stamp: string;
  #hash: string;
  #refusals = 0;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isStopped = false;

  constructor(folder: string, onChange: OnChange, options: WatchOptions, stamp: string, hash: string) {
    this.#folder = folder;
    this.#onChange = onChange;
    this.#options = options;
    this.#stamp = stamp;
    this.#hash = hash;
    this.#hooks = passVersionOn(folder);
    this.#lookLater();
  }

  /** Looks now and takes what changed. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
    this.#hooks.deregister();
  }

  #lookLater(): void {
    if (this.#isStopped) return;
    this.#timer = globalThis.setTimeout(
      () => void this.look().then(() => this.#lookLater()),
      this.#options.everyMs ?? 500,
    );
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    try {
      await this.#lookAtStartFiles();
      const stamp = await stampOf(this.#folder);
      if (stamp === this.#stamp) return;
      // An editor that empties a file and then writes it is caught half-way; such a folder is left for the next look.
      await setTimeout(SETTLE_MS);
      if ((await stampOf(this.#folder)) !== stamp) return;
      this.#stamp = stamp;
      const hash = await hashFolder(this.#folder);
      if (hash === this.#hash) return;
      this.#hash = hash;
      await this.#take(hash);
    } catch (error) {
      this.#refusals += 1;
      this.#options.onRefused(asRefusal(error));
    }
  }

  async #lookAtStartFiles(): Promise<void> {
    const { startFiles, onStartFiles } = this.#options;
    if (startFiles !== undefined && (await startFiles.look())) onStartFiles?.(startFiles.changed);
  }

  async #take(hash: string): Promise<void> {
    // Node remembers a failed import for ever; after a failure the same text must have another address.
    const workflows = await importWorkflows(this.#folder, `${hash}.${this.#refusals}`);
    if (!this.#isStopped) await this.#onChange(workflows);
  }
}

/** What a helper in the folder exports is read again too: its address takes over the version of who imports it. */
function passVersionOn(folder: string): { deregister(): void } {
  const inside = `${pathToFileURL(folder).href}/`;
  return registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const version = /\?v=[\w.]+$/.exec(context.parentURL ?? "")?.[0];
      if (version === undefined || !resolved.url.startsWith(inside) || resolved.url.includes("?")) return resolved;
      return { ...resolved, url: resolved.url + version };
    },
  });
}

/** Changes when a file is added, removed or saved. */
async function stampOf(folder: string): Promise<string> {
  const stamps = (await allFiles(folder)).map(async (file) => {
    const { mtimeMs, size, ino } = await stat(file);
    return `${file} ${mtimeMs} ${size} ${ino}`;
  });
  return (await Promise.all(stamps)).join("\n");
}

function asRefusal(error: unknown): MillraceError {
  if (error instanceof MillraceError) return error;
  return new MillraceError("invalid_workflow", {
    saw: `The workflows could not be loaded: ${messageOf(error)}.`,
    next: "save the file again; what runs keeps running.",
    cause: error,
  });
}

/**
 * The files of a project that are read when an engine starts and not again while it runs: the config, what it imports, and
 * `.env`. A person who edits one beside a running engine is shown that it waits for the next start.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { registerHooks } from "node:module";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Notes which files of a folder are imported while it lasts. Those of `node_modules` are not the person's own. */
export class ImportsNoted {
  readonly #files = new Set<string>();
  readonly #hooks: { deregister(): void };

  /** @param except a folder below whose files are read again when they change. */
  constructor(folder: string, except: string) {
    this.#hooks = registerHooks({
      resolve: (specifier, context, nextResolve) => {
        const resolved = nextResolve(specifier, context);
        if (!resolved.url.startsWith("file:")) return resolved;
        const file = fileURLToPath(resolved.url);
        const isOwn = file.startsWith(`${folder}${sep}`) && !file.includes(`${sep}node_modules${sep}`);
        if (isOwn && !file.startsWith(`${except}${sep}`)) this.#files.add(file);
        return resolved;
      },
    });
  }

  /** Notes no more. @returns full paths. */
  end(): readonly string[] {
    this.#hooks.deregister();
    return [...this.#files].toSorted();
  }
}

export class StartFiles {
  readonly #atStart: ReadonlyMap<string, string>;
  #shown = "";
  #changed: readonly string[] = [];

  private constructor(atStart: ReadonlyMap<string, string>) {
    this.#atStart = atStart;
  }

  /** As they are now. @param imported as `ImportsNoted` has them. */
  static async of(folder: string, imported: readonly string[]): Promise<StartFiles> {
    const all = [...imported, join(folder, ".env")].map(async (file) => [file, await hashOf(file)] as const);
    return new StartFiles(new Map(await Promise.all(all)));
  }

  /** Full paths of those that were other at the start, as of the last look. */
  get changed(): readonly string[] {
    return this.#changed;
  }

  /** @returns whether some have changed, in a way no look has found before. */
  async look(): Promise<boolean> {
    const now = [...this.#atStart.keys()].map(async (file) => [file, await hashOf(file)] as const);
    const other = (await Promise.all(now)).filter(([file, hash]) => this.#atStart.get(file) !== hash);
    this.#changed = other.map(([file]) => file);
    const found = other.map(([file, hash]) => `${file} ${hash}`).join("\n");
    const isNew = found !== "" && found !== this.#shown;
    this.#shown = found;
    return isNew;
  }
}

/** "" for a file that is not there. */
async function hashOf(file: string): Promise<string> {
  const content = await readFile(file).catch(() => undefined);
  return content === undefined ? "" : createHash("sha256").update(content).digest("hex");
}

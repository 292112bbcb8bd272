/** Installs a peer of the queue in a folder that is gone afterwards: it is measured here, and no dependency of ours. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Name and version, so that figures of two runs are of the same program. */
export const GRAPHILE = "graphile-worker@0.18.0";

export interface Installed extends AsyncDisposable {
  /** The folder with its node_modules. */
  readonly modules: string;
}

/** @throws Error what npm says, e.g. without a network. */
export async function install(name: string): Promise<Installed> {
  const modules = await mkdtemp(join(tmpdir(), "millrace-peer-"));
  const remove = () => rm(modules, { recursive: true, force: true });
  await writeFile(join(modules, "package.json"), JSON.stringify({ name: "peer", private: true }));
  try {
    await promisify(execFile)("npm", ["install", "--save-exact", "--no-audit", "--no-fund", name], { cwd: modules });
  } catch (error) {
    await remove();
    throw error;
  }
  return { modules, [Symbol.asyncDispose]: remove };
}

/** Installs peers of the queue in a folder that is gone afterwards: they are measured here, and no dependency of ours. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Names and versions, so that figures of two runs are of the same program; BullMQ needs its client beside it. */
export const PEERS = {
  graphile: "graphile-worker@0.18.0",
  "pg-boss": "pg-boss@12.38.0",
  bullmq: "bullmq@6.7.0 ioredis@6.0.0",
} as const;

export type PeerName = keyof typeof PEERS;

export interface Installed extends AsyncDisposable {
  /** The folder with its node_modules. */
  readonly modules: string;
}

/** @throws Error what npm says, e.g. without a network. */
export async function install(names: readonly string[]): Promise<Installed> {
  const modules = await mkdtemp(join(tmpdir(), "millrace-peer-"));
  const remove = () => rm(modules, { recursive: true, force: true });
  await writeFile(join(modules, "package.json"), JSON.stringify({ name: "peer", private: true }));
  try {
    await promisify(execFile)(
      "npm",
      [
        "install",
        "--save-exact",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        ...names.flatMap((name) => name.split(" ")),
      ],
      {
        cwd: modules,
      },
    );
  } catch (error) {
    await remove();
    throw error;
  }
  return { modules, [Symbol.asyncDispose]: remove };
}

/** Where the gateway of a data folder is: `start` leaves its address in gateway.json, other commands find it there. */
import { readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface Address {
  readonly pid: number;
  readonly url: string;
}

function addressFile(dataFolder: string): string {
  return join(dataFolder, "gateway.json");
}

export async function leaveAddress(dataFolder: string, url: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  await writeFile(addressFile(dataFolder), `${JSON.stringify({ pid: process.pid, url } satisfies Address)}\n`);
}

/** Only our own: another process may have started meanwhile. */
export async function takeAddress(dataFolder: string): Promise<void> {
  if (readAddress(dataFolder)?.pid === process.pid) await rm(addressFile(dataFolder), { force: true });
}

function readAddress(dataFolder: string): Address | undefined {
  try {
    return JSON.parse(readFileSync(addressFile(dataFolder), "utf8")) as Address;
  } catch {
    return undefined;
  }
}

/**
 * The gateway that a process of this machine runs on the data folder; undefined when none answers. An engine that was killed
 * leaves its address behind, and what answers there by then may be the engine of another project: its process has to live.
 */
export async function findGateway(dataFolder: string): Promise<Address | undefined> {
  const address = readAddress(dataFolder);
  return address !== undefined && isAlive(address.pid) && (await answers(address.url)) ? address : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, and is another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(new URL("/healthz", url), {
      signal: AbortSignal.timeout(3_000),
      headers: { connection: "close" },
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

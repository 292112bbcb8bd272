/** Our own package: its version, and whether it is a checkout or was installed. */
import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder with package.json. */
export const PACKAGE_FOLDER = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

export const isCheckout = !PACKAGE_FOLDER.split(sep).includes("node_modules");

export async function packageVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(PACKAGE_FOLDER, "package.json"), "utf8")) as { version: string };
  return version;
}

/** `millrace version`. */
import { packageVersion } from "../../base/package.ts";
import { installedPostgresVersion } from "../../db/embedded.ts";
import type { Call } from "../command.ts";
import { list } from "../text.ts";

export async function run({ terminal }: Call): Promise<void> {
  const versions = {
    millrace: await packageVersion(),
    node: process.versions.node,
    postgres: embeddedVersion(),
    platform: `${process.platform}-${process.arch}`,
  };
  if (terminal.isJson) return terminal.document(versions);
  terminal.data(
    list(Object.entries(versions).map(([name, version]) => [name, version ?? "none embedded for this platform"])),
  );
}

function embeddedVersion(): string | null {
  try {
    return installedPostgresVersion();
  } catch {
    return null;
  }
}

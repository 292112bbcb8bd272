/** What publint says of a tarball. Called by the pack test. */
import { readFileSync } from "node:fs";
import { publint } from "publint";

/** @returns one line a finding, down to suggestions; [] when it is a package as it should be. */
export async function publintMessages(tarball: string): Promise<readonly string[]> {
  const { messages } = await publint({
    pack: { tarball: Uint8Array.from(readFileSync(tarball)).buffer },
    level: "suggestion",
  });
  return messages.map(({ code, path }) => `${code} at ${path.join(".")}`);
}

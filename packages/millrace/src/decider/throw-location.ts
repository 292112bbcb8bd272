/** Where in a user's file an error was thrown, for the row of an event that is set aside. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The engine's own files: what stands in them is not what a user has to correct. */
const ENGINE = dirname(import.meta.dirname);

/** @returns " (workflows/webinar.ts:5:9)" as a full path, or "" when only the engine's own code was running. */
export function throwLocation(error: unknown): string {
  const frames = (error instanceof Error ? error.stack : undefined)?.split("\n") ?? [];
  for (const frame of frames) {
    const [, url, line, column] = /(file:\/\/[^()\s?]+)(?:\?[^:]*)?:(\d+):(\d+)\)?$/.exec(frame) ?? [];
    if (url === undefined) continue;
    const file = fileURLToPath(url);
    if (!file.startsWith(ENGINE)) return ` (${file}:${line}:${column})`;
  }
  return "";
}

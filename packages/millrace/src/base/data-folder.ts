/** Whether a path can be the data folder. Asked before anything is made in it, by the command line and by what opens an engine. */
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { MillraceError } from "./errors.ts";

/** @throws MillraceError invalid_config when it is a file, or lies below one. */
export function checkDataFolder(dataFolder: string): void {
  const there = nearest(dataFolder);
  if (there === undefined || there.isFolder) return;
  const which = there.path === dataFolder ? "is a file" : `lies below ${there.path}, which is a file`;
  throw new MillraceError("invalid_config", {
    saw: `The data folder ${dataFolder} ${which}.`,
    expected: "a folder, or a path where one can be made",
    next: "set dataFolder or MILLRACE_DATA to another path, or move that file away.",
    field: "dataFolder",
  });
}

/** What is there of the path: itself, or the nearest above it. */
function nearest(path: string): { readonly path: string; readonly isFolder: boolean } | undefined {
  try {
    return { path, isFolder: statSync(path).isDirectory() };
  } catch {
    return dirname(path) === path ? undefined : nearest(dirname(path));
  }
}

/** A script of this folder as a piece: it runs in a process of its own, and what it prints are the lines of the table. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Piece, Settings } from "./piece.ts";

export interface ScriptRequest extends Omit<Piece, "run"> {
  readonly file: string;
  readonly args?: (settings: Settings) => readonly string[];
}

/** A script that ends with another code than 0 has found something wrong. */
export function scriptPiece({ file, args = () => [], ...piece }: ScriptRequest): Piece {
  return {
    ...piece,
    run: async ({ settings, say }) => {
      say(`${file} ${args(settings).join(" ")}`);
      const script = spawn(process.execPath, [join(import.meta.dirname, file), ...args(settings)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const ended = once(script, "exit");
      const printed = await text(script.stdout);
      const [code] = await ended;
      const lines = printed.trim().split("\n");
      return {
        lines: lines.map((line) => ["", line] as const),
        figures: { printed: lines },
        wrong: code === 0 ? [] : [`${piece.name}: ${file} ended with exit code ${code}`],
      };
    },
  };
}

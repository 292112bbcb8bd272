/**
 * The two streams of the command line: data on stdout, everything else on stderr. With --json, stdout carries exactly one
 * document (or one per line where a command streams). Colours and progress only on a terminal, and not under NO_COLOR.
 */
import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

export class Terminal {
  readonly isJson: boolean;
  /** A person watches stderr: progress may be drawn there. */
  readonly isWatched: boolean;

  constructor(options: { isJson: boolean }) {
    this.isJson = options.isJson;
    // A terminal that knows no width (some CI) cannot be drawn in.
    const canDraw = process.stderr.isTTY === true && process.stderr.columns > 0 && process.env.TERM !== "dumb";
    this.isWatched = canDraw && !options.isJson;
    for (const stream of [process.stdout, process.stderr]) stream.on("error", endQuietly);
  }

  /** Data a person or a pipe asked for. */
  data(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** The one document of --json, or a line of a stream. */
  document(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** Anything else: notes, warnings, progress. */
  say(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** Text for stderr, coloured where that is wanted. */
  noted(style: Style, text: string): string {
    return styleText(style, text, { stream: process.stderr });
  }

  /** Text for stdout, coloured where that is wanted. */
  styled(style: Style, text: string): string {
    return styleText(style, text, { stream: process.stdout });
  }
}

/** The reader of a pipe has left (`| head`), or the terminal was closed: nothing is wrong, and no one is left to read. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit();
  if (error.code !== "EIO") throw error;
}

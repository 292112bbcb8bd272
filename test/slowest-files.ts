/** A reporter that names the files the suite waits for: their share of the time, the slowest first. */
import { relative } from "node:path";
import type { TestEvent } from "node:test/reporters";

const SHOWN = 15;

export default async function* slowestFiles(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const files: { readonly file: string; readonly ms: number }[] = [];
  for await (const { type, data } of events)
    if (type === "test:summary" && data.file !== undefined)
      files.push({ file: relative(process.cwd(), data.file), ms: data.duration_ms });
  const whole = files.reduce((sum, { ms }) => sum + ms, 0);
  if (files.length <= SHOWN) return;
  const rows = files
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, SHOWN)
    .map(
      ({ file, ms }) =>
        `${(ms / 1000).toFixed(1).padStart(7)} s ${((100 * ms) / whole).toFixed(1).padStart(5)} %  ${file}`,
    );
  yield `\nThe slowest of ${files.length} files:\n${rows.join("\n")}\n\n`;
}

/**
 * Reads a message within bounds: 25 MB, 10 seconds. Small ones are parsed here; a large one in a thread of its own, which
 * is ended when it takes too long (measured: 25 MB of plain text take seconds, in which nothing else would be answered).
 */
import { Worker } from "node:worker_threads";
import { messageOf } from "../../errors.ts";
import { type ParsedMail, parseMail } from "./parse-mail.ts";

export const LARGEST_MAIL = 25 * 1024 * 1024;
const SMALL = 256 * 1024;
const LONGEST_MS = 10_000;

export type ReadMail = { readonly mail: ParsedMail } | { readonly unreadable: string };

/** Never rejects for what is in the message. */
export async function readMail(
  raw: Uint8Array,
  limits = { smallBytes: SMALL, longestMs: LONGEST_MS },
): Promise<ReadMail> {
  if (raw.length > LARGEST_MAIL) return { unreadable: `It is larger than ${LARGEST_MAIL / 1024 / 1024} MB.` };
  if (raw.length > limits.smallBytes) return readApart(raw, limits.longestMs);
  try {
    return { mail: await parseMail(raw) };
  } catch (error) {
    return { unreadable: messageOf(error).slice(0, 500) };
  }
}

async function readApart(raw: Uint8Array, longestMs: number): Promise<ReadMail> {
  const worker = new Worker(new URL(import.meta.resolve("#parse-worker")), {
    workerData: raw,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ReadMail>((resolve) => {
      timer = setTimeout(
        () => resolve({ unreadable: `It took longer than ${longestMs / 1000} s to read.` }),
        longestMs,
      );
      worker.once("message", (said: { mail: ParsedMail } | { error: string }) =>
        resolve("mail" in said ? said : { unreadable: said.error.slice(0, 500) }),
      );
      worker.once("error", (error) => resolve({ unreadable: messageOf(error).slice(0, 500) }));
      worker.once("exit", () => resolve({ unreadable: "Reading it ended early." }));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

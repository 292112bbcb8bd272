/**
 * Reads a message within bounds: of a large one its beginning, where the headers and the first text stand; in 10 seconds.
 * Small ones are parsed here; a larger one in a thread of its own, which is ended when it takes too long. What cannot be
 * read to its end still has headers: they name the sender, so that the conversation can wait for a person.
 */
import { Worker } from "node:worker_threads";
import { messageOf } from "../../base/errors.ts";
import { type ParsedMail, parseMail } from "./parse-mail.ts";

/** Of a larger message this much is read. */
export const READ_BYTES = 2 * 1024 * 1024;
const SMALL = 256 * 1024;
const MAX_MS = 10_000;
const MAX_HEADER_BYTES = 64 * 1024;

/** `mail` beside `unreadable` holds what the headers alone say. */
export type ReadMail =
  | { readonly mail: ParsedMail; readonly unreadable?: undefined }
  | { readonly unreadable: string; readonly mail?: ParsedMail | undefined };

/** Never rejects for what is in the message. */
export async function readMail(raw: Uint8Array, limits = { smallBytes: SMALL, longestMs: MAX_MS }): Promise<ReadMail> {
  const beginning = raw.length > READ_BYTES ? raw.subarray(0, READ_BYTES) : raw;
  const read =
    beginning.length > limits.smallBytes ? await readApart(beginning, limits.longestMs) : await readHere(beginning);
  if (read.mail !== undefined) return read;
  const headers = await readHere(headersOf(raw));
  return headers.mail?.from === undefined ? read : { ...read, mail: headers.mail };
}

async function readHere(raw: Uint8Array): Promise<ReadMail> {
  try {
    return { mail: await parseMail(raw) };
  } catch (error) {
    return { unreadable: messageOf(error).slice(0, 500) };
  }
}

/** The headers that say who wrote and what is answered, and an empty body. */
function headersOf(raw: Uint8Array): Uint8Array {
  const text = Buffer.from(raw.subarray(0, MAX_HEADER_BYTES)).toString("latin1");
  const [head = ""] = text.split(/\r?\n\r?\n/, 1);
  const wanted =
    /^(from|to|subject|message-id|in-reply-to|references|date|reply-to|x-original-from|list-id)\s*:.*(?:\r?\n[ \t].*)*/gim;
  return Buffer.from(`${(head.match(wanted) ?? []).join("\r\n")}\r\n\r\n`, "latin1");
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
      worker.once("message", (answer: { mail: ParsedMail } | { error: string }) =>
        resolve("mail" in answer ? answer : { unreadable: answer.error.slice(0, 500) }),
      );
      worker.once("error", (error) => resolve({ unreadable: messageOf(error).slice(0, 500) }));
      worker.once("exit", () => resolve({ unreadable: "Reading it ended early." }));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/** A page's bytes as text: unpacked within a limit, in the charset its header, its first bytes or its meta tag name. */
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

const UNPACKERS: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};
const META_CHARSET = /<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w:-]{1,40})/i;
const LOOK_FOR_META_IN = 2_048;

export interface Body {
  readonly bytes: Buffer;
  /** There was more than the limit; the rest was not read. */
  readonly isCut: boolean;
}

/** True for an encoding that can be unpacked; none at all is fine. Two on top of each other are only ever an attack. */
export function isKnownEncoding(encoding: string): boolean {
  return encoding === "" || encoding === "identity" || Object.hasOwn(UNPACKERS, encoding);
}

/** Reads at most `most` bytes, counted after unpacking: a bomb of 10 MB that unpacks to 10 GB costs `most`. */
export async function readBody(raw: Readable, encoding: string, most: number): Promise<Body> {
  const unpack = Object.hasOwn(UNPACKERS, encoding) ? UNPACKERS[encoding] : undefined;
  const stream = unpack === undefined ? raw : piped(raw, unpack());
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > most) return { bytes: Buffer.concat(chunks).subarray(0, most), isCut: true };
    }
  } finally {
    raw.destroy();
    stream.destroy();
  }
  return { bytes: Buffer.concat(chunks), isCut: false };
}

/** A header that lies about the charset gives wrong letters, never an error. */
export function textOf(bytes: Buffer, contentType: string): string {
  const named = /charset\s{0,5}=\s{0,5}["']?([\w:-]{1,40})/i.exec(contentType)?.[1];
  const charset = bomOf(bytes) ?? named ?? META_CHARSET.exec(bytes.toString("latin1", 0, LOOK_FOR_META_IN))?.[1];
  try {
    return new TextDecoder(charset ?? "utf-8").decode(bytes);
  } catch {
    return new TextDecoder("utf-8").decode(bytes);
  }
}

function bomOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
}

/** Like `pipe`, but an error of the source ends the reading too. */
function piped<To extends NodeJS.ReadWriteStream & Readable>(from: Readable, to: To): To {
  from.on("error", (error) => to.destroy(error));
  from.pipe(to);
  return to;
}

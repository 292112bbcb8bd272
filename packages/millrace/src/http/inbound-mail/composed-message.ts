/**
 * A message made again (RFC 5322) from the parts a service took it apart into, for accounts that do not post the original.
 * Enough for reading: headers, texts, and attachments with their types, so that a report stays a report.
 */
import { createHash } from "node:crypto";

export interface MessagePart {
  /** With its parameters: "text/plain; charset=utf-8". */
  readonly type: string;
  readonly bytes: Buffer;
  readonly fileName?: string;
}

export interface TakenApart {
  /** Name and value, in their order, values decoded. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The same message in one or two forms: text, HTML. */
  readonly bodies: readonly MessagePart[];
  readonly attachments: readonly MessagePart[];
}

const OF_THE_BODY = /^(content-(type|transfer-encoding|disposition)|mime-version)$/i;

/** The same parts always give the same bytes, so that a repeated delivery is the same message. */
export function composedMessage({ headers, bodies, attachments }: TakenApart): Buffer {
  const kept = headers.filter(([name]) => /^[\w-]{1,100}$/.test(name) && !OF_THE_BODY.test(name));
  const lines = kept.map(([name, value]) => `${name}: ${value.replace(/[\r\n\0]+\s*/g, " ").trim()}`);
  const alternatives = multipart("multipart/alternative", bodies.map(encoded));
  const parts = multipart(outerType(headers), [alternatives, ...attachments.map(encoded)]);
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\nMIME-Version: 1.0\r\n`), parts]);
}

/** A report is recognised by the type of its whole. */
function outerType(headers: TakenApart["headers"]): string {
  const given = headers.find(([name]) => /^content-type$/i.test(name))?.[1] ?? "";
  const report = /^multipart\/report\b.*;\s*report-type="?([\w-]{1,60})/is.exec(given)?.[1];
  return report === undefined ? "multipart/mixed" : `multipart/report; report-type=${report}`;
}

function multipart(type: string, parts: readonly Buffer[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  const boundary = hash.digest("hex").slice(0, 40);
  const opened = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from("\r\n")]);
  return Buffer.concat([
    Buffer.from(`Content-Type: ${type}; boundary="${boundary}"\r\n\r\n`),
    ...opened,
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

function encoded({ type, bytes, fileName }: MessagePart): Buffer {
  const safeType = /^[\w.+-]+\/[\w.+-]+(;[\x20-\x7e]*)?$/.test(type) ? type : "application/octet-stream";
  const name = fileName?.replace(/["\\\r\n\0]/g, "_").slice(0, 200);
  const disposition = name === undefined ? "" : `Content-Disposition: attachment; filename="${name}"\r\n`;
  // Parts that are messages themselves may not be encoded (RFC 2046, 5.2.1).
  if (/^message\//i.test(safeType)) {
    return Buffer.concat([Buffer.from(`Content-Type: ${safeType}\r\n${disposition}\r\n`), bytes]);
  }
  const base64 = bytes.toString("base64").replace(/.{76}/g, "$&\r\n");
  return Buffer.from(`Content-Type: ${safeType}\r\nContent-Transfer-Encoding: base64\r\n${disposition}\r\n${base64}`);
}

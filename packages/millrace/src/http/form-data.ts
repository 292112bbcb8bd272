/** Fields of a form however it was sent, as bytes, for the doors mail systems post to. */
import { type FormPart, partsOf } from "./multipart.ts";
import { Problem } from "./problem.ts";
import type { Call } from "./route.ts";

type Fields = ReadonlyMap<string, Buffer>;
type Posted = Pick<Call<unknown, unknown, unknown>, "raw" | "headers" | "mediaType">;

/** @returns every field by its name; the last of a name given several times. @throws Problem invalid_request when it is no form. */
export function formFields(posted: Posted): Fields {
  return new Map(formParts(posted).map(({ name, bytes }) => [name, bytes]));
}

/** @returns every field in its order, files included. @throws Problem invalid_request when it is no form. */
export function formParts({ raw, headers, mediaType }: Posted): readonly FormPart[] {
  if (mediaType === "application/x-www-form-urlencoded") return encodedParts(raw);
  const parts = partsOf(raw, headers["content-type"] ?? "");
  if (parts !== undefined) return parts;
  throw new Problem("invalid_request", {
    saw: "The body is not a well-formed multipart form. Nothing was recorded.",
    next: "send it again with its boundary in Content-Type.",
    field: "body",
  });
}

const MAX_FIELDS = 1_000;

function encodedParts(raw: Buffer): readonly FormPart[] {
  // Latin 1 gives every byte a character of its own, so what is not UTF-8 passes through as it is.
  const pairs = raw
    .toString("latin1")
    .split("&", MAX_FIELDS)
    .filter((pair) => pair !== "");
  return pairs.map((pair) => {
    const at = pair.includes("=") ? pair.indexOf("=") : pair.length;
    return {
      name: decoded(pair.slice(0, at)).toString("utf8"),
      type: "text/plain",
      bytes: decoded(pair.slice(at + 1)),
    };
  });
}

function decoded(text: string): Buffer {
  const byByte = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
  return Buffer.from(text.replaceAll("+", " ").replace(/%([0-9a-f]{2})/gi, byByte), "latin1");
}

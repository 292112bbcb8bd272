/** Fields of a form however it was sent, for the doors mail systems post to. */
import { parseForm } from "./body.ts";
import { Problem } from "./problem.ts";
import type { Call } from "./route.ts";

type Fields = ReadonlyMap<string, Buffer>;

/** @throws Problem invalid_request when it is no form. */
export async function formFields({ raw, headers, mediaType }: Call<unknown, unknown, unknown>): Promise<Fields> {
  if (mediaType !== "multipart/form-data") {
    return new Map(Object.entries(parseForm(raw)).map(([name, value]) => [name, Buffer.from(value)]));
  }
  try {
    const type = headers["content-type"] ?? "";
    const form = await new Response(new Uint8Array(raw), { headers: { "content-type": type } }).formData();
    const fields = [...form].map(async ([name, value]) => {
      const bytes = typeof value === "string" ? Buffer.from(value) : Buffer.from(await value.arrayBuffer());
      return [name, bytes] as const;
    });
    return new Map(await Promise.all(fields));
  } catch {
    throw new Problem("invalid_request", {
      saw: "The body is not a well-formed multipart form. Nothing was recorded.",
      next: "send it again with its boundary in Content-Type.",
      field: "body",
    });
  }
}

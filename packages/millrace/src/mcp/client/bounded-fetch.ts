/** fetch for remote servers: an answer that is longer than anyone can read is cut off. Streams that stay open are not counted. */
import { McpFailure } from "./failure.ts";

const MAX_BYTES = 20 * 1024 * 1024;

type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

export function boundedFetch(server: string): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (response.body === null || init?.method === undefined || init.method === "GET") return response;
    let bytes = 0;
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (bytes > MAX_BYTES)
          controller.error(new McpFailure("flooded", `The server "${server}" sent more than 20 MB.`));
        else controller.enqueue(chunk);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(counted), { status, statusText, headers });
  };
}

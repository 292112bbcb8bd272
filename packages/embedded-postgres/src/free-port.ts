/** TCP ports of 127.0.0.1, as they are at this moment; whoever binds one has to expect to be too late. */
import { createServer } from "node:net";

export async function isFree(port: number): Promise<boolean> {
  return port !== 0 && (await listenOnce(port)) !== undefined;
}

export async function freePort(): Promise<number> {
  return (await listenOnce(0)) ?? 0;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}

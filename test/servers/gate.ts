/** A TCP door before a server: it takes connections and passes nothing on until it is opened. What is slow, or never answers. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export interface Gate extends AsyncDisposable {
  /** The same address by way of this door. */
  readonly url: string;
  /** What waits passes, and all that comes. */
  open(): void;
}

/** @param url what lies behind it. */
export async function gateBefore(url: string): Promise<Gate> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy()).once("close", () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((near) => {
    keep(near);
    void opened.then(() => {
      if (near.destroyed) return;
      const far = keep(connect(Number(port), hostname));
      near.pipe(far).pipe(near);
      near.once("close", () => far.destroy());
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: atPort(url, server.address()),
    open,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** @returns the same address at a port where nothing listens. */
export async function withoutServer(url: string): Promise<string> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = atPort(url, server.address());
  server.close();
  await once(server, "close");
  return address;
}

function atPort(url: string, place: ReturnType<Server["address"]>): string {
  const address = new URL(url);
  address.port = String((place as AddressInfo).port);
  return address.href.replace(/\/$/, "");
}

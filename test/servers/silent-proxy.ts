/** A TCP proxy that goes silent, loses answers, or is not there yet: what lies between an engine and its database. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface SilentProxy extends AsyncDisposable {
  readonly port: number;
  /** The same URL by way of this proxy. */
  through(url: string): string;
  /** Nothing passes any more, in either direction; no one is told. New connections are taken, and are as silent. */
  goSilent(): void;
  /** New connections pass again. Those from before stay silent as long as they last; the server hears which were given up meanwhile. */
  heal(): void;
  /** What is asked arrives, and the connection ends before the answer: once, for the next that holds the word. */
  loseAnswerTo(word: string): void;
}

/** @param port 0: any that is free. */
export async function silentProxy(url: string, port = 0): Promise<SilentProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  /** Whose other end has gone in the silence. */
  const left = new Set<Socket>();
  let isSilent = false;
  let losesNext: string | undefined;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const both = [client, upstream] as const;
    let losesAnswer = false;
    for (const socket of both) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        // The server is left to do what it was asked.
        if (isSilent) for (const other of both) left.add(other);
        else if (!losesAnswer) for (const other of both) other.destroy();
      });
    }
    let isDead = isSilent;
    silenced.add(() => {
      isDead = true;
    });
    client.on("data", (data) => {
      if (isDead) return;
      if (losesNext !== undefined && data.includes(losesNext)) {
        losesNext = undefined;
        losesAnswer = true;
      }
      upstream.write(data);
    });
    upstream.on("data", (data) => {
      if (isDead) return;
      // What was asked has been done when it is answered: then the way back is cut.
      if (losesAnswer) client.destroy();
      else client.write(data);
    });
  });
  const silenced = new Set<() => void>();
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const own = (server.address() as AddressInfo).port;
  return {
    port: own,
    through(other) {
      const proxied = new URL(other);
      proxied.hostname = "127.0.0.1";
      proxied.port = String(own);
      return proxied.href;
    },
    goSilent() {
      isSilent = true;
      for (const silence of silenced) silence();
      silenced.clear();
    },
    heal() {
      isSilent = false;
      for (const socket of left) socket.destroy();
      left.clear();
    },
    loseAnswerTo(word) {
      losesNext = word;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

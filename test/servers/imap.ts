/** A real IMAP server on loopback, with one user and one inbox, closed with every connection to it. */
import { once } from "node:events";
import { createRequire } from "node:module";
import type { AddressInfo, Server, Socket } from "node:net";

export interface ImapServer extends AsyncDisposable {
  readonly url: string;
  /** Puts a message into the inbox, as if it had been delivered; who waits is told. */
  deliver(raw: string, flags?: readonly string[]): void;
  /** The flags of each message, in order. */
  flags(): readonly (readonly string[])[];
  /** Cuts every connection. */
  cut(): void;
}

const require = createRequire(import.meta.url);

interface Hoodiecrow {
  readonly commandHandlers: Record<string, (...words: unknown[]) => unknown>;
  readonly server: Server;
  listen(port: number, host: string): void;
  appendMessage(mailbox: string, flags: readonly string[], date: boolean, raw: string): void;
  getMailbox(path: string): { messages: { flags: string[] }[] };
}

/**
 * IDLE whose timer of half an hour holds no process: a client that leaves in the middle of it, as a lost connection does, leaves the timer
 * behind, and a test file with nothing left to do would wait for it.
 */
function idle(server: Hoodiecrow): void {
  (require("hoodiecrow-imap/lib/plugins/idle.js") as (server: Hoodiecrow) => void)(server);
  const handler = server.commandHandlers.IDLE;
  const real = globalThis.setTimeout;
  server.commandHandlers.IDLE = (...words) => {
    // The handler sets its timer at once and nothing else meanwhile.
    globalThis.setTimeout = ((...timer: Parameters<typeof real>) => real(...timer).unref()) as typeof real;
    try {
      return handler?.(...words);
    } finally {
      globalThis.setTimeout = real;
    }
  };
}

export async function imapServer(): Promise<ImapServer> {
  const hoodiecrow = require("hoodiecrow-imap") as (options: object) => Hoodiecrow;
  const imap = hoodiecrow({
    plugins: ["ID", idle, "UIDPLUS", "ENABLE"],
    storage: { INBOX: { messages: [] }, "": { separator: "/", folders: {} } },
    users: { millrace: { password: "secret" } },
  });
  const sockets = new Set<Socket>();
  imap.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
  });
  imap.listen(0, "127.0.0.1");
  await once(imap.server, "listening");
  const { port } = imap.server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `imap://millrace:secret@127.0.0.1:${port}`,
    deliver: (raw, flags = []) => imap.appendMessage("INBOX", flags, false, raw.replace(/\r?\n/g, "\r\n")),
    flags: () => imap.getMailbox("INBOX").messages.map((message) => message.flags),
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise<void>((resolve) => imap.server.close(() => resolve()));
    },
  };
}

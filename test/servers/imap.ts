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

interface Hoodiecrow {
  readonly server: Server;
  listen(port: number, host: string): void;
  appendMessage(mailbox: string, flags: readonly string[], date: boolean, raw: string): void;
  getMailbox(path: string): { messages: { flags: string[] }[] };
}

export async function imapServer(): Promise<ImapServer> {
  const hoodiecrow = createRequire(import.meta.url)("hoodiecrow-imap") as (options: object) => Hoodiecrow;
  const imap = hoodiecrow({
    plugins: ["ID", "IDLE", "UIDPLUS", "ENABLE"],
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

/** A real SMTP server on loopback that keeps every e-mail. */
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface MailServer extends AsyncDisposable {
  readonly url: string;
  readonly letters: readonly string[];
  readonly recipients: () => readonly string[];
}

export interface MailServerOptions {
  /** Awaited when an e-mail has come in, before the sender has its answer; an error is the server's refusal. */
  readonly beforeTaking?: (raw: string) => Promise<void>;
  /** Takes each e-mail and ends the connection behind its final dot, without an answer. */
  readonly cutsOff?: boolean;
  /** The one password that is let in. Default: none is asked for. */
  readonly password?: string;
  /** Hears whom an e-mail is announced for, before any of it is sent. */
  readonly onRecipient?: (address: string) => void;
}

export async function mailServer({
  beforeTaking,
  cutsOff,
  password,
  onRecipient,
}: MailServerOptions = {}): Promise<MailServer> {
  const letters: string[] = [];
  const to: string[] = [];
  const server = new SMTPServer({
    ...(password === undefined ? { authOptional: true } : asking(password)),
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 100,
    onRcptTo({ address }, _session, done) {
      onRecipient?.(address);
      done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const letter = Buffer.concat(chunks).toString();
        const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
        letters.push(letter);
        to.push(...recipients);
        const refuse = (error: Error) => {
          letters.splice(letters.indexOf(letter), 1);
          to.splice(to.indexOf(recipients[0] ?? ""), recipients.length);
          done(error);
        };
        if (cutsOff === true) for (const { _socket } of server.connections as Set<Cut>) _socket.destroy();
        else if (beforeTaking === undefined) done();
        else void beforeTaking(letter).then(() => done(), refuse);
      });
    },
  });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    recipients: () => [...to],
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

interface Cut {
  readonly _socket: Socket;
}

/** A header of an e-mail, unfolded. */
export function headerOf(letter: string, name: string): string | undefined {
  const head = letter.split("\r\n\r\n")[0]?.replaceAll(/\r\n[ \t]+/g, " ") ?? "";
  return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim();
}

/** All who give this password are let in, by any name. */
function asking(password: string): SMTPServerOptions {
  return {
    // The line is loopback's.
    allowInsecureAuth: true,
    onAuth({ username, password: given }, _session, done) {
      if (given === password) done(null, { user: username ?? "" });
      else done(new Error("Invalid username or password"));
    },
  };
}

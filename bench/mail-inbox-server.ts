/**
 * An IMAP server with a full inbox, in a process of its own: as much of RFC 9051 as the poller asks for, so that the server is not what is
 * measured. Started by mail-inbox.ts with the number of messages and of senders.
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

const [count = 0, senders = 1] = process.argv.slice(2).map(Number);
const server = createServer({ noDelay: true }, serve).listen(0, "127.0.0.1");
await once(server, "listening");
process.send?.({ url: `imap://millrace:secret@127.0.0.1:${(server.address() as AddressInfo).port}` });
process.on("message", () => process.exit(0));

/** UIDs begin with 1. */
function messageOf(uid: number): string {
  const sender = uid % senders;
  return [
    `From: Contact ${sender} <contact${sender}@acme${sender}.example>`,
    "To: sales@ours.example",
    `Message-ID: <${uid}@acme.example>`,
    "Subject: Re: A word about your request",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Hello, thank you. Could you call me on Thursday after ten? What would it cost for forty people?",
    "",
    "On Mon, Mar 2, 2026 at 9:00 AM Sales <sales@ours.example> wrote:",
    ...Array.from(
      { length: 20 },
      (_, line) => `> Line ${line} of what was quoted, long enough to be one of a real message.`,
    ),
    "",
  ].join("\r\n");
}

function serve(socket: Socket): void {
  socket.write("* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n");
  socket.on("error", () => {});
  let rest = "";
  let idling = "";
  socket.on("data", (chunk) => {
    const lines = `${rest}${chunk}`.split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.toUpperCase() === "DONE") {
        socket.write(`${idling} OK done\r\n`);
        continue;
      }
      const [tag = "", ...words] = line.split(" ");
      if (words[0]?.toUpperCase() === "IDLE") {
        idling = tag;
        socket.write("+ idling\r\n");
      } else socket.write(`${answerTo(words)}${tag} OK done\r\n`);
    }
  });
}

function answerTo(words: readonly string[]): string {
  const command = words
    .slice(0, words[0]?.toUpperCase() === "UID" ? 2 : 1)
    .join(" ")
    .toUpperCase();
  switch (command) {
    case "CAPABILITY":
      return "* CAPABILITY IMAP4rev1 IDLE\r\n";
    case "LIST":
    case "LSUB":
      return '* LIST (\\HasNoChildren) "/" INBOX\r\n';
    case "SELECT":
      return `* FLAGS (\\Seen)\r\n* ${count} EXISTS\r\n* OK [UIDVALIDITY 1] \r\n* OK [UIDNEXT ${count + 1}] \r\n`;
    case "UID SEARCH": {
      const from = Number(/UID (\d+):/i.exec(words.join(" "))?.[1] ?? 1);
      const uids = Array.from({ length: Math.max(0, count - from + 1) }, (_, i) => from + i);
      return `* SEARCH ${uids.join(" ")}\r\n`;
    }
    case "UID FETCH":
      return uidsOf(words[2] ?? "")
        .map((uid) => fetched(uid, words.join(" ").includes("BODY")))
        .join("");
    default:
      return "";
  }
}

function uidsOf(set: string): readonly number[] {
  return set.split(",").flatMap((part) => {
    const [from = 0, to = from] = part.split(":").map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

function fetched(uid: number, withBody: boolean): string {
  const message = messageOf(uid);
  const body = withBody ? ` BODY[]<0> {${message.length}}\r\n${message}` : "";
  return `* ${uid} FETCH (UID ${uid} RFC822.SIZE ${message.length}${body})\r\n`;
}

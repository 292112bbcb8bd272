/** An IMAP server with a full inbox, in a process of its own. Started by mail-inbox.ts with the number of messages and of contacts. */
import { imapServer } from "../test/servers/imap.ts";

const [count = 0, contacts = 1] = process.argv.slice(2).map(Number);
const server = await imapServer();
for (let i = 0; i < count; i++) {
  server.deliver(
    [
      `From: Contact ${i % contacts} <contact${i % contacts}@acme${i % contacts}.example>`,
      "To: sales@ours.example",
      `Message-ID: <${i}@acme.example>`,
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
    ].join("\n"),
  );
}
process.send?.({ url: server.url });
process.on("message", () => process.exit(0));

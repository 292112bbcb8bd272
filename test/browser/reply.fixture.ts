/** The answer of a contact to the first e-mail they were sent, as their mail program writes it. */
import assert from "node:assert/strict";
import type { TestEngine } from "../factories/engine.ts";

export const ADA = "ada@acme-systems.example";

/** Takes in what Ada writes in answer to the thank-you. */
export async function adaAnswers(engine: TestEngine["engine"], words: string): Promise<void> {
  const [sent] = await engine.db.query<{ messageId: string; subject: string; body: string }>(
    "select message_id as \"messageId\", subject, body from emails where template = 'thank_you'",
  );
  await engine.mail.take(Buffer.from(answerTo(sent ?? assert.fail("nothing was sent"), words)));
  await engine.idle();
}

function answerTo(sent: { messageId: string; subject: string; body: string }, words: string): string {
  const quoted = sent.body.split("\n").map((line) => `> ${line}`);
  return [
    "Received: from mail.acme-systems.example by mx.ours.example; Mon, 02 Mar 2026 10:00:00 +0000",
    `From: Ada Byron <${ADA}>`,
    "To: Sales <sales@ours.example>",
    `Subject: Re: ${sent.subject}`,
    "Message-ID: <1@acme-systems.example>",
    `In-Reply-To: ${sent.messageId}`,
    "X-Mailer: Dragonfly 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    words,
    "",
    "-- ",
    "Ada Byron, CTO",
    "Acme Systems",
    "",
    "On Mon, Mar 2, 2026 at 10:00 AM Sales <sales@ours.example> wrote:",
    ...quoted,
    "",
  ].join("\r\n");
}

/** Mails of 20 kB in the shapes that people's programs write, with a conversation quoted below, and what was sent before. */

export const SENT: readonly { readonly subject: string; readonly body: string }[] = Array.from(
  { length: 8 },
  (_, i) => ({
    subject: `A word about your request ${i + 1}`,
    body: sentences(i * 31, 14).join("\n\n"),
  }),
);

function sentences(seed: number, count: number): string[] {
  const words =
    "orders reach the warehouse while your team decides which of them matter most this quarter and every other report goes to the people who asked for it before lunch on any day of the week with figures that finance can trust".split(
      " ",
    );
  return Array.from({ length: count }, (_, line) => {
    const picked = Array.from(
      { length: 18 },
      (_, word) => words[(seed * 7 + line * 13 + word * 5 + line * word) % words.length],
    );
    return `${picked.join(" ")}.`;
  });
}

const REPLY = `Hello,

thank you for getting back to us. We have looked at it with two colleagues, and it may be what we need for the
warehouse in Leeds. Could you call me on Thursday after ten, or send a time that suits you? The number is below.

What would it cost for forty people?

Best regards
Ada Byron
`;

const HEADERS = [
  ...Array.from(
    { length: 8 },
    (_, i) =>
      `Received: from relay${i}.acme-systems.example (relay${i}.acme-systems.example [192.0.2.${i + 1}])\r\n\tby mx${i}.ours.example with ESMTPS id 4XyZ${i}abc\r\n\tfor <sales@ours.example>; Mon, 02 Mar 2026 09:0${i}:00 +0000`,
  ),
  `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=acme-systems.example; s=one;\r\n\tbh=${"Qm".repeat(22)}=; b=${"Zx9".repeat(110)}==`,
  "From: Ada Byron <ada@acme-systems.example>",
  "To: Sales <sales@ours.example>",
  "Subject: Re: A word about your request 8",
  "Message-ID: <1@acme-systems.example>",
  "In-Reply-To: <0123456789abcdef0123456789abcdef@ours.example>",
  "References: <0123456789abcdef0123456789abcdef@ours.example>",
  "MIME-Version: 1.0",
];

const SIZE = 20 * 1_024;

/** @returns each with the name of its shape. */
export function mailsOf20kB(): readonly (readonly [shape: string, raw: Uint8Array])[] {
  const plain = `${REPLY}\nOn Mon, Mar 2, 2026 at 9:00 AM Sales <sales@ours.example> wrote:\n${quoted()}`;
  const unmarked = `${REPLY}\n-----Original Message-----\nFrom: Sales\nSent: Monday, March 2, 2026 9:00 AM\n\n${conversation()}`;
  const html = `<html><body><div>${REPLY.replaceAll("\n", "<br>")}</div><div class="gmail_quote"><div>On Mon, Mar 2, 2026 Sales wrote:<br></div><blockquote>${conversation()
    .split("\n")
    .map((line) => `<p style="margin:0;font-family:Calibri">${line}</p>`)
    .join("\n")}</blockquote></div></body></html>`;
  return [
    ["plain text, quoted with marks", single("text/plain", plain)],
    ["plain text, quoted without marks", single("text/plain", unmarked)],
    ["flowed text", single("text/plain; format=flowed", plain)],
    ["HTML alone", single("text/html", html)],
    ["text and HTML", both(plain, html)],
  ];
}

function conversation(): string {
  return [...SENT, ...SENT, ...SENT].map(({ body }) => body).join("\n\n");
}

function quoted(): string {
  return conversation()
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
}

function single(type: string, content: string): Uint8Array {
  const head = [...HEADERS, `Content-Type: ${type}${type.includes("charset") ? "" : "; charset=utf-8"}`].join("\r\n");
  return sized(`${head}\r\n\r\n${content.replaceAll("\n", "\r\n")}`);
}

function both(plain: string, html: string): Uint8Array {
  const half = (text: string) => text.slice(0, SIZE / 2 - 1_400).replaceAll("\n", "\r\n");
  const head = [...HEADERS, 'Content-Type: multipart/alternative; boundary="b1"'].join("\r\n");
  return Buffer.from(
    `${head}\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${half(plain)}\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${half(html)}\r\n--b1--\r\n`,
  );
}

function sized(message: string): Uint8Array {
  return Buffer.from(message.slice(0, SIZE));
}

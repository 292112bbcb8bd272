/**
 * What Postmark's inbound webhook posts: JSON, with the message as it came in `RawEmail` when "Include raw email content" is
 * on. It signs nothing; the address it is given carries a name and a password.
 * Source: postmarkapp.com/developer, "Inbound webhook".
 */
import { z } from "zod";
import { composedMessage, type MessagePart, type TakenApart } from "./composed-message.ts";

const headerOf = z.object({ Name: z.string(), Value: z.string() });
const attachmentOf = z.object({
  Name: z.string().default(""),
  ContentType: z.string().default(""),
  Content: z.string(),
});

/** What is read of it; everything else is left alone. */
export const postmarkDelivery = z.object({
  RawEmail: z.string().optional(),
  From: z.string().optional(),
  To: z.string().optional(),
  Cc: z.string().optional(),
  ReplyTo: z.string().optional(),
  Subject: z.string().optional(),
  Date: z.string().optional(),
  TextBody: z.string().optional(),
  HtmlBody: z.string().optional(),
  Headers: z.array(headerOf).default([]),
  Attachments: z.array(attachmentOf).default([]),
});

type PostmarkDelivery = z.output<typeof postmarkDelivery>;

/**
 * @param raw the body. NUL and other characters a database cannot hold are no reason to refuse it: the reading of mail deals with them.
 * @returns the message (RFC 5322); undefined when it is no delivery of Postmark's.
 */
export function postmarkMessage(raw: Buffer): Buffer | undefined {
  const delivery = postmarkDelivery.safeParse(jsonOf(raw)).data;
  if (delivery?.RawEmail !== undefined && delivery.RawEmail !== "") return Buffer.from(delivery.RawEmail);
  return delivery?.From === undefined ? undefined : composedMessage(takenApart(delivery));
}

function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return undefined;
  }
}

function takenApart(delivery: PostmarkDelivery): TakenApart {
  return {
    headers: [...fieldsOf(delivery), ...delivery.Headers.map(({ Name, Value }) => [Name, Value] as const)],
    bodies: [...bodyOf("text/plain", delivery.TextBody), ...bodyOf("text/html", delivery.HtmlBody)],
    attachments: delivery.Attachments.map(({ Name, ContentType, Content }) => ({
      type: ContentType,
      bytes: Buffer.from(Content, "base64"),
      fileName: Name,
    })),
  };
}

/** These are not among its `Headers`. */
function fieldsOf(delivery: PostmarkDelivery): TakenApart["headers"] {
  const fields = [
    ["From", delivery.From],
    ["To", delivery.To],
    ["Cc", delivery.Cc],
    ["Reply-To", delivery.ReplyTo],
    ["Subject", delivery.Subject],
    ["Date", delivery.Date],
  ] as const;
  return fields.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, value] as const]));
}

function bodyOf(type: string, text: string | undefined): MessagePart[] {
  return text === undefined || text === "" ? [] : [{ type: `${type}; charset=utf-8`, bytes: Buffer.from(text) }];
}

/**
 * The doors of mail services that post what comes in: Mailgun, SendGrid, Postmark. Each proves itself in its own way, and all
 * end in the same reading (`engine.mail.take`). Not limited by address: a service has few addresses and much mail, and SendGrid
 * drops what is answered with 4xx. The door for every other is POST /mail/inbound (mail.ts).
 */
import { z } from "zod";
import { inboundView } from "../../queries/views.ts";
import { problem } from "../answers.ts";
import { checkBasicAuth } from "../basic-auth.ts";
import { formParts } from "../form-data.ts";
import * as mailgun from "../inbound-mail/mailgun.ts";
import { postmarkDelivery, postmarkMessage } from "../inbound-mail/postmark.ts";
import * as sendgrid from "../inbound-mail/sendgrid.ts";
import { Problem } from "../problem.ts";
import { type Answer, type Call, type HttpContext, route } from "../route.ts";

type MailCall = Call<unknown, unknown, unknown>;
type Service = keyof HttpContext["inboundMail"];

/** The services take mail of 25 to 35 MB, and base64 or percent-encoding add to it. */
const MAX_DELIVERY = 50 * 1024 * 1024;

const form = z.record(z.string(), z.string());
const answers = {
  // Not 202: Mailgun and Postmark take 200 for success and anything else for a reason to send it again.
  200: { about: "Kept, durably: taken, ignored or unreadable, and why.", schema: inboundView },
  400: { about: "There is no message in it.", schema: problem },
  401: { about: "It does not prove to come from the service. Nothing was recorded.", schema: problem },
  404: { about: "The service is not in the config.", schema: problem },
};

export const inboundMailRoutes = [
  route({
    method: "POST",
    path: "/mail/inbound/mailgun/mime",
    access: "signature",
    tag: "mail",
    about:
      "Takes what a Mailgun route forwards, signed with gateway.inboundMail.mailgun.signingKey within 15 minutes. A token is good for one message.",
    body: {
      types: ["application/x-www-form-urlencoded", "multipart/form-data"],
      limit: MAX_DELIVERY,
      schema: form,
      read: "raw",
    },
    answers,
    admit: (http) => void settingsOf(http, "mailgun"),
    handle: takeFromMailgun,
  }),
  route({
    method: "POST",
    path: "/mail/inbound/sendgrid",
    access: "signature",
    tag: "mail",
    about:
      "Takes what SendGrid's Inbound Parse posts, with the signature of its security policy (gateway.inboundMail.sendgrid.publicKey), with Basic authentication, or both.",
    body: { types: ["multipart/form-data"], limit: MAX_DELIVERY, schema: form, read: "raw" },
    answers,
    admit: (http, headers) => {
      const { basicAuth } = settingsOf(http, "sendgrid");
      if (basicAuth !== undefined) checkBasicAuth(headers, basicAuth);
    },
    handle: takeFromSendGrid,
  }),
  route({
    method: "POST",
    path: "/mail/inbound/postmark",
    access: "signature",
    tag: "mail",
    about: "Takes what Postmark's inbound webhook posts, with Basic authentication (gateway.inboundMail.postmark).",
    body: { types: ["application/json"], limit: MAX_DELIVERY, schema: postmarkDelivery, read: "raw" },
    answers,
    admit: (http, headers) => checkBasicAuth(headers, settingsOf(http, "postmark").basicAuth),
    handle: (call: MailCall) => take(call, postmarkMessage(call.raw)),
  }),
];

async function takeFromMailgun(call: MailCall): Promise<Answer> {
  const { signingKey } = settingsOf(call.http, "mailgun");
  const parts = formParts(call);
  const fields = new Map(parts.map(({ name, bytes }) => [name, bytes]));
  refuse("Mailgun", mailgun.wrongSignature(fields, signingKey, Date.now()));
  const { token, message } = mailgun.mailgunDelivery(parts);
  if (message !== undefined && !(await call.http.deliveryTokens.use(token, message))) {
    refuse("Mailgun", "its token came before, with another message");
  }
  return take(call, message);
}

async function takeFromSendGrid(call: MailCall): Promise<Answer> {
  const { publicKey } = settingsOf(call.http, "sendgrid");
  if (publicKey !== undefined)
    refuse("SendGrid", sendgrid.wrongSignature(call.raw, call.headers, publicKey, Date.now()));
  return take(call, sendgrid.sendGridMessage(formParts(call)));
}

async function take({ engine }: MailCall, message: Buffer | undefined): Promise<Answer> {
  if (message !== undefined) return { status: 200, json: await engine.mail.take(message) };
  throw new Problem("invalid_request", {
    saw: "The delivery holds no message. Nothing was recorded.",
    next: "post the raw MIME message: `body-mime` (Mailgun), `email` (SendGrid), `RawEmail` (Postmark).",
    field: "body",
  });
}

function settingsOf<Name extends Service>(
  http: HttpContext,
  service: Name,
): NonNullable<HttpContext["inboundMail"][Name]> {
  const settings = http.inboundMail[service];
  if (settings !== undefined) return settings;
  throw new Problem("not_found", {
    saw: `No mail of ${service} is expected here.`,
    next: `set gateway.inboundMail.${service} in millrace.config.ts.`,
  });
}

function refuse(service: string, wrong: string | undefined): void {
  if (wrong === undefined) return;
  throw new Problem("bad_signature", {
    saw: `The delivery is not taken for ${service}'s: ${wrong}. Nothing was recorded.`,
    next: `compare the key in gateway.inboundMail with the one ${service} shows, and this machine's clock.`,
  });
}

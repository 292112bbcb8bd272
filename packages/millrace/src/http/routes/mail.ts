/**
 * The doors of the mail channel: the links in letters, leaving, and mail that comes in. What is behind a link
 * is looked up by a token of ours; anything we have not signed is not there.
 */
import { inboundView } from "../../queries/views.ts";
import { problem } from "../answers.ts";
import { linkParam, mimeMessage, oneClickBody } from "../contract.ts";
import { formFields } from "../form-data.ts";
import { Problem } from "../problem.ts";
import { type Answer, type Call, route } from "../route.ts";
import { confirmPage, donePage } from "../unsubscribe-page.ts";
import { checkedDelivery } from "../webhook-signature.ts";

/** One transparent pixel. */
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const LARGEST_MESSAGE = 25 * 1024 * 1024;
const LARGEST_CLICK = 16 * 1024;
/** The name of the secret in gateway.webhookSecrets that signs inbound mail. */
const INBOUND_SECRET = "mail";

type LinkCall = Call<{ token: string }, unknown, unknown>;

const noSuchLink = { about: "Not a link of ours.", schema: problem };

export const mailRoutes = [
  route({
    method: "GET",
    path: "/t/o/:token",
    access: "anyone",
    tag: "mail",
    about: "The pixel of a letter: tells that it was opened, perhaps.",
    isRateLimited: true,
    params: linkParam,
    answers: { 200: { about: "One transparent pixel.", type: "image/gif" }, 404: noSuchLink },
    handle: async (call) => {
      await follow(call, "open");
      // The e-mail is shown by another site, which must be allowed to show the picture.
      const headers = { "cross-origin-resource-policy": "cross-origin" };
      return { bytes: PIXEL, type: "image/gif", headers };
    },
  }),
  route({
    method: "GET",
    path: "/t/c/:token",
    access: "anyone",
    tag: "mail",
    about: "A link of a letter: on to where the letter said, and nowhere else.",
    isRateLimited: true,
    params: linkParam,
    answers: { 302: { about: "On to the link's own target." }, 404: noSuchLink },
    handle: async (call) => {
      const target = await follow(call, "click");
      if (target === null) throw notOurs();
      return { status: 302, headers: { location: new URL(target).href, "cache-control": "no-store" } };
    },
  }),
  route({
    method: "GET",
    path: "/u/:token",
    access: "anyone",
    tag: "mail",
    about: "Asks whether to unsubscribe. Opening it changes nothing.",
    isRateLimited: true,
    params: linkParam,
    answers: { 200: { about: "A page with one button.", type: "text/html" }, 404: noSuchLink },
    handle: async ({ engine, params: { token } }) => {
      if (engine.mail.contactOf(token) === undefined) throw notOurs();
      return { text: confirmPage(token), type: "text/html; charset=utf-8" };
    },
  }),
  route({
    method: "POST",
    path: "/u/:token",
    access: "anyone",
    tag: "mail",
    about: "Unsubscribes, with one click (RFC 8058); needs no cookie and no sign-in. Final, and asked twice the same.",
    isRateLimited: true,
    params: linkParam,
    body: {
      types: ["application/x-www-form-urlencoded", "multipart/form-data"],
      limit: LARGEST_CLICK,
      schema: oneClickBody,
      read: "raw",
    },
    answers: {
      200: { about: "Unsubscribed, durably: nothing leaves to this contact any more.", type: "text/html" },
      400: { about: "The body is not List-Unsubscribe=One-Click.", schema: problem },
      404: noSuchLink,
    },
    handle: leave,
  }),
  route({
    method: "POST",
    path: "/mail/inbound",
    access: "signature",
    tag: "mail",
    about:
      "Takes one message that came in: as message/rfc822, or as a form with it in `email`, `body-mime` or `message`. With the API key, or signed as Standard Webhooks say with gateway.webhookSecrets.mail. Taken twice it is one.",
    isRateLimited: true,
    body: {
      types: ["message/rfc822", "multipart/form-data"],
      limit: LARGEST_MESSAGE,
      schema: mimeMessage,
      read: "raw",
    },
    answers: {
      202: { about: "Kept, durably: taken, ignored or unreadable, and why.", schema: inboundView },
      400: { about: "There is no message in it.", schema: problem },
      401: { about: "Neither the API key nor a signature that is accepted.", schema: problem },
    },
    handle: takeMessage,
  }),
];

/** @returns where the link leads; null for the pixel. @throws Problem not_found. */
async function follow({ engine, params, headers, request }: LinkCall, kind: "open" | "click"): Promise<string | null> {
  const userAgent = (headers["user-agent"] ?? "").slice(0, 500);
  const found = await engine.mail.follow(kind, params.token, { method: request.method, userAgent });
  if (found === undefined) throw notOurs();
  return found.target;
}

async function leave(call: LinkCall): Promise<Answer> {
  const contact = call.engine.mail.contactOf(call.params.token);
  if (contact === undefined) throw notOurs();
  const said = formFields(call).get("List-Unsubscribe")?.toString();
  if (said !== "One-Click") {
    throw new Problem("invalid_request", {
      saw: "The body is not List-Unsubscribe=One-Click. Nobody was unsubscribed.",
      next: "open the link and press the button, or post exactly that.",
      field: "List-Unsubscribe",
    });
  }
  await call.engine.mail.unsubscribe(contact);
  return { text: donePage(), type: "text/html; charset=utf-8" };
}

async function takeMessage(call: Call<unknown, unknown, unknown>): Promise<Answer> {
  await checkSender(call);
  const message = call.mediaType === "message/rfc822" ? call.raw : messageInForm(call);
  return { status: 202, json: await call.engine.mail.take(message) };
}

async function checkSender({ http, raw, headers, request }: Call<unknown, unknown, unknown>): Promise<void> {
  const secret = http.webhookSecrets.get(INBOUND_SECRET);
  if (headers.authorization !== undefined || secret === undefined) {
    await http.access.callerOf(request.method, headers);
  } else {
    checkedDelivery(raw, headers, secret);
  }
}

function messageInForm(call: Call<unknown, unknown, unknown>): Buffer {
  const fields = formFields(call);
  const message = ["email", "body-mime", "message"]
    .map((name) => fields.get(name))
    .find((found) => found !== undefined);
  if (message !== undefined) return message;
  throw new Problem("invalid_request", {
    saw: "The form holds no message. Nothing was recorded.",
    next: "send it raw, in a field `email`, `body-mime` or `message`.",
    field: "body",
  });
}

function notOurs(): Problem {
  return new Problem("not_found", {
    saw: "This link is not one of ours.",
    next: "use the link of the letter as it is.",
  });
}

/** The door for HubSpot's webhooks. It asks for the signature, keeps what came, answers; everything else happens later. */
import { z } from "zod";
import { problem } from "../answers.ts";
import { Problem } from "../problem.ts";
import { type Answer, type Call, route } from "../route.ts";

/** A hundred events, each with the longest value HubSpot keeps. */
const LIMIT = 8 * 1024 * 1024;

export const hubspotRoutes = [
  route({
    method: "POST",
    path: "/webhooks/hubspot",
    access: "signature",
    tag: "doors",
    about:
      "Takes HubSpot's webhooks: an array of events, signed with version 3 over method, public URL, body and time. Each is " +
      "taken once, however often it comes; one that cannot be read is set aside and the others go on.",
    body: { types: ["application/json"], limit: LIMIT, schema: z.array(z.looseObject({})), read: "raw" },
    answers: {
      204: { about: "Everything of it is durable." },
      401: { about: "The signature is missing, wrong, or of more than 5 minutes ago.", schema: problem },
      404: { about: "No HubSpot in the config.", schema: problem },
    },
    handle: takeWebhook,
  }),
];

async function takeWebhook({ engine, http, raw, headers, request }: Call<unknown, unknown, unknown>): Promise<Answer> {
  const { hubspot } = engine;
  if (hubspot === undefined) {
    throw new Problem("not_found", {
      saw: "No HubSpot is in the config, so nobody takes its webhooks.",
      next: "set HUBSPOT_ACCESS_TOKEN and HUBSPOT_CLIENT_SECRET.",
    });
  }
  const wrong = hubspot.whatIsWrong({
    method: request.method,
    url: `${http.publicUrl()}${request.url}`,
    body: raw,
    headers,
  });
  if (wrong !== undefined) {
    throw new Problem("bad_signature", {
      saw: `The webhook is not taken for HubSpot's: ${wrong}. Nothing was recorded.`,
      next: "compare HUBSPOT_CLIENT_SECRET with the app's, and gateway.publicUrl with the address HubSpot calls.",
      field: "x-hubspot-signature-v3",
    });
  }
  await hubspot.keep(raw);
  return { status: 204 };
}

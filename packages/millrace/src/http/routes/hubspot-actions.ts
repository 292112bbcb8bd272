/**
 * The door for actions of HubSpot's workflows and agents (crm/hubspot/actions). It asks for the signature, records the
 * call, and answers that HubSpot has to wait; "why" is answered at once. HubSpot gives up after some seconds.
 */
import { z } from "zod";
import { MillraceError } from "../../base/errors.ts";
import { type HubspotActionName, hubspotActions } from "../../crm/hubspot/actions/actions.ts";
import {
  type ActionCall,
  actionCall,
  actionInputs,
  contactOf,
  eventOf,
  fieldsOf,
} from "../../crm/hubspot/actions/call.ts";
import type { EngineHandle } from "../../engine/engine-handle.ts";
import { problem } from "../answers.ts";
import { parseJson } from "../body.ts";
import { Problem } from "../problem.ts";
import { type Answer, type Call, route } from "../route.ts";

const LIMIT = 1024 * 1024;
/** HubSpot waits so long for the end of the work; a person's task may take days. */
const WAITS = "P14D";

const NAMES = hubspotActions.map(({ name }) => name);
const params = z.strictObject({ action: z.enum(NAMES as [HubspotActionName, ...HubspotActionName[]]) });
const output = z.record(z.string(), z.union([z.string(), z.number()]));

export const hubspotActionRoutes = [
  route({
    method: "POST",
    path: "/webhooks/hubspot/actions/:action",
    access: "signature",
    tag: "doors",
    about:
      "Called by a workflow or an agent of HubSpot, signed with version 2 over method, public URL and body. Each call is " +
      "taken once, by its callbackId. The answer lets HubSpot wait; it is called back when the task ends.",
    params,
    body: { types: ["application/json"], limit: LIMIT, schema: z.looseObject({}), read: "raw" },
    answers: {
      200: { about: "What came of it, or that HubSpot has to wait.", schema: z.object({ outputFields: output }) },
      400: { about: "The call cannot be read, naming the field; nothing was recorded.", schema: problem },
      401: { about: "The signature is missing or wrong.", schema: problem },
      404: { about: "No HubSpot in the config.", schema: problem },
    },
    handle: takeCall,
  }),
];

async function takeCall(request: Call<{ action: HubspotActionName }, unknown, unknown>): Promise<Answer> {
  checkSignature(request);
  const {
    engine,
    http,
    raw,
    params: { action },
  } = request;
  const call = checked(actionCall, parseJson(raw), "");
  const input = checked<Record<string, unknown>>(actionInputs[action], fieldsOf(call), "inputFields.");
  if (action === "why") return { status: 200, json: { outputFields: await explanation(engine, call) } };
  await engine.append([eventOf(action, call, input as Record<string, string>)]);
  http.count("hubspot actions", 1);
  return { status: 200, json: { outputFields: { hs_execution_state: "BLOCK", hs_expiration_duration: WAITS } } };
}

function checkSignature({ engine, http, raw, headers, request }: Call<unknown, unknown, unknown>): void {
  const { hubspot } = engine;
  if (hubspot === undefined) {
    throw new Problem("not_found", {
      saw: "No HubSpot is in the config, so its actions are not taken.",
      next: "set HUBSPOT_ACCESS_TOKEN and HUBSPOT_CLIENT_SECRET.",
    });
  }
  const url = `${http.publicUrl()}${request.url}`;
  const wrong = hubspot.whatIsWrongWithAction({ method: request.method, url, body: raw, headers });
  if (wrong === undefined) return;
  throw new Problem("bad_signature", {
    saw: `The call is not taken for HubSpot's: ${wrong}. Nothing was recorded.`,
    next: "compare HUBSPOT_CLIENT_SECRET with the app's, and gateway.publicUrl with the address HubSpot calls.",
    field: "x-hubspot-signature",
  });
}

/** @throws Problem naming the first field that is wrong, as the person who built the workflow knows it. */
function checked<Value>(schema: z.ZodType<Value>, value: unknown, prefix: string): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = `${prefix}${issue?.path.join(".") || "body"}`;
  throw new Problem("invalid_request", {
    saw: `${field}: ${issue?.message}. Nothing was recorded.`,
    next: "set the field in HubSpot's workflow; `millrace hubspot app` writes what each action takes.",
    field,
  });
}

async function explanation(engine: EngineHandle, call: ActionCall): Promise<z.infer<typeof output>> {
  const { hubspot } = contactOf(call).externalIds ?? {};
  try {
    const { sentences, score, band } = await engine.queries.explainContact({ contact: `hubspot:${hubspot}` });
    return {
      hs_execution_state: "SUCCESS",
      result: [sentences[0], sentences.slice(1).join("; ")].join(" ").trim(),
      ...(score === null ? {} : { score }),
      ...(band === null ? {} : { band }),
    };
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== "not_found") throw error;
    return { hs_execution_state: "SUCCESS", result: "Millrace does not know this contact yet." };
  }
}

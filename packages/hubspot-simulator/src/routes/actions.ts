/**
 * Custom workflow actions: an app defines them, a workflow of the account calls them, and the app answers at once or, having
 * said BLOCK, by a callback. The definitions are those of the automation API; the calls are played by control.ts.
 */
import { z } from "zod";
import { type Account, nextId } from "../account/account.ts";
import { notFound } from "../http/api-error.ts";
import type { Family } from "../http/families.ts";
import { type Answer, type Call, created, nothing, ok, pageOf, parsed, type Route } from "../http/route.ts";

const outputs = z.record(z.string(), z.unknown());
const completionSchema = z.object({ outputFields: outputs, typedOutputs: z.unknown().optional() });
const completionsSchema = z.object({
  inputs: z
    .array(completionSchema.extend({ callbackId: z.string() }))
    .min(1)
    .max(100),
});
const definitionSchema = z.looseObject({
  actionUrl: z.url({ protocol: /^https?$/ }),
  published: z.boolean().default(false),
  objectTypes: z.array(z.string()).default([]),
  inputFields: z.array(z.looseObject({ typeDefinition: z.looseObject({ name: z.string() }) })),
  objectRequestOptions: z.looseObject({ properties: z.array(z.string()) }).optional(),
  functions: z.array(z.unknown()),
  labels: z.record(z.string(), z.looseObject({ actionName: z.string() })),
});

export type ActionDefinition = z.infer<typeof definitionSchema> & { id: string; revisionId: string };

/** One use of an action by a workflow. `state`: what the app said last; CALLED before it said anything. */
export type ActionExecution = {
  callbackId: string;
  action: string;
  objectId: string;
  at: number;
  state: string;
  status: number;
  outputFields: Record<string, unknown>;
};

function define({ account, body }: Call): Answer {
  const given = parsed(definitionSchema, body);
  const id = nextId(account);
  const definition = { ...given, id, revisionId: "1" };
  account.actions.definitions.set(id, definition);
  return created(definition);
}

function list(call: Call): Answer {
  return ok(pageOf(call, [...call.account.actions.definitions.values()], 20, 100));
}

function read({ account, params }: Call): Answer {
  const definition = account.actions.definitions.get(params.definitionId ?? "");
  if (definition === undefined) throw notFound();
  return ok(definition);
}

function remove({ account, params }: Call): Answer {
  if (!account.actions.definitions.delete(params.definitionId ?? "")) throw notFound();
  return nothing();
}

/** Callbacks that came back are kept with the custom events too, where tests can see them. */
function complete({ account, params, body }: Call): Answer {
  const given = parsed(completionSchema, body);
  goOn(account, params.id ?? "", given);
  return nothing();
}

function completeAll({ account, body }: Call): Answer {
  for (const { callbackId, ...given } of parsed(completionsSchema, body).inputs) goOn(account, callbackId, given);
  return nothing();
}

function goOn(account: Account, callbackId: string, given: z.infer<typeof completionSchema>): void {
  account.customEvents.push({ kind: "callback", callbackId, at: account.now(), ...given });
  const execution = account.actions.executions.get(callbackId);
  // The first answer counts.
  if (execution !== undefined && ["CALLED", "BLOCK"].includes(execution.state))
    takeAnswer(execution, given.outputFields);
}

/** Notes what an app said of an execution. */
export function takeAnswer(execution: ActionExecution, outputFields: Record<string, unknown>): void {
  const { hs_execution_state: state = "SUCCESS", ...outputs } = outputFields;
  execution.state = String(state);
  execution.outputFields = { ...execution.outputFields, ...outputs };
}

export function actionRoutes({ actions }: Family): Route[] {
  return [
    { method: "POST", path: `${actions}/callbacks/complete`, handle: completeAll },
    { method: "POST", path: `${actions}/callbacks/:id/complete`, handle: complete },
    { method: "POST", path: `${actions}/:appId`, handle: define, access: "developer-key" },
    { method: "GET", path: `${actions}/:appId`, handle: list, access: "developer-key" },
    { method: "GET", path: `${actions}/:appId/:definitionId`, handle: read, access: "developer-key" },
    { method: "DELETE", path: `${actions}/:appId/:definitionId`, handle: remove, access: "developer-key" },
  ];
}

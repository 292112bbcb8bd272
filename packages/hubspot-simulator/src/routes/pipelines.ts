/** Pipelines of deals and tickets: listed, read, made and thrown away. Enough to map stages; no audit. */
import { z } from "zod";
import { type Account, getOrMake, isoOf, nextId, type Pipeline, type Stage } from "../account/account.ts";
import { notFound } from "../http/api-error.ts";
import type { Family } from "../http/families.ts";
import { type Answer, type Call, created, neededTable, nothing, ok, parsed, type Route } from "../http/route.ts";

const stageSchema = z.object({
  label: z.string().min(1),
  displayOrder: z.number().int(),
  metadata: z.record(z.string(), z.string()).nullish(),
  stageId: z.string().nullish(),
});
const pipelineSchema = z.object({
  label: z.string().min(1),
  displayOrder: z.number().int(),
  stages: z.array(stageSchema).max(100),
  pipelineId: z.string().nullish(),
});
const patchSchema = z.object({ label: z.string().nullish(), displayOrder: z.number().int().nullish() });

function pipelinesOf({ account, params }: Call): Map<string, Pipeline> {
  const { typeId } = neededTable(account, params.type).type;
  return getOrMake(account.pipelines, typeId, () => new Map());
}

function neededPipeline(call: Call): Pipeline {
  const pipeline = pipelinesOf(call).get(call.params.id ?? "");
  if (pipeline === undefined) throw notFound();
  return pipeline;
}

function newStage(account: Account, given: z.infer<typeof stageSchema>): Stage {
  const at = isoOf(account.now());
  return {
    id: given.stageId ?? nextId(account),
    label: given.label,
    displayOrder: given.displayOrder,
    metadata: given.metadata ?? {},
    archived: false,
    createdAt: at,
    updatedAt: at,
  };
}

const list = (call: Call): Answer => ok({ results: [...pipelinesOf(call).values()] });
const read = (call: Call): Answer => ok(neededPipeline(call));

function create(call: Call): Answer {
  const { account, body } = call;
  const given = parsed(pipelineSchema, body);
  const at = isoOf(account.now());
  const pipeline: Pipeline = {
    id: given.pipelineId ?? nextId(account),
    label: given.label,
    displayOrder: given.displayOrder,
    stages: given.stages.map((stage) => newStage(account, stage)),
    archived: false,
    createdAt: at,
    updatedAt: at,
  };
  pipelinesOf(call).set(pipeline.id, pipeline);
  return created(pipeline);
}

function update(call: Call): Answer {
  const pipeline = neededPipeline(call);
  const { label, displayOrder } = parsed(patchSchema, call.body);
  pipeline.label = label ?? pipeline.label;
  pipeline.displayOrder = displayOrder ?? pipeline.displayOrder;
  pipeline.updatedAt = isoOf(call.account.now());
  return ok(pipeline);
}

function remove(call: Call): Answer {
  pipelinesOf(call).delete(neededPipeline(call).id);
  return nothing();
}

const listStages = (call: Call): Answer => ok({ results: neededPipeline(call).stages });

function createStage(call: Call): Answer {
  const stage = newStage(call.account, parsed(stageSchema, call.body));
  neededPipeline(call).stages.push(stage);
  return created(stage);
}

function readStage(call: Call): Answer {
  const stage = neededPipeline(call).stages.find(({ id }) => id === call.params.stageId);
  if (stage === undefined) throw notFound();
  return ok(stage);
}

export function pipelineRoutes({ pipelines }: Family): Route[] {
  const one = `${pipelines}/:type/:id`;
  return [
    { method: "GET", path: `${pipelines}/:type`, handle: list },
    { method: "POST", path: `${pipelines}/:type`, handle: create },
    { method: "GET", path: one, handle: read },
    { method: "PATCH", path: one, handle: update },
    { method: "DELETE", path: one, handle: remove },
    { method: "GET", path: `${one}/stages`, handle: listStages },
    { method: "POST", path: `${one}/stages`, handle: createStage },
    { method: "GET", path: `${one}/stages/:stageId`, handle: readStage },
  ];
}

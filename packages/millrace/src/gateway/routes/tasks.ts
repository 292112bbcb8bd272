/** Tasks and what people do with them. Each verb is one transaction and one fact in the log. */
import { z } from "zod";
import type { Tx } from "../../db/database.ts";
import { findTask, listTasks, type TaskRow } from "../../read/tasks.ts";
import type { TaskCatalogue } from "../../tasks/catalogue.ts";
import { cancelByPerson, claimForPerson, completeByPerson, releaseTask, retryTask } from "../../tasks/people.ts";
import { describedTask, done, problem, retried } from "../answers.ts";
import { cancelBody, claimBody, completeBody, idParam, snoozeBody, tasksQuery } from "../contract.ts";
import { Problem } from "../problem.ts";
import { type Call, route } from "../route.ts";

const LIMIT = 64 * 1024;
const ANSWERS = {
  200: { about: "Done.", schema: done },
  404: { about: "There is no such task.", schema: problem },
  409: { about: "The task is not open any more, or somebody else holds it.", schema: problem },
};
const about = { access: "operator", tag: "tasks", params: idParam } as const;

export const taskRoutes = [
  route({
    method: "GET",
    path: "/api/tasks",
    access: "operator",
    tag: "tasks",
    about:
      "Tasks: open ones in the order of work, finished ones newest first. `human=true`: those only a person can finish.",
    query: tasksQuery,
    answers: { 200: { about: "Tasks.", schema: z.object({ tasks: z.array(describedTask) }) } },
    handle: async ({ engine, query: { kind, human, ...filter } }) => {
      const wanted = engine.tasks
        .all()
        .filter((one) => (kind === undefined || one.kind === kind) && (human === undefined || one.isHuman === human));
      const kinds = kind === undefined && human === undefined ? undefined : wanted.map((one) => one.kind);
      if (kinds?.length === 0 && kind !== undefined) engine.tasks.get(kind);
      const tasks = await listTasks(engine.db, { ...filter, kinds });
      return { json: { tasks: tasks.map((task) => described(task, engine.tasks)) } };
    },
  }),
  route({
    method: "GET",
    path: "/api/tasks/:id",
    ...about,
    about: "One task, open or finished.",
    answers: { 200: { about: "The task.", schema: describedTask }, 404: ANSWERS[404] },
    handle: async ({ engine, params: { id } }) => {
      const task = await findTask(engine.db, id);
      if (task !== undefined) return { json: described(task, engine.tasks) };
      throw new Problem("not_found", { saw: `There is no task ${id}.`, next: "list them: /api/tasks." });
    },
  }),
  route({
    method: "POST",
    path: "/api/tasks/:id/claim",
    ...about,
    about: "Takes a task that waits for a person; nobody else can then complete it.",
    body: { types: ["application/json"], limit: LIMIT, schema: claimBody, read: "json" },
    answers: ANSWERS,
    handle: (call) => change(call, (tx, id, person, now) => claimForPerson(tx, id, person, now)),
  }),
  route({
    method: "POST",
    path: "/api/tasks/:id/release",
    ...about,
    about: "Gives a task back.",
    body: { types: ["application/json"], limit: LIMIT, schema: claimBody, read: "json" },
    answers: ANSWERS,
    handle: (call) => change(call, (tx, id, person, now) => releaseTask(tx, id, person, now)),
  }),
  route({
    method: "POST",
    path: "/api/tasks/:id/complete",
    ...about,
    about: "Says that a task is done, with what came of it.",
    body: { types: ["application/json"], limit: LIMIT, schema: completeBody, read: "json" },
    answers: ANSWERS,
    handle: (call) => change(call, (tx, id, person, now) => completeByPerson(tx, id, person, call.body.result, now)),
  }),
  route({
    method: "POST",
    path: "/api/tasks/:id/cancel",
    ...about,
    about: "Calls a task off.",
    body: { types: ["application/json"], limit: LIMIT, schema: cancelBody, read: "json" },
    answers: ANSWERS,
    handle: (call) => change(call, (tx, id, person, now) => cancelByPerson(tx, id, person, call.body.reason, now)),
  }),
  route({
    method: "POST",
    path: "/api/tasks/:id/snooze",
    ...about,
    about: "Gives a task back and moves its due time.",
    body: { types: ["application/json"], limit: LIMIT, schema: snoozeBody, read: "json" },
    answers: ANSWERS,
    handle: (call) => change(call, (tx, id, person, now) => releaseTask(tx, id, person, now, call.body.untilMs)),
  }),
  route({
    method: "POST",
    path: "/api/tasks/:id/retry",
    ...about,
    about: "Tries work again: an open task at once, a failed one as a new task.",
    body: { types: ["application/json"], limit: LIMIT, schema: claimBody, read: "json" },
    answers: { ...ANSWERS, 200: { about: "It will run.", schema: retried } },
    handle: async (call) => {
      const again = await write(call, (tx, id, person, now) => retryTask(tx, id, person, now, call.engine.work));
      return { json: { task: again } };
    },
  }),
];

/** A task with what its kind says; a kind that was taken out of the config meanwhile says nothing. */
export function described(task: TaskRow, catalogue: TaskCatalogue) {
  const kind = catalogue.find(task.kind);
  return { ...task, about: kind?.about ?? "", isHuman: kind?.isHuman ?? false, doneBy: kind?.doneBy ?? "" };
}

type TaskCall = Call<{ id: number }, unknown, { person?: string }>;
type Verb<Result> = (tx: Tx, id: number, person: string, now: number) => Promise<Result>;

async function change(call: TaskCall, verb: Verb<void>) {
  await write(call, verb);
  return { json: { ok: true } };
}

async function write<Result>(call: TaskCall, verb: Verb<Result>): Promise<Result> {
  const { engine, params, caller, body } = call;
  // A session speaks for its own person only.
  const person = caller.by === "api key" ? (body.person ?? caller.person) : caller.person;
  const result = await engine.db.transaction(async (tx) => {
    const given = await verb(tx, params.id, person, engine.clock.now());
    await engine.wakeUps.remote(tx, "events");
    await engine.wakeUps.remote(tx, "tasks");
    return given;
  });
  engine.wakeUps.local("events");
  engine.wakeUps.local("tasks");
  return result;
}

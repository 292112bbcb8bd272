/** Why something happened: the chain of causes, the outside event first. One question for each thing that can be explained. */
import { z } from "zod";
import { id } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import {
  explainAlert as ofAlert,
  explainEmail as ofEmail,
  explainEvent as ofEvent,
  explainTask as ofTask,
} from "./rows/why.ts";
import { whyView } from "./views.ts";

export const explainEvent = operation({
  input: z.object({ position: id.describe("The event's position.") }),
  answer: whyView,
  run: ({ db }, { position }) => ofEvent(db, position),
});

export const explainTask = operation({
  input: z.object({ id: id.describe("The task's id.") }),
  answer: whyView,
  run: ({ db }, { id }) => ofTask(db, id),
});

export const explainEmail = operation({
  input: z.object({ id: id.describe("The e-mail's number.") }),
  answer: whyView,
  run: ({ db }, { id }) => ofEmail(db, id),
});

export const explainAlert = operation({
  input: z.object({ id: id.describe("The alert's number.") }),
  answer: whyView,
  run: ({ db }, { id }) => ofAlert(db, id),
});

/** Is everything well? Components, active alerts, stopped agents and the newest measurements, as the monitor saw them last. */
import { z } from "zod";
import { operation } from "../operations/operation.ts";
import { readHealth } from "./rows/health.ts";
import { healthView } from "./views.ts";

export const health = operation({
  input: z.object({}),
  answer: healthView,
  run: ({ db, monitorEveryMs }) => readHealth(db, monitorEveryMs),
});

/** All actions, in words: what HTTP, the command line, `engine.actions`, OpenAPI and an MCP server show of them. Their code is loaded when it is first used. */
import { contactActions } from "./table/contacts.ts";
import { logActions } from "./table/log.ts";
import { outcomeActions } from "./table/outcomes.ts";
import { peopleActions } from "./table/people.ts";
import { runningActions } from "./table/running.ts";
import { taskActions } from "./table/tasks.ts";

export const actions = {
  ...taskActions,
  ...runningActions,
  ...outcomeActions,
  ...logActions,
  ...contactActions,
  ...peopleActions,
} as const;

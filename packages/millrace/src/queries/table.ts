/** All questions, in words: what HTTP, the command line, `engine.queries`, OpenAPI and an MCP server show of them. Their code is loaded when it is first used. */
import { contactQueries } from "./table/contacts.ts";
import { engineQueries } from "./table/engine.ts";
import { logQueries } from "./table/log.ts";
import { mailQueries } from "./table/mail.ts";
import { outcomeQueries } from "./table/outcomes.ts";
import { peopleQueries } from "./table/people.ts";
import { taskQueries } from "./table/tasks.ts";

export const queries = {
  ...logQueries,
  ...contactQueries,
  ...taskQueries,
  ...outcomeQueries,
  ...mailQueries,
  ...engineQueries,
  ...peopleQueries,
} as const;

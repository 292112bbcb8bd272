/** The one table of all operations, questions and actions, by name. HTTP, the command line and documents are made from it. */
import { queries } from "../queries/table.ts";
import { actions } from "./table.ts";

export const operations = { ...queries, ...actions };
export type OperationName = keyof typeof operations;

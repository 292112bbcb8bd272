/** The error of a question about something that is not there. */
import { MillraceError } from "../base/errors.ts";

/** @param list where such things are listed, at HTTP and on the command line: ["/api/tasks", "tasks list"]. */
export function notFound(what: string, id: number, [path, command]: readonly [string, string]): MillraceError {
  return new MillraceError("not_found", {
    saw: `There is no ${what} ${id}.`,
    next: `list them: ${path}, or \`millrace ${command}\`.`,
  });
}

/** What a workflow decided, in plain words: what was asked for, and why other branches were not taken. */
import { humanly } from "./names.ts";
import { taskName } from "./tasks.ts";

const VERBS: Readonly<Record<string, (what: string) => string>> = {
  task: (what) => `asked for “${taskName(what)}”`,
  email: (what) => `asked for the e-mail “${humanly(what)}”`,
  alert: (what) => `alerted ${humanly(what)}`,
  cancel: (what) => `called off “${taskName(what)}”`,
  emit: (what) => `noted “${humanly(what)}”`,
  schedule: (what) => `set a timer for “${humanly(what)}”`,
  unschedule: (what) => `stopped the timer “${humanly(what)}”`,
};

/** One outcome: `{ task: "qualify_lead" }` → "asked for “Score the lead”" */
export function outcomeWords(outcome: unknown): string {
  const [[verb, what] = ["", ""]] = Object.entries((outcome ?? {}) as Record<string, unknown>);
  const said = typeof what === "string" ? what : nameIn(what);
  return VERBS[verb]?.(said) ?? humanly(`${verb} ${said}`);
}

function nameIn(what: unknown): string {
  if (typeof what !== "object" || what === null) return String(what ?? "");
  const { kind, template, name, type } = what as Record<string, unknown>;
  return String(kind ?? template ?? name ?? type ?? "");
}

/** The branch in plain words: "form lead / hot" → "form lead, hot"; "otherwise" is said as "the usual way". */
export function branchWords(branch: string): string {
  return branch
    .split(" / ")
    .map((part) => (part === "otherwise" ? "the usual way" : part))
    .join(", ");
}

/**
 * Why something was not done, in whole sentences. The engine joins its reasons with "; " and writes "branch: not condition".
 * @example heldBackWords("had opted out: not had opted out before") // ["“had opted out” was not taken: it is not so that it had opted out before."]
 */
export function heldBackWords(because: string | null): string[] {
  if (because === null || because === "") return [];
  return because.split(/; (?=[a-z0-9 _-]{2,60}: )/i).map((reason) => {
    const found = /^([^:]{1,80}): not (.+)$/s.exec(reason);
    if (found === null) return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`.replace(/\.\.$/, ".");
    return `Not “${found[1]}”, because this is not so: ${found[2]}.`;
  });
}

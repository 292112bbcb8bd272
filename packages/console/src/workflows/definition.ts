/** The definition of a workflow as the engine gives it: triggers, and steps of which some are branches. */

export interface Branch {
  readonly name: string;
  readonly condition?: { readonly name: string };
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly step: "alt"; readonly branches: readonly Branch[] }
  | { readonly step: "par"; readonly steps: readonly Step[] }
  | { readonly step: "opt"; readonly branch: Branch }
  | ({ readonly step: string } & Readonly<Record<string, unknown>>);

export interface Trigger {
  readonly type: string;
  readonly steps: readonly Step[];
}

export function isAlt(step: Step): step is Extract<Step, { step: "alt" }> {
  return step.step === "alt";
}
export function isPar(step: Step): step is Extract<Step, { step: "par" }> {
  return step.step === "par";
}
export function isOpt(step: Step): step is Extract<Step, { step: "opt" }> {
  return step.step === "opt";
}

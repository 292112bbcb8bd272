/** What one look of the doctor found. */
export interface Diagnosis {
  readonly check: string;
  readonly level: "pass" | "warn" | "fail";
  readonly saw: string;
  /** What to do; "" when nothing needs doing. */
  readonly fix: string;
}

export function pass(check: string, saw: string): Diagnosis {
  return { check, level: "pass", saw, fix: "" };
}

export function warn(check: string, saw: string, fix: string): Diagnosis {
  return { check, level: "warn", saw, fix };
}

export function fail(check: string, saw: string, fix: string): Diagnosis {
  return { check, level: "fail", saw, fix };
}

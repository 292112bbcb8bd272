import type { Submission } from "../form-cascade.ts";

export function submission(seed: number, i: number): Submission;
export function submissions(seed: number, from: number, count: number): Submission[];

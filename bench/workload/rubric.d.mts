import type { Submission } from "../form-cascade.ts";

export function score(submission: Submission): number;
export function band(score: number): "hot" | "warm" | "nurture" | "cold";
export function enrich(submission: Submission): { domain: string; sizeBand: string };
export function thankYou(submission: Submission): { subject: string; body: string };
export function outreach(submission: Submission, score: number): { subject: string; body: string };
export interface Expected {
  submissions: number;
  contacts: number;
  scored: number;
  enriched: number;
  emails_thank_you: number;
  emails_outreach: number;
  alerts: number;
  human_tasks_open: number;
  nurture: number;
  low_priority: number;
  score_sum: number;
}
export function expected(submissions: readonly Submission[]): Expected;

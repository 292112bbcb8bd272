/** A chain of causes as text: each event, what workflows decided on it, and the tasks, e-mails and alerts it asked for. */
import type { Why, WhyLink } from "../queries/rows/why.ts";
import { branchOf, reasonsOf } from "./reasons.ts";
import type { Terminal } from "./terminal.ts";
import { harmless, moment, short } from "./text.ts";

export function chainText(why: Why, terminal: Terminal): string {
  return why.chain.map((link) => linkText(link, terminal)).join("\n");
}

function linkText(link: WhyLink, terminal: Terminal): string {
  const { event } = link;
  const head = `${String(event.position).padStart(6)}  ${moment(event.occurredAt)}  ${terminal.styled("bold", event.type)} by ${harmless(event.actor)}`;
  const lines = [
    short(event.data, 100),
    ...link.decisions.flatMap(({ workflow, version, branch, because }) => [
      `workflow ${workflow}@${version}${branch === "" ? "" : `, branch ${harmless(branchOf(branch))}`}`,
      ...reasonsOf(because).map((reason) => `  ${harmless(reason)}`),
    ]),
    ...link.tasks.map(
      (task) => `task ${task.id} ${task.kind} ${task.state}${task.error === null ? "" : `: ${harmless(task.error)}`}`,
    ),
    ...link.emails.map(
      (email) => `e-mail "${short(email.subject, 60)}" to ${harmless(email.recipient)} ${email.state}`,
    ),
    ...link.alerts.map((alert) => `alert to ${harmless(alert.audience)}: ${short(alert.title, 80)}`),
  ];
  return [head, ...lines.map((line) => terminal.styled("dim", `          ${line}`))].join("\n");
}

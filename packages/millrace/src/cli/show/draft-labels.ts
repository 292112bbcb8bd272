/** `millrace drafts labels`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"draftLabels">): void {
  const rows = result.labels.map(({ review, decidedAt, by, verdict, changed, template, model, reason }) => [
    String(review),
    moment(decidedAt),
    by,
    verdict,
    changed === null ? "" : `${Math.round(changed * 100)} %`,
    template,
    model,
    reason ?? "",
  ]);
  terminal.data(table(["DRAFT", "AT (UTC)", "BY", "VERDICT", "CHANGED", "TEMPLATE", "MODEL", "WHY"], rows));
  terminal.say(`${counted(result.labels.length, "decision")}.`);
}

/** `millrace drafts list`: each e-mail whole, with the facts its paragraphs rest on. */
import type { Shown } from "../shows.ts";
import { counted, moment } from "../text.ts";

export function show({ terminal, result }: Shown<"drafts">): void {
  for (const draft of result.drafts) {
    const whom = draft.who?.email ?? "a contact without an address";
    const place = draft.sequence === null ? draft.template : `${draft.sequence} ${draft.touch ?? 1}`;
    terminal.data(`${draft.id}  ${whom}  ${place}  due ${moment(draft.dueAt)}  by ${draft.model}`);
    terminal.data(`    Subject: ${draft.subject || "(that of the conversation)"}`);
    for (const line of draft.text.split("\n")) terminal.data(`    ${line}`.trimEnd());
    const facts = new Map(draft.parts.flatMap((part) => part.facts.map((fact) => [fact.id, fact])));
    for (const { id, what, words } of facts.values()) terminal.data(`    [${id}] ${what}: ${words}`);
  }
  terminal.say(
    `${counted(result.drafts.length, "draft")} waiting. Next: millrace drafts approve <id>, edit, or refuse`,
  );
}

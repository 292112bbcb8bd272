/** `millrace contacts explain <who>`: the score in points and in words. */
import type { Shown } from "../shows.ts";
import { harmless, list, moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"explainContact">): void {
  const { scoring, changes, sentences, contact, words } = result;
  terminal.data(harmless(sentences[0] ?? ""));
  if (scoring !== null) {
    terminal.data("");
    const rows = scoring.reasons.map(({ feature, points, because }) => [signed(points), feature, because]);
    terminal.data(table(["POINTS", "FOR", "BECAUSE"], rows));
    terminal.data("");
    terminal.data(
      list([
        ["scored", `${moment(scoring.at)} UTC, as ${scoring.score} (${scoring.band})`],
        ["by", scoring.rubric],
        ["event", String(scoring.position)],
      ]),
    );
  }
  if (words !== null) {
    terminal.data(harmless(`${words.model} says: ${words.words}`));
    for (const { what, words: quoted } of words.beyond) terminal.data(harmless(`  perhaps: ${what} ("${quoted}")`));
  }
  for (const { at, from, to, cause } of changes)
    terminal.data(`${moment(at)}  ${from ?? "none"} → ${to ?? "none"}  ${harmless(cause)}`);
  terminal.say(
    scoring === null ? `Next: millrace contacts show ${contact}` : `Next: millrace events why ${scoring.position}`,
  );
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points);
}

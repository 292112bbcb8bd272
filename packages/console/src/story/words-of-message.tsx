/** The text of a message that came in: their own words as they are; what was cut of it is folded, under its reasons. */
import type { InboundMessage } from "../api/types.ts";
import { Chip, Scrolled } from "../parts/basics.tsx";

type Pieces = InboundMessage["pieces"];

export function Words({ pieces }: { readonly pieces: Pieces }) {
  if (pieces.length === 0) return <p className="empty">No text was kept of it.</p>;
  const hasOwn = pieces.some(({ what, text }) => what === "own" && text !== "");
  return (
    <>
      {!hasOwn && <p className="empty">No words of their own.</p>}
      {runsOf(pieces).map(({ isOwn, of }, i) => {
        const key = `${i}:${isOwn}`;
        if (!isOwn) return <Cut key={key} pieces={of} />;
        return of.map(
          ({ text }) =>
            text !== "" && (
              <Scrolled key={key} className="mail-text" label="Their own words">
                {text}
              </Scrolled>
            ),
        );
      })}
    </>
  );
}

function Cut({ pieces }: { readonly pieces: Pieces }) {
  return (
    <details className="cut-piece">
      <summary>
        <Chip>cut: {pieces.map(({ what }) => what).join(", ")}</Chip>
      </summary>
      {pieces.map(({ what, text }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in its order.
        <Scrolled key={i} label={`Cut: ${what}`}>
          {text}
        </Scrolled>
      ))}
    </details>
  );
}

/** Pieces one behind the other that are of one sort belong together. */
function runsOf(pieces: Pieces): { isOwn: boolean; of: Pieces }[] {
  const runs: { isOwn: boolean; of: Pieces }[] = [];
  for (const piece of pieces) {
    const isOwn = piece.what === "own";
    const last = runs.at(-1);
    if (last !== undefined && last.isOwn === isOwn && !isOwn) last.of.push(piece);
    else runs.push({ isOwn, of: [piece] });
  }
  return runs;
}

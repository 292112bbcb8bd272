/** An e-mail in one's own words, with the difference to what the model wrote. */
import { useId, useState } from "react";
import type { Draft } from "../api/types.ts";
import { Button } from "../parts/basics.tsx";
import { wordDifference } from "./word-difference.ts";

export function EditDraft({
  draft,
  onSend,
  onCancel,
}: {
  readonly draft: Draft;
  readonly onSend: (email: { subject: string; text: string }) => void;
  readonly onCancel: () => void;
}) {
  const id = useId();
  const [subject, setSubject] = useState(draft.subject);
  const [text, setText] = useState(draft.text);
  const isChanged = text !== draft.text || subject !== draft.subject;
  return (
    <form
      className="note edit"
      onSubmit={(event) => {
        event.preventDefault();
        onSend({ subject, text });
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
    >
      {draft.subject !== "" && (
        <>
          <label htmlFor={`${id}-subject`}>Subject</label>
          <input
            id={`${id}-subject`}
            value={subject}
            onChange={(event) => setSubject(event.target.value)}
            required
            maxLength={200}
          />
        </>
      )}
      <label htmlFor={`${id}-text`}>The e-mail; the foot is put below it</label>
      <textarea
        id={`${id}-text`}
        rows={12}
        required
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        // biome-ignore lint/a11y/noAutofocus: it was asked for with the click or key before.
        autoFocus
      />
      {isChanged && <Difference from={draft.text} to={text} />}
      <div className="acts">
        <Button type="submit" look="main">
          {isChanged ? "Send it so" : "Send it as it is"}
        </Button>
        <Button disabled={!isChanged} onClick={() => setText(draft.text)}>
          Restore the original
        </Button>
        <Button onClick={onCancel}>Not yet</Button>
      </div>
    </form>
  );
}

function Difference({ from, to }: { readonly from: string; readonly to: string }) {
  return (
    <section aria-label="What you changed">
      <h3>What you changed</h3>
      <p className="difference">
        {wordDifference(from, to).map(({ kind, text }, i) => {
          const key = `${i}:${kind}`;
          if (kind === "removed") return <del key={key}>{text}</del>;
          return kind === "added" ? <ins key={key}>{text}</ins> : <span key={key}>{text}</span>;
        })}
      </p>
    </section>
  );
}

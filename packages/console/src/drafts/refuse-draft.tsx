/** Refusing a draft: with the reason, and whether the template is sent in its place. */
import { useId, useState } from "react";
import { Button } from "../parts/basics.tsx";

export function RefuseDraft({
  onRefuse,
  onCancel,
}: {
  readonly onRefuse: (why: { reason: string; takeTemplate: boolean }) => void;
  readonly onCancel: () => void;
}) {
  const id = useId();
  const [reason, setReason] = useState("");
  const [takeTemplate, setTakeTemplate] = useState(false);
  return (
    <form
      className="note"
      onSubmit={(event) => {
        event.preventDefault();
        onRefuse({ reason, takeTemplate });
      }}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
    >
      <label htmlFor={id}>What is wrong with it?</label>
      <input
        id={id}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        required
        maxLength={400}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: it was asked for with the click or key before.
        autoFocus
      />
      <label className="check">
        <input type="checkbox" checked={takeTemplate} onChange={(event) => setTakeTemplate(event.target.checked)} />
        Send the template instead
      </label>
      <div className="acts">
        <Button type="submit" look="danger">
          Refuse it
        </Button>
        <Button onClick={onCancel}>Not yet</Button>
      </div>
    </form>
  );
}

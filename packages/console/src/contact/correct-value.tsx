/** A person's correction of one value: it stays over what forms and agents say later, and can be taken back. */
import { useState } from "react";
import { post } from "../api/client.ts";
import { useAct } from "../parts/act.ts";
import { Button } from "../parts/basics.tsx";
import { TextField } from "../parts/text-field.tsx";
import { capital, propertyWords } from "../words/names.ts";

/** What the engine or the CRM works out, and the address by which they are known: the engine refuses these. */
const NOT_BY_HAND = /^(email|lifecyclestage|createdate|hs_|hubspot|millrace_|lead_)/;
const TOPICS = ["contact", "contacts", "why"] as const;

export function isCorrectable(property: string): boolean {
  return !NOT_BY_HAND.test(property);
}

/** @param shown the value that is shown; the engine changes nothing where it is another by then. */
export function CorrectValue({
  contact,
  property,
  shown,
  onClose,
}: {
  readonly contact: string;
  readonly property: string;
  readonly shown: string;
  readonly onClose: () => void;
}) {
  const { run, isBusy } = useAct();
  // What is shown may become another's while someone types: what they saw is what stood here when they began.
  const [seen] = useState(shown);
  const [value, setValue] = useState(seen);
  const name = propertyWords(property);
  const correct = (to: string, from: string, takesBack = false) =>
    post("/api/contacts/{contact}/correct", {
      path: { contact },
      body: { property, value: to, seen: from, takesBack },
    });
  const save = async () => {
    let is = "";
    const isDone = await run(
      async () => {
        const { changes } = await correct(value, seen);
        is = String(changes[property]?.to ?? "");
      },
      {
        said: value.trim() === "" ? `${capital(name)} is given up.` : `${capital(name)} is corrected, and stays.`,
        undo: () => void run(() => correct(seen, is, true), { said: `${capital(name)} is as it was.`, topics: TOPICS }),
        topics: TOPICS,
      },
    );
    if (isDone) onClose();
  };
  return (
    <form
      className="note correct"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <TextField
        label={<span className="hidden">{capital(name)}</span>}
        // It was asked for with the click before.
        autoFocus
        value={value}
        onChange={setValue}
        maxLength={1_000}
        autoComplete="off"
      />
      <div className="acts">
        <Button type="submit" look="main" disabled={isBusy || value.trim() === seen}>
          Save
        </Button>
        <Button onClick={onClose}>Not yet</Button>
      </div>
    </form>
  );
}

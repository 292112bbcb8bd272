/** An opt-out that was wrong, or an address that works after all, is lifted with a reason on record. */

import { useState } from "react";
import { post } from "../api/client.ts";
import type { ContactStory } from "../api/types.ts";
import { useAct } from "../parts/act.ts";
import { Button } from "../parts/basics.tsx";
import { TextField } from "../parts/text-field.tsx";

export function LiftBlocks({ story: { id, facts } }: { readonly story: ContactStory }) {
  return (
    <>
      {facts.optedOut && !facts.erasedAt ? (
        <Lift
          contact={id}
          title="They opted out by mistake…"
          about="They may be written to again, in HubSpot too."
          verb="Lift the opt-out"
          path="/api/contacts/{contact}/lift-opt-out"
        />
      ) : null}
      {facts.bounced && !facts.erasedAt ? (
        <Lift
          contact={id}
          title="The address works after all…"
          about="It may be written to again."
          verb="Lift the suppression"
          path="/api/contacts/{contact}/lift-suppression"
        />
      ) : null}
    </>
  );
}

function Lift({
  contact,
  title,
  about,
  verb,
  path,
}: {
  readonly contact: string;
  readonly title: string;
  readonly about: string;
  readonly verb: string;
  readonly path: "/api/contacts/{contact}/lift-opt-out" | "/api/contacts/{contact}/lift-suppression";
}) {
  const { run, isBusy } = useAct();
  const [reason, setReason] = useState("");
  return (
    <details className="careful">
      <summary>{title}</summary>
      <form
        className="note"
        onSubmit={(event) => {
          event.preventDefault();
          void run(() => post(path, { path: { contact }, body: { reason: reason.trim() } }), {
            said: "Lifted.",
            topics: ["contact", "contacts"],
          });
        }}
      >
        <TextField label="Why? It is on record" value={reason} onChange={setReason} required maxLength={500} />
        <p className="about">{about}</p>
        <div className="acts">
          <Button type="submit" look="danger" disabled={isBusy}>
            {verb}
          </Button>
        </div>
      </form>
    </details>
  );
}

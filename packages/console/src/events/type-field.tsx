/** Which type of event: typed with help, or any. */
import { useId, useState } from "react";
import { useAddress } from "../parts/address.tsx";
import { typeWords } from "../words/events.ts";

/** The types people look for; any other may be typed. */
const KNOWN = [
  "form_submitted",
  "contact_created",
  "contact_updated",
  "contact_scored",
  "lead_score_updated",
  "contact_enriched",
  "email_sent",
  "email_suppressed",
  "email_engagement",
  "reply_classified",
  "opted_out",
  "alert_sent",
  "meeting_booked",
  "task_completed",
  "task_failed",
  "task_cancelled",
  "outreach_drafted",
  "draft_decided",
  "model_called",
  "crm_change_noted",
  "agent_paused",
  "mail_paused",
];

export function TypeField() {
  const [{ type = "" }, change] = useAddress();
  const [text, setText] = useState(type);
  const id = useId();
  const apply = (value: string) => {
    setText(value);
    change({ type: value.trim().replaceAll(" ", "_") || undefined }, "replace");
  };
  return (
    <form
      className="field-inline"
      onSubmit={(event) => {
        event.preventDefault();
        apply(text);
      }}
    >
      <label htmlFor={id}>Type</label>
      <input
        id={id}
        list={`${id}-types`}
        value={text}
        placeholder="any"
        maxLength={200}
        autoComplete="off"
        onChange={(event) => {
          const { value } = event.target;
          // What was chosen from the list, or emptied, counts at once; what is typed, with Enter.
          if (value === "" || KNOWN.includes(value)) apply(value);
          else setText(value);
        }}
      />
      <datalist id={`${id}-types`}>
        {KNOWN.map((name) => (
          <option key={name} value={name}>
            {typeWords(name)}
          </option>
        ))}
      </datalist>
    </form>
  );
}

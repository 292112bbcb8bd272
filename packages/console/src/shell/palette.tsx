/** The palette: type to find a lead, a screen or something to do. It shows the key of each, so that one learns them. */
import { Dialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useDeferredValue, useState } from "react";
import { get } from "../api/client.ts";
import { Score } from "../parts/basics.tsx";
import { Icon, type IconName } from "../parts/icons.tsx";
import { contactName } from "../words/names.ts";
import { ALL_SCREENS } from "./screens.ts";

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly about?: string;
  readonly icon: IconName;
  readonly key?: string | undefined;
  readonly score?: { readonly score: unknown; readonly band: unknown };
  readonly go: () => void;
}

/** @param early what was typed before the field was there; it stands before what is typed into it. */
export function Palette({ early, onClose }: { readonly early: string; readonly onClose: () => void }) {
  const [typed, setText] = useState<string>();
  const text = typed ?? early;
  const [at, setAt] = useState(0);
  const choices = useChoices(text, onClose);
  const current = Math.min(at, Math.max(0, choices.length - 1));

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((current + step + choices.length) % Math.max(1, choices.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      choices[current]?.go();
    }
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="palette">
          <Dialog.Title className="hidden">Find anything</Dialog.Title>
          <input
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant={choices[current] === undefined ? undefined : `choice-${current}`}
            aria-label="Find a lead or a screen"
            placeholder="Find a lead, a screen, something to do"
            value={text}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          <div id="palette-list" role="listbox" aria-label="Found" className="choices">
            {choices.map((choice, i) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's.
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field.
              <div
                key={choice.id}
                id={`choice-${i}`}
                role="option"
                aria-selected={i === current}
                className="choice"
                onClick={choice.go}
                onPointerMove={() => setAt(i)}
              >
                <Icon name={choice.icon} />
                <span className="name">{choice.name}</span>
                <span className="about cut">{choice.about}</span>
                {choice.score !== undefined && <Score {...choice.score} />}
                {choice.key !== undefined && <kbd>{choice.key}</kbd>}
              </div>
            ))}
            {choices.length === 0 && <p className="empty">Nothing is called “{text}”.</p>}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useChoices(text: string, onClose: () => void): readonly Choice[] {
  const navigate = useNavigate();
  const wanted = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ["contacts", "palette", wanted],
    queryFn: ({ signal }) => get("/api/contacts", { query: { q: wanted, limit: 8 }, signal }),
    enabled: wanted.length > 1,
    placeholderData: (before) => before,
  }).data?.contacts;

  const go = (to: string, search: Record<string, string> = {}) => {
    onClose();
    void navigate({ to: to as never, search: search as never });
  };
  const matches = (words: string) => words.toLowerCase().includes(wanted.toLowerCase());
  const leads: Choice[] = (wanted.length > 1 ? (found ?? []) : []).map((contact) => ({
    id: contact.id,
    name: contactName(contact),
    about: [contact.properties.jobtitle, contact.properties.company].filter(Boolean).join(", "),
    icon: "people",
    score: { score: contact.properties.lead_score, band: contact.properties.lead_band },
    go: () => go(`/console/contacts/${contact.id}`),
  }));
  const screens: Choice[] = ALL_SCREENS.filter(({ name, also = "" }) => matches(`${name} ${also}`)).map(
    ({ path, name, icon, key }) => ({ id: path, name, icon, key: key && `g ${key}`, go: () => go(path) }),
  );
  const more: Choice[] = [
    { id: "focus", name: "Start focus mode", icon: "inbox" as const, go: () => go("/console/inbox", { focus: "yes" }) },
    { id: "hot", name: "Show hot leads", icon: "leads" as const, go: () => go("/console/leads", { band: "hot" }) },
    {
      id: "held",
      name: "Show mail that was held back",
      icon: "outbox" as const,
      go: () => go("/console/outbox", { state: "suppressed" }),
    },
    { id: "form", name: "Open the demo form", icon: "link" as const, go: () => location.assign("/forms/demo") },
  ].filter(({ name }) => matches(name));
  return [...leads, ...screens, ...more];
}

/** The palette: type to find a lead, a screen or something to do. It shows the key of each, so that one learns them. */
import { Dialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useState } from "react";
import { get } from "../api/client.ts";
import { Score } from "../parts/basics.tsx";
import { Icon, type IconName } from "../parts/icons.tsx";
import { contactName } from "../words/names.ts";
import type { EarlyKeys } from "./global-keys.ts";
import { ALL_SCREENS } from "./screens.ts";

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly about?: string;
  readonly icon: IconName;
  readonly key?: string | undefined;
  readonly score?: { readonly score: unknown; readonly band: unknown };
  /** Its name begins with what was typed: it stands first, and Enter takes it without waiting for leads. */
  readonly isSure?: boolean;
  readonly go: () => void;
}

/**
 * What was typed before the field was there stands before what is typed into it.
 * Enter means the words that stand there: it waits for their leads, and never takes what was found for the words before.
 */
export function Palette({ early, onClose }: { readonly early: EarlyKeys; readonly onClose: () => void }) {
  const [typed, setText] = useState<string>();
  const text = typed ?? early.text;
  const [at, setAt] = useState(0);
  const [isEntered, setEntered] = useState(false);
  const { choices, isSettled } = useChoices(text, onClose);
  const current = Math.min(at, Math.max(0, choices.length - 1));
  const chosen = choices[current];
  const isChosen =
    chosen !== undefined && (isEntered || (early.isEntered && typed === undefined)) && (isSettled || chosen.isSure);

  useEffect(() => {
    if (isChosen) chosen?.go();
  }, [isChosen, chosen]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((current + step + choices.length) % Math.max(1, choices.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      setEntered(true);
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
              setEntered(false);
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

/** What can be chosen for these words, and whether their leads are there yet. */
function useChoices(
  text: string,
  onClose: () => void,
): { readonly choices: readonly Choice[]; readonly isSettled: boolean } {
  const navigate = useNavigate();
  const words = text.trim();
  const lower = words.toLowerCase();
  const isSearched = words.length > 1;
  const leads = useQuery({
    queryKey: ["contacts", "palette", words],
    queryFn: ({ signal }) => get("/api/contacts", { query: { q: words, limit: 8 }, signal }),
    enabled: isSearched,
    placeholderData: (before) => before,
  });

  const go = (to: string, search: Record<string, string> = {}) => {
    onClose();
    void navigate({ to: to as never, search: search as never });
  };
  const found: Choice[] = (isSearched ? (leads.data?.contacts ?? []) : []).map((contact) => ({
    id: contact.id,
    name: contactName(contact),
    about: [contact.properties.jobtitle, contact.properties.company].filter(Boolean).join(", "),
    icon: "people",
    score: { score: contact.properties.lead_score, band: contact.properties.lead_band },
    go: () => go(`/console/contacts/${contact.id}`),
  }));
  const screens: Choice[] = ALL_SCREENS.filter(({ name, also = "" }) =>
    `${name} ${also}`.toLowerCase().includes(lower),
  ).map(({ path, name, icon, key }) => ({
    id: path,
    name,
    icon,
    key: key && `g ${key}`,
    isSure: isSearched && name.toLowerCase().startsWith(lower),
    go: () => go(path),
  }));
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
  ].filter(({ name }) => name.toLowerCase().includes(lower));
  const sure = screens.filter(({ isSure }) => isSure);
  const others = screens.filter(({ isSure }) => !isSure);
  return {
    choices: [...sure, ...found, ...others, ...more],
    isSettled: !isSearched || (!leads.isPlaceholderData && !leads.isPending),
  };
}

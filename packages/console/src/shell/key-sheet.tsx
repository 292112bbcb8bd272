/** The sheet of all keys, opened by `?`; here single keys are switched off and on. */
import { Dialog } from "@base-ui/react/dialog";
import { useState } from "react";
import { IconButton } from "../parts/basics.tsx";
import { areKeysOn, switchKeys } from "../parts/keys.ts";
import { ALL_SCREENS } from "./screens.ts";

const SHEET: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    "Everywhere",
    [
      ["Ctrl K", "Find a lead, a screen, something to do"],
      ["/", "Search this screen"],
      ["?", "This sheet"],
      ["z", "Undo"],
      ["Esc", "Close what is open"],
    ],
  ],
  [
    "Lists",
    [
      ["j k", "Next, previous"],
      ["Enter", "Open"],
      ["x", "Select"],
    ],
  ],
  [
    "Work",
    [
      ["c", "Claim"],
      ["d", "Done, with what came of it"],
      ["1 – 9", "Choose an outcome while finishing"],
      ["s", "Snooze"],
      ["r", "Give back"],
      ["f", "Focus: one at a time"],
      ["w", "Why is this here?"],
    ],
  ],
];

export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const [isOn, setOn] = useState(areKeysOn);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="sheet-dialog">
          <header className="panel-head">
            <Dialog.Title>Keys</Dialog.Title>
            <span className="acts">
              <Dialog.Close render={<IconButton icon="close" label="Close" />} />
            </span>
          </header>
          <div className="key-groups">
            {SHEET.map(([name, keys]) => (
              <KeyGroup key={name} name={name} keys={keys} />
            ))}
            <KeyGroup name="Go to" keys={ALL_SCREENS.map(({ key = "", name }) => [`g ${key}`, name] as const)} />
          </div>
          <label className="check">
            <input
              type="checkbox"
              checked={isOn}
              onChange={(event) => {
                switchKeys(event.target.checked);
                setOn(event.target.checked);
              }}
            />
            Single keys do something
          </label>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function KeyGroup({ name, keys }: { readonly name: string; readonly keys: readonly (readonly [string, string])[] }) {
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      <dl className="keys">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

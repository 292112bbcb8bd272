/** Settings: what this browser does, and the engine's settings in force. */
import { useState } from "react";
import { useMay } from "../api/me.ts";
import { Panel } from "../parts/basics.tsx";
import { commandOf } from "../parts/copy.ts";
import { areKeysOn, switchKeys } from "../parts/keys.ts";
import { Page } from "../parts/page.tsx";
import { EngineSettings } from "./engine-settings.tsx";

export function SettingsPage() {
  const [isOn, setOn] = useState(areKeysOn);
  const may = useMay();
  return (
    <Page title="Settings" command={commandOf("config show")}>
      <Panel title="This browser">
        <div className="padded">
          <label className="check">
            <input
              type="checkbox"
              checked={isOn}
              onChange={(event) => {
                switchKeys(event.target.checked);
                setOn(event.target.checked);
              }}
            />
            Single keys do something (the key ? shows them)
          </label>
          <p className="about">Light or dark follows your system.</p>
        </div>
      </Panel>
      {may("settings") && <EngineSettings />}
    </Page>
  );
}

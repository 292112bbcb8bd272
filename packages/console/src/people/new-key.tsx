/** A key for a program, with only what it needs; it is shown once. */

import { useState } from "react";
import { post } from "../api/client.ts";
import { useAct } from "../parts/act.ts";
import { Button } from "../parts/basics.tsx";
import { copy } from "../parts/copy.ts";
import { TextField } from "../parts/text-field.tsx";

const SCOPES = [
  ["read", "look at everything"],
  ["send", "send events"],
  ["change", "do what a person does"],
  ["work", "do tasks as an agent"],
  ["destructive", "erase and rebuild"],
] as const;
type Scope = (typeof SCOPES)[number][0];

export function NewKey() {
  const { run, isBusy } = useAct();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["read"]);
  const [made, setMade] = useState<string>();
  const toggle = (scope: Scope) =>
    setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope]);
  return (
    <details className="careful">
      <summary>Make a key…</summary>
      <form
        className="note"
        onSubmit={(event) => {
          event.preventDefault();
          void run(
            async () => {
              const { key } = await post("/api/keys", { body: { name: name.trim(), scopes: [...scopes], kinds: [] } });
              setMade(key);
              setName("");
            },
            { topics: ["keys"] },
          );
        }}
      >
        <TextField label="Its name" value={name} onChange={setName} required maxLength={100} placeholder="ada-laptop" />
        <fieldset>
          <legend>It may</legend>
          {SCOPES.map(([scope, words]) => (
            <label key={scope} className="check">
              <input type="checkbox" checked={scopes.includes(scope)} onChange={() => toggle(scope)} />
              {words}
            </label>
          ))}
        </fieldset>
        <div className="acts">
          <Button type="submit" look="main" disabled={isBusy || scopes.length === 0}>
            Make the key
          </Button>
        </div>
        {made !== undefined && (
          <p role="status">
            Shown once: <code>{made}</code>{" "}
            <Button look="quiet" icon="copy" onClick={() => void copy(made, "Key copied.")}>
              Copy
            </Button>
          </p>
        )}
      </form>
    </details>
  );
}

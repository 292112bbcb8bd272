/** One key of a program: what it may do, a new secret for it, or its end. */
import { useState } from "react";
import { post } from "../api/client.ts";
import type { operations } from "../api/schema.ts";
import { useAct } from "../parts/act.ts";
import { Button, Chip, When } from "../parts/basics.tsx";
import { now } from "../parts/clock.ts";
import { copy } from "../parts/copy.ts";
import { actorWords } from "../words/names.ts";

type Key = operations["apiKeys"]["responses"][200]["content"]["application/json"]["keys"][number];

const GRACES = [
  [0, "ends at once"],
  [1, "works for an hour"],
  [24, "works for a day"],
  [168, "works for a week"],
] as const;

export function KeyRow({ of }: { readonly of: Key }) {
  const { name, scopes, actsFor, createdAt, createdBy, expiresAt, rotatedAt, oldUntil } = of;
  const { run, isBusy } = useAct();
  const [isRotating, setRotating] = useState(false);
  return (
    <li className="row">
      <p className="line">
        <b>{name}</b>
        {scopes.map((scope) => (
          <Chip key={scope}>{scope}</Chip>
        ))}
        <span className="about cut grow">
          {actsFor !== null && `for ${actsFor}, `}made by {actorWords(createdBy)} <When at={createdAt} />
          {rotatedAt !== null && (
            <>
              , new secret <When at={rotatedAt} />
            </>
          )}
          {oldUntil !== null && oldUntil > now() && (
            <>
              , the old one ends <When at={oldUntil} />
            </>
          )}
          {expiresAt !== null && (
            <>
              , ends <When at={expiresAt} />
            </>
          )}
        </span>
        <Button look="quiet" aria-label={`Rotate the key ${name}`} onClick={() => setRotating(!isRotating)}>
          Rotate…
        </Button>
        <Button
          look="quiet"
          disabled={isBusy}
          aria-label={`Take away the key ${name}`}
          onClick={() =>
            void run(() => post("/api/keys/{name}/revoke", { path: { name } }), {
              said: `The key ${name} is taken away.`,
              topics: ["keys"],
            })
          }
        >
          Take away
        </Button>
      </p>
      {isRotating && <Rotate name={name} onClose={() => setRotating(false)} />}
    </li>
  );
}

function Rotate({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { run, isBusy } = useAct();
  const [hours, setHours] = useState<number>(24);
  const [made, setMade] = useState<string>();
  const rotate = () =>
    void run(
      async () => {
        setMade((await post("/api/keys/{name}/rotate", { path: { name }, body: { oldForHours: hours } })).key);
      },
      { topics: ["keys"] },
    );
  if (made !== undefined) {
    return (
      <p className="note" role="status">
        Shown once: <code>{made}</code>
        <span className="acts">
          <Button icon="copy" onClick={() => void copy(made, "Key copied.")}>
            Copy
          </Button>
          <Button look="quiet" onClick={onClose}>
            I have it
          </Button>
        </span>
      </p>
    );
  }
  return (
    <form
      className="note"
      onSubmit={(event) => {
        event.preventDefault();
        rotate();
      }}
    >
      <label className="field-inline">
        <span>The old secret</span>
        <select value={hours} onChange={(event) => setHours(Number(event.target.value))}>
          {GRACES.map(([of, words]) => (
            <option key={of} value={of}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <div className="acts">
        <Button type="submit" look="main" disabled={isBusy}>
          Make a new secret
        </Button>
        <Button onClick={onClose}>Not yet</Button>
      </div>
    </form>
  );
}

/** Which roles a person has, each with what it may do. */
import { useState } from "react";
import type { Person } from "../api/types.ts";
import { Button } from "../parts/basics.tsx";

type Role = Person["roles"][number];

const ROLES: readonly (readonly [Role, string])[] = [
  ["admin", "everything, people and keys too"],
  ["operations", "keeps the engine running: pause, try again, erase"],
  ["sales", "leads, e-mails, replies, tasks"],
  ["analyst", "looks at everything, does tasks of their own"],
];

export function RoleBoxes({
  roles,
  verb,
  onDone,
}: {
  readonly roles: readonly Role[];
  readonly verb: string;
  readonly onDone: (roles: readonly Role[]) => void;
}) {
  const [chosen, setChosen] = useState(roles);
  const toggle = (role: Role) =>
    setChosen(chosen.includes(role) ? chosen.filter((one) => one !== role) : [...chosen, role]);
  return (
    <form
      className="note"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(chosen);
      }}
    >
      <fieldset>
        <legend>They are</legend>
        {ROLES.map(([role, may]) => (
          <label key={role} className="check">
            <input type="checkbox" checked={chosen.includes(role)} onChange={() => toggle(role)} />
            <span>
              {role} <span className="about">{may}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="acts">
        <Button type="submit" look="main" disabled={chosen.length === 0}>
          {verb}
        </Button>
      </div>
    </form>
  );
}

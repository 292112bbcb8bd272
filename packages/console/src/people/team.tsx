/** People: who may sign in and as what; invited by a link that works once, removed and signed out at once. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { peopleQuery, sessionsQuery } from "../api/queries.ts";
import type { Person } from "../api/types.ts";
import { useAct } from "../parts/act.ts";
import { Button, Chip, Panel, When } from "../parts/basics.tsx";
import { copy } from "../parts/copy.ts";
import { Answered, Empty } from "../parts/states.tsx";
import { browserWords } from "../words/browsers.ts";
import { plural } from "../words/time.ts";
import { RoleBoxes } from "./role-boxes.tsx";

const TOPICS = ["people"] as const;

export function Team() {
  const query = useQuery(peopleQuery);
  const [link, setLink] = useState<{ name: string; url: string }>();
  const invited = (name: string, path: string) => setLink({ name, url: new URL(path, location.origin).href });
  return (
    <Panel title="People" hint="who may sign in, and as what">
      <Answered query={query} rows={3}>
        {({ people }) => (
          <ul className="rows" aria-label="People">
            {people.map((person) => (
              <PersonRow key={person.name} person={person} onInvited={invited} />
            ))}
          </ul>
        )}
      </Answered>
      {link !== undefined && (
        <p className="padded" role="status">
          Send this to {link.name}; it works once, within a day: <code>{link.url}</code>{" "}
          <Button look="quiet" icon="copy" onClick={() => void copy(link.url, "Link copied.")}>
            Copy
          </Button>
        </p>
      )}
      <AddPerson onInvited={invited} />
    </Panel>
  );
}

function PersonRow({
  person,
  onInvited,
}: {
  readonly person: Person;
  readonly onInvited: (name: string, path: string) => void;
}) {
  const { name, roles, removedAt, sessions } = person;
  const me = useMe();
  const { run, isBusy } = useAct();
  const [isEditing, setEditing] = useState(false);
  const isGone = removedAt !== null;
  return (
    <li className="row">
      <p className="line">
        <b>{name}</b>
        {name === me && <span className="about">you</span>}
        {isGone ? <Chip>removed</Chip> : roles.map((role) => <Chip key={role}>{role}</Chip>)}
        <span className="about grow">
          {isGone ? "" : `${sessions === 0 ? "not signed in" : plural(sessions, "session")}, ${waysOf(person)}`}
        </span>
        <Button
          look="quiet"
          disabled={isBusy}
          aria-label={`Make a sign-in link for ${name}`}
          onClick={() =>
            void run(async () => onInvited(name, (await post("/api/people/{name}/invite", { path: { name } })).path), {
              topics: TOPICS,
            })
          }
        >
          Sign-in link
        </Button>
        {!isGone && (
          <>
            <Button look="quiet" aria-label={`Roles… of ${name}`} onClick={() => setEditing(!isEditing)}>
              Roles…
            </Button>
            <Button
              look="quiet"
              disabled={isBusy || sessions === 0}
              aria-label={`Sign out ${name} everywhere`}
              onClick={() =>
                void run(() => post("/api/sessions/end", { body: { name } }), {
                  said: `${name} is signed out everywhere.`,
                  topics: TOPICS,
                })
              }
            >
              Sign out
            </Button>
            <Button
              look="quiet"
              disabled={isBusy || name === me}
              aria-label={`Remove ${name}`}
              onClick={() =>
                void run(() => post("/api/people/{name}/remove", { path: { name } }), {
                  said: `${name} was removed and signed out.`,
                  topics: TOPICS,
                })
              }
            >
              Remove
            </Button>
          </>
        )}
      </p>
      {isEditing && (
        <RoleBoxes
          roles={roles}
          verb="Change"
          onDone={(changed) =>
            void run(() => post("/api/people/{name}/roles", { path: { name }, body: { roles: [...changed] } }), {
              said: `${name} is now ${changed.join(" and ")}.`,
              topics: TOPICS,
            }).then(() => setEditing(false))
          }
        />
      )}
    </li>
  );
}

/** What they sign in by, beside a link. */
function waysOf({ hasPassword, passkeys }: Person): string {
  const ways = [...(hasPassword ? ["a password"] : []), ...(passkeys > 0 ? [plural(passkeys, "passkey")] : [])];
  return ways.length === 0 ? "no password" : `has ${ways.join(" and ")}`;
}

function AddPerson({ onInvited }: { readonly onInvited: (name: string, path: string) => void }) {
  const { run } = useAct();
  const [name, setName] = useState("");
  return (
    <details className="careful">
      <summary>Add a person…</summary>
      <label className="note">
        Their name, as the log names them
        <input value={name} onChange={(event) => setName(event.target.value)} maxLength={100} placeholder="grace" />
      </label>
      <RoleBoxes
        roles={["sales"]}
        verb="Add them"
        onDone={(roles) =>
          void run(
            async () => {
              const invitation = await post("/api/people", { body: { name: name.trim(), roles: [...roles] } });
              onInvited(invitation.name, invitation.path);
              setName("");
            },
            { topics: TOPICS },
          )
        }
      />
    </details>
  );
}

/** Every session that has not ended, by whom and how it began; one is ended at once, its live line too. */
export function Sessions() {
  const query = useQuery(sessionsQuery);
  const { run, isBusy } = useAct();
  return (
    <Panel title="Sessions">
      <Answered query={query} rows={2}>
        {({ sessions }) =>
          sessions.length === 0 ? (
            <Empty>No one is signed in.</Empty>
          ) : (
            <ul className="rows" aria-label="Sessions">
              {sessions.map(({ id, person, createdAt, expiresAt, via, browser }) => (
                <li key={id} className="row line">
                  <b>{person}</b>
                  <span className="about">by {via}</span>
                  <span className="about cut grow" title={browser ?? undefined}>
                    {browserWords(browser)}
                  </span>
                  <span className="about">
                    since <When at={createdAt} />, ends <When at={expiresAt} />
                  </span>
                  <Button
                    look="quiet"
                    disabled={isBusy}
                    aria-label={`End the session of ${person}`}
                    onClick={() =>
                      void run(() => post("/api/sessions/end", { body: { id } }), {
                        said: "The session is ended.",
                        topics: TOPICS,
                      })
                    }
                  >
                    End
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}

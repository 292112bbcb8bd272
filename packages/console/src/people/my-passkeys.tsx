/** One's own passkeys: added, named, and taken away; or why this browser makes none here. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "../api/client.ts";
import { passkeysQuery } from "../api/queries.ts";
import { useAct } from "../parts/act.ts";
import { Button, When } from "../parts/basics.tsx";
import { Answered } from "../parts/states.tsx";
import { TextField } from "../parts/text-field.tsx";
import { addPasskey, hasPasskeys } from "./passkey-device.ts";

const TOPICS = ["people", "me"] as const;

export function MyPasskeys({ needsCurrent }: { readonly needsCurrent: boolean }) {
  const query = useQuery(passkeysQuery);
  return (
    <section aria-label="Passkeys">
      <Answered query={query} rows={1}>
        {({ passkeys, address }) => (
          <>
            {passkeys.length > 0 && (
              <ul className="rows" aria-label="Passkeys">
                {passkeys.map(({ id, label, relyingParty, createdAt, lastUsedAt }) => (
                  <PasskeyRow
                    key={id}
                    {...{ id, label, createdAt, lastUsedAt }}
                    elsewhere={
                      address === null || new URL(address).hostname !== relyingParty ? relyingParty : undefined
                    }
                  />
                ))}
              </ul>
            )}
            <AddPasskey address={address} needsCurrent={needsCurrent} />
          </>
        )}
      </Answered>
    </section>
  );
}

function PasskeyRow(of: {
  readonly id: string;
  readonly label: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  /** The name it works at, where that is another than this one. */
  readonly elsewhere: string | undefined;
}) {
  const { id, label, createdAt, lastUsedAt, elsewhere } = of;
  const { run, isBusy } = useAct();
  return (
    <li className="row line">
      <b className="cut">{label}</b>
      <span className="about grow">
        {elsewhere !== undefined && `works at ${elsewhere}, `}
        added <When at={createdAt} />,{" "}
        {lastUsedAt === null ? (
          "not used yet"
        ) : (
          <>
            used <When at={lastUsedAt} />
          </>
        )}
      </span>
      <Button
        look="quiet"
        disabled={isBusy}
        aria-label={`Remove the passkey ${label}`}
        onClick={() =>
          void run(() => post("/api/me/passkeys/remove", { body: { id } }), {
            said: `The passkey “${label}” signs no one in any more.`,
            topics: TOPICS,
          })
        }
      >
        Remove
      </Button>
    </li>
  );
}

function AddPasskey({ address, needsCurrent }: { readonly address: string | null; readonly needsCurrent: boolean }) {
  const { run, isBusy } = useAct();
  const [label, setLabel] = useState("");
  const [current, setCurrent] = useState("");
  if (address === null)
    return (
      <p className="about">
        Browsers make passkeys only under a name with https. Where the console has one, set it as{" "}
        <code>gateway.publicUrl</code>.
      </p>
    );
  if (location.origin !== address)
    return (
      <p className="about">
        Browsers make no passkeys for {location.host}. Open the console at{" "}
        <a href={`${address}/console/people`}>{address}/console/people</a>, sign in there, and add one.
      </p>
    );
  if (!hasPasskeys()) return <p className="about">This browser knows no passkeys.</p>;
  return (
    <form
      className="note account"
      onSubmit={(event) => {
        event.preventDefault();
        void run(
          async () => {
            await addPasskey(label.trim(), current);
            setLabel("");
            setCurrent("");
          },
          { said: "The passkey is added: you can sign in by it.", topics: TOPICS },
        );
      }}
    >
      <TextField
        label="A passkey of this device, to sign in by finger, face or PIN: its name"
        value={label}
        onChange={setLabel}
        placeholder="My laptop"
        required
        maxLength={60}
      />
      {needsCurrent && (
        <TextField
          label="Your password, to add it"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
          required
          maxLength={200}
        />
      )}
      <div className="acts">
        <Button type="submit" disabled={isBusy || label.trim() === ""}>
          Add a passkey
        </Button>
      </div>
    </form>
  );
}

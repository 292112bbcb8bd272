/** Before anything can be shown: signed out, or no engine. */

import { useState } from "react";
import { ApiError, post } from "../api/client.ts";
import { Button } from "../parts/basics.tsx";
import { Mark } from "../parts/icons.tsx";
import { Trouble } from "../parts/states.tsx";
import { TextField } from "../parts/text-field.tsx";
import { addressWithName, hasPasskeys, signInByPasskey } from "../people/passkey-device.ts";

export function StartScreen({ error, again }: { readonly error: unknown; readonly again: () => void }) {
  const known = error instanceof ApiError ? error : undefined;
  const isSignedOut = known?.status === 401;
  return (
    <main id="main" className="start">
      <section className="panel" aria-labelledby="start-title">
        <Mark />
        <h1 id="start-title">{isSignedOut ? "Sign in" : "The engine does not answer"}</h1>
        {isSignedOut ? (
          <>
            <p>
              The engine prints a sign-in link when it starts. For a new one, run this beside it and open what it
              prints:
            </p>
            <pre>millrace sign-in</pre>
            <PasskeyPart again={again} />
            <PasswordForm again={again} />
          </>
        ) : (
          <p>
            {known?.message ?? "Something went wrong."} Next: {known?.next ?? "reload the page."}
          </p>
        )}
        <p className="acts">
          <Button look={isSignedOut ? "plain" : "main"} onClick={again}>
            Try again
          </Button>
          <a href="/forms/demo">See the demo form</a>
        </p>
      </section>
    </main>
  );
}

/** For people who have added a passkey; at an address of digits, where it works. */
function PasskeyPart({ again }: { readonly again: () => void }) {
  const [error, setError] = useState<unknown>();
  const elsewhere = addressWithName(location);
  if (elsewhere !== undefined)
    return (
      <p className="about">
        Passkeys do not work at {location.host}: use <a href={elsewhere}>{elsewhere}</a>.
      </p>
    );
  if (!hasPasskeys()) return null;
  const signIn = () => {
    setError(undefined);
    return signInByPasskey().then(again, setError);
  };
  return (
    <div className="note">
      <Button look="main" onClick={() => void signIn()}>
        Sign in with a passkey
      </Button>
      {error !== undefined && <Trouble error={error} />}
    </div>
  );
}

/** For people who have set a password. */
function PasswordForm({ again }: { readonly again: () => void }) {
  const [person, setPerson] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>();
  const signIn = () =>
    post("/api/sign-in", { body: { person: person.trim(), password } }).then(() => {
      setError(undefined);
      again();
    }, setError);
  return (
    <form
      className="note"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <p className="about">Or by your password, where you have set one:</p>
      <TextField label="Name" value={person} onChange={setPerson} required maxLength={100} autoComplete="username" />
      <TextField
        label="Password"
        type="password"
        value={password}
        onChange={setPassword}
        required
        maxLength={200}
        autoComplete="current-password"
      />
      <div className="acts">
        <Button type="submit" look="main">
          Sign in
        </Button>
      </div>
      {error !== undefined && <Trouble error={error} />}
    </form>
  );
}

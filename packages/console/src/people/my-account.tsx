/** One's own account: a password and passkeys for signing in without a link, and being signed out everywhere. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "../api/client.ts";
import { meQuery } from "../api/me.ts";
import { useAct } from "../parts/act.ts";
import { Button, Chip, Panel, When } from "../parts/basics.tsx";
import { TextField } from "../parts/text-field.tsx";
import { MyPasskeys } from "./my-passkeys.tsx";

export function MyAccount() {
  const { data } = useQuery(meQuery);
  const client = useQueryClient();
  const { run, isBusy } = useAct();
  const [password, setPassword] = useState("");
  const [current, setCurrent] = useState("");
  if (data === undefined || data.session === null) return null;
  const needsCurrent = data.hasPassword && data.session.via !== "link";
  const save = () =>
    void run(
      async () => {
        await post("/api/me/password", { body: needsCurrent ? { password, current } : { password } });
        setPassword("");
        setCurrent("");
        await client.invalidateQueries({ queryKey: ["me"] });
      },
      { said: "Your password holds from now on.", topics: ["people"] },
    );
  return (
    <Panel title={`You are ${data.person}`}>
      <div className="padded">
        <p className="line">
          {data.roles.map((role) => (
            <Chip key={role}>{role}</Chip>
          ))}
          <span className="about">
            your session ends <When at={data.session.expiresAt} />
          </span>
          <Button
            look="quiet"
            disabled={isBusy}
            onClick={() => void post("/api/me/sign-out-everywhere").finally(() => location.assign("/console"))}
          >
            Sign out everywhere
          </Button>
        </p>
        <form
          className="note account"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <input type="text" name="username" autoComplete="username" value={data.person} readOnly hidden />
          {needsCurrent && (
            <TextField
              label="The password now"
              type="password"
              autoComplete="current-password"
              value={current}
              onChange={setCurrent}
              required
              maxLength={200}
            />
          )}
          <TextField
            label={data.hasPassword ? "A new password" : "A password, to sign in without a link"}
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={setPassword}
            required
            maxLength={200}
          />
          <div className="acts">
            <Button type="submit" disabled={isBusy || password === ""}>
              Set the password
            </Button>
          </div>
        </form>
        <MyPasskeys needsCurrent={needsCurrent} />
      </div>
    </Panel>
  );
}

/** Trying a workflow on one contact: what it would decide now, with nothing done. */
import { useId, useState } from "react";
import { ApiError, get } from "../api/client.ts";
import { OpenLink } from "../parts/address.tsx";
import { Button, Panel } from "../parts/basics.tsx";
import { Trouble } from "../parts/states.tsx";
import { branchWords, heldBackWords, outcomeWords } from "../words/decisions.ts";
import { typeWords } from "../words/events.ts";

type Tried = Awaited<ReturnType<typeof tryOn>>;

function tryOn(name: string, contact: string) {
  return get("/api/workflows/{name}/try", { path: { name }, query: { contact } });
}

export function TryWorkflow({ name }: { readonly name: string }) {
  const id = useId();
  const [contact, setContact] = useState("");
  const [tried, setTried] = useState<Tried>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      setTried(await tryOn(name, contact.trim()));
      setError(undefined);
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setTried(undefined);
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel title="Try it on one contact" hint="nothing is done">
      <div className="padded">
        <form
          className="acts"
          onSubmit={(event) => {
            event.preventDefault();
            void run();
          }}
        >
          <label htmlFor={id}>E-mail address or id</label>
          <input
            id={id}
            value={contact}
            onChange={(event) => setContact(event.target.value)}
            required
            maxLength={320}
          />
          <Button type="submit" disabled={isBusy}>
            Try
          </Button>
        </form>
        <div role="status">{tried !== undefined && <Result tried={tried} />}</div>
        {error !== undefined && <Trouble error={error} />}
      </div>
    </Panel>
  );
}

function Result({ tried: { event, type, decisions, errors } }: { readonly tried: Tried }) {
  return (
    <div className="made">
      <p>
        On{" "}
        <OpenLink kind="event" id={event}>
          #{event} {typeWords(type)}
        </OpenLink>
        , as it runs now:
      </p>
      {decisions.map(({ branch, outcomes, because }) => {
        const asked = (outcomes as readonly unknown[]) ?? [];
        return (
          <p key={branch}>
            {branch !== "" && <b>{branchWords(branch)}: </b>}
            {asked.length === 0 ? "nothing" : asked.map(outcomeWords).join(", ")}{" "}
            <span className="about">{heldBackWords(because ?? null).join(" ")}</span>
          </p>
        );
      })}
      {errors.map((error) => (
        <p key={error} className="bad">
          {error}
        </p>
      ))}
    </div>
  );
}

/** The brake, on every screen: stop all mail or one agent, at once and in every process; who did it and when stands here. */
import { Popover } from "@base-ui/react/popover";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ResumeAgent } from "../agents/resume-agent.tsx";
import { post } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { agentsQuery, mailQuery } from "../api/queries.ts";
import { useAct } from "../parts/act.ts";
import { Button, When } from "../parts/basics.tsx";
import { humanly } from "../words/names.ts";
import { plural } from "../words/time.ts";
import { BrakeWords, useBrake } from "./brake-words.tsx";

export function Brake({ defaultOpen }: { readonly defaultOpen: boolean }) {
  const may = useMay();
  const { isOn, words } = useBrake();
  return (
    <Popover.Root defaultOpen={defaultOpen}>
      <Popover.Trigger className={isOn ? "brake on" : "brake"}>
        <BrakeWords />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="floats">
          <Popover.Popup className="popover brake-sheet">
            <Popover.Title className="popover-title">Pause</Popover.Title>
            {may("pauseMail") ? (
              <>
                <MailBrake />
                <AgentBrake />
              </>
            ) : (
              <p className="about">{isOn ? `${words}. ` : ""}Only operations and admins pause mail and agents.</p>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

export function MailBrake() {
  const mail = useQuery(mailQuery).data;
  const { run, isBusy } = useAct();
  const [reason, setReason] = useState("");
  const mayResume = useMay()("resumeMail");
  if (mail === undefined) return null;
  if (mail.isPaused) {
    return (
      <div className="brake-part">
        <p>
          <b>No mail leaves.</b> {mail.changedBy === null ? "Paused" : `Paused by ${mail.changedBy}`}{" "}
          {mail.changedAt !== null && <When at={mail.changedAt} />}
          {mail.reason !== null && `: ${mail.reason}`}. {plural(mail.waiting, "e-mail")}{" "}
          {mail.waiting === 1 ? "waits" : "wait"}.
        </p>
        {mayResume && (
          <Button
            look="main"
            icon="play"
            disabled={isBusy}
            onClick={() =>
              void run(() => post("/api/mail/resume"), { said: "Mail leaves again.", topics: ["mail", "emails"] })
            }
          >
            Let mail leave
          </Button>
        )}
      </div>
    );
  }
  return (
    <form
      className="brake-part"
      onSubmit={(event) => {
        event.preventDefault();
        const body = reason.trim() === "" ? {} : { reason: reason.trim() };
        void run(() => post("/api/mail/pause", { body }), { said: "All mail is paused.", topics: ["mail", "emails"] });
      }}
    >
      <label htmlFor="brake-reason">All mail, at once. What is asked for meanwhile waits.</label>
      <div className="line">
        <input
          id="brake-reason"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder="Why? Everyone sees it"
          maxLength={500}
          autoComplete="off"
        />
        <Button type="submit" look="danger" icon="brake" disabled={isBusy}>
          Pause mail
        </Button>
      </div>
    </form>
  );
}

function AgentBrake() {
  const { data } = useQuery(agentsQuery);
  const { run, isBusy } = useAct();
  const [agent, setAgent] = useState("");
  const agents = data?.agents ?? [];
  return (
    <div className="brake-part">
      {agents
        .filter(({ state }) => state === "stopped")
        .map(({ name, reason }) => (
          <div className="line" key={name}>
            <span className="grow">
              <b>{humanly(name)}</b> is stopped. <span className="about">{reason}</span>
            </span>
            <ResumeAgent agent={name} />
          </div>
        ))}
      <label htmlFor="brake-agent">One agent. Its tasks wait and use up no attempt.</label>
      <div className="line">
        <select id="brake-agent" value={agent} onChange={(event) => setAgent(event.target.value)}>
          <option value="">Choose an agent</option>
          {agents
            .filter(({ state }) => state !== "stopped")
            .map(({ name }) => (
              <option key={name} value={name}>
                {humanly(name)}
              </option>
            ))}
        </select>
        <Button
          look="danger"
          icon="brake"
          disabled={agent === "" || isBusy}
          onClick={() =>
            void run(() => post("/api/agents/{agent}/pause", { path: { agent } }), {
              said: `${humanly(agent)} is stopped.`,
              topics: ["agents", "health"],
            }).then(() => setAgent(""))
          }
        >
          Pause it
        </Button>
      </div>
    </div>
  );
}

/** One draft: each paragraph with the facts it rests on, and the three ways to decide. */
import { useState } from "react";
import { post } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import type { Draft } from "../api/types.ts";
import { useAct } from "../parts/act.ts";
import { ContactLink, OpenLink } from "../parts/address.tsx";
import { BackToList, Button, Scrolled, When } from "../parts/basics.tsx";
import { useKeys } from "../parts/keys.ts";
import { NotTheirs } from "../parts/not-theirs.tsx";
import { personWords, workerWords } from "../words/names.ts";
import { EditDraft } from "./edit-draft.tsx";
import { RefuseDraft } from "./refuse-draft.tsx";

const TOPICS = ["drafts", "tasks", "overview", "contact"] as const;

export function DraftDetail({
  draft,
  onBack,
  onDecided,
}: {
  readonly draft: Draft;
  readonly onBack?: (() => void) | undefined;
  readonly onDecided?: () => void;
}) {
  const [form, setForm] = useState<"edit" | "refuse">();
  const { run, isBusy } = useAct();
  const mayDecide = useMay()("approveDraft");
  const path = { id: draft.id };
  const decide = (what: () => Promise<unknown>, said: string) =>
    run(what, { said, topics: TOPICS }).then((isDone) => isDone && onDecided?.());
  const approve = () => void decide(() => post("/api/drafts/{id}/approve", { path }), "E-mail approved.");
  useKeys(
    mayDecide
      ? {
          a: () => !isBusy && form === undefined && approve(),
          e: () => setForm("edit"),
          r: () => setForm("refuse"),
        }
      : {},
  );

  return (
    <article className="detail draft" aria-labelledby="draft-title">
      <header className="detail-head">
        <BackToList onBack={onBack} />
        <div className="grow">
          <p className="above">
            to{" "}
            {draft.contact === null ? (
              "no contact"
            ) : (
              <ContactLink id={draft.contact}>{personWords(draft.who)}</ContactLink>
            )}
            {draft.who?.company && `, ${draft.who.company}`}
            {draft.worker !== null && `, held by ${workerWords(draft.worker)}`}
          </p>
          <h2 id="draft-title">{draft.subject || "(under the first e-mail’s subject)"}</h2>
          {draft.deadlineAt !== null && (
            <p className="about">
              Without a decision the template is sent <When at={draft.deadlineAt} />
            </p>
          )}
        </div>
      </header>
      {mayDecide ? (
        <div className="acts">
          <Button look="main" shortcut="a" disabled={isBusy} onClick={approve}>
            Approve and send
          </Button>
          <Button shortcut="e" onClick={() => setForm("edit")}>
            Edit…
          </Button>
          <Button shortcut="r" onClick={() => setForm("refuse")}>
            Refuse…
          </Button>
        </div>
      ) : (
        <NotTheirs what="Deciding on e-mails" />
      )}
      {form === "edit" ? (
        <EditDraft
          draft={draft}
          onCancel={() => setForm(undefined)}
          onSend={(body) =>
            void decide(() => post("/api/drafts/{id}/edit", { path, body }), "E-mail sent in your words.")
          }
        />
      ) : (
        <DraftText draft={draft} />
      )}
      {form === "refuse" && (
        <RefuseDraft
          onCancel={() => setForm(undefined)}
          onRefuse={(body) => void decide(() => post("/api/drafts/{id}/refuse", { path, body }), "E-mail refused.")}
        />
      )}
      <p className="about">
        <OpenLink kind="task" id={draft.id}>
          Why is this here?
        </OpenLink>
      </p>
    </article>
  );
}

/** The e-mail with what each of its paragraphs rests on; greeting and closing are the template's. */
function DraftText({ draft: { text, parts, instead, model } }: { readonly draft: Draft }) {
  return (
    <>
      <div className="proposal">
        {text.split("\n\n").map((block, i) => {
          const part = parts.find((one) => one.text === block);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of one e-mail, in its order.
            <div key={i} className={part === undefined ? "block plain" : "block"}>
              <p className="said">{block}</p>
              {part !== undefined && (
                <ul className="rests" aria-label="Rests on">
                  {part.facts.map(({ what, words }) => (
                    <li key={`${what}:${words}`}>
                      <b>{what}</b> {words}
                    </li>
                  ))}
                </ul>
              )}
            </div>
          );
        })}
      </div>
      <details className="raw">
        <summary>Written by {model}; without a model this is sent</summary>
        <Scrolled label="What is sent without a model">{instead.text}</Scrolled>
      </details>
    </>
  );
}

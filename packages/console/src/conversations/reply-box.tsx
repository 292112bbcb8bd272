/** Answering from here: through the same gates and the same ledger as every e-mail; it leaves after ten seconds, and can be taken back until then. */
import { useId, useRef, useState } from "react";
import { post } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import type { ConversationStory } from "../api/types.ts";
import { useAct } from "../parts/act.ts";
import { Button } from "../parts/basics.tsx";
import { now } from "../parts/clock.ts";
import { NotTheirs } from "../parts/not-theirs.tsx";
import { say } from "../parts/toasts.tsx";

const UNDO_MS = 10_000;
const TOPICS = ["inbox", "contact", "tasks", "task", "emails", "overview"] as const;

export function ReplyBox({
  conversation,
  task,
}: {
  readonly conversation: ConversationStory;
  readonly task?: number | undefined;
}) {
  const { contact, mayAnswer, whyNot, messages } = conversation;
  const id = useId();
  const [text, setText] = useState("");
  const { run, isBusy } = useAct();
  const may = useMay();
  // One e-mail, one key: sent twice by a nervous click or a lost answer, it leaves once.
  const key = useRef(crypto.randomUUID());
  const answers = messages.findLast((message) => message.direction === "in")?.reply;
  if (!may("replyToContact")) return <NotTheirs what="Answering" />;
  if (!mayAnswer) return <p className="next-step">An e-mail to them would not leave: {whyNot}.</p>;

  const takeBack = (sending: number, written: string) =>
    void run(
      () => post("/api/tasks/{id}/cancel", { path: { id: sending }, body: { reason: "taken back by who wrote it" } }),
      { said: "Taken back: it was not sent.", topics: TOPICS },
    ).then((isDone) => isDone && setText(written));
  const send = () =>
    void run(
      async () => {
        const sent = await post("/api/contacts/{contact}/reply", {
          path: { contact },
          body: {
            text: text.trim(),
            key: key.current,
            sendAtMs: Math.round(now() + UNDO_MS),
            ...(answers === undefined ? {} : { answers }),
            ...(task === undefined ? {} : { task }),
          },
        });
        key.current = crypto.randomUUID();
        setText("");
        say("Your answer leaves in ten seconds.", () => takeBack(sent.task, text), UNDO_MS - 1_000);
      },
      { topics: TOPICS },
    );

  return (
    <form
      className="note reply"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "") send();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
        if (event.key === "Escape") (event.target as HTMLElement).blur();
      }}
    >
      <label htmlFor={id}>{answers === undefined ? "Write to them" : "Your answer"}</label>
      <textarea
        id={id}
        rows={4}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="Plain text; nothing is quoted, and no foot is added."
      />
      <div className="acts">
        <Button type="submit" look="main" shortcut="Ctrl ⏎" disabled={isBusy || text.trim() === ""}>
          {task === undefined ? "Send" : "Send, and the task is done"}
        </Button>
      </div>
    </form>
  );
}

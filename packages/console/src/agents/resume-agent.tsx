/** Lets a stopped agent work again. */
import { post } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { useAct } from "../parts/act.ts";
import { Button } from "../parts/basics.tsx";
import { capital, humanly } from "../words/names.ts";

export function ResumeAgent({ agent }: { readonly agent: string }) {
  const { run, isBusy } = useAct();
  const may = useMay();
  const name = humanly(agent);
  if (!may("resumeAgent")) return null;
  return (
    <Button
      aria-label={`Resume ${name}`}
      disabled={isBusy}
      onClick={() =>
        void run(() => post("/api/agents/{agent}/resume", { path: { agent } }), {
          said: `${capital(name)} works again.`,
          topics: ["agents", "health"],
        })
      }
    >
      Resume
    </Button>
  );
}

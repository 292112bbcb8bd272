/** The drawer: what one thing is and why it is there, over the screen it was opened from. The address says what is open. */
import { Dialog } from "@base-ui/react/dialog";
import { useRef } from "react";
import { ApiError } from "../api/client.ts";
import { useAddress } from "../parts/address.tsx";
import { Trouble } from "../parts/states.tsx";
import { InboundStory } from "./inbound-story.tsx";
import { Sheet } from "./sheet.tsx";
import { WhyStory } from "./why-story.tsx";

const WHY_KINDS = ["event", "task", "email", "alert"] as const;

export function Drawer() {
  const [{ open = "" }, change] = useAddress();
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && change({ open: undefined })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop light" />
        <Dialog.Popup className="drawer" ref={popup} initialFocus={popup} tabIndex={-1}>
          <Opened key={open} open={open} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Opened({ open }: { readonly open: string }) {
  const [kind = "", id = ""] = open.split(/:(.*)/s);
  const number = Number(id);
  if (kind === "inbound" && Number.isInteger(number)) return <InboundStory id={number} />;
  const known = WHY_KINDS.find((one) => one === kind);
  if (known !== undefined && Number.isInteger(number)) return <WhyStory kind={known} id={number} />;
  const error = new ApiError({
    status: 404,
    saw: `There is nothing called “${open}”.`,
    next: "close this and choose something on the screen.",
  });
  return (
    <Sheet title="Not found">
      <Trouble error={error} />
    </Sheet>
  );
}

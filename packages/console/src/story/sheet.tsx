/** What a story stands in: its title, the way out, its parts. Inside the drawer only. */
import { Dialog } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { IconButton } from "../parts/basics.tsx";

export function Sheet({
  title,
  above,
  children,
}: {
  readonly title: ReactNode;
  readonly above?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <>
      <header className="drawer-head">
        <div>
          {above !== undefined && <p className="above">{above}</p>}
          <Dialog.Title>{title}</Dialog.Title>
        </div>
        <Dialog.Close render={<IconButton icon="close" label="Close" />} />
      </header>
      <div className="drawer-body">{children}</div>
    </>
  );
}

/** The navigation on a phone: all screens, in a sheet. Its code comes when it is first opened. */
import { Dialog } from "@base-ui/react/dialog";
import { IconButton } from "../parts/basics.tsx";
import { Brand, Groups } from "./nav-links.tsx";

export function NavSheet({ isOpen, onMenu }: { readonly isOpen: boolean; readonly onMenu: (open: boolean) => void }) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onMenu}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="nav-sheet">
          <div className="nav-sheet-head">
            <Dialog.Title className="hidden">Screens</Dialog.Title>
            <Brand />
            <Dialog.Close render={<IconButton icon="close" label="Close" />} />
          </div>
          <nav aria-label="All screens">
            <Groups onGone={() => onMenu(false)} />
          </nav>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

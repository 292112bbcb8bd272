/** Doing something: one request, a word when it is done, and what to do next when it is not. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Topic } from "../api/freshness.ts";
import { refresh } from "../api/refresh.ts";
import { say, sayTrouble } from "./toasts.tsx";

export interface Act {
  /** @returns whether it was done. */
  readonly run: (
    what: () => Promise<unknown>,
    done: { readonly said?: string; readonly undo?: () => void; readonly topics: readonly Topic[] },
  ) => Promise<boolean>;
  readonly isBusy: boolean;
}

export function useAct(): Act {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const run = useCallback<Act["run"]>(
    async (what, { said, undo, topics }) => {
      setBusy(true);
      try {
        await what();
        if (said !== undefined) say(said, undo);
        return true;
      } catch (error) {
        sayTrouble(error);
        return false;
      } finally {
        setBusy(false);
        // The event comes by the live line as well; who has lost it sees what they did all the same.
        void refresh(client, new Set(topics));
      }
    },
    [client],
  );
  return { run, isBusy };
}

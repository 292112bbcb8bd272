/** Says that what is shown may be old, and as of when; or that the session has ended, and how to go on without losing what is typed. */
import { useQuery } from "@tanstack/react-query";
import { ApiError } from "../api/client.ts";
import { useLive } from "../api/live.tsx";
import { overviewQuery } from "../api/queries.ts";
import { clockWords } from "../words/time.ts";

export function StaleBanner() {
  const { state, freshAt } = useLive();
  const { error } = useQuery(overviewQuery);
  const isSignedOut = error instanceof ApiError && error.status === 401;
  return (
    <div role="status">
      {isSignedOut ? (
        <p className="banner">
          <strong>You are signed out.</strong> Open a sign-in link in another tab (<code>millrace sign-in</code> prints
          one): this page then goes on by itself, and what you typed is kept.
        </p>
      ) : (
        state === "lost" && (
          <p className="banner">
            <strong>Live updates are lost.</strong> This is how things were at {clockWords(freshAt)}. Trying again…
          </p>
        )
      )}
    </div>
  );
}

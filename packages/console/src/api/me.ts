/** Who is signed in, and what they may do: what is not theirs is not offered, and the engine would refuse it. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { get } from "./client.ts";
import { overviewQuery } from "./queries.ts";
import type { operations } from "./schema.ts";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => get("/api/me", { signal }),
  staleTime: 5 * 60_000,
});

export function useMe(): string {
  return useQuery(overviewQuery).data?.person ?? "";
}

/** @returns whether an operation may be asked. */
export function useMay(): (operation: keyof operations) => boolean {
  const { data } = useQuery(meQuery);
  return (operation) => data?.may.includes(operation) ?? false;
}

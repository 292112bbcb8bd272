/** Why a workflow did not do something, in sentences. The engine joins its reasons by "; " and writes "branch: not condition". */

/** @example reasonsOf("had opted out: not had opted out before") // ["not “had opted out”, because this is not so: had opted out before"] */
export function reasonsOf(because: string | null | undefined): readonly string[] {
  if (because === null || because === undefined || because === "") return [];
  // Only before a name and a colon: a condition's own words may hold a semicolon.
  return because.split(/; (?=[a-z0-9 _-]{2,60}: )/i).map((reason) => {
    const [, branch, condition] = /^([^:]{1,80}): not (.+)$/s.exec(reason) ?? [];
    if (branch !== undefined) return `not “${branch}”, because this is not so: ${condition}`;
    const [, asked] = /^no branch holds \((.+)\)$/s.exec(reason) ?? [];
    return asked === undefined ? reason : `no branch, because none of these is so: ${asked}`;
  });
}

/** "form lead / hot" as it is; the branch for what no other one takes, in words. */
export function branchOf(branch: string): string {
  return branch.replace(/(^|\/ )otherwise$/, "$1otherwise (what no other branch takes)");
}

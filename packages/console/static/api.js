/** The one way to the engine. Errors come as the problem it answered with: what was seen, and what to do next. */

export class ApiError extends Error {
  constructor(problem) {
    super(problem.saw);
    this.status = problem.status;
    this.next = problem.next;
  }
}

const PATIENCE_MS = 15_000;

/** @param patienceMs how long an answer may take. */
export async function get(path, patienceMs = PATIENCE_MS) {
  return read(await reach(path, { headers: { accept: "application/json" } }, patienceMs));
}

export async function post(path, body = {}, patienceMs = PATIENCE_MS) {
  const headers = { "content-type": "application/json" };
  return read(await reach(path, { method: "POST", headers, body: JSON.stringify(body) }, patienceMs));
}

async function reach(path, options, patienceMs) {
  try {
    return await fetch(path, { ...options, signal: AbortSignal.timeout(patienceMs) });
  } catch {
    throw new ApiError({ status: 0, saw: "The engine cannot be reached.", next: "see whether it runs: npm start." });
  }
}

async function read(response) {
  const body = await response.json().catch(() => undefined);
  if (response.ok) return body;
  throw new ApiError(
    body ?? { status: response.status, saw: `The engine answered ${response.status}.`, next: "try it again." },
  );
}

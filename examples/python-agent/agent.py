#!/usr/bin/env python3
"""An agent of Millrace in Python, with nothing but the standard library.

It does tasks of the kind `look_up_company`: asks a directory of companies for the domain of a lead's e-mail address.

    millrace keys create directory --scopes work --kinds look_up_company
    MILLRACE_URL=http://127.0.0.1:4300 MILLRACE_KEY=mr_... DIRECTORY_URL=http://127.0.0.1:8000/companies python3 agent.py

The pattern is the same for every agent: claim, renew while at work, finish. The engine keeps the promises: a task is
with one worker at a time, an agent that dies loses it when its lease ends, and what comes too late changes nothing.
"""

import json
import os
import platform
import signal
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

URL = os.environ.get("MILLRACE_URL", "http://127.0.0.1:4300").rstrip("/")
KEY = os.environ.get("MILLRACE_KEY", "")
DIRECTORY = os.environ.get("DIRECTORY_URL", "")
LEASE_MS = 30_000
WAIT_MS = 20_000
LONGEST_ANSWER = 1_000_000

stopping = threading.Event()


def ask(path, body):
    """Posts JSON to the engine. Raises SystemExit with the engine's own words when it refuses the request."""
    request = urllib.request.Request(
        URL + path,
        data=json.dumps(body).encode(),
        headers={"authorization": f"Bearer {KEY}", "content-type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=WAIT_MS / 1000 + 30) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        problem = json.load(error)
        if error.code >= 500:
            raise ConnectionError(problem["saw"]) from error
        raise SystemExit(f"{problem['code']}: {problem['saw']} Next: {problem['next']}") from error


class Lease(threading.Thread):
    """Renews the lease of a task until the work on it ends. `lost` is set when another worker has it."""

    def __init__(self, task):
        super().__init__(daemon=True)
        self.task = {"id": task["id"], "fence": task["fence"]}
        self.done = threading.Event()
        self.lost = threading.Event()

    def run(self):
        # Three beats to a lease: one may be missed.
        while not self.done.wait(LEASE_MS / 3000):
            try:
                answer = ask("/api/work/renew", {"tasks": [self.task], "leaseMs": LEASE_MS})
            except OSError:
                continue
            if self.task["id"] in answer["lost"]:
                self.lost.set()
                return

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.done.set()


def work(task, tools):
    """Does one task. Returns its outcome; calls of tools are added to `tools`."""
    domain = task["payload"]["email"].rpartition("@")[2]
    call = {"tool": "company_directory"}
    tools.append(call)
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(f"{DIRECTORY}?{urllib.parse.urlencode({'domain': domain})}", timeout=20) as response:
            found = json.loads(response.read(LONGEST_ANSWER))
    except (OSError, ValueError) as error:
        call["error"] = (str(error) or type(error).__name__)[:2000]
        # An attempt is used up; the engine tries it again later, as often as the kind says.
        return {"outcome": "failed", "error": f"the directory did not answer: {call['error']}"[:2000]}
    finally:
        call["ms"] = round((time.monotonic() - begun) * 1000)
    industry = found.get("industry") if isinstance(found, dict) else None
    if not isinstance(industry, str):
        return {"outcome": "completed", "result": {"found": False}}
    changes = {"industry": {"from": None, "to": industry[:200]}}
    return {
        "outcome": "completed",
        "result": {"found": True, "industry": industry[:200]},
        # A fact about the task's contact; the kind declares it under `emits`.
        "events": [{"type": "contact_updated", "data": {"changes": changes}}],
    }


def do(task):
    tools = []
    with Lease(task) as lease:
        outcome = work(task, tools)
    if lease.lost.is_set():
        print(f"task {task['id']}: another worker has it", flush=True)
        return
    result = {key: task[key] for key in ("id", "fence", "attempt")}
    answer = ask("/api/work/finish", {"results": [{**result, "outcome": outcome, "tools": tools}]})
    print(f"task {task['id']}: {outcome['outcome']}, {answer['results'][0]['state']}", flush=True)


def main():
    if not KEY or not DIRECTORY:
        raise SystemExit("MILLRACE_KEY or DIRECTORY_URL is missing. Next: see the top of this file.")
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    worker = f"{platform.node()}:{os.getpid()}"
    print(f"working as {worker}", flush=True)
    while not stopping.is_set():
        try:
            asked = {"kinds": ["look_up_company"], "worker": worker, "waitMs": WAIT_MS, "leaseMs": LEASE_MS}
            answer = ask("/api/work/claim", asked)
            for task in answer["tasks"]:
                do(task)
            if answer["isStopped"]:
                stopping.wait(5)
        except OSError as error:
            # The engine is being restarted: nothing is lost, the task is still this worker's or will be given again.
            print(f"the engine does not answer: {error}", file=sys.stderr, flush=True)
            stopping.wait(2)


if __name__ == "__main__":
    main()

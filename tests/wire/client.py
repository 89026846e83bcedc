#!/usr/bin/python3
"""Joins a room, proposes a change, and prints how fast every layer of its run learns, as the room is shown it.

Usage: client.py URL CODE NAME CHANGE, where CHANGE is JSON, such as '{"hidden": [30, 30, 30]}'.
Written from shared/protocol/README.md alone; needs python3-socketio and python3-websocket.
"""
import json
import queue
import sys

import socketio

url, code, name, change = sys.argv[1:]
# Handlers run in threads of their own, in whatever order; one thread does everything, in the order of the log.
inbox = queue.Queue()
connection = socketio.Client(reconnection_delay=0.2, reconnection_delay_max=1)
for kind in ("welcome", "event", "tick", "ended", "connect_error"):
    connection.on(kind, lambda said=None, kind=kind: inbox.put((kind, said)))
log, seq, token, proposal, runs, early, printed = None, 0, None, None, {}, {}, {}

def call(kind, data):
    """Asks until there is an answer: one that was on its way when the line broke is lost."""
    while True:
        try:
            return connection.call(kind, data, timeout=5)
        except socketio.exceptions.SocketIOError:
            connection.sleep(0.2)

def take(events):
    """Folds what is next, however it came; returns whether something before the rest is missing."""
    global seq
    early.update((event["seq"], event) for event in events)
    for number in sorted(early):
        if number <= seq + 1:
            event = early.pop(number)
            kind, data = event["type"] if number == seq + 1 else None, event["data"]
            # Of all facts, this client keeps the runs and how they ended.
            if kind == "run-started":
                runs[data["run"]] = {**data, "status": {"kind": "live"}}
            elif kind == "run-ended":
                runs[data["run"]]["status"] = data["end"]
            seq = max(seq, number)
    return bool(early)

def welcome(said):
    """Takes a whole state, or the events since the last one known."""
    global log, seq, token
    if "state" in said:
        seq = said["seq"]
        runs.update(said["state"]["runs"])
    log, token = said["log"], said["you"]["token"]
    take(said.get("events", []))

def auth():
    """Who comes: somebody new under a name, later whoever has the token, with what is known already."""
    known = {"name": name} if token is None else {"token": token, "log": log, "seq": seq}
    return {"protocol": 1, "code": code, **known}
connection.connect(url, auth=auth, transports=["websocket"], wait=False)
while True:
    kind, said = inbox.get(timeout=60)
    if kind == "connect_error" and isinstance(said, dict):
        sys.exit(f"refused: {said['data']['code']}, {said['data']['message']}")
    if kind == "welcome":
        welcome(said)
        # Under the same id it happens once, however often it is sent.
        asked = {"id": "first", "type": "propose", "data": {"change": json.loads(change)}}
        proposal = proposal or call("command", asked)["result"]["proposal"]
    elif kind == "event" and take([said]):
        welcome(call("resume", {"log": log, "seq": seq}))
    for run in said["runs"] if kind == "tick" else []:
        for step, cost, _, _, speeds in run["points"]:
            if step > printed.get(run["run"], -1) and run["run"] in runs:
                printed[run["run"]] = step
                print(runs[run["run"]]["label"], "step", step, "cost", cost, "speeds", *speeds, flush=True)
    # Done, once the last step of the run that came of the proposal has been shown.
    mine = [id for id, run in runs.items() if run["proposal"] == proposal]
    if kind == "ended" or any(printed.get(id, -1) == runs[id]["status"].get("step") for id in mine):
        break
connection.disconnect()

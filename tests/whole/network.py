#!/usr/bin/env python3
"""simulate NET.inp as its users meet it: tables, result file, JSON, exit statuses, nothing left of a run that fails.

usage: network.py PARKWATER
"""
import csv, json, os, signal, subprocess, sys, tempfile, time

PARKWATER = os.path.abspath(sys.argv[1])
failures = []

# A harbour quarter: a works on a hill with a pump and a tank, two blocks of consumers, leaks, chlorine.
NETWORK = """[TITLE]
Harbour quarter, invented
[JUNCTIONS]
works 12 0
hill 30 2 day
quay 3 8 day
docks 2 5 day
[RESERVOIRS]
river 10
[TANKS]
tower 48 2.5 0.5 4 12 0
[PIPES]
main works hill 900 250 110 0 Open
down hill quay 700 200 105 0 Open
ring hill docks 800 150 105 0 Open
link quay docks 400 150 100 0 Open
rise hill tower 60 250 120 0 Open
[PUMPS]
lift river works HEAD curve
[CURVES]
curve 25 45
[PATTERNS]
day 0.5 0.4 0.6 1.2 1.5 1.3 1.2 1.1 1.3 1.6 1.2 0.7
price 0.3 0.3 0.3 0.8 1.1 1.1 0.8 0.8 1.1 1.1 0.8 0.3
[CONTROLS]
LINK lift CLOSED IF NODE tower ABOVE 3.8
LINK lift OPEN IF NODE tower BELOW 1.2
[ENERGY]
GLOBAL EFFICIENCY 72
GLOBAL PRICE 1
GLOBAL PATTERN price
[QUALITY]
river 0.6
[REACTIONS]
GLOBAL BULK -0.4
[OPTIONS]
UNITS LPS
QUALITY CHLORINE mg/L
UNBALANCED STOP
[TIMES]
DURATION 48
PATTERN TIMESTEP 2:00
REPORT TIMESTEP 1:00
[END]
"""


def run(*words):
    environment = {**os.environ, "LANG": "C"}
    environment.pop("LC_ALL", None)
    environment.pop("LC_MESSAGES", None)
    return subprocess.run([PARKWATER, "simulate", *words], capture_output=True, text=True, env=environment)


def claim(what, true):
    print(("ok   " if true else "FAIL ") + what)
    if not true:
        failures.append(what)


def table(folder, name):
    with open(os.path.join(folder, name), newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def tables(folder, path):
    out = os.path.join(folder, "tables")
    done = run(path, "--tables", out)
    claim("tables: exit 0", done.returncode == 0)
    nodes, links = table(out, "nodes.csv"), table(out, "links.csv")
    claim("six nodes and six links an hour, 49 of them", len(nodes) == 49 * 6 and len(links) == 49 * 6)
    claim("a column for chlorine", "CHLORINE_kg_per_m3" in nodes[0])
    # continuity at every junction and hour, from the tables alone
    ends = {"main": ("works", "hill"), "down": ("hill", "quay"), "ring": ("hill", "docks"), "link": ("quay", "docks"),
            "rise": ("hill", "tower"), "lift": ("river", "works")}
    left = {}
    for row in nodes:
        left[row["time_s"], row["node"]] = -float(row["delivered_m3_per_s"])
    for row in links:
        a, b = ends[row["link"]]
        left[row["time_s"], a] -= float(row["flow_m3_per_s"])
        left[row["time_s"], b] += float(row["flow_m3_per_s"])
    claim("what enters a node leaves it", max(map(abs, left.values())) < 1e-8)
    # the tank between rows moves by its inflow, in steps of an hour unless a control acts between
    events = table(out, "events.csv")
    claim("the pump is switched by its controls", {e["by"] for e in events if e["id"] == "lift"} == {"control 1", "control 2"})
    balance = {r["item"]: float(r["volume_m3"]) for r in table(out, "balance.csv")}
    claim("water closes", abs(balance["residual"]) < 1e-9 * balance["delivered"])
    # by hand: 15 L/s x the mean of the pattern, 12.6/12, x 48 h
    claim("delivered by hand", abs(balance["delivered"] / (0.015 * 12.6 / 12 * 172800) - 1) < 1e-5)
    energy = table(out, "energy.csv")[0]
    claim("the pump's kWh a m3 by its lift", 0.1 < float(energy["kWh_per_m3"]) < 0.25)
    mass = {r["item"]: float(r["amount"]) for r in table(out, "mass.csv")}
    claim("chlorine closes and decays", mass["closure"] < 1e-9 and mass["reacted_in_pipes"] > 0 and mass["reacted_in_tanks"] > 0)
    again = os.path.join(folder, "again")
    run(path, "--tables", again)
    same = all(open(os.path.join(out, f), "rb").read() == open(os.path.join(again, f), "rb").read() for f in os.listdir(out))
    claim("the same bytes twice", same and not [f for f in os.listdir(out) if f.endswith(".tmp")])
    return {(r["time_s"], r["tank"]): float(r["level_m"]) for r in table(out, "tanks.csv")}


def adaptive(folder, path, levels):
    out = os.path.join(folder, "adaptive")
    claim("adaptive: exit 0", run(path, "--stepping", "adaptive", "--tables", out).returncode == 0)
    theirs = {(r["time_s"], r["tank"]): float(r["level_m"]) for r in table(out, "tanks.csv")}
    claim("the same hours", theirs.keys() == levels.keys())
    claim("two steppings, one tank", max(abs(theirs[k] - levels[k]) for k in levels if float(k[0]) <= 14400) < 0.2)
    balance = {r["item"]: float(r["volume_m3"]) for r in table(out, "balance.csv")}
    claim("adaptive closes, and rounds nothing", abs(balance["residual"]) < 1e-9 * balance["delivered"] and abs(balance["rounded"]) < 1e-6)


def result_file(folder, path):
    out = os.path.join(folder, "run.h5")
    done = run(path, "-o", out, "--json")
    answer = json.loads(done.stdout)
    claim("JSON alone on standard output, done", done.returncode == 0 and answer["status"] == "done" and answer["solves"] > 49)
    claim("its closures", answer["closure"]["water"] < 1e-9 and answer["closure"]["quality"] < 1e-9)
    try:
        import xarray
    except ImportError:
        print("skipped: no xarray to open the result file")
        return
    d = xarray.open_dataset(out)
    claim("xarray: dimensions", dict(d.sizes) == {"time": 49, "node": 6, "link": 6, "tank": 1, "pump": 1})
    claim("xarray: labels and units", d["level"].sel(tank="tower").attrs["units"] == "m" and d["head"].dims == ("time", "node"))
    claim("xarray: the reservoir's head", abs(float(d["head"].sel(node="river")[0]) - 10) < 1e-9)
    claim("xarray: pressure is head above the ground, as in the tables",
          max(abs(float(d["pressure"].sel(node=r["node"], time=float(r["time_s"]))) - float(r["pressure_m"])) for r in table(os.path.join(folder, "again"), "nodes.csv")) < 1e-6)
    claim("xarray: events", "kind" in xarray.open_dataset(out, group="events"))


# A pipe from a river to a field: no pump, no tank.
BARE = """[JUNCTIONS]
field 5 1
[RESERVOIRS]
river 10
[PIPES]
ditch river field 100 200 110
[OPTIONS]
UNITS LPS
[TIMES]
DURATION 3
"""


def a_bare_network(folder):
    path, out = os.path.join(folder, "bare.inp"), os.path.join(folder, "bare.h5")
    open(path, "w").write(BARE)
    claim("a network without pumps and tanks has a result file", run(path, "-o", out).returncode == 0 and os.path.getsize(out) > 0)


def failures_leave_nothing(folder, path):
    out = os.path.join(folder, "never", "tables")
    hard = os.path.join(folder, "hard.inp")
    open(hard, "w").write(NETWORK.replace("UNBALANCED STOP", "UNBALANCED STOP\nHEADERROR 1e-30"))
    done = run(hard, "--tables", out, "-o", out + ".h5")
    claim("no balance is exit 2 and says where and when", done.returncode == 2 and "0:00:00" in done.stderr and "link" in done.stderr)
    claim("nothing is left, not even the folders made for it", not os.path.exists(out + ".h5") and not os.path.exists(os.path.join(folder, "never")))
    done = run(path, "--tables", out, "-o", os.path.join(folder, "no", "such", "run.h5"))
    claim("a result file without a folder is exit 4, and no tables stand", done.returncode == 4 and not os.path.exists(os.path.join(folder, "never")))
    open(hard, "w").write(NETWORK.replace("UNBALANCED STOP", "UNBALANCED CONTINUE 5\nHEADERROR 1e-30"))
    done = run(hard, "--tables", out)
    claim("CONTINUE goes on, with a finding", done.returncode == 0 and "W0708" in done.stderr)
    claim("a wrong stepping is exit 1", run(path, "--stepping", "euler", "--json").returncode == 1)
    claim("neither -o nor --tables nor --json is exit 1", run(path).returncode == 1)
    claim("no such network is exit 4", run(os.path.join(folder, "none.inp"), "--json").returncode == 4)
    claim("a folder that cannot be is exit 4", run(path, "--tables", "/dev/null/x").returncode == 4)
    bad = os.path.join(folder, "bad.inp")
    open(bad, "w").write(NETWORK.replace("main works hill 900", "main works nowhere 900"))
    done = run(bad, "--tables", os.path.join(folder, "bad"))
    claim("a mistake in the file is exit 1 with its line", done.returncode == 1 and "bad.inp:" in done.stderr)
    claim("and nothing is written", not os.path.exists(os.path.join(folder, "bad")))


def an_interrupt_leaves_nothing(folder):
    path, out = os.path.join(folder, "long.inp"), os.path.join(folder, "long")
    open(path, "w").write(NETWORK.replace("DURATION 48", "DURATION 1000000"))
    for stepping in ("epanet", "adaptive"):
        march = subprocess.Popen([PARKWATER, "simulate", path, "--tables", out, "--stepping", stepping], stderr=subprocess.DEVNULL)
        while march.poll() is None and not os.path.exists(os.path.join(out, "mass.csv.tmp")):
            time.sleep(0.01)
        march.send_signal(signal.SIGINT)
        claim(f"an interrupt is exit 130 and leaves nothing, {stepping}", march.wait(60) == 130 and not os.path.exists(out))


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "harbour.inp")
    open(path, "w").write(NETWORK)
    levels = tables(folder, path)
    adaptive(folder, path, levels)
    result_file(folder, path)
    a_bare_network(folder)
    failures_leave_nothing(folder, path)
    an_interrupt_leaves_nothing(folder)
print(f"{len(failures)} failed" if failures else "all right")
sys.exit(1 if failures else 0)

#!/usr/bin/env python3
"""A park whose treatments have states: planned and simulated; and one whose filter cannot go on.

usage: dynamics.py PARKWATER
"""
import csv, json, os, subprocess, sys, tempfile

try:
    import h5py
except ImportError:  # the interpreter that has it may be the system's; without it hours are not looked at
    if os.path.exists("/usr/bin/python3") and os.path.realpath(sys.executable) != os.path.realpath("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    h5py = None

PARKWATER = os.path.abspath(sys.argv[1])
failures = []

# Activated sludge, then ultrafiltration whose product is reused and whose wash water goes back to the plant.
PARK = """parkwater: 1
data: illustrative
period: {start: 2025-01-01, end: 2025-01-05}
seasons: months
constituents: [TDS, COD, NH3-N, SS]
sources:
  river: {kind: surface, capacity: 500 m3/h, price: 2 CNY/m3, quality: {TDS: 200 mg/L, COD: 10 mg/L, NH3-N: 0.3 mg/L, SS: 15 mg/L}}
patterns: {shifts: {every: 8h, factors: [0.6, 1.4, 1]}}
users:
  shop: {kind: process, demand: {base: 120 m3/h, pattern: shifts}, loss: {evaporation: 5 %}, adds: {COD: 60 kg/h, NH3-N: 3 kg/h, SS: 20 kg/h}}
treatments:
  wwtp: {technology: AO, capacity: 260 m3/h, existing: true, role: waste, states: asm1, sludge: {age: 12 d, temperature: 20 °C, inert: 8 %}}
  uf: {technology: UF, capacity: 240 m3/h, existing: true, role: waste, states: filter, filter: {run: 3 h, wash_time: 5 min}}
sinks: {out: {kind: outfall, limits: {COD: 80 mg/L}}}
connections: {existing: [[river, shop], [shop, wwtp], [wwtp, uf], [uf, out], [uf.backwash, wwtp], [uf, shop], [wwtp, out]]}
"""

# A filter whose runs are shorter than any clock, from the second day on, when water comes.
ENDLESS = """parkwater: 1
period: {start: 2025-01-01, end: 2025-01-04}
seasons: months
constituents: [TDS, SS]
sources: {river: {kind: surface, capacity: 500 m3/h, price: 2 CNY/m3, quality: {TDS: 200 mg/L, SS: 10 mg/L}}}
patterns: {late: {every: 12h, factors: [0, 0, 1, 1.4, 0.2, 1]}}
users: {shop: {kind: process, demand: {base: 100 m3/h, pattern: late}}}
treatments: {bed: {technology: MMF, capacity: 200 m3/h, existing: true, role: supply, states: filter, filter: {run: 1 s, wash_time: 0.4 s, return_time: 0 s}}}
sinks: {out: {kind: outfall}}
connections: {existing: [[river, bed], [bed, shop], [bed.backwash, out], [shop, out]]}
"""


# Works that stand still from the third to the fourth of January, and an autoclave that takes and gives 90 m3 within one hour of each eight.
SHIFTS = """parkwater: 1
period: {start: 2025-01-01, end: 2025-01-08}
constituents: [TDS, COD]
sources: {river: {kind: surface, capacity: 500 m3/h, price: 2 CNY/m3, quality: {TDS: 200 mg/L, COD: 10 mg/L}}}
patterns: {charge: {every: 1h, factors: [0, 0, 3, 0, 0, 0, 0, 0]}}
calendars: {holiday: {closed: [2025-01-03..2025-01-04]}}
users:
  works: {kind: process, demand: 100 m3/h, calendar: holiday, loss: {evaporation: 10 %}, adds: {COD: 12 kg/h}}
  autoclave: {kind: process, demand: {base: 30 m3/h, pattern: charge}, adds: {COD: 6 kg/h}}
sinks: {out: {kind: outfall}}
connections: {existing: [[river, works], [river, autoclave], [works, out], [autoclave, out]]}
"""


def claim(what, holds):
    print(("ok     " if holds else "FAILED ") + what, flush=True)
    if not holds:
        failures.append(what)


def run(*words):
    return subprocess.run([PARKWATER, *words], capture_output=True, text=True, env={**os.environ, "LANG": "C"}, timeout=300)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def parks_with_states_are_planned_and_simulated(folder):
    park = os.path.join(folder, "park.yaml")
    open(park, "w").write(PARK)
    done = run("run", park, "-o", os.path.join(folder, "out"), "--json", "--no-worth")
    claim("planned, simulated and agreed: %s" % done.stderr[-200:], done.returncode == 0)
    answer = json.loads(done.stdout or "{}")
    closure = answer.get("closure", {})
    claim("both balances close", closure != {} and all(v is None or v <= 1e-9 for v in closure.values() if not isinstance(v, (dict, str))))
    outside = json.dumps(answer.get("outside_proof", ""))
    claim("what the proof does not know is told", "wwtp: its law frozen" in outside and "filter" in outside)
    h5 = read(os.path.join(folder, "out", "run.h5"))
    for name in (b"wwtp.mlss", b"wwtp.oxygen", b"uf.loss", b"uf.tank", b"backwash"):
        claim("run.h5 has " + name.decode(), name in h5)
    claim("nothing incomplete is left", not os.path.exists(os.path.join(folder, "out", "run.h5.incomplete")))


def what_failed_leaves_its_rows_marked(folder):
    park, h5 = os.path.join(folder, "endless.yaml"), os.path.join(folder, "a.h5")
    open(park, "w").write(ENDLESS)
    done = run("simulate", park, "-o", h5)
    claim("a numerical failure", done.returncode == 2)
    claim("unit and time are told: %s" % done.stderr.strip(), "bed" in done.stderr and "2025-01-02T00:00" in done.stderr)
    said = run("simulate", park, "-o", h5, "--lang", "zh").stderr
    claim("in Chinese, too: %s" % said.strip(), "bed 在 2025-01-02T00:00" in said and "无休止地切换；此前的模拟结果保存在 " in said and "without" not in said and "stands in" not in said)
    claim("no result", not os.path.exists(h5))
    left = read(h5 + ".incomplete") if os.path.exists(h5 + ".incomplete") else b""
    claim("the rows before it, with the reason in them", b"incomplete" in left and b"bed switches" in left and b"bed.loss" in left)
    done = run("run", park, "-o", os.path.join(folder, "b"))
    claim("the main job, too", done.returncode == 2 and os.listdir(os.path.join(folder, "b")) == ["run.h5.incomplete"])
    open(park, "w").write(ENDLESS.replace("run: 1 s, wash_time: 0.4 s", "run: 6 h, wash_time: 10 min"))
    done = run("simulate", park, "-o", h5)
    claim("a whole run takes its place", done.returncode == 0 and os.path.exists(h5) and not os.path.exists(h5 + ".incomplete"))


def what_cannot_be_is_refused(folder):
    park = os.path.join(folder, "bad.yaml")
    open(park, "w").write(PARK.replace("constituents: [TDS, COD, NH3-N, SS]", "constituents: [TDS, COD, SS]").replace(", NH3-N: 0.3 mg/L", "").replace(", NH3-N: 3 kg/h", "").replace("run: 3 h", "run: 1 min"))
    done = run("check", park)
    claim("both mistakes at once: %s" % done.stderr[-300:], done.returncode == 1 and "NH3-N" in done.stderr and "runs must be longer" in done.stderr)
    train = PARK.replace("technology: UF", "train: [UF]").replace("[uf.backwash, wwtp]", "[uf.reject, wwtp]")
    open(park, "w").write(train.replace("states: filter, filter: {run: 3 h, wash_time: 5 min}", "stages: {UF: {states: filter, filter: {run: 1 min, wash_time: 5 min}}}"))
    done = run("check", park)
    claim("mistakes of a stage, too", done.returncode == 1 and "runs must be longer" in done.stderr)


def shifts_and_charges_come_and_go(folder):
    """Days of rest and water by charges: every cubic metre by hand."""
    park = os.path.join(folder, "park.yaml")
    open(park, "w").write(SHIFTS)
    h5, tables = os.path.join(folder, "run.h5"), os.path.join(folder, "tables")
    done = run("simulate", park, "-o", h5, "--tables", tables, "-q")
    claim("days of rest are simulated: %s" % done.stderr[-200:], done.returncode == 0)
    with open(os.path.join(tables, "season_balance.csv"), encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    daily = {(row["unit"], row["what"]): float(row["mean of the season (m3/d)"]) for row in rows if row["account"] == "simulated"}
    # five days of work: 5 x 24 x 100 m3; 21 charges of 90 m3; a tenth of the works' water evaporates
    claim("taken: five days of seven, and 21 charges", abs(7 * daily["river", "surface"] - (12000 + 1890)) < 0.1)
    claim("evaporated: a tenth of the works' water", abs(7 * daily["works", "evaporation"] - 1200) < 0.1)
    if h5py is None:
        return
    with h5py.File(h5) as file:
        column = [name.decode() for name in file["series/column"][()]]
        value = file["series/value"][()]
    works, autoclave = (3600 * value[:, column.index("river>" + unit + ".flow")] for unit in ("works", "autoclave"))
    claim("nothing flows on days of rest, all on the others", all(abs(flow - (0 if 48 <= hour < 96 else 100)) < 0.02 for hour, flow in enumerate(works)))
    claim("charges come in the third hour of each eight", all(abs(flow - (90 if hour % 8 == 2 else 0)) < 0.02 for hour, flow in enumerate(autoclave)))


def stages_of_trains_have_states(folder):
    park, h5 = os.path.join(folder, "train.yaml"), os.path.join(folder, "train.h5")
    train = PARK.replace("technology: UF", "train: [BAF, UF]").replace("[uf.backwash, wwtp]", "[uf.reject, wwtp]")
    open(park, "w").write(train.replace("states: filter, filter: {run: 3 h, wash_time: 5 min}", "stages: {BAF: {states: film_filter}, UF: {states: filter}}"))
    done = run("simulate", park, "-o", h5)
    claim("a train of states is marched: %s" % done.stderr[-200:], done.returncode == 0)
    held = read(h5) if os.path.exists(h5) else b""
    for name in (b"uf.BAF.thickness", b"uf.BAF.loss", b"uf.UF.tank"):
        claim("run.h5 has " + name.decode(), name in held)


with tempfile.TemporaryDirectory() as folder:
    parks_with_states_are_planned_and_simulated(folder)
    what_failed_leaves_its_rows_marked(folder)
    what_cannot_be_is_refused(folder)
    stages_of_trains_have_states(folder)
    shifts_and_charges_come_and_go(folder)
sys.exit(1 if failures else 0)

#!/usr/bin/env python3
"""The shipped parks and their proposals: no surprise in `check`, a proven plan, closed balances, and each target reached or missed as its README says.

usage: parks.py PARKWATER [PARK..]
"""
import csv, json, os, re, resource, subprocess, sys, tempfile

PARKWATER = os.path.abspath(sys.argv[1])
ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
PARKS = os.path.join(ROOT, "scenarios/parks")
failures = []

# What is reached in the present and by the plans a, b, c (1 reached, 0 missed), and what `check` may say of each.
# Products are held against the shipped table of the action plan, the rate against its 94 % or
# what the README gives a reason for, volumes against the park's own share.
NOTED = {"W0510", "W0564"}  # water of no use to that proposal; an indicative target out of its reach
EXPECTED = {
    "shuikoushan": {
        "non_conventional": (60e4, 0, 0, 1, 1),
        "reuse_rate": (0.94, 0, 1, 0, 1),
        "unit_intake.zinc": (None, 0, 1, 0, 1),
        "unit_intake.crude_lead": (None, 0, 1, 0, 1),
    },
    "xiangtan": {
        "non_conventional": (300e4, 0, 0, 1, 1),
        "reuse_rate": (0.974, 0, 1, 0, 1),
        "unit_intake.crude_steel": (None, 0, 1, 1, 1),
    },
    "changde": {
        "non_conventional": (15e4, 0, 0, 1, 1),
        "reuse_rate": (0.94, 0, 0, 0, 0),
        "unit_intake.beer": (None, 0, 1, 0, 1),
        "unit_intake.base_liquor": (None, 0, 1, 1, 1),
    },
    "jinshi": {
        "non_conventional": (60e4, 0, 0, 0, 1),
        "reuse_rate": (0.91, 0, 0, 0, 1),
        "unit_intake.printed_cloth": (None, 0, 1, 1, 1),
    },
    "mixed": {
        "non_conventional": (25e4, 0, 0, 1, 1),
        "reuse_rate": (0.95, 0, 1, 0, 1),
        "intake_per_value_added": (6.7e-4, 0, 0, 0, 1),
    },
    "paper": {
        "non_conventional": (8e4, 0, 0, 1, 1),
        "reuse_rate": (0.87, 0, 1, 1, 1),
        "unit_intake.bleached_pulp": (None, 0, 1, 1, 1),
        "unit_intake.writing_paper": (None, 0, 1, 0, 1),
    },
}
PRODUCT = {"m3/t": 1e-3, "m3/kL": 1.0, "m3/百米": 0.01}  # SI of a unit of the table


# whether rain goes to the brewery's cooling or to the distillery's matters less than a percent of the cost, but to the distillery's target
GAPS = {("changde", "plan_b"): "0.001"}


def claim(what, holds, said=""):
    print(("ok     " if holds else "FAILED ") + what, flush=True)
    if not holds:
        failures.append(what)
        print(said)


def say(*words):
    done = subprocess.run([PARKWATER, *words, "--json", "-q"], capture_output=True, text=True, timeout=600, env={**os.environ, "LANG": "C"})
    claim(f"parkwater {words[0]} {os.path.relpath(words[1], PARKS)} ends well", done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:])
    return json.loads(done.stdout) if done.returncode == 0 else None


def quotas():
    with open(os.path.join(ROOT, "scenarios/catalogue/quotas.csv"), encoding="utf-8-sig") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["product"]: float(row["plan_2025"]) * PRODUCT[row["unit"]] for row in rows}


def value(told, target):
    """An indicator of the park's own judgement: rates on all sources, products on conventional water."""
    id, _, subject = target.partition(".")
    basis = {"reuse_rate": "all_sources", "unit_intake": "conventional", "intake_per_value_added": "conventional"}.get(id)
    for row in told["indicators"]:
        if row["id"] == id and (row["subject"] or "") == subject and row["basis"] in (basis, None) and row["with_circulation"] and \
                (row["boundary"] == "park" or subject):
            return row["value"]
    return None


def judged(park, plan, told, at):
    for target, (bound, *reached) in EXPECTED[park].items():
        got = value(told, target)
        bound = QUOTAS[target.split(".")[1]] if bound is None else bound
        most = target.startswith(("unit_intake.", "intake_"))
        holds = got is not None and (got <= bound * (1 + 1e-6) if most else got >= bound * (1 - 1e-6))
        claim(f"{park}/{plan}: {target} is {'reached' if reached[at] else 'missed'}", holds == bool(reached[at]), f"{got} against {bound}")
    closure = told.get("closure") or told["simulation"]["closure"]
    claim(f"{park}/{plan}: balances close", max(closure.values()) < 1e-9, str(closure))


def checked(park, plan, at):
    told = say("check", os.path.join(PARKS, park, plan + ".yaml"))
    codes = {row["code"] for row in told["findings"] if row["severity"] != "note"} if told else {"nothing"}
    claim(f"{park}/{plan}: nothing unexpected in check", codes <= NOTED, str(codes))
    for row in told["findings"] if told else []:
        if row["code"] == "W0564":  # the reason, in numbers: what is out of reach is missed, too
            target = row["path"].split(".", 1)[1]
            claim(f"{park}/{plan}: {target} is out of reach", EXPECTED[park][target][1 + at] == 0, row["message"])


def size(park):
    """As large as a real one: what the README promises of networks, and constituents of trade."""
    told = say("check", os.path.join(PARKS, park, "plan_c.yaml"))
    if told:
        units = sum(told[k] for k in ("sources", "users", "treatments", "storages", "sinks"))
        claim(f"{park}: 12 to 35 units, 7 to 9 constituents, a network", 12 <= units <= 35 and 7 <= told["constituents"] <= 9 and told["networks"] >= 1, str(told["status"]))
    pipes = 0
    for name in os.listdir(os.path.join(PARKS, park)):
        if name.endswith(".inp"):
            text = open(os.path.join(PARKS, park, name), encoding="utf-8").read()
            pipes += len(re.findall(r"(?m)^ \S+ +\S+ +\S+ +[\d.]+ +[\d.]+ +[\d.]+", text.split("[PIPES]")[1].split("[PUMPS]")[0]))
    claim(f"{park}: 30 to 200 pipes", 30 <= pipes <= 200, str(pipes))


def park(name, folder):
    size(name)
    for at, plan in enumerate(("now", "plan_a", "plan_b", "plan_c")):
        path = os.path.join(PARKS, name, plan + ".yaml")
        checked(name, plan, at)
        if at == 0:
            told = say("simulate", path)
        else:
            told = say("optimize", path, "-o", os.path.join(folder, "run.h5"), "--gap", GAPS.get((name, plan), "0.01"), "--no-worth", "--threads", "1")
            if told:
                claim(f"{name}/{plan}: proven to 1 %", told["status"] in ("optimal", "gap_reached") and told["gap"] <= 0.01, f"{told['status']} {told['gap']}")
        if told:
            judged(name, plan, told, at)


def library():
    """The catalogue's measures at a tagged park: offered by sector and tag, taken for a target that the park misses as it is, traced to what they save."""
    path = os.path.join(PARKS, "jinshi/plan_library.yaml")
    told = say("check", path)
    if told:
        claim("jinshi: measures of the catalogue are offered", told["retrofits"] == 21, str(told["retrofits"]))
        claim("jinshi: what retrofits may reach is no contradiction", all(row["severity"] != "error" for row in told["findings"]))
    now = say("simulate", os.path.join(PARKS, "jinshi/now.yaml"))
    with tempfile.TemporaryDirectory() as folder:
        told = say("optimize", path, "-o", os.path.join(folder, "run.h5"), "--gap", "0.01", "--no-worth", "--threads", "1")
    if told and now:
        claim("jinshi: the plan with the catalogue's measures is proven", told["status"] in ("optimal", "gap_reached") and told["gap"] <= 0.01)
        before, after = value(now, "unit_intake.printed_cloth"), value(told, "unit_intake.printed_cloth")
        claim("jinshi: the cloth's target is reached by them alone", before > QUOTAS["printed_cloth"] >= after * (1 - 1e-6), f"{before} {after}")
    for name in EXPECTED:  # every shipped park can be offered what its sectors may do
        text = open(os.path.join(PARKS, name, "now.yaml"), encoding="utf-8").read()
        claim(f"{name}: users say what is done there", "    tags: [" in text)


def taxed(folder):
    """3 CNY for each pollution equivalent that the simulated year discharges: 1 kg of COD, 0.8 kg of ammonia nitrogen, 4 kg of suspended solids."""
    equivalent = {"chemical oxygen demand": 1, "ammonia nitrogen": 0.8, "suspended solids": 4}  # kg
    with open(os.path.join(folder, "tables/constituents.csv"), encoding="utf-8-sig") as file:
        tonnes = {row[1]: float(row[7]) for row in csv.reader(file) if row[0] == "simulated" and row[3] == "outfall" and row[1] in equivalent}
    with open(os.path.join(folder, "tables/running_costs.csv"), encoding="utf-8-sig") as file:
        tax = [float(row[2]) for row in csv.reader(file) if row[:2] == ["environmental tax", "outfall"]]
    due = sum(3 * 1000 * tonnes[what] / kg for what, kg in equivalent.items()) if len(tonnes) == 3 else -1
    claim("paper/plan_c: the environmental tax is 3 CNY an equivalent", len(tax) == 1 and abs(tax[0] - due) < 1, f"{tax} {due} {tonnes}")


def agreed():
    """A rain pond that gives less than promised at first: its margin and the target of rain do not chase each other; the rounds end in agreement."""
    with tempfile.TemporaryDirectory() as folder:
        told = say("run", os.path.join(PARKS, "paper/plan_c.yaml"), "-o", folder, "--gap", "0.01", "--rounds", "6", "--no-worth", "--threads", "1")
        if told:
            asked = EXPECTED["paper"]["non_conventional"][0]
            with open(os.path.join(folder, "tables/targets.csv"), encoding="utf-8-sig") as file:
                row = next(row for row in csv.reader(file) if row[0] == "non-conventional intake")
            claim("paper/plan_c: promise and simulation agree", told["agreed"] and told["status"] == "gap_reached", str(told["rounds"]))
            claim("paper/plan_c: rain is promised once, not twice", asked <= float(row[6]) <= 1.02 * asked, str(row))
            claim("paper/plan_c: and falls as promised", float(row[8]) >= asked, str(row))
            taxed(folder)


QUOTAS = quotas()
claim("every folder of parks is held here", {d for d in os.listdir(PARKS) if os.path.isdir(os.path.join(PARKS, d))} == set(EXPECTED))
with tempfile.TemporaryDirectory() as folder:
    for name in sys.argv[2:] or EXPECTED:
        park(name, folder)
if not sys.argv[2:]:
    library()
    agreed()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{used.ru_utime:.1f} s of CPU time")
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)

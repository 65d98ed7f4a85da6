#!/usr/bin/env python3
"""What must hold of any park, asked of random small parks through the command line: sure ends, bounds, closures, the same
answer however the park is written down, targets that only cost, halves that add up, and time that keeps a steady promise.

usage: properties.py PARKWATER [PARKS [FIRST]]
"""
import copy, json, os, random, subprocess, sys, tempfile

PARKWATER = os.path.abspath(sys.argv[1])
GAP = 1e-4
ENDS = (0, 3, 6)  # done, proven infeasible, stopped at a limit
WORK = "12000"  # LP iterations: a limit that does not depend on the machine
failures = []
counts = {}


def claim(what, holds, seed):
    counts[what] = counts.get(what, 0) + 1
    if not holds:
        failures.append(what)
        print(f"FAILED park {seed}: {what}", flush=True)


# ---- parks. Values are kept as (number, measure) so that one park can be written down in several units of measurement. ----
CONSTITUENTS = ["COD", "TDS", "Cl"]
FLOW, LOAD, CONC = "flow", "load", "conc"
WRITINGS = {
    "plain": {FLOW: (1.0, "m3/h"), CONC: (1.0, "mg/L"), LOAD: (1.0, "kg/h")},
    "days": {FLOW: (24.0, "m3/d"), CONC: (1e-3, "g/L"), LOAD: (24.0, "kg/d")},
    "seconds": {FLOW: (1.0 / 3.6, "L/s"), CONC: (1e-3, "kg/m3"), LOAD: (1.0 / 3.6, "g/s")},
}


def written(value, way="plain"):
    if isinstance(value, tuple):
        factor, unit = WRITINGS[way][value[1]]
        return f"{value[0] * factor!r} {unit}"
    if isinstance(value, dict):
        return {key: written(item, way) for key, item in value.items()}
    if isinstance(value, list):
        return [written(item, way) for item in value]
    return value


def random_park(seed, tag=""):
    """One to three constituents, two to six users, one or two treatments; every figure a whole one or a half."""
    r = random.Random(seed)
    names = CONSTITUENTS[: r.choice([1, 1, 1, 2, 3])]
    clean = {c: (float(r.choice([0, 5, 10])), CONC) for c in names}
    park = {"parkwater": 1, "constituents": names, "period": "steady"}
    two_seasons = r.random() < 0.25
    with_rain = two_seasons and r.random() < 0.6
    if two_seasons:
        park["period"] = {"start": "2025-01-01", "end": "2026-01-01"}
        park["seasons"] = {"summer": {"dates": "05-01..08-31"}, "winter": {"rest": True}}
        park["weather"] = {"generator": "yueyang", "seed": seed}
        park["patterns"] = {"year": {"monthly": [0.8, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.2, 1, 0.9, 0.9, 0.9]}}
    park["sources"] = {tag + "river": {"kind": "surface", "price": f"{r.randint(2, 8) / 2} CNY/m3", "quality": clean}}
    if r.random() < 0.4:
        park["sources"][tag + "city"] = {"kind": "reclaimed", "price": f"{r.randint(1, 3) / 2} CNY/m3", "capacity": (float(r.randint(5, 40)), FLOW),
                                         "quality": {c: (float(r.randint(10, 60)), CONC) for c in names}}
    users = {}
    for i in range(r.choice([2, 2, 2, 2, 2, 3, 3, 4, 6])):
        flow = float(r.randint(5, 80))
        limit = {c: float(r.randint(10, 150)) for c in names}
        users[f"{tag}u{i}"] = {"kind": "process", "demand": (flow, FLOW), "inlet": {c: (limit[c], CONC) for c in names},
                               "adds": {c: (flow * r.randint(20, 400) / 1000, LOAD) for c in names}}
        if two_seasons and r.random() < 0.5:
            users[f"{tag}u{i}"]["demand"] = {"base": (flow, FLOW), "pattern": "year"}
        if r.random() < 0.3:
            users[f"{tag}u{i}"]["loss"] = {"evaporation": "5 %"}
    if r.random() < 0.25:
        users[tag + "tower"] = {"kind": "cooling_tower", "circulation": (float(r.randint(200, 900)), FLOW), "range": "8 K", "drift": "0.01 %",
                                "inlet": {names[0]: (100.0, CONC)}, "circulating_limits": {c: (400.0, CONC) for c in names}}
    if r.random() < 0.2:
        users[tag + "boiler"] = {"kind": "boiler", "steam": f"{r.randint(5, 30)} t/h", "condensate_return": "60 %", "blowdown": "2 %",
                                 "inlet": {c: (20.0, CONC) for c in names}}
    park["users"] = users
    treatments = {}
    for i in range(r.choice([1, 1, 1, 1, 2])):
        unit = {"technology": "removal", "removal": {c: f"{r.randint(60, 98)} %" for c in names[: r.randint(1, len(names))]}, "opex": f"{r.randint(2, 20) / 10} CNY/m3"}
        if r.random() < 0.25:
            unit["recovery"] = "75 %"
        if r.random() < 0.3:
            unit["capex"] = {"scale": "16800 CNY", "reference": (1.0, FLOW), "exponent": r.choice([0.7, 1])}
            unit["capacity"] = {"min": (0.0, FLOW), "max": (200.0, FLOW)}
        treatments[f"{tag}t{i}"] = unit
    park["treatments"] = treatments
    if with_rain:
        park["sources"][tag + "rain"] = {"kind": "rain", "catchment": "6 ha", "runoff": 0.85, "first_flush": "3 mm", "quality": {c: (8.0, CONC) for c in names}}
        park["storages"] = {tag + "pond": {"volume": {"max": "6000 m3"}, "surface": "covered", "capex": {"scale": "10 万元", "reference": "1000 m3", "exponent": 1}}}
    park["sinks"] = {tag + "outfall": {"kind": "outfall", "price": f"{r.randint(0, 4) / 2} CNY/m3"}}
    if r.random() < 0.25:
        park["sinks"][tag + "outfall"]["limits"] = {names[0]: (float(r.randint(100, 400)), CONC)}
    park["connections"] = {"candidates": "all"}
    park["economics"] = {"annual_factor": "0.1 /a"}
    if r.random() < 0.3:
        park["targets"] = {"reuse_rate": {"min": f"{r.randint(5, 40)} %", "basis": "all_sources"}}
    return park


def shuffled(park, seed):
    """The same park, its sections and units in another order."""
    r = random.Random(seed)
    other = copy.deepcopy(park)
    for section in ("sources", "users", "treatments", "storages", "sinks"):
        if section in other:
            keys = list(other[section])
            r.shuffle(keys)
            other[section] = {key: other[section][key] for key in keys}
    keys = list(other)
    r.shuffle(keys)
    return {key: other[key] for key in keys}


def with_dear_source(park):
    other = copy.deepcopy(park)
    other["sources"]["dear"] = {"kind": "municipal", "price": "900 CNY/m3", "quality": {c: (0.0, CONC) for c in park["constituents"]}}
    return other


def fed_apart(first, second):
    """Two parks in one file that share nothing: every pair across is forbidden. Both must have the same constituents and no targets."""
    both = copy.deepcopy(first)
    for section in ("sources", "users", "treatments", "storages", "sinks"):
        both.setdefault(section, {}).update(copy.deepcopy(second.get(section, {})))
    both["storages"] = both["storages"] or {}
    if not both["storages"]:
        del both["storages"]
    both["connections"] = {"candidates": "all", "forbid": [["a_*", "b_*"], ["b_*", "a_*"]]}
    return both


# ---- asking ----
def run(folder, name, park, *words, job="optimize", way="plain"):
    path = os.path.join(folder, name + ".yaml")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(written(park, way), file, ensure_ascii=False, indent=1)
    end = ["-o", os.path.join(folder, name + (".h5" if job == "optimize" else ""))]
    done = subprocess.run([PARKWATER, job, path, "--json", "--gap", str(GAP), "--work-limit", WORK, *end, *words], capture_output=True, text=True,
                          env={**os.environ, "LANG": "C", "OPENBLAS_NUM_THREADS": "1"}, timeout=300)
    try:
        return done.returncode, json.loads(done.stdout)
    except json.JSONDecodeError:
        return done.returncode, {"stderr": done.stderr, "stdout": done.stdout}


def settled(end, answer):
    return end == 0 and answer.get("objective") is not None


def near(a, b, share):
    return abs(a - b) <= share * max(abs(a), abs(b), 1.0)


def timeless(value):
    if isinstance(value, dict):
        return {key: timeless(item) for key, item in value.items() if key not in ("time_s", "total_time_s")}
    return [timeless(item) for item in value] if isinstance(value, list) else value


def same_cost(what, seed, base, other):
    """Both proven within GAP: the costs differ by no more than both gaps. One that is infeasible is infeasible in every writing."""
    if 6 in (base[0], other[0]):
        return  # a limit ended one of them
    claim(what + ": the same end", base[0] == other[0], seed)
    if settled(*base) and settled(*other):
        claim(what + ": the same cost", near(base[1]["objective"], other[1]["objective"], 2 * GAP), seed)


def examine(seed, folder):
    park = random_park(seed)
    base = end, answer = run(folder, "base", park)
    claim("a sure end", end in ENDS, seed)
    if end not in ENDS:
        print(json.dumps(written(park), ensure_ascii=False), "\n", end, str(answer)[:1500])
        return
    if answer.get("objective") is not None:
        claim("bound <= objective", answer["bound"] <= answer["objective"] + 1e-9 * abs(answer["objective"]), seed)
        claim("closure <= 1e-9", max(answer["closure"].values()) <= 1e-9, seed)
    for threads in ("2", "8") if seed % 3 == 0 else ():
        claim("the same for any number of threads", timeless(run(folder, "base", park, "--threads", threads)[1]) == timeless(answer), seed)
    way = ("days", "seconds")[seed % 2]
    same_cost("other units of measurement", seed, base, run(folder, way, park, way=way))
    same_cost("another order", seed, base, run(folder, "order", shuffled(park, seed)))
    same_cost("a useless dear source", seed, base, run(folder, "dear", with_dear_source(park)))
    relaxing(seed, folder, park, base)
    if settled(*base) and seed % 2 == 0:
        at_every_time(seed, folder, park, answer)
        same_cost("constituents in another order", seed, base, run(folder, "mixed", {**park, "constituents": park["constituents"][::-1]}))
    if settled(*base):
        in_time(seed, folder, park)


def at_every_time(seed, folder, park, answer):
    """Wherever a work limit ends it: what was proven holds of the optimum, what was found is no better than it."""
    best = answer["objective"]
    for work in ("20", "100", "500", "2500"):
        end, part = run(folder, "part", park, "--work-limit", work, "--no-worth")
        claim("a sure end at every time", end in (0, 6), seed)
        if part.get("bound") is not None:
            claim("bound <= optimum at every time", part["bound"] <= best * (1 + 1e-9) + 1e-6, seed)
        if part.get("objective") is not None:
            claim("optimum's bound <= plan at every time", answer["bound"] <= part["objective"] * (1 + 1e-9) + 1e-6, seed)


def relaxing(seed, folder, park, base):
    strict = copy.deepcopy(park)
    strict["targets"] = {"reuse_rate": {"min": "45 %", "basis": "all_sources"}}
    free = {key: value for key, value in park.items() if key != "targets"}
    tight, loose = run(folder, "strict", strict), run(folder, "free", free)
    for end, answer in (tight, loose):
        claim("a sure end", end in ENDS, seed)
    if settled(*loose):
        for other in (base, tight):
            if other[1].get("objective") is not None:
                claim("dropping a target never costs more", loose[1]["objective"] <= other[1]["objective"] * (1 + 2 * GAP) + 1, seed)
    if 3 == loose[0]:
        claim("a park without a way has none under a target", base[0] != 0 and tight[0] != 0, seed)


def in_time(seed, folder, park):
    end, answer = run(folder, "whole", park, "--rounds", "3", job="run")
    claim("a sure end of the whole job", end in ENDS, seed)
    if end != 0 or park["period"] != "steady":
        return
    claim("time closes", max(answer["simulation"]["closure"].values()) <= 1e-9, seed)
    plan = {json.dumps([i[k] for k in ("id", "subject", "boundary", "index", "basis", "with_circulation")]): i["value"] for i in answer["promised_indicators"]}
    for i in answer["indicators"]:
        promise = plan[json.dumps([i[k] for k in ("id", "subject", "boundary", "index", "basis", "with_circulation")])]
        if promise is not None or i["value"] is not None:
            holds = promise is not None and i["value"] is not None and abs(promise - i["value"]) <= 1e-6 * max(1.0, abs(promise))
            claim("a steady promise is kept in time: " + i["id"], holds, seed)


def halves(seed, folder):
    first, second = random_park(seed, "a_"), random_park(seed + 1000, "b_")
    second["constituents"] = first["constituents"] = CONSTITUENTS
    for park in (first, second):
        park.pop("targets", None)
        for key in ("period", "seasons", "weather", "patterns"):
            park.pop(key, None)
        park["period"] = "steady"
        for section in ("sources", "storages"):
            for name in [n for n in park.get(section, {}) if n.endswith(("rain", "pond"))]:
                del park[section][name]
        park.pop("storages", None)
        for source in park["sources"].values():
            source["quality"] = {c: source["quality"].get(c, (0.0, CONC)) for c in CONSTITUENTS}
        for user in park["users"].values():
            if isinstance(user.get("demand"), dict):
                user["demand"] = user["demand"]["base"]
    one, two, both = run(folder, "one", first), run(folder, "two", second), run(folder, "both", fed_apart(first, second))
    claim("a sure end", both[0] in ENDS, seed)
    if settled(*one) and settled(*two) and settled(*both):
        claim("the optimum of two parks in one file is their sum", near(one[1]["objective"] + two[1]["objective"], both[1]["objective"], 2 * GAP), seed)


def a_plan_at_once(folder):
    """A park too large to optimize in no time is told what it costs as it stands, by hand: water, treatment, discharge."""
    users, names = 24, ["COD", "TDS", "Cl", "SO4", "SS", "SiO2"]
    every = lambda number: "{" + ", ".join(f"{c}: {number} mg/L" for c in names) + "}"
    out = ["parkwater: 1", "period: {start: 2025-01-01, end: 2026-01-01}", "seasons: quarters", "initial: periodic", "constituents: [" + ", ".join(names) + "]",
           "sources: {river: {kind: surface, price: 3 CNY/m3, quality: " + every(5) + "}}", "users:"]
    demand = [20 + 7 * u for u in range(users)]
    out += [f"  u{u}: {{kind: process, demand: {q} m3/h, inlet: {every(20 + u)}, adds: {{" + ", ".join(f"{c}: {0.1 * q:.4g} kg/h" for c in names) + "}}"
            for u, q in enumerate(demand)]
    out += ["treatments:", "  plant: {technology: removal, role: waste, existing: true, removal: {" + ", ".join(f"{c}: 80 %" for c in names) + "}, opex: 0.9 CNY/m3}",
            "  more: {technology: removal, role: waste, removal: {" + ", ".join(f"{c}: 90 %" for c in names) + "}, opex: 0.4 CNY/m3, capacity: {max: 300 m3/h},"
            " capex: {scale: 2 万元, reference: 1 m3/h, exponent: 0.7}}",
            "sinks: {outfall: {kind: outfall, price: 1.2 CNY/m3, limits: " + every(60) + "}}", "connections:",
            "  existing: [" + ", ".join(f"[river, u{u}], [u{u}, plant]" for u in range(users)) + ", [plant, outfall]]",
            "  candidates: [[plant, more], " + ", ".join(f"[more, u{u}], [u{u}, u{(u + 5) % users}]" for u in range(users)) + "]"]
    path = os.path.join(folder, "large.yaml")
    open(path, "w", encoding="utf-8").write("\n".join(out) + "\n")
    done = subprocess.run([PARKWATER, "optimize", path, "--work-limit", "1", "--no-worth", "-o", path + ".h5", "--json", "-q"], capture_output=True, text=True)
    answer = json.loads(done.stdout) if done.stdout else {}
    claim("a large park has a plan at once, no dearer than as it stands",
          answer.get("objective") is not None and answer["objective"] <= sum(demand) * (3 + 0.9 + 1.2) * 8760 * (1 + 1e-9), "large")


def main():
    parks = int(sys.argv[2]) if len(sys.argv) > 2 else 24
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + parks):
            examine(seed, folder)
            if seed % 4 == 0:
                halves(seed, folder)
        a_plan_at_once(folder)
    for what, times in counts.items():
        if not what.startswith("a steady promise"):
            print(f"{times:5d} times {what}")
    claim("costs were compared in other units", counts.get("other units of measurement: the same cost", 0) * 3 >= parks, "all")
    claim("time was marched", counts.get("time closes", 0) * 4 >= parks, "all")
    print(f"{parks} parks, {len(failures)} claims failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Years of investment and uncertain futures in one park, through the command line: the optimum by hand, the page, the tables, the mistakes.

usage: staged_futures.py PARKWATER
"""
import json, os, shutil, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from whole import claim, end, run, run_ranks, table, write

HOURS, RATE, LIFE = 8760.0, 0.06, 15
# Polishers of x m3/h cost 0.5 x CNY/h a year. Demand is 60 or 100; a unit of it costs 1 from the river, 0.2 through a polisher.
PARK = """parkwater: 1
name: {zh: 两种需水, en: Two demands}
constituents: [COD]
economics: {annual_factor: 0.1 /a, discount: 6 %%, life: 15 a, budget: {2025: %s, 2026: 876 万元}}
sources:
  river: {kind: surface, price: 1 CNY/m3, quality: {COD: 0 mg/L}}
  raw: {kind: reclaimed, origin: municipal, price: 0.2 CNY/m3, quality: {COD: 100 mg/L}}
users: {works: {kind: process, demand: 80 m3/h, adds: {COD: 1 kg/h}, inlet: {COD: 0 mg/L}}}
treatments: {polisher: {technology: removal, removal: {COD: 100 %%}, capacity: {max: 200 m3/h}, capex: {scale: 43800 CNY, reference: 1 m3/h, exponent: 1}}}
sinks: {out: {kind: outfall}}
connections: {candidates: all, forbid: [[works, polisher]]}
objective: {robust: %s}
uncertainty: {users.works.demand: {times: [0.75, 1.25]}}
"""


def first_year():
    worth = [(1 + RATE) ** -t for t in range(LIFE)]
    return worth[0] / sum(worth)


def optimize(folder, name, text, *words, ranks=1):
    path = write(folder, name + ".yaml", text)
    words = ["optimize", path, "-o", os.path.join(folder, name + ".h5"), "--json", "--no-worth", *words]
    done = run_ranks(ranks, *words) if ranks > 1 else run(*words)
    told = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return done, json.loads(told[0]) if told else {}


def by_hand(folder):
    """Nothing can be spent in the first year: it costs the demand, 60 or 100, whatever is built from the second year on.
    mean: 60 are polished then, 42 and 82 a year; worst: 100, 100 - 0.3 x 100; regret: x - 60 too many or 100 - x too few, 0.5 and 0.3 each."""
    s = first_year()
    for robust, value in (("mean", 62 + 18 * s), ("worst", 70 + 30 * s), ("regret", 7.5 * (1 - s))):
        done, told = optimize(folder, robust, PARK % ("0 CNY", robust), "--gap", "1e-4")
        claim(f"the least {robust} by hand", done.returncode == 0 and told["status"] == "optimal" and abs(told["objective"] - value * HOURS) < 70,
              done.stderr or told.get("objective"))
        claim(f"{robust}: the park as written and two futures, two stages", [f["probability"] for f in told["futures"]] == [0, 0.5, 0.5] and len(told["stages"]) == 2)
        first, last = told["stages"]
        claim(f"{robust}: nothing in the first year, something in the second", first["spent"] == 0 and first["built"] == [] and last["spent"] > 2.6e6, told["stages"])
        claim(f"{robust}: running costs by future", len(first["running_in"]) == 3 and abs(first["running_in"][2] - 100 * HOURS) < 1, first)
    # all money at once: as without stages
    done, told = optimize(folder, "once", PARK % ("876 万元", "regret"), "--gap", "1e-4")
    claim("with the money at hand the stages do not matter", done.returncode == 0 and abs(told["objective"] - 7.5 * HOURS) < 70, told.get("objective"))


def cut_short(folder):
    """A plan of 11 430.6 CNY/a of regret is known for this park (found in 20 s); cut long before, nothing above it may be said to be proven."""
    text = (PARK % ("0 CNY", "regret")).replace("{2025: 0 CNY, 2026: 876 万元}", "{2026: 20 万元, 2028: 900 万元, 2029: 20 万元}")
    text = text.replace("price: 1 CNY/m3", "price: 0.8 CNY/m3").replace("price: 0.2 CNY/m3", "price: 0.5 CNY/m3").replace("inlet: {COD: 0 mg/L}}}", "inlet: {COD: 5 mg/L}}, "
                        "second: {kind: process, demand: 40 m3/h, adds: {COD: 2 kg/h}, inlet: {COD: 60 mg/L}}}")
    text = text.replace("removal: {COD: 100 %}", "removal: {COD: 95 %}").replace("scale: 43800 CNY, reference: 1 m3/h, exponent: 1}", "scale: 20000 CNY, reference: 1 m3/h, exponent: 0.7}")
    text = text.replace(", forbid: [[works, polisher]]", "")
    done, told = optimize(folder, "cut", text, "--gap", "1e-3", "--work-limit", "2000")
    claim("cut short: exit 6, or done, and no bound above a regret that can be had", done.returncode in (0, 6) and (told["bound"] is None or told["bound"] <= 11430.6), told)


def tariffs(folder):
    """Each future and stage pays its own tiers (three times the price above 60 m3/h) and its own 36 CNY/kW/month. River water takes a kWh/m3, raw water half of one, at 0.1 CNY; a polisher
    of 10 m3/h at most costs 100000 CNY for each, from the second year on. A m3/h of it saves 0.875 CNY/h, above the tier 2.875, and costs 1.142: of a demand of 60 it loses, of 100 it gains."""
    text = (PARK % ("0 CNY", "%s")).replace("price: 1 CNY/m3,", "price: 1 CNY/m3, energy: 1 kWh/m3, licence: 1051200 m3/a,").replace("price: 0.2 CNY/m3,", "price: 0.2 CNY/m3, energy: 0.5 kWh/m3,")
    text = text.replace("max: 200 m3/h", "max: 10 m3/h").replace("scale: 43800 CNY", "scale: 100000 CNY") + (
        "tariffs: {power: {flat: 0.1 CNY/kWh, demand_charge: 36 CNY/kW/month}, tap: {tiers: [{to: 50 %, times: 1}, {above: 50 %, times: 3}]}}\n")
    kw, dear, s = 432 / HOURS, 1e5 * 0.1 / HOURS, first_year()

    def year(demand, x):
        river = demand - x
        return river * (1.1 + kw) + 2 * max(river - 60, 0) + x * (0.25 + 0.5 * kw)

    def life(demand, x):
        return s * year(demand, 0) + (1 - s) * (year(demand, x) + dear * x)

    loss, gain = dear - 0.85 - 0.5 * kw, 2.85 + 0.5 * kw - dear
    meet = 10 * gain / (gain + loss)  # where both regrets are the same
    for robust, x, value in (("mean", 10, (life(60, 10) + life(100, 10)) / 2), ("worst", 10, life(100, 10)), ("regret", meet, (1 - s) * loss * meet)):
        done, told = optimize(folder, "tariffs_" + robust, text.replace("%s", robust), "--gap", "1e-5")
        claim(f"tiers and the charge in the least {robust}, by hand", done.returncode == 0 and told["status"] == "optimal" and abs(told["objective"] - value * HOURS) < 20, done.stderr or told)
        claim("each future its own", all(abs(f["cost"] - life(d, x) * HOURS) < 60 for f, d in zip(told["futures"], (80, 60, 100), strict=True)), told["futures"])
        first, last = told["stages"]
        claim("each stage its own", all(abs(stage["running_in"][w] - year(d, at) * HOURS) < 60 for stage, at in ((first, 0), (last, x)) for w, d in enumerate((80, 60, 100))), told["stages"])
        claim("only the charge is told to be counted otherwise", [f["path"] for f in told["findings"] if f["code"] == "N0523"] == ["tariffs.power.demand_charge"], told["findings"])
    # cost lines of the plan that is told, the last stage as written; with them the first stage the objective of a park without futures
    alone = text.replace("objective: {robust: %s}\n", "objective: cost\n")
    alone = alone[:alone.index("uncertainty")] + alone[alone.index("tariffs"):]
    done, told = optimize(folder, "tariffs_alone", alone, "--gap", "1e-6")
    out = os.path.join(folder, "tariffs")
    ran = run("run", os.path.join(folder, "tariffs_alone.yaml"), "-o", out, "--gap", "1e-6", "--lang", "en")
    claim("a park without futures", done.returncode == ran.returncode == 0, done.stderr + ran.stderr)
    lines = [(row["kind"], row["subject"], round(float(row["yearly cost (10^4 CNY/a)"]) * 1e4)) for row in table(out, "costs.csv")]
    by_line = [line[2] for line in lines if line[0] != "total"]
    claim("lines of tiers and charge", ("water", "river", 175200) in lines and ("electricity", "park", 32400) in lines, lines)
    claim("lines sum up to the last stage", abs(sum(by_line) - (year(80, 10) + 10 * dear) * HOURS) < 10 and abs(sum(by_line) - told["stages"][1]["running"] - 1e5) < 10, lines)
    claim("and with the first stage to the objective", abs(s * told["stages"][0]["running"] + (1 - s) * sum(by_line) - told["objective"]) < 10, told)


def whole_job(folder):
    out = os.path.join(folder, "out")
    done = run("run", write(folder, "run.yaml", PARK % ("0 CNY", "mean")), "-o", out, "--gap", "1e-4")
    claim("the whole job", done.returncode == 0, done.stderr)
    page = open(os.path.join(out, "report.html"), encoding="utf-8").read()
    claim("its page has futures and stages", 'id="futures"' in page and 'id="stages"' in page)
    futures, stages = table(out, "futures.csv"), table(out, "stages.csv")
    running = [[float(row[f"running from {year} on (10^4 CNY/a)"]) for year in (2025, 2026)] for row in futures]
    hand = [[at * HOURS / 1e4 for at in pair] for pair in ((80, 32), (60, 12), (100, 52))]  # without the 30 of what stands
    claim("the table of futures has each stage, by hand", all(abs(a - b) < 0.02 for row, by in zip(running, hand, strict=True) for a, b in zip(row, by)), running)
    claim("the order of investment", len(stages) == 1 and "2026" in stages[0].values(), stages)


def ranks(folder):
    if shutil.which("mpirun") is None:
        print("skipped: there is no mpirun")
        return
    text, keys = PARK % ("0 CNY", "regret"), ("status", "objective", "bound", "gap", "nodes", "lps", "work", "futures", "stages", "indicators")
    one, two = (optimize(folder, f"ranks{n}", text, "--gap", "1e-4", ranks=n) for n in (1, 2))
    claim("two ranks say the same", one[0].returncode == two[0].returncode == 0 and one[1]["objective"] > 0
          and all(one[1][key] == two[1][key] for key in keys if key in one[1]), two[0].stderr)


def mistakes(folder):
    """(the code, a word of the English and one of the Chinese message) of what is wrong with a park."""
    good = PARK % ("0 CNY", "mean")
    saving = "retrofits: {saving: {applies_to: works, changes: {demand: {%s}}, capex: 1 万元}}\n"
    for what, text, code, en, zh in (
            ("no such measure", good.replace("robust: mean", "robust: median"), "E0304", "median", "median"),
            ("no year", good.replace("2025:", "soon:"), "E0309", "no year", "不是年份"),
            ("a budget below nothing", good.replace("2025: 0 CNY", "2025: -1 CNY"), "E0303", "below 0", "不得为负"),
            ("nothing is uncertain", good[:good.index("uncertainty")], "E0302", "uncertainty", "须有"),
            ("a size is no future", good.replace("users.works.demand:", "treatments.polisher.capacity.max:"), "E0308", "before the future is known", "未来揭晓之前"),
            ("a retrofit sets what is drawn", good + saving % "set: 70 m3/h", "E0308", "both must say times", "都写 times")):
        done, told = optimize(folder, "wrong", text)
        found = [f for f in told.get("findings", []) if f["code"] == code]
        claim("told at its line, in both languages: " + what,
              done.returncode == 1 and len(found) == 1 and found[0]["line"] > 0 and en in found[0]["message"] and zh in found[0]["message_zh"], told)
    done, told = optimize(folder, "saving", good + saving % "times: 0.9", "--gap", "1e-4")
    claim("factors of a retrofit and of a future go together", done.returncode == 0 and told["objective"] < (62 + 18 * first_year()) * HOURS
          and told["bound"] <= told["objective"] * (1 + 1e-9) and len(told["futures"]) == 3, done.stderr or told)


with tempfile.TemporaryDirectory() as at:
    by_hand(at)
    cut_short(at)
    tariffs(at)
    whole_job(at)
    ranks(at)
    mistakes(at)
end()

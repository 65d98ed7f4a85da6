#!/usr/bin/env python3
"""What a park offers its region, through the command line: points of a front, variants of a study, a table of its own. One small park whose
plans are worked by hand; whichever way its curve comes, the region must reckon the same.

usage: curves.py PARKWATER
"""
import csv, json, os, re, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from whole import TOP, claim, end, run, table, write

# `wash` needs the cleanest water (river 2 CNY, or up to 40 m3/h of the city at 5); its water (10 + 50 = 60 mg/L) is good enough for `slag`, to which no
# pipe leads yet. Pipes without length cost nothing, so that an hour's cost is 2 times the river's and 5 times the city's water.
PARK = """parkwater: 1
name: {zh: 小园区, en: Small park}
period: steady
constituents: [COD]
enterprises: {mill: {value_added: 3 亿元/a, price_year: 2022}}
sources:
  river: {kind: surface, capacity: 300 m3/h, price: 2 CNY/m3, quality: {COD: 10 mg/L}}
  city: {kind: reclaimed, capacity: 40 m3/h, price: 5 CNY/m3, quality: {COD: 10 mg/L}}
users:
  wash: {kind: process, enterprise: mill, demand: 100 m3/h, inlet: {COD: 10 mg/L}, adds: {COD: 5 kg/h}}
  slag: {kind: process, enterprise: mill, demand: 50 m3/h, inlet: {COD: 80 mg/L}, adds: {COD: 1 kg/h}}
sinks: {outfall: {kind: outfall}}
connections:
  existing: {a: {from: river, to: wash}, b: {from: river, to: slag}, c: {from: wash, to: outfall}, d: {from: slag, to: outfall}}
%seconomics: {discount: 6 %%, life: 15 a, price_year: 2022}
"""
CANDIDATES = "  candidates: {e: {from: city, to: wash}, f: {from: wash, to: slag}}\n"
REGION = """parkwater_region: 1
years: {base: 2022, known_to: 2022, to: 2024}
parks: {small: {run: now.h5, %s}}
growth: {default: {value_added: 0 %%/a}}
targets: {new: {quantity: non_conventional, min: 20 万m3/a, year: 2024}}
allocation: {stability: {draws: 0}, scenarios: {}%s}
draws: 0
"""
YEAR = 8760.0


def options_of(folder, words, more=""):
    done = run("project", write(folder, "region.yaml", REGION % (words, more)), "-o", os.path.join(folder, "out"), "--json")
    claim(f"`{words}` is read", done.returncode == 0, done.stdout + done.stderr)
    return json.loads(done.stdout)["allocation"] if done.returncode == 0 else {"options": []}


def told(folder, words, more="", lang="en", region=REGION):
    out = os.path.join(folder, "never")
    return run("project", write(folder, "region.yaml", region % (words, more)), "-o", out, "--lang", lang), os.path.exists(out)


def same(option, cost, intake, reuse, new, room):
    """Running cost, intake saved, reuse and new water against the park as it stands [CNY/h, m3/h]; nothing is invested."""
    return (abs(option["investment"]) < 1e-6 and abs(option["yearly"] - YEAR * cost) < 5 * room * YEAR and abs(option["intake_saved"] - YEAR * intake) < room * YEAR and
            abs(option["reuse_gained"] - YEAR * reuse) < room * YEAR and abs(option["non_conventional"] - YEAR * new) < room * YEAR)


with tempfile.TemporaryDirectory() as folder:
    write(folder, "now.yaml", PARK % "")
    write(folder, "park.yaml", PARK % CANDIDATES)
    write(folder, "front.yaml", PARK % CANDIDATES + "objective: {pareto: [fresh_water, cost], points: 3}\n")
    made = run("simulate", os.path.join(folder, "now.yaml"), "-o", os.path.join(folder, "now.h5"))
    claim("the park as it stands", made.returncode == 0, made.stderr)
    made = run("optimize", os.path.join(folder, "front.yaml"), "-o", os.path.join(folder, "front.h5"), "--gap", "1e-4", "--json")
    points = json.loads(made.stdout)["front"]
    claim("a front of three points", len(points) == 3, made.stdout)

    # By hand: 150 m3/h of the river as it stands. With the cascade 100 + 0 for `slag` and 50 used again; k of 2 steps of 20 m3/h of the city's water less.
    answer = options_of(folder, "plans: [front.h5]")
    found = answer["options"]
    claim("each point of a front brings its own cost, intake, reuse and new water", len(found) == 3 and all(
        same(option, 2 * (60 + 20 * k) + 5 * (40 - 20 * k) - 2 * 150, 90 - 20 * k, 50, 40 - 20 * k, 0.01) for k, option in enumerate(found)), found)
    # 20 万m3 are 22.83 m3/h: 20 are too few, the point with 40 must be taken
    claim("and the region takes the one it needs", [option["verdict"] == "chosen" for option in found] == [True, False, False], found)

    write(folder, "study.yaml", "parkwater_study: 1\nbase: base.yaml\njob: optimize\nvary:\n  - {set: targets.non_conventional.min, values: [10 万m3/a, 20 万m3/a, 30 万m3/a]}\n")
    write(folder, "base.yaml", PARK % CANDIDATES + "targets: {non_conventional: {min: 5 万m3/a}}\nobjective: cost\n")
    made = run("batch", os.path.join(folder, "study.yaml"), "-o", os.path.join(folder, "study"), "--gap", "1e-4", "-q")
    claim("a study of three variants", made.returncode == 0, made.stdout + made.stderr)
    answer = options_of(folder, "plans: study/study.h5")
    found = answer["options"]
    claim("each variant of a study brings the same", len(found) == 3 and all(
        same(option, 2 * (100 - new) + 5 * new - 2 * 150, 50 + new, 50, new, 0.01) for option, new in zip(found, (10e4 / YEAR, 20e4 / YEAR, 30e4 / YEAR))), found)
    claim("the cheapest variant that is enough", [option["verdict"] == "chosen" for option in found] == [False, True, False], found)

    # The front again as a table in the park's entry: the same choice to the last digit that the table has.
    before = options_of(folder, "plans: [front.h5]")
    rows = "option,investment,yearly,intake,reuse,non_conventional\n" + "".join(
        f"p{k},{option['investment'] / 1e4},{option['yearly'] / 1e4},{option['intake_saved'] / 1e4},{option['reuse_gained'] / 1e4},{option['non_conventional'] / 1e4}\n"
        for k, option in enumerate(before["options"]))
    write(folder, "curve.csv", rows)
    after = options_of(folder, "curve: {csv: curve.csv, unit: 万m3/a, money: 万元}")
    keys = ("investment", "yearly", "intake_saved", "reuse_gained", "non_conventional", "year", "verdict")
    claim("a `curve` is the same as the plans that it was written from", [option["id"] for option in after["options"]] == ["small.p0", "small.p1", "small.p2"] and all(
        a[key] == b[key] or abs(a[key] - b[key]) <= 1e-9 * abs(a[key]) + 1e-6 for a, b in zip(before["options"], after["options"]) for key in keys) and
        abs(before["present_cost"] - after["present_cost"]) < 1e-6 * abs(before["present_cost"]), (before["options"], after["options"]))
    claim("its points exclude each other", sum(option["verdict"] == "chosen" for option in after["options"]) == 1 and len({option["group"] for option in after["options"]}) == 1,
          after["options"])

    # What is wrong with a curve is told at its cell.
    write(folder, "curve.csv", "option,cost\np0,3\n")
    done, written = told(folder, "curve: {csv: curve.csv, unit: 万m3/a, money: 万元}")
    claim("a curve without investment: E0221 in its file", done.returncode == 1 and not written and "E0221" in done.stderr and "curve.csv:1" in done.stderr, done.stderr)
    write(folder, "curve.csv", rows.replace("p1", "p0"))
    done, written = told(folder, "curve: {csv: curve.csv, unit: 万m3/a, money: 万元}")
    claim("a point twice: E0383 at its cell", done.returncode == 1 and not written and "E0383" in done.stderr and "curve.csv:3:1" in done.stderr, done.stderr)
    write(folder, "curve.csv", rows)
    done, written = told(folder, "curve: {csv: curve.csv}")
    claim("a curve without units: E0205", done.returncode == 1 and not written and "E0205" in done.stderr, done.stderr)

    # A plan without what it costs to run the park as it stands cannot be set against anything.
    done, written = told(folder, "plans: [front.h5]", region=REGION.replace("run: now.h5", "values: {2022: {V_i_surface: 1 万m3/a, V_r: 1 万m3/a, value_added: 1 亿元/a}}"))
    claim("plans beside bare values: E0302", done.returncode == 1 and not written and "E0302" in done.stderr, done.stderr)

    # Two price years: compared as they stand, and said.
    two = "curve: {csv: curve.csv, unit: 万m3/a, money: 万元, prices: 2020}, plans: [front.h5]"
    claim("both tables' points are options", len(options_of(folder, two)["options"]) == 6)
    done, _ = told(folder, two)
    claim("options of two price years: W0394", done.returncode == 0 and "W0394" in done.stderr and "2020" in done.stderr and "2022" in done.stderr, done.stderr)
    zh, _ = told(folder, two, lang="zh")
    claim("in Chinese, too", "W0394" in zh.stderr and re.search("[一-鿿]", zh.stderr), zh.stderr)

# ---- what `scripts/curves` wrote for the shipped province is what a park's file gives ----
with tempfile.TemporaryDirectory() as folder:
    parks = os.path.join(TOP, "scenarios", "parks")
    done = run("project", write(folder, "region.yaml", "parkwater_region: 1\nyears: {base: 2022, known_to: 2022, to: 2023, prices: 2020}\n"
               f"parks: {{jinshi: {{file: {os.path.join(parks, 'jinshi', 'now.yaml')}}}}}\ngrowth: {{default: {{value_added: 0 %/a}}}}\ndraws: 0\n"),
               "-o", os.path.join(folder, "out"), "--json", "--allow-path", parks)
    said = json.loads(done.stdout)
    with open(os.path.join(TOP, "scenarios", "hunan", "parks.csv"), encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(line for line in file if not line.startswith("#")) if row["园区"] == "津市经开区（示意）"]
    flows = [key for key in rows[0] if key.startswith("V_")]
    claim("a shipped park's row is its file, simulated", len(rows) == 3 and all(abs(float(row[flow]) * 1e4 - said["years"][0][flow]) < 1 for row in rows for flow in flows) and
          abs(float(rows[0]["增加值"]) * 1e8 - said["years"][0]["value_added"]) < 1e4, (rows[0], said["years"][0]))

end()

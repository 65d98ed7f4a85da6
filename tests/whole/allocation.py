#!/usr/bin/env python3
"""Who delivers what, through the command line: the province on paper, every combination tried again in fractions, parks taken from runs and
files, bad options told at their cell, the same bytes for any number of threads.

usage: allocation.py PARKWATER
"""
import csv, itertools, json, os, re, sys, tempfile, zipfile
from fractions import Fraction as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from whole import TOP, bytes_of, claim, end, run, write

CASE = os.path.join(TOP, "validation", "province_allocation")


# ---- the province on paper ----
with tempfile.TemporaryDirectory() as folder:
    done = run("project", os.path.join(CASE, "region.yaml"), "-o", folder, "--json")
    answer = json.loads(done.stdout)["allocation"]
    options = {o["id"]: o for o in answer["options"]}
    claim("the least present cost is 1350", answer["status"] == "gap_reached" and abs(answer["present_cost"] - 1350e4) < 1, answer)
    claim("public money is 30 % of it", abs(answer["public_money"] - 405e4) < 1, answer)
    claim("each option has the verdict of the paper", {o: v["verdict"] for o, v in options.items()} ==
          {"A.reclaimed": "chosen", "A.reclaimed and rain": "budget", "B.reclaimed": "chosen", "C.reclaimed": "budget", "C.rain": "anyway",
           "C.all by itself": "asks"}, options)
    claim("beside what C does anyway its option brings 35 for 250", abs(options["C.reclaimed"]["non_conventional"] - 35e4) < 1e-6 and
          abs(options["C.reclaimed"]["investment"] - 250e4) < 1e-6, options["C.reclaimed"])
    claim("115 lack, 115 are reached, one more cannot be had", abs(answer["needs"][0]["lacking_m3"] - 115e4) < 1 and
          abs(answer["needs"][0]["delivered_m3"] - 115e4) < 1 and answer["needs"][0]["step_cost"] is None, answer["needs"])
    claim("the plant is not built for nobody", answer["plants"][0]["year"] == 0, answer["plants"])
    with open(os.path.join(folder, "report.html"), encoding="utf-8") as file:
        page = file.read()
    claim("the page names the reasons", "加入它，年度资金不足以达到目标" in page and "asks for more than 30 %" in page and "comes anyway (2023)" in page)
    with open(os.path.join(folder, "summary.html"), encoding="utf-8") as file:
        one = file.read()
    claim("the summary has a tile for each target and park, city by city", one.count('class="c') == 4 and one.index("<h2>north") < one.index(">A<b>") < one.index("<h2>south") < one.index(">C<b>")
          and "90.0%" in one and "88.5%" in one and "<script" not in one, one[-900:])
    raw = open(os.path.join(folder, "tables", "allocation.csv"), "rb").read()
    claim("tables begin with a byte order mark", raw.startswith(b"\xef\xbb\xbf"))

    with open(os.path.join(folder, "tables", "indicators.csv"), encoding="utf-8-sig") as file:
        rows = {row["quantity"]: row for row in csv.DictReader(file)}
    # by hand: 8000 of 9000; 1000 万m3 for 100 亿元 is 10 m3 per 10^4 CNY
    claim("present and planned stand side by side", rows["reuse rate (basis B)"]["present 2022"] == "88.89" and rows["reuse rate (basis B)"]["planned 2024"] == "88.89" and
          rows["intake per value added (basis A)"]["present 2022"] == "10.00", rows)
    with open(os.path.join(folder, "tables", "self_assessment.csv"), encoding="utf-8-sig") as file:
        rows = [(row["quantity"], row["least"], row["most"], row["verdict, planned"], row["source of the threshold"]) for row in csv.DictReader(file)]
    claim("each criterion has its threshold, its source and a verdict", ("non-conventional water", "115.00", "", "misses", "targets of the document") in rows and
          ("reuse rate (basis B)", "75.00", "", "meets", "HJ 274-2015 (to be verified)") in rows and
          ("intake per value added (basis A)", "", "8.00", "misses", "HJ 274-2015 (to be verified)") in rows, rows)
    with zipfile.ZipFile(os.path.join(folder, "tables.xlsx")) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    claim("the workbook holds every table", len(names) == len(os.listdir(os.path.join(folder, "tables"))), names)

# every combination again, in fractions, with the years and budgets of a small random province
def combinations(rows, need, budgets, most):
    best = None
    groups = sorted({row[0] for row in rows})
    choices = [[None] + [(row, y) for row in rows if row[0] == g for y in range(len(budgets))] for g in groups]
    for picked in itertools.product(*choices):
        water, cost, spent = F(0), F(0), [F(0)] * len(budgets)
        for item in filter(None, picked):
            row, y = item
            water += row[2]
            cost += row[1] * F(100, 106) ** y
            spent[y] += most * row[1]
        if water >= need and all(s <= b for s, b in zip(spent, budgets)) and (best is None or cost < best):
            best = cost
    return best


ROWS = [("A", F(600), F(60)), ("A", F(1150), F(90)), ("B", F(750), F(50)), ("B", F(300), F(18)), ("C", F(420), F(30)), ("D", F(330), F(25)), ("D", F(640), F(40))]


def province(folder, rows, need, budgets, more=""):
    with open(os.path.join(folder, "parks.csv"), "w", encoding="utf-8") as file:
        file.write("park,year,city,surface,V_r,value_added\n" + "".join(f"{p},2022,{c},{400 + k},3600,40\n" for k, (p, c) in enumerate(zip("ABCD", ("north", "north", "south", "east")))))
    with open(os.path.join(folder, "options.csv"), "w", encoding="utf-8") as file:
        file.write("park,option,investment,yearly,intake,reuse,non_conventional,year,life\n" +
                   "".join(f"{park},o{i},{float(cost)},0,{float(water)},0,{float(water)},,15\n" for i, (park, cost, water) in enumerate(rows)))
    with open(os.path.join(folder, "region.yaml"), "w", encoding="utf-8") as file:
        file.write("parkwater_region: 1\nyears: {base: 2022, known_to: 2022, to: 2025}\n"
                   "rows: {csv: parks.csv, columns: {name: park, V_i_surface: surface}, unit: 万m3/a, units: {value_added: 亿元/a}}\n"
                   "growth: {default: {value_added: 0 %/a}}\n"
                   f"targets: {{new: {{quantity: non_conventional, min: {float(need)} 万m3/a, year: 2025}}}}\n"
                   "allocation:\n  options: {csv: options.csv, unit: 万m3/a, money: 万元}\n  subsidy: {most: 50 %}\n  stability: {draws: 6}\n"
                   f"  budget: {{{', '.join(f'{2023 + y}: {float(b)} 万元' for y, b in enumerate(budgets))}}}\n{more}draws: 0\n")
    return os.path.join(folder, "region.yaml")


for need, budgets in ((F(100), (F(500), F(500))), (F(150), (F(600), F(450))), (F(120), (F(350), F(380))), (F(170), (F(5000), F(5000))), (F(170), (F(300), F(300)))):
    with tempfile.TemporaryDirectory() as folder:
        done = run("project", province(folder, ROWS, need, budgets), "-o", os.path.join(folder, "out"), "--json")
        answer, best = json.loads(done.stdout)["allocation"], combinations(ROWS, need, budgets, F(1, 2))
        if best is None:
            claim(f"{need} of water for {budgets}: nobody can, and the ways out say so", answer["status"] == "infeasible" and
                  {w["gives_way"] for w in answer["ways_out"]} == {"new", "budget"}, answer)
        else:
            claim(f"{need} of water for {budgets}: the least of all combinations", answer["status"] == "gap_reached" and
                  abs(answer["present_cost"] / 1e4 - float(best)) < 2e-4 * float(best), (answer["present_cost"], float(best)))

# ---- the same bytes for any number of threads ----
with tempfile.TemporaryDirectory() as folder:
    path, written = province(folder, ROWS, F(100), (F(500), F(500))), []
    for threads in ("1", "2", "4"):
        out = os.path.join(folder, threads)
        run("project", path, "-o", out, "--threads", threads)
        written.append(bytes_of(out))
    claim("the same bytes on 1, 2 and 4 threads", len(written[0]) > 12 and written[0] == written[1] == written[2])

# ---- bad options ----
HEAD = "park,option,investment,non_conventional,intake,year,plant\n"
BAD = {
    "more saved than is taken": ("A,x,600,60,6000000,,\n", "E0392", "options.csv:2:"),
    "a park that is not there": ("E,x,600,60,60,,\n", "E0316", "options.csv:2:1"),
    "an option twice": ("A,x,600,60,60,,\nA,x,500,50,50,,\n", "E0383", "options.csv:3:3"),
    "no investment": ("A,x,,60,60,,\n", "E0224", "options.csv:2:5"),
    "an investment below 0": ("A,x,-5,60,60,,\n", "E0303", "options.csv:2:5"),
    "no number": ("A,x,dear,60,60,,\n", "E0201", "options.csv:2:5"),
    "no year": ("A,x,600,60,60,20.5,\n", "E0309", "options.csv:2:"),
    "a plant that is not there": ("A,x,600,60,60,,p\n", "E0316", "options.csv:2:"),
    "no name": ("A,,600,60,60,,\n", "E0307", "options.csv:2:3"),
    "a strange price": ("A,x,6000000,60,60,,\n", "W0393", "options.csv:2:5"),
}
for what, (rows, code, place) in BAD.items():
    with tempfile.TemporaryDirectory() as folder:
        path = province(folder, ROWS, F(50), (F(500),))
        with open(os.path.join(folder, "options.csv"), "w", encoding="utf-8") as file:
            file.write(HEAD + rows)
        done = run("project", path, "-o", os.path.join(folder, "out"))
        zh = run("project", path, "-o", os.path.join(folder, "out"), "--lang", "zh")
        claim(f"{what}: {code} at its cell", code in done.stderr and place in done.stderr and (done.returncode == 1) == (code[0] == "E") and
              (done.returncode == 0 or not os.path.exists(os.path.join(folder, "out"))), done.stderr)
        claim(f"{what}: in Chinese, too", code in zh.stderr and re.search("[一-鿿]", zh.stderr), zh.stderr)
WRONG = {"a share above 1": ("  cities: {most: 140 %}\n", "E0303"), "money for a year that is none": ("  budget: {20x3: 5 万元}\n", "E0"),
         "a measure that is not there": ("  measures: [leaks]\n", "E0316"), "an unknown word": ("  fairness: yes\n", "E0312"),
         "a plant without room": ("  plants: {p: {investment: 5 万元}}\n", "E0302")}
for what, (more, code) in WRONG.items():
    with tempfile.TemporaryDirectory() as folder:
        done = run("project", province(folder, ROWS, F(50), (F(500),), more), "-o", os.path.join(folder, "out"))
        claim(f"{what}: {code}", done.returncode == 1 and code in done.stderr, done.stderr)

# ---- parks from runs and files ----
PARK = """parkwater: 1
name: {zh: 小园区, en: Small park}
period: steady
constituents: [COD]
enterprises: {mill: {value_added: 3 亿元/a, price_year: 2022, products: {cloth: {rate: 2000 万m/a}}}}
sources:
  river: {kind: surface, capacity: 300 m3/h, price: 2 CNY/m3, quality: {COD: 8 mg/L}}
  town: {kind: municipal, capacity: 300 m3/h, price: 3 CNY/m3, quality: {COD: 2 mg/L}}
users:
  dyeing: {kind: process, enterprise: mill, demand: 100 m3/h, inlet: {COD: 50 mg/L}, adds: {COD: 9 kg/h}}
  wash: {kind: process, enterprise: mill, demand: 60 m3/h, inlet: {COD: 200 mg/L}, adds: {COD: 3 kg/h}}
sinks: {outfall: {kind: outfall, limits: {COD: 500 mg/L}, price: 1.4 CNY/m3}}
connections:
  existing: {a: {from: river, to: dyeing}, b: {from: town, to: wash, capacity: 40 m3/h}, c: {from: dyeing, to: wash, capacity: 20 m3/h}, d: {from: dyeing, to: outfall}, e: {from: wash, to: outfall}}
"""
REGION = """parkwater_region: 1
years: {base: 2022, known_to: 2022, to: 2024}
products: {cloth: {unit: 万m/a}}
parks: {small: {%s, city: north}}
growth: {default: {value_added: 0 %%/a}}
targets: {v: {quantity: intake, max: 1000 万m3/a, year: 2024}}
draws: 0
"""
with tempfile.TemporaryDirectory() as folder:
    park, region = os.path.join(folder, "park.yaml"), os.path.join(folder, "region.yaml")
    with open(park, "w", encoding="utf-8") as file:
        file.write(PARK)
    os.mkdir(os.path.join(folder, "now"))
    made = run("simulate", park, "-o", os.path.join(folder, "now", "run.h5"))
    claim("the park is simulated", made.returncode == 0, made.stderr + made.stdout)
    answers = {}
    for how in ("run: now", "run: now/run.h5", "run: {2022: now}", "file: park.yaml"):
        with open(region, "w", encoding="utf-8") as file:
            file.write(REGION % how)
        done = run("project", region, "-o", os.path.join(folder, "out"), "--json")
        claim(f"a park by `{how}`", done.returncode == 0, done.stdout + done.stderr)
        answers[how] = json.loads(done.stdout)["years"][0] if done.returncode == 0 else None
    first = answers["run: now"]
    claim("all give the same water", all(a == first for a in answers.values()), answers)
    # by hand: a year has 8760 h; the river gives dyeing 100, the town gives wash 40, 20 are used again
    claim("its water by source is the park's", first is not None and abs(first["V_i_surface"] - 100 * 8760) < 1 and abs(first["V_i_tap"] - 40 * 8760) < 1 and
          abs(first["V_r"] - 20 * 8760) < 1 and abs(first["value_added"] - 3e8) < 1, first)
    with open(region, "w", encoding="utf-8") as file:
        file.write(REGION % "run: now" + "rows: {csv: rows.csv, columns: {V_i_surface: surface}, unit: 万m3/a, units: {value_added: 亿元/a}}\n")
    with open(os.path.join(folder, "rows.csv"), "w", encoding="utf-8") as file:
        file.write("name,year,surface,V_r,value_added\nsmall old,2022,80,10,2\nother,2022,50,10,1\n")
    with open(region, encoding="utf-8") as file:
        text = file.read()
    with open(region, "w", encoding="utf-8") as file:
        file.write(text.replace("run: now,", "run: now, replaces: small old,"))
    done = run("project", region, "-o", os.path.join(folder, "out"), "--json")
    answer = json.loads(done.stdout)
    claim("a run takes the place of a row", answer.get("members") == 2 and abs(answer["years"][0]["V_i_surface"] - 100 * 8760 - 50e4) < 1, done.stdout)
    for how, code in (("run: nowhere", "E0121"), ("run: region.yaml", "E0390"), ("file: region.yaml", "E0390"), ("run: now, values: {}", "E0302")):
        with open(region, "w", encoding="utf-8") as file:
            file.write(REGION % how)
        done = run("project", region, "-o", os.path.join(folder, "bad"))
        claim(f"`{how}`: {code}", done.returncode == 1 and code in done.stderr and not os.path.exists(os.path.join(folder, "bad")), done.stderr)
    with open(region, "w", encoding="utf-8") as file:
        file.write((REGION % "run: now").replace("known_to: 2022", "known_to: 2023"))
    done = run("project", region, "-o", os.path.join(folder, "out"))
    claim("one year that stands for two is a warning", done.returncode == 0 and "W0391" in done.stderr, done.stderr)
    with open(park, "w", encoding="utf-8") as file:
        file.write(PARK.replace("price_year: 2022", "price_year: 2015"))
    with open(region, "w", encoding="utf-8") as file:
        file.write(REGION % "file: park.yaml")
    done = run("project", region, "-o", os.path.join(folder, "bad"))
    claim("prices of another year are refused", done.returncode == 1 and "E0386" in done.stderr, done.stderr)
    told = run("check", os.path.join(CASE, "region.yaml"))
    claim("check of a region prints what is in it", told.returncode == 0 and "parks 3" in told.stdout and "options 6" in told.stdout, told.stdout)
    told = json.loads(run("check", os.path.join(CASE, "region.yaml"), "--json").stdout)
    claim("and as JSON", told["status"] == "valid" and told["members"] == 3 and told["options"] == 6, told)

end()

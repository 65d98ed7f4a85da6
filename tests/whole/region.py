#!/usr/bin/env python3
"""A region through the command line: the province worked on paper, what double counting would do, bad data told at its cell, the same bytes
for any number of threads, the shipped province.

usage: region.py PARKWATER
"""
import json, os, re, shutil, sys, tempfile
from fractions import Fraction as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from whole import TOP, bytes_of, claim, end, run, table, write

CASE = os.path.join(TOP, "validation", "province_three_parks")


def half_even(x, digits):
    scaled = x * 10 ** digits
    return f"{float(round(scaled)) / 10 ** digits:.{digits}f}"


# ---- the province on paper, again in fractions ----
def by_hand(n, share):
    grown, trend, leak = F(11, 10) ** n, F(95, 100) ** n, 1 - share * F(2, 10)
    a = b = 98 * grown * trend * leak
    reuse = (910 + 210) * grown + 2 * F(1, 2) * 98 * grown * trend * (1 - leak) + 760
    new = 36 if n == 2 else 0
    passed, plant = 40 * b / 98, 10 * grown * trend
    return {"vi": a + b + 236 * trend - new - passed, "vih": 24 * trend + new, "vr": reuse + passed + plant, "added": 16 * grown + 21}


with tempfile.TemporaryDirectory() as folder:
    out = os.path.join(folder, "out")
    done = run("project", os.path.join(CASE, "region.yaml"), "-o", out, "--json")
    answer = json.loads(done.stdout)
    claim("the province is projected", done.returncode == 0, done.stderr)
    rows = {row["year"]: row for row in table(out, "sources.csv")}
    for year, n, share in (("2022", 1, F(1, 4)), ("2023", 2, F(1, 2))):
        want, row = by_hand(n, share), rows[year]
        vi = sum(float(row[f"{source} 10^4 m3"]) for source in ("surface water", "groundwater", "tap water", "bought water and steam"))
        claim(f"{year}: intake to the last digit", f"{vi:.4f}" == half_even(want["vi"], 4), (vi, float(want["vi"])))
        claim(f"{year}: repeated use to the last digit", row["repeated use 10^4 m3"] == half_even(want["vr"], 4), (row, float(want["vr"])))
        claim(f"{year}: R on both bases", row["R (basis A) %"] == half_even(100 * want["vr"] / (want["vi"] + want["vr"]), 2) and
              row["R (basis B) %"] == half_even(100 * want["vr"] / (want["vi"] + want["vih"] + want["vr"]), 2), row)
        claim(f"{year}: value added", row["value added 10^4 CNY (constant prices)"] == half_even(want["added"] * 10 ** 4, 2), row)
    claim("2020: 1890 / 2310", rows["2020"]["R (basis B) %"] == "81.82" and rows["2020"]["repeated use 10^4 m3"] == "1890.0000", rows["2020"])
    judged = {target["id"]: target for target in answer["targets"]}
    claim("targets as on paper", [judged[t]["reached"] for t in ("reuse", "per_added", "new_water")] == [False, True, False], answer["targets"])
    taken = [row for row in table(out, "eliminations.csv") if row["year"] == "2020" and float(row["eliminated 10^4 m3"]) != 0]
    claim("what is taken out stands in its table", {row["column"]: row["eliminated 10^4 m3"] for row in taken} ==
          {"bought water and steam": "40.0000", "reclaimed water": "10.0000", "repeated use": "-50.0000"}, taken)
    causes = {row["cause"]: float(row["change of conventional intake 10^4 m3/a"]) for row in table(out, "causes.csv")}
    ends = causes.pop("intake in 2023") - causes.pop("intake in 2020")
    claim("the causes leave no rest", abs(sum(causes.values()) - ends) < 1e-3, (causes, ends))
    with open(os.path.join(out, "report.html"), encoding="utf-8") as file:
        page = file.read()
    claim("the page shows the wrong rates as wrong", "不可用" in page and "76.17" in page and "79.65" in page)
    claim("no name of the program stands on the page", "park_" not in page.split("</style>")[1])
    claim("the page asks no network and runs no script", "<script" not in page and "http" not in page.replace("http-equiv", ""))
    missed = run("project", os.path.join(CASE, "region.yaml"), "-o", out, "--fail-on-target")
    claim("--fail-on-target gives 10", missed.returncode == 10, missed.stdout)

# ---- bad data: file, row, column, and what it would do ----
GOOD = "park,year,surface,reclaimed,V_r,value_added,prices,R\n" + "".join(
    f"{park},{year},{surface},{reclaimed},{reused},{added},constant,\n"
    for park, surface, reclaimed, reused, added in (("A", 100, 0, 900, 10), ("B", 60, 10, 200, 5), ("C", 240, 20, 740, 20)) for year in (2020, 2021, 2022))
HEAD = {"parkwater_region": 1, "years": {"base": 2020, "known_to": 2022, "to": 2025},
        "rows": {"csv": "parks.csv", "columns": {"name": "park", "V_i_surface": "surface", "V_ih_reclaimed": "reclaimed"}, "unit": "万m3/a",
                 "units": {"value_added": "亿元/a"}},
        "growth": {"default": {"value_added": "5 %/a", "intake": "-2 %/a"}}, "draws": 0}
BAD = {
    "a missing year": (("B,2021,60,10,200,5,constant,\n", ""), "E0382", "parks.csv:5:8", "2021"),
    "a park counted twice": (("B,2021,60", "B,2020,60"), "E0383", "parks.csv:6:1", "second row"),
    "units off by 10^4": (("C,2022,240,", "C,2022,2400000,"), "E0385", "parks.csv:10:8", "430.00"),
    "reuse without intake": (("A,2021,100,0,900", "A,2021,0,0,900"), "E0384", "parks.csv:3:", "instead of"),
    "a rate above 100 %": (("A,2020,100,0,900,10,constant,", "A,2020,100,0,900,10,constant,104 %"), "E0384", "parks.csv:2:", "104 %"),
    "current prices mixed in": (("A,2022,100,0,900,10,constant", "A,2022,100,0,900,10,current"), "E0386", "parks.csv:4:", "price_index"),
    "a volume below 0": (("A,2020,100,", "A,2020,-100,"), "E0303", "parks.csv:2:8", "-100"),
    "no number": (("A,2020,100,", "A,2020,about 100,"), "E0201", "parks.csv:2:8", "about 100"),
    "no reuse": (("A,2020,100,0,900,", "A,2020,100,0,,"), "E0224", "parks.csv:2:", "V_r"),
    "no name": (("A,2020,100", ",2020,100"), "E0307", "parks.csv:2:1", "name"),
    "a year that is none": (("A,2020,100", "A,20x0,100"), "E0201", "parks.csv:2:3", "20x0"),
}


def project(rows, head=None, *words):
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, "parks.csv"), "w", encoding="utf-8") as file:
        file.write(rows)
    with open(os.path.join(folder, "region.yaml"), "w", encoding="utf-8") as file:
        json.dump(head or HEAD, file, ensure_ascii=False)
    done = run("project", os.path.join(folder, "region.yaml"), "-o", os.path.join(folder, "out"), *words)
    written = os.path.exists(os.path.join(folder, "out"))
    shutil.rmtree(folder)
    return done, written


done, written = project(GOOD)
claim("the good table is read", done.returncode == 0 and written, done.stderr)
for what, ((old, new), code, place, said) in BAD.items():
    assert old in GOOD
    done, written = project(GOOD.replace(old, new, 1))
    claim(f"{what}: {code} at its cell, nothing written", done.returncode == 1 and not written and code in done.stderr and place in done.stderr and said in done.stderr,
          done.stderr)
    zh, _ = project(GOOD.replace(old, new, 1), None, "--lang", "zh")
    claim(f"{what}: in Chinese, too", code in zh.stderr and re.search("[一-鿿]", zh.stderr), zh.stderr)
done, _ = project(GOOD.replace("A,2021,100,0,900,10,constant,", "A,2021,100,0,900,10,constant,95 %"))
claim("a rate that its volumes do not give is a warning", done.returncode == 0 and "W0387" in done.stderr, done.stderr)
done, _ = project(GOOD + "".join(f"D,{year},100,0,900,10,constant,\n" for year in (2020, 2021, 2022)))
claim("two names with the same numbers are a warning", done.returncode == 0 and "W0388" in done.stderr, done.stderr)

WRONG = {
    "a target on current prices": ({"targets": {"t": {"quantity": "intake_per_value_added", "change": "-12 %", "prices": "current"}}}, "E0386"),
    "7.5 read as a rate": ({"targets": {"t": {"quantity": "unit_intake.ethylene", "max": "7.5 %"}}, "products": {"ethylene": {"unit": "万t/a"}}}, "E0207"),
    "an unknown quantity": ({"targets": {"t": {"quantity": "reuse", "min": "94 %"}}}, "E0304"),
    "about without a band": ({"targets": {"t": {"quantity": "reuse_rate", "about": "94 %"}}}, "E0302"),
    "a measure for nobody": ({"measures": {"m": {"applies_to": "E", "start": 2023, "effect": {"V_i": {"times": 0.9}}}}}, "E0316"),
    "growth of nobody": ({"growth": {"default": {}, "paper": {}}}, "E0316"),
    "more taken out than there is": ({"shared": {"p": {"supplies": ["B"], "volume": "11 万m3/a", "origin": "park"}}}, "E0381"),
    "years in disorder": ({"years": {"base": 2022, "known_to": 2020, "to": 2025}}, "E0309"),
    "parks above the total": ({"remainder": {"total": {str(y): {"V_i_surface": "300 万m3/a", "V_r": "2000 万m3/a", "value_added": "40 亿元/a"} for y in (2020, 2021, 2022)}}}, "E0385"),
}
for what, (words, code) in WRONG.items():
    done, written = project(GOOD, {**HEAD, **words})
    claim(f"{what}: {code}", done.returncode == 1 and not written and code in done.stderr, done.stderr)
done = run("project", os.path.join(TOP, "scenarios", "parks", "xiangnan.yaml"), "-o", os.path.join(tempfile.gettempdir(), "never"))
claim("a park is no region", done.returncode == 1, done.stderr)

# ---- the shipped province, and the same bytes for any number of threads ----
with tempfile.TemporaryDirectory() as folder:
    shutil.copytree(os.path.join(TOP, "scenarios", "hunan"), os.path.join(folder, "hunan"))
    path = os.path.join(folder, "hunan", "hunan.yaml")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace("draws: 20000", "draws: 1500"))
    written = []
    for threads in ("1", "2", "8"):
        out = os.path.join(folder, threads)
        done = run("project", path, "-o", out, "--threads", threads, "--json")
        claim(f"the province runs on {threads} threads", done.returncode == 0, done.stderr)
        written.append(bytes_of(out))
    claim("the same bytes", written[0] == written[1] == written[2])
    answer = json.loads(done.stdout)
    known = {year["year"]: year for year in answer["years"]}
    claim("2022 is the plan's 50.87 亿m3", abs(known[2022]["V_i_surface"] - 50.87e8) < 1, known[2022])
    claim("2020 follows from -12.22 %", abs(known[2020]["V_i_surface"] / (50.87e8 / (1 - 0.1222)) - 1) < 1e-6, known[2020])
    judged = {target["id"]: target for target in answer["targets"]}
    claim("all 15 products and three rates are there", len(judged) == 18, list(judged))
    claim("ethylene without data is not judged", judged["ethylene"]["known"] is False and judged["ethylene"]["max"] == 7.5, judged["ethylene"])
    claim("beer is asked for 4.25 m3/kL", abs(judged["beer"]["max"] - 4.25) < 1e-12, judged["beer"])

# ---- products against quota classes ----
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "parks.csv"), "w", encoding="utf-8") as file:
        file.write("park,year,surface,bought,V_r,value_added\nA,2022,100,20,900,10\n")
    with open(os.path.join(folder, "out.csv"), "w", encoding="utf-8") as file: # steel: 300 万t with 840 + 60 of steam, in 万m3
        file.write("name,year,product,output,intake\nA,2022,steel,300,900\nA,2022,base,2,90\nA,2022,finished,2,11\n")
    with open(os.path.join(folder, "region.yaml"), "w", encoding="utf-8") as file:
        file.write("parkwater_region: 1\nyears: {base: 2022, known_to: 2022, to: 2025}\n"
                   "rows: {csv: parks.csv, columns: {name: park, V_i_surface: surface, V_i_bought: bought}, unit: 万m3/a, units: {value_added: 亿元/a}}\n"
                   "products: {steel: {name: {zh: 粗钢, en: crude steel}, unit: 万t/a}, base: {unit: 万kL/a}, finished: {unit: 万kL/a}}\n"
                   "outputs: {csv: out.csv, unit: 万m3/a}\ngrowth: {default: {value_added: 0 %/a}}\ndraws: 0\n")
    head = "product,name,sector,unit,plan_2020,plan_2025,general,advanced,leader,source,class\n"
    with open(os.path.join(folder, "quotas.csv"), "w", encoding="utf-8") as file:
        file.write(head + "crude_steel,粗钢,steel,m3/t,3.5,3.15,4.2,3.1,2.5,S,published\nbase,原酒,food,m3/kL,51,43.35,待核,待核,40,S,published\n"
                   "finished,成品酒,food,m3/kL,7,5.95,6,5,4,S,published\n")
    out = os.path.join(folder, "out")
    done = run("project", os.path.join(folder, "region.yaml"), "-o", out, "--quotas", os.path.join(folder, "quotas.csv"))
    rows = {row["product"]: row for row in table(out, "benchmark.csv")}
    claim("steel counts its bought steam: 900 / 300 = 3.000, advanced", rows["crude steel"]["present"] == "3.000" and rows["crude steel"]["class, present"] == "advanced" and
          rows["crude steel"]["planned against the action plan"] == "meets", rows)
    claim("a liquor's two stages stand apart and no row adds anything up", set(rows) == {"crude steel", "base", "finished"} and rows["base"]["present"] == "45.000" and
          rows["finished"]["present"] == "5.500", rows)
    claim("what was not seen is not guessed", rows["base"]["general"] == "to be verified" and rows["base"]["class, present"] == "to be verified", rows["base"])
    claim("finished liquor is in the general class", rows["finished"]["class, present"] == "general", rows["finished"])
    with open(os.path.join(folder, "quotas.csv"), "w", encoding="utf-8") as file:
        file.write(head + "crude_steel,粗钢,steel,m3/t,3.5,10 %,4.2,3.1,2.5,S,published\n")
    done = run("project", os.path.join(folder, "region.yaml"), "-o", os.path.join(folder, "bad"), "--quotas", os.path.join(folder, "quotas.csv"))
    claim("a rate where a value is due: E0811 at its cell", done.returncode == 1 and "E0811" in done.stderr and not os.path.exists(os.path.join(folder, "bad")), done.stderr)

end()

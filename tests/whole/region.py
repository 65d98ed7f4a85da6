#!/usr/bin/env python3
"""A region through the command line: the province worked on paper, what double counting would do, bad data told at its cell, the same bytes
for any number of threads and ranks, the shipped province.

usage: region.py PARKWATER
"""
import csv, json, os, re, shutil, sys, tempfile
from fractions import Fraction as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from whole import TOP, bytes_of, claim, end, run, run_ranks, table, write

CASE = os.path.join(TOP, "validation", "province_three_parks")


def half_even(x, digits):
    scaled = x * 10 ** digits
    return f"{float(round(scaled)) / 10 ** digits:.{digits}f}"


def curve_of(park):
    with open(os.path.join(TOP, "scenarios", "hunan", "curves", f"{park}.csv"), encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


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
    "a park counted twice": (("B,2021,60", "B,2020,60"), "E0383", "parks.csv:6:1", "70.00 万m3 of intake too much"),
    "units off by 10^4": (("C,2022,240,", "C,2022,2400000,"), "E0385", "parks.csv:10:8", "430.00"),
    "reuse without intake": (("A,2021,100,0,900", "A,2021,0,0,900"), "E0384", "parks.csv:3:", "instead of"),
    "a rate above 100 %": (("A,2020,100,0,900,10,constant,", "A,2020,100,0,900,10,constant,104 %"), "E0384", "parks.csv:2:30", "90.00 %"),
    "current prices mixed in": (("A,2022,100,0,900,10,constant", "A,2022,100,0,900,10,current"), "E0386", "parks.csv:4:", "price_index"),
    "value added off by 10^4": (("C,2022,240,20,740,20", "C,2022,240,20,740,200000"), "E0385", "parks.csv:10:19", "12.29"),
    "a volume below 0": (("A,2020,100,", "A,2020,-100,"), "E0303", "parks.csv:2:8", "-100"),
    "no number": (("A,2020,100,", "A,2020,about 100,"), "E0201", "parks.csv:2:8", "about 100"),
    "no reuse": (("A,2020,100,0,900,", "A,2020,100,0,,"), "E0224", "parks.csv:2:", "reuse rate too low"),
    "no value added": (("A,2020,100,0,900,10,", "A,2020,100,0,900,,"), "E0224", "parks.csv:2:", "too high"),
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

# a whole column in another unit: only the other parks can tell (a fourth one is needed for a middle of three)
FOUR = GOOD + "".join(f"D,{year},80,0,700,8,constant,\n" for year in (2020, 2021, 2022))
FAR = {
    "a park's intake in m3 instead of 万m3": (lambda row: row.replace("D,{},80,0", "D,{},800000,0"), "V_i_surface", ":13:8", "800430.00"),
    "its reuse in m3": (lambda row: row.replace("700", "7000000"), "V_r", ":13:", "reuses"),
    "its value added in 万元 instead of 亿元": (lambda row: row.replace(",8,", ",80000,"), "value_added", ":13:", "per 10^4 CNY"),
}
for what, (spoil, column, place, said) in FAR.items():
    rows = GOOD + "".join(spoil("D,{},80,0,700,8,constant,\n").format(year) for year in (2020, 2021, 2022))
    done, _ = project(rows)
    claim(f"{what}: W0395 at its cell, with both results", done.returncode == 0 and "W0395" in done.stderr and column in done.stderr and "parks.csv" + place in done.stderr and
          said in done.stderr and done.stderr.count("W0395") == 1, done.stderr)
    zh, _ = project(rows, None, "--lang", "zh")
    claim(f"{what}: in Chinese, too", "W0395" in zh.stderr and "更正后为" in zh.stderr, zh.stderr)
done, _ = project(FOUR)
claim("four parks of a kind are no warning", done.returncode == 0 and "W0395" not in done.stderr, done.stderr)
VALUES = {str(year): {"V_i_surface": "90 万m3/a", "V_r": "800 万m3/a", "value_added": "9 亿元/a"} for year in (2020, 2021, 2022)}
done, written = project(GOOD, {**HEAD, "parks": {"again": {"values": VALUES, "name": "A"}}})
claim("a row and a park in place of one name: E0383, and what it would add", done.returncode == 1 and not written and "E0383" in done.stderr and
      "90.00 万m3" in done.stderr and "replaces" in done.stderr, done.stderr)
done, _ = project(GOOD, {**HEAD, "parks": {"other": {"values": VALUES, "name": "B2"}}})
claim("another park beside rows is fine", done.returncode == 0 and "E0382" not in done.stderr, done.stderr)
done, _ = project(GOOD, {**HEAD, "parks": {"twin": {"values": {str(year): {"V_i_surface": "100 万m3/a", "V_r": "900 万m3/a", "value_added": "10 亿元/a"} for year in (2020, 2021, 2022)}}}})
claim("a twin of a row is a warning at its entry", done.returncode == 0 and "W0388" in done.stderr and "region.yaml" in done.stderr, done.stderr)

# ---- scope of products: intake, bought water, stages ----
PRODUCTS = {"steel": {"name": {"zh": "粗钢", "en": "crude steel"}, "unit": "万t/a"}, "liquor": {"name": {"zh": "白酒", "en": "liquor"}, "unit": "万kL/a"}}
STEEL = "name,year,product,output,intake,bought,scope\n" + "".join(f"A,{year},steel,20,60,10,取水量\n" for year in (2020, 2021, 2022))


def products(rows, what=("steel",), *words):
    folder = tempfile.mkdtemp()
    write(folder, "parks.csv", GOOD)
    write(folder, "out.csv", rows)
    head = {**HEAD, "products": {name: PRODUCTS[name] for name in what}, "outputs": {"csv": "out.csv", "unit": "万m3/a"},
            "targets": {"steel": {"quantity": "unit_intake.steel", "max": "3.15 m3/t", "year": 2025}} if "steel" in what else {}}
    done = run("project", write(folder, "region.yaml", json.dumps(head, ensure_ascii=False)), "-o", os.path.join(folder, "out"), *words)
    rows = list(table(os.path.join(folder, "out"), "indicators.csv")) if done.returncode == 0 else []
    shutil.rmtree(folder)
    return done, rows


done, rows = products(STEEL)
claim("bought steam counts as intake: (60 + 10) / 20 = 3.5 m3/t", done.returncode == 0 and any(row["present 2022"].startswith("3.50") for row in rows), (done.stderr, rows))
for lang in ("en", "zh"):
    done, _ = products(STEEL.replace("A,2021,steel,20,60,10,取水量", "A,2021,steel,20,50,10,耗新水量"), ("steel",), "--lang", lang)
    claim(f"fresh consumption is refused as intake: E0397 at its cell ({lang})", done.returncode == 1 and "E0397" in done.stderr and "out.csv:3:23" in done.stderr and "1.2" in done.stderr, done.stderr)
    done, _ = products(STEEL.replace("20,60,10", "20,99,10"), ("steel",), "--lang", lang)
    claim(f"products that take more than their park: W0398 ({lang})", done.returncode == 0 and "W0398" in done.stderr and "109.00" in done.stderr and "100.00" in done.stderr, done.stderr)
    done, _ = products("name,year,product,output,intake\n" + "".join(f"A,{year},liquor,1,50\n" for year in (2020, 2021, 2022)), ("liquor",), "--lang", lang)
    claim(f"baijiu without its stage: W0398 ({lang})", done.returncode == 0 and "W0398" in done.stderr and "43.35" in done.stderr and "5.95" in done.stderr, done.stderr)

WRONG = {
    "a target on current prices": ({"targets": {"t": {"quantity": "intake_per_value_added", "change": "-12 %", "prices": "current"}}}, "E0386"),
    "7.5 read as a rate": ({"targets": {"t": {"quantity": "unit_intake.ethylene", "max": "7.5 %"}}, "products": {"ethylene": {"unit": "万t/a"}}}, "E0207"),
    "an unknown quantity": ({"targets": {"t": {"quantity": "reuse", "min": "94 %"}}}, "E0304"),
    "about without a band": ({"targets": {"t": {"quantity": "reuse_rate", "about": "94 %"}}}, "E0302"),
    "a measure for nobody": ({"measures": {"m": {"applies_to": "E", "start": 2023, "effect": {"V_i": {"times": 0.9}}}}}, "E0316"),
    "growth of nobody": ({"growth": {"default": {}, "paper": {}}}, "E0316"),
    "more taken out than there is": ({"shared": {"p": {"supplies": ["B"], "volume": "11 万m3/a", "origin": "park"}}}, "E0381"),
    "years in disorder": ({"years": {"base": 2022, "known_to": 2020, "to": 2025}}, "E0309"),
    "a note of no kind": ({"notes": {"A1": {"text": {"zh": "甲", "en": "a"}}}}, "E0302"),
    "a note of an unknown kind": ({"notes": {"A1": {"kind": "guess", "text": {"zh": "甲", "en": "a"}}}}, "E0304"),
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
    run("project", path, "-o", os.path.join(folder, "zh"), "--lang", "zh")
    claim("sectors by their names", "钢铁".encode() in bytes_of(os.path.join(folder, "zh"))["members.csv"] and b"non-ferrous metals" in written[0]["members.csv"])
    for ranks in (2, 4) if shutil.which("mpirun") else ():
        out = os.path.join(folder, f"ranks{ranks}")
        together = run_ranks(ranks, "project", path, "-o", out, "--threads", "1")
        claim(f"{ranks} ranks project it together, and one speaks", together.returncode == 0 and together.stdout.count("summary.html") <= 1, together.stderr)
        claim(f"the same bytes on {ranks} ranks", bytes_of(out) == written[0])
    answer = json.loads(done.stdout)
    known = {year["year"]: year for year in answer["years"]}
    taken = {year: sum(known[year][f"V_i_{source}"] for source in ("surface", "ground", "tap", "bought")) for year in known}
    claim("2022 is the plan's 50.87 亿m3", abs(taken[2022] - 50.87e8) < 1, known[2022])
    claim("2020 follows from -12.22 %", abs(taken[2020] / (50.87e8 / (1 - 0.1222)) - 1) < 1e-6, known[2020])
    claim("and 50.87 亿m3 over the implied 15028 亿元 is its 33.85 m3 per 10^4 CNY", abs(50.87e8 / 15028e4 - 33.85) < 0.005)
    judged = {target["id"]: target for target in answer["targets"]}
    claim("all 15 products and three rates are there", len(judged) == 18, list(judged))
    claim("ethylene without data is not judged", judged["ethylene"]["known"] is False and judged["ethylene"]["max"] == 7.5, judged["ethylene"])
    lacks = {need["target"]: need for need in answer["allocation"]["needs"]}
    claim("what is lacking is allocated over the shipped parks", answer["allocation"]["status"] in ("optimal", "gap_reached") and
          all(need["delivered_m3"] >= need["lacking_m3"] for need in lacks.values()) and
          abs(lacks["non_conventional"]["lacking_m3"] - (1e7 - sum(known[2025][f"V_ih_{source}"] for source in ("reclaimed", "mine", "rain", "other")))) < 1, lacks)
    options = {option["id"]: option for option in answer["allocation"]["options"]}
    parks = {"yueyang", "xiangtan", "shuikoushan", "changde", "jinshi", "mixed", "paper"}
    claim("each shipped park has its curve", {option["group"] for option in options.values()} >= parks and len(options) > 20, list(options))
    anyway = {f"{park}.{row['option']}" for park in parks for row in curve_of(park) if row["anyway"]}
    claim("what pays itself back within a year is neither paid nor new", {name.split(".")[0] for name in anyway} >= {"xiangtan", "jinshi", "paper"} and
          {name for name, option in options.items() if option["verdict"] == "anyway"} == anyway, (anyway, options))
    with open(os.path.join(out, "report.html"), encoding="utf-8") as file:
        page = file.read()
    claim("the page says what public figures do not", page.count("公开数据无法得知") > 6 and "重复利用率的水平" in page and "67.22%" in page and "当年价" in page and "左右" in page)
    claim("and how good the data are", 'id="quality"' in page and "各年相同" in page)
    claim("four fans with the marks of three targets, and a waterfall", page.count('<svg class="front"') == 4 and page.count('stroke="#b3261e"') == 3 and 'id="causes"' in page and
          page.count('fill="#d05a3f"') >= 1, (page.count('<svg class="front"'), page.count('stroke="#b3261e"')))
    rows = {row["target"]: row for row in table(out, "targets.csv")}
    claim("all targets of the plan are indicative, none binding", len(rows) == 18 and {row["kind"] for row in rows.values()} == {"indicative"}, rows)
    about = rows["reuse rate above designated size"]
    claim("about 94 % is judged at the lower edge of its band, and the share inside it told apart", about["about"] == "94.00" and about["least"] == "93.50" and
          0 < float(about["inside the band %"]) < 100, about)
    claim("the joint probability is none of the single ones' product and at most the least of them",
          answer["joint"] <= min(target["probability"] for target in judged.values() if target["known"]) + 1e-12, answer["joint"])
    years = [row["year"] for row in table(out, "sources.csv")]
    claim("the trajectory runs from 2020 to 2030", years == [str(year) for year in range(2020, 2031)], years)
    claim("the backcast stands before any forecast", 0 < page.index('id="backcast"') < page.index('id="future"'))
    claim("the document's seed is the one that draws", answer["seed"] == 493, answer["seed"])
    other = json.loads(run("project", path, "-o", out + "_seed", "--seed", "7", "--json").stdout)
    claim("unless the command line names one", other["seed"] == 7 and other["targets"] != answer["targets"], other["seed"])
    kinds = [row["kind"] for row in table(out, "notes.csv")]
    claim("every note is in a table", kinds.count("assumed") == 11 and kinds.count("not in public figures") == 6 and kinds.count("counted by hand") == 7 and
          kinds.count("quoted, not used") == 3, kinds)
    with open(os.path.join(out, "summary.html"), encoding="utf-8") as file:
        one = file.read()
    claim("the summary has fans, the waterfall, who closes the gap, what is unknown", one.count('<svg class="front"') == 4 and "谁来补足缺口" in one and "公开数据无法得知" in one and
          "取水量为什么变化" in one and "<script" not in one and "<img" not in one, one[:400])
    claim("the summary has its cities", all(f"<h2>{city}" in one for city in ("岳阳", "常德", "湘潭", "衡阳")), one[:400])
    benchmark = {row["product"]: row for row in table(out, "benchmark.csv")}
    claim("all 15 products stand against the plan's values", len(benchmark) == 15 and benchmark["crude steel"]["action plan 2025"] == "3.150" and
          benchmark["ethylene"]["action plan 2025"] == "7.500" and benchmark["ethylene"]["planned against the action plan"] == "no data", list(benchmark))
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
        file.write(head + "crude_steel,粗钢,steel,m3/百米,3.5,3.15,4.2,3.1,2.5,S,published\n")
    for lang in ("en", "zh"):
        done = run("project", os.path.join(folder, "region.yaml"), "-o", out, "--quotas", os.path.join(folder, "quotas.csv"), "--lang", lang)
        claim(f"a quota in another measure is said: W0396 ({lang})", done.returncode == 0 and "W0396" in done.stderr and "steel" in done.stderr and "quotas.csv:2:" in done.stderr, done.stderr)
        rows = [line for line in open(os.path.join(out, "tables", "benchmark.csv"), encoding="utf-8-sig") if "粗钢" in line or "crude steel" in line]
        claim(f"and stands in the table without a verdict ({lang})", len(rows) == 1 and ("not compared" in rows[0] or "不作对比" in rows[0]) and "3.15" not in rows[0], rows)
    with open(os.path.join(folder, "quotas.csv"), "w", encoding="utf-8") as file:
        file.write(head + "crude_steel,粗钢,steel,m3/t,3.5,10 %,4.2,3.1,2.5,S,published\n")
    done = run("project", os.path.join(folder, "region.yaml"), "-o", os.path.join(folder, "bad"), "--quotas", os.path.join(folder, "quotas.csv"))
    claim("a rate where a value is due: E0811 at its cell", done.returncode == 1 and "E0811" in done.stderr and not os.path.exists(os.path.join(folder, "bad")), done.stderr)

end()

#!/usr/bin/env python3
"""Proposals side by side, as a design institute reads them: validation/proposals_b1 worked again here, and what a reviewer looks for.

usage: compare.py PARKWATER
"""
import csv, json, os, re, subprocess, sys, tempfile, zipfile
import xml.etree.ElementTree as xml

PARKWATER = os.path.abspath(sys.argv[1])
CASE = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../validation/proposals_b1"))
RUNS = ["now", "ro", "soft", "series"]
failures = []


def claim(what, holds, said=""):
    print(("ok     " if holds else "FAILED ") + what, flush=True)
    if not holds:
        failures.append(what)
        print(said)


def near(what, got, want, digits):
    """To the printed digit."""
    claim(f"{what}: {want:.{digits}f}", got is not None and f"{got:.{digits}f}" == f"{want:.{digits}f}", f"got {got!r}")


def say(*words, fine=(0,)):
    done = subprocess.run([PARKWATER, *words], capture_output=True, text=True, timeout=300, env={**os.environ, "LANG": "C"})
    claim("parkwater " + " ".join(os.path.basename(word) for word in words[:3]) + f" ends with {done.returncode}", done.returncode in fine,
          done.stdout + done.stderr)
    return done


def npv(flow, rate):
    return sum(a / (1 + rate) ** t for t, a in enumerate(flow))


# ---- the case by hand ----

def by_hand():
    E = 0.00145 * 8 * 15000 * 24
    river = {"now": 14000 + E * 3 / 2, "soft": 14000 + E * 5 / 4}
    river["ro"], river["series"] = river["now"] - 6000, river["now"] - 4000
    works = {"now": river["now"] - E, "ro": river["now"] - E, "soft": river["soft"] - E, "series": river["series"] - E}
    out = {**works, "ro": works["now"] - 6000}
    d, v, C, g = 0.207, 0.8 * 1.5, 130.0, 9810.0  # DN200 at the frozen velocity
    q = v * 3.141592653589793 * d * d / 4
    head = 10.666829 * 3000 * q ** 1.852 / (C ** 1.852 * d ** 4.871)
    power = {"now": 0, "soft": 0, "ro": 8000 * 365 * 1.0, "series": 4000 * 365 * g * head / 0.7 / 3.6e6}
    running = {run: 365 * (3.4 * river[run] + 1.2 * out[run] + 1.5 * works[run]) + 0.65 * power[run] for run in RUNS}
    running["ro"] += 365 * 8000 * 1.2
    running["soft"] += 600000
    capital = {"now": 0, "ro": 24e6, "soft": 6e6, "series": 3000 * 580}
    flows = {run: [-capital[run]] + [running["now"] - running[run]] * 10 for run in RUNS[1:]}
    flows["series"][10] += capital["series"] * 20 / 30  # the pipe lasts thirty years
    return river, running, capital, flows, E, works["now"]


def concentrate(E, works):
    """TDS at the works' outlet with the RO's product coming back: 0.025 x in 6000 of it."""
    salt = 300 * (4000 + 4000 + E * 3 / 2) + 1500e3 + 800e3  # river to A, B and the tower; shops [g/d]
    x = salt / (works - 6000 * 0.025)
    return x, (1 - 0.75 * 0.025) * x / 0.25


def the_case(folder, runs):
    done = say("compare", *runs, "-o", os.path.join(folder, "compared"), "--json")
    told = json.loads(done.stdout)
    river, running, capital, flows, E, works = by_hand()
    irr = {"ro": 0.143935213509407, "soft": 0.258594167909167, "series": 5.07186092845862}  # LibreOffice 7.4 =IRR
    for run in RUNS:
        got = told["runs"][run]
        near(f"{run}: intake (m3/d)", got["intake_conventional_m3_per_a"] / 365, river[run], 2)
        near(f"{run}: running cost (CNY/a)", got["running_CNY_per_a"], running[run], 2)
        near(f"{run}: investment (CNY)", got["investment_CNY"], capital[run], 2)
    for run in RUNS[1:]:
        got = told["runs"][run]
        value = npv(flows[run], 0.08)
        saved = (river["now"] - river[run]) * 365
        annuity = sum(1.08 ** -t for t in range(1, 11))
        near(f"{run}: NPV (CNY)", got["npv_CNY"], value, 2)
        claim(f"{run}: one rate of return", len(got["irr"]) == 1)
        near(f"{run}: IRR (%)", 100 * got["irr"][0], 100 * irr[run], 8)
        near(f"{run}: static payback (a)", got["payback_a"], capital[run] / flows[run][1], 4)
        near(f"{run}: net cost (CNY/m3)", got["unit_cost_CNY_per_m3"], -value / annuity / saved, 6)
    reject = told["runs"]["ro"]["reject_ro"]
    near("RO: 8000 in, 2000 concentrate (m3/d)", reject["water_m3_per_d"], 2000, 4)
    near("RO: recovery once", reject["recovery"], 0.75, 6)
    x, brine = concentrate(E, works)
    near("RO: TDS of the concentrate (mg/L)", reject["TDS"], brine, 2)
    capitals = next(s for s in told["runs"]["ro"]["swings"] if s["of"] == "capital")
    near("RO: NPV at +20 % capital", capitals["high_CNY"], npv(flows["ro"], 0.08) - 0.2 * 24e6, 2)
    near("RO: breaks where capital is so many times", capitals["turns"], 1 + npv(flows["ro"], 0.08) / 24e6, 6)
    return told


# ---- page, tables, workbook ----

def the_page(folder):
    with open(os.path.join(folder, "compared/report.html"), encoding="utf-8") as file:
        page = file.read()
    zh, en = page.count('<span class="zh"'), page.count('<span class="en"')
    claim("both languages are complete", zh == en and zh > 300, f"{zh} {en}")
    claim("the page asks no network", not re.search(r"(src|href)=\"https?:", page))
    for word in ("净现值", "内部收益率", "静态投资回收期", "动态投资回收期", "单方节水", "浓水", "待核", "最优性间隙", "取水量 A", "取水量 B", "不计循环"):
        claim(f"the page speaks of {word}", word in page)
    claim("a balance diagram a run and a tornado a proposal",
          page.count('<svg class="balance"') == 4 and page.count('<svg class="tornado"') == 3)


def cells(path, sheet):
    """A worksheet's cells as the file holds them: strings and numbers."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as book:
        names = [s.get("name") for s in xml.fromstring(book.read("xl/workbook.xml")).findall(".//m:sheet", space)]
        shared = ["".join(t.text or "" for t in s.iter("{%s}t" % space["m"]))
                  for s in xml.fromstring(book.read("xl/sharedStrings.xml")).findall("m:si", space)]
        page = xml.fromstring(book.read(f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"))
    rows = []
    for row in page.findall(".//m:row", space):
        rows.append([shared[int(c.find("m:v", space).text)] if c.get("t") == "s" else float(c.find("m:v", space).text)
                     for c in row.findall("m:c", space) if c.find("m:v", space) is not None])
    return names, rows


def the_tables(folder, run):
    path = os.path.join(folder, "compared/tables.xlsx")
    names, rows = cells(path, "summary (en)")
    claim("every table in both languages", {n[:-5] for n in names if n.endswith("(zh)")} == {n[:-5] for n in names if n.endswith("(en)")} and len(names) >= 20,
          str(names))
    worth = next(row for row in rows if row[0] == "net present value")
    claim("numbers are numbers, units stand in the row", worth[1] == "10⁴ CNY" and all(isinstance(v, float) for v in worth[2:]), str(worth))
    claim("Chinese is intact", cells(path, "summary (zh)")[1][0][:2] == ["项目", "单位"])
    salt = {language: {row[1] for row in cells(path, f"constituents ({language})")[1][1:]} for language in ("zh", "en")}
    claim("a Chinese table names constituents in Chinese", "溶解性总固体" in salt["zh"] and not salt["zh"] & salt["en"], str(salt))
    heads = cells(path, "cash_flows (en)")[1][0] + cells(path, "sources (en)")[1][0] + [row[1] for row in cells(path, "sources (en)")[1]]
    claim("an English workbook says m³ and 10⁴", any("10⁴" in head for head in heads) and "m³/d" in heads and not re.search(r"10\^|m3", " ".join(heads)), str(heads))
    with open(os.path.join(folder, "compared/tables/sources.csv"), encoding="utf-8-sig") as file:
        units = {row["unit"] for row in csv.DictReader(file)}
    claim("and an English CSV m3, as it is typed", units == {"m3/d"}, str(units))
    with open(os.path.join(folder, "compared/tables/summary.csv"), encoding="utf-8-sig") as file:
        lines = list(csv.reader(file))
    claim("CSV and workbook say the same", [float(v) for v in next(r for r in lines if r[0] == "net present value")[3:]] == worth[2:])
    names, rows = cells(os.path.join(run, "tables.xlsx"), "sources (zh)")
    claim("a run has its workbook, too", "unit_balance (en)" in names and len(rows) > 1, str(names))


def the_worst(folder):
    """quality_worst.csv against quality.csv: of each user in each run the largest worst / limit, and none without a limit."""
    def rows(name):
        with open(os.path.join(folder, "compared/tables", name), encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))
    want = {}
    for row in rows("quality.csv"):
        if row["limit (mg/L)"] and row["worst (mg/L)"]:
            share = 100 * float(row["worst (mg/L)"]) / float(row["limit (mg/L)"])
            key = (row["user"], row["run"])
            want[key] = max(want.get(key, 0), share)
    got = {(row["user"], row["run"]): float(row["worst to limit (%)"]) for row in rows("quality_worst.csv")}
    claim("the worst constituent at each user is the one nearest its limit", len(want) >= 4 and got.keys() == want.keys() and
          all(abs(got[key] - want[key]) < 0.02 + 0.005 * want[key] for key in want), f"{got}\n{want}")


def grey(colour):
    return sum(weight * int(colour[i:i + 2], 16) / 255 for weight, i in ((0.299, 1), (0.587, 3), (0.114, 5)))


def without_colour(folder):
    """The kinds of water in the legend of a balance diagram, as a printer without colour shows them: greys a tenth apart, or dashes."""
    with open(os.path.join(folder, "compared/figures/balance_2.svg"), encoding="utf-8") as file:
        svg = file.read()
    kinds = re.findall(r'h22" stroke="(#[0-9a-f]{6})"[^>]*?( stroke-dasharray="[^"]*")?/>', svg)
    apart = [abs(grey(a) - grey(b)) for i, (a, dashed) in enumerate(kinds) for b, other in kinds[i + 1:] if dashed == other]
    claim("kinds of water are told apart without colour", len(kinds) == 5 and min(apart) > 0.1, f"{kinds} {apart}")


def the_document(folder):
    path = os.path.join(folder, "compared/report.docx")
    with zipfile.ZipFile(path) as document:
        claim("every member of the document is whole", document.testzip() is None)
        text = xml.fromstring(document.read("word/document.xml"))
        media = [name for name in document.namelist() if name.startswith("word/media/")]
        for name in document.namelist():
            if name.endswith((".xml", ".rels")):
                xml.fromstring(document.read(name))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    words = ["".join(t.text or "" for t in p.iter(space + "t")) for p in text.iter(space + "p")]
    order = [words.index(title) for title in ("1 Scope", "2 Sources and volumes", "3 Balance diagrams", "6 Investment and running cost", "8 Conclusions")]
    claim("chapters stand in their order", order == sorted(order))
    claim("seven drawings and a box diagram a run, ten tables", len(media) == 7 + 4 and len(list(text.iter(space + "tbl"))) == 10, str(len(list(text.iter(space + "tbl")))))
    for name in sorted(os.listdir(os.path.join(folder, "compared/figures"))):
        with open(os.path.join(folder, "compared/figures", name), "rb") as file:
            data = file.read()
        if name.endswith(".svg"):
            xml.fromstring(data)
        claim(f"{name} is a drawing", data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) > 5000 if name.endswith(".png") else b"<svg" in data[:80])


# ---- what a reviewer looks for ----

def park(folder, name, sources, extra="", circulation=True, period="steady", year=2025):
    path = os.path.join(folder, name + ".yaml")
    cooling = "cooling: {kind: cooling_tower, circulation: 5000 m3/h, range: 8 K, drift: 0, cycles: 4}" if circulation else "cooling: {kind: process, demand: 5 m3/h}"
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"""parkwater: 1
name: reviewer
period: {period}
constituents: [TDS]
sources: {{{sources}}}
users:
  a: {{kind: process, demand: 100 m3/h}}
  b: {{kind: process, demand: 100 m3/h}}
  {cooling}
sinks: {{out: {{kind: outfall}}}}
connections: {{existing: [{extra}[a, b], [b, out]{', [cooling.blowdown, out]' if circulation else ', [cooling, out]'}]}}
economics: {{price_year: {year}}}
""")
    out = os.path.join(folder, name + ".h5")
    say("simulate", path, "-o", out, "-q")
    return out


def of(told, run):
    return told["runs"][run]


def rates(folder, told_dir):
    with open(os.path.join(told_dir, "tables/indicators.csv"), encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    return {row[0]: dict(zip(rows[0][4:], row[4:])) for row in rows[1:]}


def a_reviewer(folder):
    river = "river: {kind: surface, price: 2 CNY/m3, quality: {TDS: 200 mg/L}}"
    city = river + ", city: {kind: reclaimed, origin: municipal, price: 1 CNY/m3, quality: {TDS: 300 mg/L}}"
    wet = park(folder, "wet", river, "[river, a], [river, cooling], ")
    dry = park(folder, "dry", river, "[river, a], [river, cooling], ", circulation=False)
    mixed = park(folder, "mixed", city, "[river, a], [city, cooling], ")
    later = park(folder, "later", river, "[river, a], [river, cooling], ", year=2020)
    leap = park(folder, "leap", river, "[river, a], [river, cooling], ", period="{start: 2024-02-01, end: 2024-03-01}")
    out = os.path.join(folder, "reviewed")
    told = json.loads(say("compare", wet, dry, mixed, "-o", out, "--json").stdout)
    rate = rates(folder, out)
    used = rate["serial_use"]
    claim("3: water used again counts once, at the later use: 100 m3/h in b", abs(float(used["wet"]) - 100 * 8760) < 1e-3 * 8760, str(used))
    claim("8: municipal reclaimed water for river water saves on basis A and nothing on basis B",
          of(told, "mixed")["intake_all_sources_m3_per_a"] == of(told, "wet")["intake_all_sources_m3_per_a"]
          and of(told, "mixed")["intake_conventional_m3_per_a"] < of(told, "wet")["intake_conventional_m3_per_a"])
    both = rate["reuse_rate.all_sources"]
    claim("9: dry cooling lowers the reuse rate though intake falls, and both are shown",
          float(both["dry"]) < float(both["wet"]) and of(told, "dry")["intake_conventional_m3_per_a"] < of(told, "wet")["intake_conventional_m3_per_a"],
          str(both))
    claim("4: what evaporates is no saving: intake saved is intake less",
          abs(of(told, "dry")["saved_m3_per_a"] - (of(told, "wet")["intake_conventional_m3_per_a"] - of(told, "dry")["intake_conventional_m3_per_a"])) < 1e-6)
    for what, other, code in (("6: prices of another year", later, "E0802"), ("7: February of a leap year", leap, "E0803")):
        done = say("compare", wet, other, "-o", os.path.join(folder, "refused"), "--json", fine=(1,))
        claim(f"{what} is refused ({code})", code in done.stdout, done.stdout)
    claim("nothing was written for them", not os.path.exists(os.path.join(folder, "refused")))
    done = say("compare", wet, wet, "-o", os.path.join(folder, "refused"), fine=(1,))
    claim("two runs of one name are told", "NAME=RUN.h5" in done.stderr, done.stderr)
    done = say("compare", wet, os.path.join(folder, "absent.h5"), "-o", os.path.join(folder, "refused"), fine=(4,))
    done = say("compare", wet, os.path.join(folder, "wet.yaml"), "-o", os.path.join(folder, "refused"), fine=(4,))
    claim("a scenario is no result file", "result file" in done.stderr, done.stderr)


def main():
    with tempfile.TemporaryDirectory() as folder:
        runs = [os.path.join(folder, "now.h5")]
        say("simulate", os.path.join(CASE, "now.yaml"), "-o", runs[0], "-q")
        for name in RUNS[1:]:
            say("run", os.path.join(CASE, name + ".yaml"), "-o", os.path.join(folder, name), "-q", "--no-worth")
            runs.append(os.path.join(folder, name, "run.h5"))
        the_case(folder, runs)
        the_page(folder)
        the_tables(folder, os.path.join(folder, "ro"))
        the_worst(folder)
        without_colour(folder)
        the_document(folder)
        again = os.path.join(folder, "again")
        say("compare", *runs, "-o", again, "-q")
        for name in ("report.html", "tables.xlsx", "tables/summary.csv", "report.docx", "figures/tornado_2.png"):
            with open(os.path.join(folder, "compared", name), "rb") as a, open(os.path.join(again, name), "rb") as b:
                claim(f"the same {name} twice", a.read() == b.read())
        a_reviewer(folder)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""The main job on a small park with a season and a storage: the page, the tables, the file, twice the same.

usage: report.py PARKWATER
"""
import csv, html.parser, json, os, re, subprocess, sys, tempfile, zipfile
import xml.etree.ElementTree as xml

PARKWATER = os.path.abspath(sys.argv[1])
PEAK = """parkwater: 1
period: {start: 2025-01-01, end: 2025-01-08}
constituents: [COD]
patterns: {shifts: {every: 8h, factors: [0.5, 1.5, 1]}}
sources: {river: {kind: surface, price: 2 CNY/m3, capacity: 110 m3/h, quality: {COD: 10 mg/L}}}
users: {a: {kind: process, demand: {base: 100 m3/h, pattern: shifts}}}
sinks: {outfall: {kind: outfall}}
connections: {candidates: all}
"""
RAIN = """parkwater: 1
period: {start: 2025-01-01, end: 2026-01-01}
seasons: months
weather: {generator: changsha, seed: 2, every: hour}
constituents: [COD]
sources:
  rain: {kind: rain, catchment: 5 ha, runoff: 0.85, first_flush: 0 mm, quality: {COD: 10 mg/L}}
  river: {kind: surface, price: 3 CNY/m3, quality: {COD: 10 mg/L}}
users: {wash: {kind: process, demand: 6 m3/h}}
storages: {pit: {kind: tank, volume: {min: 1000 m3, max: 1000 m3}, existing: true}}
sinks: {outfall: {kind: outfall}}
connections: {candidates: all}
"""
failures = []

PARK = """parkwater: 1
name: {zh: 报告<试验>园区, en: Park of the <report> test}
data: illustrative
period: {start: 2025-06-01, end: 2025-07-01}
seasons: months
constituents: [TDS, COD]
enterprises: {one: {name: {zh: 甲厂, en: Works one}, value_added: 1 亿元/a, price_year: 2020, products: {cloth: 1e7 m/a}}}
sources:
  river: {kind: surface, name: {zh: 河水, en: River}, price: 2 CNY/m3, quality: {TDS: 200 mg/L, COD: 10 mg/L}}
users:
  rinse: {kind: process, name: {zh: 漂洗, en: Rinsing}, enterprise: one, demand: 100 m3/h, loss: {evaporation: 5 %}, inlet: {COD: 20 mg/L, TDS: 500 mg/L}, adds: {COD: 5 kg/h, TDS: 20 kg/h}}
  floor: {kind: process, name: {zh: 冲洗, en: Floors}, enterprise: one, demand: 33.3 m3/h, inlet: {COD: 80 mg/L}, adds: {COD: 2 kg/h}}
treatments:
  plant: {name: {zh: 污水站, en: Plant}, technology: removal, removal: {COD: 90 %}, capacity: 300 m3/h, existing: true, opex: 0.5 CNY/m3}
sinks: {outfall: {name: {zh: 排口, en: Outfall}, kind: outfall, limits: {COD: 50 mg/L}, price: 1 CNY/m3}}
connections: {candidates: all}
targets: {unit_intake.cloth: {max: 12 m3/百米}}
"""
# The same with an office that is metered: for the forms.
METERED = PARK.replace("  floor:", """  office: {kind: process, name: {zh: 办公, en: Office}, enterprise: one, use: domestic, persons: 40, demand: 0.2 m3/h}
  floor:""") + """meters: {M1: {on: office, level: 2, max_error: 2 %, valid_until: 2026-01-31}}
"""


def claim(what, true):
    print(("ok   " if true else "FAIL ") + what)
    if not true:
        failures.append(what)


def run(path, out, *words):
    return subprocess.run([PARKWATER, "run", path, "-o", out, "--lang", "zh", *words], capture_output=True, text=True)


class Page(html.parser.HTMLParser):
    """Collects what each language shows and whether tags close."""
    VOID = {"meta", "input", "br", "path", "rect", "link"}
    OPEN = {"td", "th", "tr", "li", "p"}  # may stay open in HTML

    def __init__(self):
        super().__init__()
        self.stack, self.zh, self.en, self.problems = [], 0, 0, []

    def handle_starttag(self, tag, attributes):
        classes = (dict(attributes).get("class") or "").split()
        self.zh += "zh" in classes
        self.en += "en" in classes
        for name, value in attributes:
            if name in ("src", "href") and not (value or "").startswith("#"):
                self.problems.append(f"{tag} {name}={value}")
        if tag not in self.VOID and tag not in self.OPEN:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if tag in self.VOID or tag in self.OPEN:
            return
        if not self.stack or self.stack.pop() != tag:
            self.problems.append(f"</{tag}> does not close what stands open")


def balance_closes(text):
    """Every inner node's printed inflows and outflows are the same whole number (from the figure's titles)."""
    flows = {}
    for donor, receiver, number in re.findall(r"<title>(.*?) → (.*?)  (\d+) m³/d</title>", text):
        flows.setdefault(donor, [0, 0])[1] += int(number)
        flows.setdefault(receiver, [0, 0])[0] += int(number)
    inner = [n for n in ("漂洗", "冲洗", "污水站") if n in flows]
    return len(inner) >= 2 and all(flows[n][0] == flows[n][1] for n in inner)


def peak(folder):
    """150 m3/h are asked for a third of the day, 110 can be taken: one round sees it in the simulation and cannot mend it."""
    path = os.path.join(folder, "peak.yaml")
    open(path, "w", encoding="utf-8").write(PEAK)
    done = run(path, os.path.join(folder, "peak"), "--rounds", "1")
    claim("what was not kept is told on the terminal", done.returncode == 6 and "需水未满足：a（占时段的 33.3 %）" in done.stdout)
    text = open(os.path.join(folder, "peak", "report.html"), encoding="utf-8").read()
    claim("and beside the verdict, in both languages", "could not keep what is asked" in text and "项未能满足" in text)


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "park.yaml")
        open(path, "w", encoding="utf-8").write(METERED)
        done = run(path, os.path.join(folder, "one"))
        claim("the main job ends with 0: " + done.stderr[-300:], done.returncode == 0)
        if done.returncode == 0:
            text = open(os.path.join(folder, "one", "report.html"), encoding="utf-8").read()
            page = Page()
            page.feed(re.sub(r"<script>.*?</script>", "", text, flags=re.S))
            claim(f"tags close and nothing is fetched: {page.problems[:3]}", not page.problems and not page.stack)
            claim(f"both languages say as much ({page.zh} zh, {page.en} en)", page.zh == page.en and page.zh > 100)
            claim("no request to any host", "default-src 'none'" in text and not re.search(r"(src|href)=\"https?:", text))
            claim("names are escaped", "报告&lt;试验&gt;园区" in text and "报告<试验>" not in text)
            claim("illustrative data are marked", "示意数据" in text)
            claim("the diagram closes as printed", balance_closes(text))
            claim("numbers are numbers", not re.search(r"[>\s,:\[](nan|inf)[<\s,\]]", re.sub(r"<script>.*?</script>", "", text, flags=re.S), re.I))
            tables = os.path.join(folder, "one", "tables")
            names = sorted(os.listdir(tables))
            claim(f"tables stand: {len(names)}", len(names) >= 8 and all(n.endswith(".csv") for n in names))
            claim("tables open in Excel: BOM, equal rows", all(sound_csv(os.path.join(tables, n)) for n in names))
            run(path, os.path.join(folder, "two"), "--threads", "2")
            again = open(os.path.join(folder, "two", "report.html"), encoding="utf-8").read()
            strip = lambda t: re.sub(r"parkwater run .*?<", "<", t)
            claim("the same page again, with two threads", strip(again) == strip(text))
            claim("few constituents need no narrow table", not re.search(r"<table class=\"many", text))
            claim("without a front no chapter of it, no table", "pareto.csv" not in names and 'id="front"' not in text)
            wide(folder)
            document(os.path.join(folder, "one", "report.docx"))
            forms(text)
            claim("a park that keeps all has no caveat", "could not keep" not in text)
            peak(folder)
            front(folder)
            rain(folder)
            stages(folder)
            rewritten(folder)
    print(f"{len(failures)} claims failed")
    return 1 if failures else 0


def chapters(path):
    """The page's chapters by id, and its menu."""
    text = open(path, encoding="utf-8").read()
    found = {name: body for name, body in re.findall(r'<section id="(\w+)"(.*?)</section>', text, re.S)}
    return found, re.findall(r'href="#(\w+)"', text[:text.index("</nav>")]), text


def rewritten(folder):
    """The page once more from run.h5 alone, the scenario gone: what is not hourly is the same to the byte, hours to the file's 13 bits."""
    call = lambda *words: subprocess.run([PARKWATER, "report", *words], capture_output=True, text=True)
    for name in ("one", "front", "staged", "rain"):
        h5, html = os.path.join(folder, name, "run.h5"), os.path.join(folder, name + "-again.html")
        done = call(h5, "-o", html, "--lang", "zh")
        claim(f"the page of {name} is written again: {done.stderr[-300:]}", done.returncode == 0)
        if done.returncode != 0:
            continue
        (a, menu_a, _), (b, menu_b, text) = chapters(os.path.join(folder, name, "report.html")), chapters(html)
        same = [c for c in a if a[c] == b.get(c)]
        rounded = {"series", "units", "hours"}
        claim(f"{name}: the same chapters in the same order", list(a) == list(b) and menu_a == menu_b)
        claim(f"{name}: to the byte but for hours: {[c for c in a if c not in same and c not in rounded]}", set(a) - set(same) <= rounded and len(same) >= 12)
        claim(f"{name}: the page says where it comes from and lacks nothing", "由结果文件重新生成" in text and "此处从略" not in text)
        page = Page()
        page.feed(re.sub(r"<script>.*?</script>", "", text, flags=re.S))
        claim(f"{name}: it is whole: {page.problems[:3]}", not page.problems and not page.stack and page.zh == page.en)
    h5 = os.path.join(folder, "one", "run.h5")
    for ending in ("xlsx", "docx"):
        path = os.path.join(folder, "again." + ending)
        done = call(h5, "-o", path, "--lang", "zh")
        claim(f"the {ending} of a run again: {done.stderr[-200:]}", done.returncode == 0 and zipfile.is_zipfile(path))
    with zipfile.ZipFile(os.path.join(folder, "again.docx")) as package:
        claim("the document says what it leaves out", "需要情景文件，此处从略" in package.read("word/document.xml").decode())
    with zipfile.ZipFile(os.path.join(folder, "again.xlsx")) as one, zipfile.ZipFile(os.path.join(folder, "one", "tables.xlsx")) as two:
        sheets = [set(re.findall(r'sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())) for book in (one, two)]
    claim(f"the workbook holds what the file holds: {len(sheets[0])} of {len(sheets[1])}", sheets[0] < sheets[1] and "unit_balance (zh)" in sheets[0] and "leaks (zh)" not in sheets[0])
    wrong = os.path.join(folder, "wrong.h5")
    open(wrong, "w").write("no result")
    html = os.path.join(folder, "never.html")
    for words, status, said in ((("absent.h5", "-o", html), 4, "absent.h5"), ((wrong, "-o", html), 4, "wrong.h5"),
                                ((h5, "-o", os.path.join(folder, "never.pdf")), 1, ".html"), ((h5,), 1, "-o")):
        done = call(*words, "--lang", "zh")
        claim(f"told with {status}: {words[-1][-12:]} {done.stderr[-120:].strip()}", done.returncode == status and said in done.stderr and not os.path.exists(words[-1] if words[-1] != h5 else html))
    done = call(wrong, "-o", html, "--json")
    claim("a failure as JSON", done.returncode == 4 and json.loads(done.stdout)["status"] == "error")
    done = call(h5, "-o", html, "--json", "--lang", "en")
    claim("success as JSON, in English", done.returncode == 0 and json.loads(done.stdout)["park"] == "Park of the <report> test" and '<html lang="en">' in open(html, encoding="utf-8").read())


def document(path):
    """The forms as a text document: whole, the chapters and forms in their order, the diagrams of park and works in it."""
    with zipfile.ZipFile(path) as package:
        claim("every member of the document is whole", package.testzip() is None)
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                xml.fromstring(package.read(name))
        text = xml.fromstring(package.read("word/document.xml"))
        media = [name for name in package.namelist() if name.startswith("word/media/")]
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    words = ["".join(t.text or "" for t in p.iter(space + "t")) for p in text.iter(space + "p")]
    wanted = ["概述", "1 水源与用水情况", "表 A1  取水水源情况表", "2 水计量器具", "表 A3-1  水计量器具一览表", "表 A3-2  水计量器具配备统计表", "3 水平衡测试结果",
              "表 A4  用水单元水平衡测试表", "表 A11  水平衡闭合校核表", "5 用水水平评价", "6 非生产用水与漏失", "表 A8  非生产用水、生活用水表",
              "表 A9  漏失测试表", "8 园区合并", "9 申报表", "表 B1  申报企业基本信息表", "表 B2  历年主要用水效率指标表"]
    missing = [title for title in wanted if title not in words]
    claim(f"every form stands in the document: {missing}", not missing)
    order = [words.index(title) for title in wanted if title in words]
    claim("chapters and forms stand in their order", order == sorted(order))
    claim(f"diagrams of park, works and utility: {len(media)}", len(media) == 3)


def forms(text):
    """By hand, m3/d: the office of 40 persons takes 0.2 m3/h = 4.8, 120 L a head."""
    chapter = text[text.index('id="forms"'):text.index("</section>", text.index('id="forms"'))]
    rows = [re.sub(r"<span class=\"zh\">.*?</span>", "", row) for row in re.findall(r"<tr>(.*?)</tr>", chapter, re.S)]
    cells = [[re.sub(r"<.*?>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)(?=<td|$)", row, re.S)] for row in rows]
    office = [c for c in cells if len(c) > 3 and c[1] == "office"]
    claim(f"the page says litres a head: {office}", len(office) == 1 and office[0][-1] == "120.0" and "40" in office[0])
    meter = [c for c in cells if len(c) > 3 and c[0] == "M1"]
    claim(f"the page lists the meter: {meter}", len(meter) == 1 and "4.80" in meter[0])


def wide(folder):
    """Seventeen constituents: the tables that have a column for each are marked for narrow type on A4."""
    more = "TP Cl SO4 Ca Mg Na K SiO2 SS oil LAS F Fe Zn Cu".split()
    path = os.path.join(folder, "wide.yaml")
    text = PARK.replace("[TDS, COD]", "[TDS, COD, " + ", ".join(more) + "]")
    text = text.replace("COD: 10 mg/L}", "COD: 10 mg/L, " + ", ".join(f"{c}: 1 mg/L" + (" P" if c == "TP" else "") for c in more) + "}", 1)
    open(path, "w", encoding="utf-8").write(text)
    done = run(path, os.path.join(folder, "wide"))
    claim("a park of seventeen constituents runs: " + done.stderr[-300:], done.returncode == 0)
    page = open(os.path.join(folder, "wide", "report.html"), encoding="utf-8").read()
    claim("its tables of constituents are narrow", page.count('<table class="many most">') == 2)


def front(folder):
    """Half of the river's water can be bought reclaimed at 3 CNY, a part of it at 2.2: the page shows the points, the knee is the plan."""
    path = os.path.join(folder, "front.yaml")
    text = PARK.replace("sources:\n", "sources:\n  city: {kind: reclaimed, capacity: 20 m3/h, price: 2.2 CNY/m3, quality: {TDS: 200 mg/L, COD: 10 mg/L}}\n"
                        "  far: {kind: reclaimed, capacity: 30 m3/h, price: 6 CNY/m3, quality: {TDS: 200 mg/L, COD: 10 mg/L}}\n")
    open(path, "w", encoding="utf-8").write(text + "objective: {pareto: [fresh_water, cost], points: 6}\n")
    done = run(path, os.path.join(folder, "front"))
    claim("a park with a front runs: " + done.stderr[-300:], done.returncode == 0)
    if done.returncode != 0:
        return
    text = open(os.path.join(folder, "front", "report.html"), encoding="utf-8").read()
    page = Page()
    page.feed(re.sub(r"<script>.*?</script>", "", text, flags=re.S))
    claim(f"its page is whole: {page.problems[:3]}", not page.problems and not page.stack and page.zh == page.en)
    rows = list(csv.reader(open(os.path.join(folder, "front", "tables", "pareto.csv"), encoding="utf-8-sig")))
    points = len(re.findall(r'<path class="(?:point|knee)"', text))
    claim(f"as many points drawn as in the table: {points}", points == len(rows) - 1 >= 3)
    claim("one knee, marked in both", len(re.findall(r'<path class="knee"', text)) == 1 and sum(r[1] == "拐点" for r in rows) == 1)
    claim("a bar of proof at each", len(re.findall(r'<path class="bound"', text)) == points)
    claim("water rises, cost falls", all(float(a[2]) < float(b[2]) and float(a[5]) > float(b[5]) for a, b in zip(rows[1:], rows[2:])))
    claim("bounds below values", all(float(r[3]) <= float(r[2]) and float(r[6]) <= float(r[5]) for r in rows[1:]))


STAGED = """parkwater: 1
name: {zh: 分年园区, en: Staged park}
period: steady
constituents: [COD]
sources:
  river: {kind: surface, price: 1 CNY/m3, quality: {COD: 0 mg/L}}
  raw: {kind: reclaimed, price: 0.2 CNY/m3, quality: {COD: 100 mg/L}}
users: {works: {kind: process, demand: 80 m3/h, inlet: {COD: 0 mg/L}, adds: {COD: 1 kg/h}}}
treatments:
  first: {technology: removal, role: supply, removal: {COD: 100 %}, capacity: {max: 40 m3/h}, capex: {scale: 43800 CNY, reference: 1 m3/h, exponent: 1}}
  second: {technology: removal, role: supply, removal: {COD: 100 %}, capacity: {max: 40 m3/h}, capex: {scale: 43800 CNY, reference: 1 m3/h, exponent: 1}}
sinks: {outfall: {kind: outfall}}
connections: {candidates: all, forbid: [[first, second], [second, first]]}
economics: {discount: 6 %, life: 15 a, annual_factor: 0.1 /a, budget: {2025: 180 万元, 2026: 20 万元, 2027: 170 万元}}
targets: {non_conventional: {min: 60 万m3/a}}
"""


def stages(folder):
    """40 m3/h of polisher cost 175.2: one in the first year, the other when the third year's money is there; by hand 35.04 and 70.08 of raw water."""
    path = os.path.join(folder, "staged.yaml")
    open(path, "w", encoding="utf-8").write(STAGED)
    done = run(path, os.path.join(folder, "staged"))
    claim("a park of stages runs: " + done.stderr[-300:], done.returncode == 0)
    if done.returncode != 0:
        return
    text = open(os.path.join(folder, "staged", "report.html"), encoding="utf-8").read()
    page = Page()
    page.feed(re.sub(r"<script>.*?</script>", "", text, flags=re.S))
    claim(f"its page is whole: {page.problems[:3]}", not page.problems and not page.stack and page.zh == page.en)
    chapter = text[text.index('<section id="stages">'):]
    chapter = chapter[: chapter.index("</section>")]
    claim("it is in the list of chapters", 'href="#stages"' in text)
    claim("money by years, with what is left", all(f">{v}<" in chapter for v in ("180.00", "175.20", "24.80", "350.40", "19.60")))
    claim("what is built when", re.search(r"<td>2025</td>.*?first", chapter, re.S) and re.search(r"<td>2027</td>.*?second", chapter, re.S))
    claim("raw water stage by stage", len(re.findall(r"35\.04 万m³/a", chapter)) >= 2 and "70.08 万m³/a" in chapter)
    claim("a drawing: three bars of budget", chapter.count('stroke-dasharray="4 3"') == 4)
    claim("without stages no chapter", 'id="stages"' not in open(os.path.join(folder, "one", "report.html"), encoding="utf-8").read())


def rain(folder):
    """A pit that rain leads to: the table's water closes, volume helps, this design's volume is marked, and the page draws it."""
    path = os.path.join(folder, "rain.yaml")
    open(path, "w", encoding="utf-8").write(RAIN)
    done = run(path, os.path.join(folder, "rain"))
    claim("a park with a rain pit runs: " + done.stderr[-300:], done.returncode in (0, 6))
    rows = list(csv.reader(open(os.path.join(folder, "rain", "tables", "rain_storages.csv"), encoding="utf-8-sig")))[1:]
    number = [[float(c) for c in r[4:]] for r in rows]
    claim("eleven volumes, one of them the design's", len(rows) == 11 and [r[3] for r in rows] == [""] * 5 + ["是"] + [""] * 5)
    claim("offered = yield + spill", all(abs(n[0] - n[2] - n[3]) < 2e-4 for n in number))
    claim("yield grows with the volume and stays below demand and rain", all(a[2] <= b[2] + 1e-9 for a, b in zip(number, number[1:])) and all(n[2] <= min(n[0], n[1]) + 1e-4 for n in number))
    claim("rain of the climate: 0.85 x 1430 mm x 5 ha", abs(number[0][0] - 0.85 * 1.430 * 5) < 1e-3)
    text = open(os.path.join(folder, "rain", "report.html"), encoding="utf-8").read()
    page = Page()
    page.feed(re.sub(r"<script>.*?</script>", "", text, flags=re.S))
    claim(f"the page with rain is whole: {page.problems[:3]}", not page.problems and not page.stack and page.zh == page.en)
    hours = text[text.index('id="hours"'):]
    hours = hours[:hours.index("</section>")]
    claim("hours: events are counted and listed", hours.count("放空") >= 2 and re.search(r"2025-\d\d-\d\d \d\d:\d\d", hours))
    claim("hours: a duration curve of the rain, with its sign", hours.count('stroke-dasharray="" d=') == 2 and "历时曲线" in hours)
    claim("it has the chapter", text.count('id="rain"') == 1 and "雨水调蓄容积" in text)


def sound_csv(path):
    raw = open(path, "rb").read()
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    return raw.startswith(b"\xef\xbb\xbf") and len(rows) >= 1 and len({len(r) for r in rows}) == 1


if __name__ == "__main__":
    sys.exit(main())

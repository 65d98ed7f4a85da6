#!/usr/bin/env python3
"""Input in the forms that people have: workbooks and GBK tables in scenarios and by a mapping, parks from filled workbooks,
networks as drawings.

usage: inputs.py PARKWATER
"""
import datetime, json, os, re, subprocess, sys, tempfile, zipfile
from xml.sax.saxutils import escape

PARKWATER = os.path.abspath(sys.argv[1])
SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
failures = []

PARK = """parkwater: 1
name: {zh: 小园区, en: Small park}
period: {start: 2025-01-01, end: 2025-01-03}
constituents: [COD]
sources: {river: {kind: surface, price: 2 CNY/m3, quality: {COD: 10 mg/L}}}
users:
  a: {kind: process, demand: SERIES, inlet: {COD: 20 mg/L}, adds: {COD: 5 kg/h}}
sinks: {outfall: {kind: outfall}}
connections: {existing: [[river, a], [a, outfall]]}
"""


def run(*words, lang="en", cwd=None):
    environment = {**os.environ, "LANG": "zh_CN.UTF-8" if lang == "zh" else "C"}
    environment.pop("LC_ALL", None)
    environment.pop("LC_MESSAGES", None)
    return subprocess.run([PARKWATER, *words], capture_output=True, text=True, env=environment, cwd=cwd)


def claim(what, true, more=""):
    print(("ok   " if true else "FAIL ") + what)
    if not true:
        failures.append(what)
        print(more)


def letters(column):
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def book(path, sheets):
    """A workbook as a spreadsheet program writes it: {name: rows}; dates are styled numbers, None is an empty cell."""
    def cell(value, row, column):
        at = f"{letters(column)}{row}"
        if value is None:
            return ""
        if isinstance(value, datetime.datetime):
            days = (value - datetime.datetime(1899, 12, 30)).total_seconds() / 86400
            return f'<c r="{at}" s="1"><v>{days!r}</v></c>'
        if isinstance(value, (int, float)):
            return f'<c r="{at}"><v>{value!r}</v></c>'
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("_rels/.rels", '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        out.writestr("xl/_rels/workbook.xml.rels", "<Relationships>" + "".join(
            f'<Relationship Id="s{i}" Target="worksheets/sheet{i}.xml"/>' for i in range(len(sheets))) + "</Relationships>")
        out.writestr("xl/workbook.xml", '<workbook xmlns:r="r"><sheets>' + "".join(
            f'<sheet name="{escape(name)}" r:id="s{i}"/>' for i, name in enumerate(sheets)) + "</sheets></workbook>")
        out.writestr("xl/styles.xml", '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>')
        for i, rows in enumerate(sheets.values()):
            body = "".join(f'<row r="{r}">' + "".join(cell(v, r, c) for c, v in enumerate(row, 1)) + "</row>"
                           for r, row in enumerate(rows, 1))
            out.writestr(f"xl/worksheets/sheet{i}.xml", f"<worksheet><sheetData>{body}</sheetData></worksheet>")


def hours(values, start=datetime.datetime(2025, 1, 1)):
    return [[start + datetime.timedelta(hours=i), v] for i, v in enumerate(values)]


def parks_with_workbooks(folder):
    """The same numbers in a workbook, in a GBK table and in place give the same park."""
    values = [100 + i % 24 for i in range(48)]
    book(os.path.join(folder, "demand.xlsx"),
         {"说明": [["读我"]], "抄表": [["某厂抄表"], ["时间", "流量\n(m3/h)"]] + hours(values)})
    lines = ["某厂抄表", "时间,流量(m3/h)"] + [f"{t:%Y年%m月%d日} {t.hour}:00,{v}" for t, v in hours(values)]
    open(os.path.join(folder, "demand.csv"), "w", encoding="gbk").write("\r\n".join(lines))
    plain = "{every: 1h, values: [" + ", ".join(f"{v} m3/h" for v in values[:24]) + "]}"
    forms = {"book": "{csv: demand.xlsx, sheet: 抄表, header: 2, column: 流量, unit: m3/h}",
             "gbk": "{csv: demand.csv, header: 2, column: 流量, unit: m3/h, times: YYYY年MM月DD日 H:mm}", "plain": plain}
    taken = {}
    for name, form in forms.items():
        path = os.path.join(folder, name + ".yaml")
        open(path, "w", encoding="utf-8").write(PARK.replace("SERIES", form))
        done = run("simulate", path, "-o", path + ".h5", "--json")
        answer = json.loads(done.stdout)
        taken[name] = {i["id"]: i["value"] for i in answer.get("indicators", [])}
        claim(f"a park with its demand from {name} is simulated", done.returncode == 0, done.stdout[:800])
    claim("workbook, GBK table and values in place are one park", taken["book"] and taken["book"] == taken["gbk"] == taken["plain"])
    path = os.path.join(folder, "wrong.yaml")
    open(path, "w", encoding="utf-8").write(PARK.replace("SERIES", "{csv: demand.xlsx, sheet: 超表, column: 流量, unit: m3/h}"))
    done = run("check", path, lang="zh")
    claim("a wrong sheet is told with those there are", done.returncode == 1 and "现有：说明, 抄表" in done.stderr, done.stderr)
    values[7] = "坏"
    values[9] = -999
    book(os.path.join(folder, "demand.xlsx"), {"抄表": [["时间", "流量"]] + hours(values)})
    open(path, "w", encoding="utf-8").write(PARK.replace("SERIES", "{csv: demand.xlsx, column: 流量, unit: m3/h, missing: ['-999']}"))
    done = run("check", path)
    claim("wrong cells are named by sheet and cell, all at once",
          done.returncode == 1 and "demand.xlsx[抄表]:B9: error" in done.stderr and "demand.xlsx[抄表]:B11: error E0224" in done.stderr,
          done.stderr)
    found = json.loads(run("check", path, "--json").stdout)["findings"]
    claim("and as JSON", sorted(f["cell"] for f in found) == ["B11", "B9"])


MAPPING = """parkwater_mapping: 1
series:
  wide:
    sheet: 抄表
    header: 2
    time: 时间
    missing: [故障]
    columns: {1#表: {is: M101, unit: m3/h}, 2#表: {is: M102, unit: m3/d}}
  long:
    sheet: 台账
    ids: 表号
    value: {column: 读数, unit: m3/h}
    names: {一号: M101}
products:
  output:
    sheet: 产量
    enterprise: 企业
    product: 产品
    value: {column: 年产量, unit: {column: 单位}}
    names: {某印染公司: dye_co, 印花布: printed_cloth}
"""


def tables_by_mapping(folder):
    day = datetime.datetime(2025, 1, 31, 8)
    sheets = {"抄表": [["某厂"], ["时间", "2#表", "1#表"], [day, 10, 1.5], [day.replace(hour=9), "故障", 2]],
              "台账": [["日期", "表号", "读数"], [day, "M102", 4], [day, "一号", 3], [day.replace(hour=7), "一号", 5]],
              "产量": [["企业", "产品", "年产量", "单位"], ["某印染公司", "印花布", 9.2e8, "m/a"], ["某印染公司", "cloth", 12, "t/a"]]}
    data, mapping, out = (os.path.join(folder, n) for n in ("数据.xlsx", "map.yaml", "tidy"))
    book(data, sheets)
    open(mapping, "w", encoding="utf-8").write(MAPPING)
    done = run("import", data, "--mapping", mapping, "-o", out)
    claim("tables become tidy", done.returncode == 0 and sorted(os.listdir(out)) == ["long.csv", "output.yaml", "wide.csv"], done.stderr)
    text = {n: open(os.path.join(out, n), encoding="utf-8-sig").read().split() for n in os.listdir(out)}
    claim("a column a meter", text["wide.csv"][1:] == ["(m3/h),M102", "(m3/d)", "2025-01-31T08:00:00+08:00,1.5,10", "2025-01-31T09:00:00+08:00,2,"])
    claim("a row a reading", text["long.csv"][3:] == ["2025-01-31T07:00:00+08:00,,5", "2025-01-31T08:00:00+08:00,4,3"], text["long.csv"])
    claim("products go into a scenario", " ".join(text["output.yaml"]) == "enterprises: dye_co: products: printed_cloth: 920000000 m/a cloth: 12 t/a", text["output.yaml"])
    park = os.path.join(out, "park.yaml")
    open(park, "w", encoding="utf-8").write("include: [output.yaml]\n" + PARK.replace("SERIES", "{csv: wide.csv, column: M101, unit: m3/h}")
                                            .replace("2025-01-01, end: 2025-01-03", "'2025-01-31', end: '2025-02-01'"))
    claim("and the tidy files feed a park", "error" not in run("check", park).stderr, run("check", park).stderr)

    sheets["抄表"][3][2] = "x"
    sheets["台账"][3] = [day, "M102", 9]
    sheets["产量"][1][3] = "m/aa"
    sheets["产量"].append(["某 公司", "b", None, "t/a"])
    book(data, sheets)
    never = os.path.join(folder, "never")
    done = run("import", data, "--mapping", mapping, "-o", never, lang="zh")
    claim("all mistakes of a workbook at once, at their cells, and nothing written",
          done.returncode == 1 and not os.path.exists(never) and
          all(at in done.stderr for at in ("[抄表]:C4: 错误", "[台账]:C4: 错误 E0223", "[产量]:C2: 错误 E0206", "[产量]:C4: 错误 E0224")), done.stderr)
    open(mapping, "w", encoding="utf-8").write(MAPPING.replace("1#表:", "3#表:").replace("header: 2", "headr: 2").replace("is: M102, unit: m3/d", "is: M102, unit: m3/dd"))
    done = run("import", data, "--mapping", mapping, "-o", never)
    claim("mistakes of a mapping stand at its lines", done.returncode == 1 and "map.yaml:5:" in done.stderr and "did you mean 'header'" in done.stderr, done.stderr)
    claim("no table is exit 4", run("import", "nowhere.xlsx", "--mapping", mapping, "-o", never).returncode == 4)
    open(data, "wb").write(b"\xd0\xcf\x11\xe0 old")
    done = run("import", data, "--mapping", mapping, "-o", never, lang="zh")
    claim("the old format is told", done.returncode == 1 and "另存为不带密码的 .xlsx" in done.stderr, done.stderr)


with tempfile.TemporaryDirectory(prefix="输入_") as place:
    parks_with_workbooks(place)
    tables_by_mapping(place)
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)

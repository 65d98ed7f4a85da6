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


BOOK = {
    "园区": [["项目", "内容"], ["园区名称", "试验园区"], ["数据性质", "估算"], ["计算起始日", datetime.datetime(2025, 1, 1)],
             ["计算终止日（不含）", "2026-01-01"], ["优化时段", "逐季"], ["折现率 (%)", 6], ["年运行时间 (h/a)", 8000], ["取水口径", "全部水源"],
             ["优化目标", "fresh water"]],
    "水质指标": [["指标"], ["COD"], ["alkalinity"]],
    "企业": [["编号", "名称", "行业", "工业增加值 (万元/a)", "增加值价格年"], ["mill", "某造纸厂", "paper", 25000, 2020]],
    "产品": [["企业", "产品编号", "产品名称", "年产量", "产量单位"], ["mill", "board", "纸板", 5, "万t/a"]],
    "水源": [["编号", "类型", "供水能力\n（m3/d）", "水价（不含税） (元/m3)", "备注"], ["river", "地表水", 7200, 2, "随便写"], ["pit", "矿井水", None, 0.5],
             ],
    "用水单元": [["编号", "名称", "企业", "类型", "生产类别", "用水性质", "需水量 (m3/h)", "蒸发损失 (%)", "循环水量 (m3/h)", "进出水温差 (K)", "风吹损失 (%)"],
                 ["pulp", "制浆", "mill", "工艺用水", "main", "工艺", 100, 4], ["tower", None, "mill", "冷却塔", "辅助生产", "间接冷却", None, None, 900, "8 K", 0.02]],
    "处理设施": [["编号", "工艺", "已建成", "处理能力 (m3/h)"], ["wwtp", "AO", "是", 250]],
    "排放口": [["编号", "类型", "排水费 (元/m3)"], ["outfall", "排放口", 1.4]],
    "水质": [["单元编号", "项目", "指标", "数值", "单位"], ["river", "水源水质", "COD", 10, "mg/L"], ["river", "水源水质", "alkalinity", 100, "mg/L CaCO3"],
             ["pit", "水源水质", "COD", 30, "mg/L"], ["pit", "水源水质", "alkalinity", "180 mg/L CaCO3"], ["pulp", "进水上限", "COD", 60, "mg/L"],
             ["pulp", "带入量", "COD", 50, "kg/h"], ["tower", "循环水上限", "alkalinity", 500, "mg/L CaCO3"], ["outfall", "排放限值", "COD", 90, "mg/L"]],
    "管线": [["起点", "终点", "状态", "长度 (m)", "输水能力 (m3/h)"], ["river", "pulp", "已有", 900, 200], ["pulp", "wwtp", "已有"], ["wwtp", "outfall", "已有"],
             ["river", "tower", "候选", 400], ["pit", "tower", "候选", 2500], ["tower.blowdown", "wwtp", "候选", 100], ["pit", "pulp", "candidate"],
             ["tower.blowdown", "outfall", "候选", 5]],
    "水表": [["编号", "名称", "英文名称", "计量的管线或单元", "计量级别", "上级水表", "安装位置", "口径 (cm)", "最大误差 (%)", "检定有效期至", "静态试验流量 (m3/d)", "夜间最小流量 (m3/h)",
               "夜间正常用水 (m3/h)", "备注"],
             ["M1", "总表", "Main", "river", "一级", None, "取水口", 30, 1, datetime.datetime(2026, 6, 30), None, None, None, "新表"],
             ["M2", None, None, "river_pulp", 2, "M1", None, "150 mm", 2.5, "2026-03-31", 12, 3, 1.8], ["M3", None, None, "pit_tower", "level 3", "M2"], ["M9", "排口", None, "outfall"]],
    "目标": [["指标", "产品或企业", "不小于", "不大于", "单位", "口径"], ["重复利用率", None, 30, None, "%", "全部水源"], ["单位产品取水量", "board", None, 40, "m3/t", None]],
}
BY_HAND = """parkwater: 1
name: 试验园区
data: estimated
period: {start: 2025-01-01, end: 2026-01-01}
seasons: quarters
constituents: [COD, alkalinity]
enterprises: {mill: {name: 某造纸厂, sector: paper, value_added: 25000 万元/a, price_year: 2020, products: {board: {name: 纸板, rate: 5 万t/a}}}}
sources:
  river: {kind: surface, capacity: 7200 m3/d, price: 2 元/m3, quality: {COD: 10 mg/L, alkalinity: 100 mg/L CaCO3}}
  pit: {kind: mine, inflow: 1200 m3/d, price: 0.5 元/m3, quality: {COD: 30 mg/L, alkalinity: 180 mg/L CaCO3}}
users:
  pulp: {name: 制浆, enterprise: mill, kind: process, role: main, use: process, demand: 100 m3/h, loss: {evaporation: 4 %}, inlet: {COD: 60 mg/L}, adds: {COD: 50 kg/h}}
  tower: {enterprise: mill, kind: cooling_tower, role: auxiliary, use: indirect_cooling, circulation: 900 m3/h, range: 8 K, drift: 0.02 %, circulating_limits: {alkalinity: 500 mg/L CaCO3}}
treatments: {wwtp: {technology: AO, existing: true, capacity: 250 m3/h}}
sinks: {outfall: {kind: outfall, price: 1.4 元/m3, limits: {COD: 90 mg/L}}}
connections:
  existing: {river_pulp: {from: river, to: pulp, length: 900 m, capacity: 200 m3/h}, pulp_wwtp: {from: pulp, to: wwtp}, wwtp_outfall: {from: wwtp, to: outfall}}
  candidates: {river_tower: {from: river, to: tower, length: 400 m}, pit_tower: {from: pit, to: tower, length: 2500 m}, tower_blowdown_wwtp: {from: tower.blowdown, to: wwtp, length: 100 m},
    pit_pulp: {from: pit, to: pulp}, tower_blowdown_outfall: {from: tower.blowdown, to: outfall, length: 5 m}}
meters:
  M1: {name: {zh: 总表, en: Main}, on: river, level: 1, location: 取水口, size: 30 cm, max_error: 1 %, valid_until: 2026-06-30}
  M2: {on: river_pulp, level: 2, parent: M1, size: 150 mm, max_error: 2.5 %, valid_until: 2026-03-31, static_flow: 12 m3/d, night_flow: 3 m3/h, night_use: 1.8 m3/h}
  M3: {on: pit_tower, level: 3, parent: M2}
  M9: {name: 排口, on: outfall}
economics: {discount: 6 %, hours: 8000 h/a}
accounting: {intake: all_sources}
targets: {reuse_rate: {min: 30 %, basis: all_sources}, unit_intake.board: {max: 40 m3/t}}
objective: fresh_water
"""


def leaves(text):
    """Path -> value of block YAML as the program writes it, comments left out."""
    found, path = {}, []
    for line in text.splitlines():
        line = re.sub(r"\s+#.*$", "", line)
        match = re.match(r"( *)(- )?(.*)", line)
        depth, body = len(match[1]) // 2, match[3]
        if not body or body.startswith("#"):
            continue
        key, _, value = body.partition(":")
        path[depth:] = [key.strip()]
        value = value.strip()
        if value.startswith("{"):
            for part in value.strip("{}").split(", "):
                inner, _, text = part.partition(": ")
                found["/".join(path + [inner])] = text
        elif value:
            found["/".join(path)] = value
    return found


def parks_from_books(folder):
    template, draft = os.path.join(folder, "模板.xlsx"), os.path.join(folder, "draft.yaml")
    claim("the template is written", run("new", "--template", template, lang="zh").returncode == 0)
    again = os.path.join(folder, "again.xlsx")
    run("new", "--template", again, lang="zh")
    claim("equal versions give equal bytes", open(template, "rb").read() == open(again, "rb").read())
    with zipfile.ZipFile(template) as parts:
        claim("it offers lists", sum(parts.read(n).count(b"<dataValidation ") for n in parts.namelist() if "worksheets" in n) >= 25)
    for lang in ("zh", "en"):
        run("new", "--template", template, lang=lang)
        done = run("new", "--from", template, "-o", draft, lang=lang)
        claim(f"its example ({lang}) becomes a park that check accepts", done.returncode == 0 and run("check", draft).returncode == 0, done.stderr)
        text = open(draft, encoding="utf-8").read().split("\n", 1)[1]
        if lang == "zh":
            chinese = text
    claim("both languages make one park", chinese == text, text)
    solved = run("optimize", draft, "-o", os.path.join(folder, "example.h5"), "--no-worth", "--json")
    claim("and it has a plan", solved.returncode == 0 and json.loads(solved.stdout)["status"] in ("optimal", "gap_reached"), solved.stdout[:300])

    sheets = json.loads(json.dumps(BOOK, default=lambda t: None))
    sheets["园区"][3][1], sheets["水表"][1][9] = BOOK["园区"][3][1], BOOK["水表"][1][9]
    sheets["水源"][0].append("矿井涌水量 (m3/d)")
    sheets["水源"][2] += [None, 1200]
    filled, hand = os.path.join(folder, "填好.xlsx"), os.path.join(folder, "hand.yaml")
    book(filled, sheets)
    open(hand, "w", encoding="utf-8").write(BY_HAND)
    done = run("new", "--from", filled, "-o", draft, lang="zh")
    one, two = (leaves(run("check", path, "--expand").stdout) for path in (draft, hand))
    claim("a filled book is the park written by hand", done.returncode == 0 and len(one) > 90 and one == two,
          done.stderr + str({k: (one.get(k), two.get(k)) for k in set(one) | set(two) if one.get(k) != two.get(k)}))

    meters_of_books(folder, sheets)

    os.remove(draft)
    sheets["用水单元"][1][6] = "待核"
    sheets["水质"][2] = ["river", "水源水质"]
    sheets["水质"].pop(2)
    book(filled, sheets)
    done = run("new", "--from", filled, "-o", draft, lang="zh")
    text = open(draft, encoding="utf-8").read() if os.path.exists(draft) else ""
    claim("what is not known is told and marked in the draft", done.returncode == 0 and "[用水单元]:G2: 警告 W0233" in done.stderr and
          "待核: 需水量" in text and text.count("待核:") >= 2, done.stderr + text)
    os.remove(draft)
    sheets["用水单元"][1][3] = "工艺用氺"
    sheets["用水单元"][0][7] = "蒸发损失"
    sheets["水源"][0][1] = "类别"
    sheets["管线"][4][2] = "也许"
    sheets["水质"][3][0] = "pitt"
    sheets["企业"][1][3] = -5
    book(filled, sheets)
    done = run("new", "--from", filled, "-o", draft, lang="zh")
    claim("mistakes are named by sheet and cell, all at once, and nothing is written",
          done.returncode == 1 and not os.path.exists(draft) and
          all(at in done.stderr for at in ("[用水单元]:H1: 错误 E0205", "[水源]:B1: 错误 E0232", "[管线]:C5: 错误 E0304", "[水质]:A4: 错误 E0316", "[企业]:D2: 错误 E0303")),
          done.stderr)
    book(filled, {"甲": [["a"]]})
    done = run("new", "--from", filled, "-o", draft)
    claim("a book of other sheets is refused", done.returncode == 1 and "error E0232" in done.stderr and not os.path.exists(draft), done.stderr)
    claim("--from needs -o", run("new", "--from", template).returncode == 1)
    claim("no book is exit 4", run("new", "--from", "nowhere.xlsx", "-o", draft).returncode == 4)


def meters_of_books(folder, sheets):
    """Mistakes of water meters at their cells in both languages; what is not known of one is a mark in the draft."""
    filled, draft = os.path.join(folder, "水表.xlsx"), os.path.join(folder, "meters.yaml")
    meters = [list(row) + [None] * (14 - len(row)) for row in sheets["水表"]]
    meters[1][7:9], meters[2][11:13] = ["0.3 km2", 150], [1, 1.8]
    meters[3][3:6] = ["pit_towr", "四级", "M22"]
    meters[4][4:6], meters[4][9] = ["一级", "M2"], "2026-13-01"
    meters += [["M1"] + [None] * 2 + ["river"], [None] * 3 + ["pit"]]
    book(filled, {**sheets, "水表": meters})
    for lang, error, words in (("zh", "错误", ("本园区没有连接或单元“pit_towr”", "一级, 二级, 三级", "没有水表“M22”", "上级水表的级别数应更小", "夜间正常用水大于夜间最小流量")),
                               ("en", "error", ("no connection and no unit 'pit_towr'", "level 1, level 2, level 3", "no meter 'M22'", "has a smaller level", "uses more at night"))):
        done = run("new", "--from", filled, "-o", draft, lang=lang)
        cells = {"H2": "E0207", "I2": "E0303", "M3": "E0303", "D4": "E0316", "E4": "E0304", "F4": "E0316", "F5": "E0308", "J5": "E0309", "A6": "E0306", "D7": "E0302"}
        told = dict(re.findall(r"\[水表\]:([A-Z]+[0-9]+): " + error + r" (E\d+)", done.stderr))
        claim(f"mistakes of meters stand at their cells, all at once ({lang})", done.returncode == 1 and not os.path.exists(draft) and told == cells and
              all(word in done.stderr for word in words), done.stderr)

    meters = [list(row) + [None] * (14 - len(row)) for row in sheets["水表"]]
    meters[1][9], meters[2][12], meters[3][3] = "待核", None, None
    book(filled, {**sheets, "水表": meters})
    done = run("new", "--from", filled, "-o", draft, "--json")
    said, text = json.loads(done.stdout), open(draft, encoding="utf-8").read() if os.path.exists(draft) else ""
    claim("what is not known of a meter is told and marked, not taken for zero", done.returncode == 0 and said["meters"] == 4 and said["missing"] == 3 and said["status"] == "incomplete" and
          text.count("待核:") == 3 and "valid_until: 2026-06-30" not in text and "night_use" not in text.replace("both night_flow and night_use", ""), done.stdout + done.stderr + text)


def drawings(folder):
    park, out = os.path.join(SOURCE, "scenarios", "parks", "xiangnan.yaml"), os.path.join(folder, "net.dxf")
    done = run("export", park, "-o", out, "--json", lang="zh")
    claim("the networks of a park as a drawing", done.returncode == 0 and json.loads(done.stdout)["networks"] == 2, done.stderr)
    text = open(out, "rb").read().decode("gbk")
    claim("layers by network and kind, names of units in Chinese", "FRESH-PIPE" in text and "RECLAIMED-PIPE" in text and "印染" in text)
    done = run("export", park, "-o", out, "--network", "fresh")
    claim("one network alone", done.returncode == 0 and b"RECLAIMED" not in open(out, "rb").read())
    done = run("export", os.path.join(SOURCE, "scenarios", "parks", "xiangnan_fresh.inp"), "-o", out)
    claim("a network file too", done.returncode == 0 and b"NET-PIPE" in open(out, "rb").read())
    bare = os.path.join(folder, "bare.inp")
    open(bare, "w").write("[JUNCTIONS]\nJ 1 1\n[RESERVOIRS]\nR 9\n[PIPES]\nP R J 9 100 100\n[END]\n")
    os.remove(out)
    claim("nothing to draw is exit 1", run("export", bare, "-o", out).returncode == 1 and not os.path.exists(out))


def balances(folder):
    path, out = os.path.join(folder, "small.yaml"), os.path.join(folder, "out")
    park = PARK.replace("{start: 2025-01-01, end: 2025-01-03}", "steady").replace("SERIES", "100 m3/h").replace("kind: process,", "kind: process, enterprise: 企业, loss: {evaporation: 10 %},")
    open(path, "w", encoding="utf-8").write(park.replace("sources:", "enterprises: {企业: {name: 甲公司}}\nsources:"))
    os.makedirs(os.path.join(out, "figures"))
    open(os.path.join(out, "figures", "unit_old.svg"), "w").write("old")
    done = run("run", path, "-o", out, "--no-worth", lang="zh")
    made = sorted(os.listdir(os.path.join(out, "figures")))
    claim("figures of park, enterprise and unit, old ones gone", done.returncode == 0 and
          made == sorted(f"{n}.{e}" for n in ("balance_park", "balance_企业", "unit_a") for e in ("svg", "png")), str(made) + done.stderr)
    svg = open(os.path.join(out, "figures", "balance_企业.svg"), encoding="utf-8").read()
    claim("their sums close as printed: 2400 in, 2160 out, 240 evaporated", "进入 2400 ＝ 外供与外排 2160 ＋ 耗水 240 ＋ 漏失 0" in svg)
    claim("PNG is PNG", open(os.path.join(out, "figures", "unit_a.png"), "rb").read(4) == b"\x89PNG")
    page = open(os.path.join(out, "report.html"), encoding="utf-8").read()
    open(path, "a", encoding="utf-8").write("targets: {intake: {max: 1 m3/h}}\n")
    claim("a park without a design has no figures of an earlier run",
          run("run", path, "-o", out, "--no-worth").returncode == 3 and os.listdir(os.path.join(out, "figures")) == [])
    claim("and they stand in the page, in both languages", "甲公司 水量平衡图" in page and "water balance (m³/d" in page)


with tempfile.TemporaryDirectory(prefix="输入_") as place:
    parks_with_workbooks(place)
    tables_by_mapping(place)
    parks_from_books(place)
    drawings(place)
    balances(place)
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)

#!/usr/bin/env python3
"""Ten mistakes that a reviewer of proposals looks for, each made impossible or told: on small parks whose numbers are reckoned by hand.

usage: mistakes.py PARKWATER
"""
import csv, json, os, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from whole import claim, end, run, table, write

HOUR = 8760.0  # of a year
RIVER = "river: {kind: surface, price: 2 CNY/m3, quality: {TDS: 200 mg/L}}"


def park(users, connections, sources=RIVER, treatments="", more="", period="steady"):
    """The users' lines indented by two; an outfall; connections that exist."""
    return f"""parkwater: 1
name: reviewer
period: {period}
constituents: [TDS]
sources: {{{sources}}}
users:
{users}
{treatments}sinks: {{out: {{kind: outfall}}}}
connections: {{existing: [{connections}]}}
{more}"""


def simulated(folder, name, text, *words):
    """Simulated as it stands: its file, and its indicators by name (value, numerator, denominator)."""
    path, h5, tables = write(folder, name + ".yaml", text), os.path.join(folder, name + ".h5"), os.path.join(folder, name)
    done = run("simulate", path, "-o", h5, "--tables", os.path.join(tables, "tables"), "-q", "--lang", "en", *words)
    claim(f"{name} is simulated", done.returncode == 0, done.stdout + done.stderr)
    return h5, table(tables, "indicators.csv")


def close(a, b):
    return abs(float(a) - b) <= 1e-9 * max(1.0, abs(b)) + 5e-5  # as printed


def rows(indicators, ident, **where):
    """Rows of one indicator; columns are looked for by their English titles."""
    found = [row for row in indicators if ident in row.values()]
    return [row for row in found if all(value in row.values() for value in where.values())]


def averaged_rates(folder):
    """1. One works reuses 100 of 200 m3/h, the other 900 of 1000: 1000 of 1200 are 83.33 %, the mean of 50 % and 90 % is 70 %."""
    users = """  a1: {kind: process, enterprise: one, demand: 100 m3/h}
  a2: {kind: process, enterprise: one, demand: 100 m3/h}
""" + "".join(f"  b{i}: {{kind: process, enterprise: two, demand: 100 m3/h}}\n" for i in range(10))
    chain = "[river, a1], [a1, a2], [a2, out], [river, b0], " + ", ".join(f"[b{i}, b{i + 1}]" for i in range(9)) + ", [b9, out]"
    _, told = simulated(folder, "averaged", park(users, chain, more="enterprises: {one: {}, two: {}}\n"))
    rate = {}
    for row in rows(told, "reuse_rate"):
        values = list(row.values())
        rate.setdefault(next((name for name in ("one", "two") if name in values), "park"), set()).update(values)
    claim("1: rates of the works are 50 and 90 %", any(v.startswith("50.0") for v in rate["one"]) and any(v.startswith("90.0") for v in rate["two"]), rate)
    claim("1: the park's rate is the ratio of sums, 83.33 %, not the mean", any(v.startswith("83.33") for v in rate["park"]) and not any(v.startswith("70.0") for v in rate["park"]), rate)


def counted_twice(folder):
    """2. 40 of 100 m3/h come back from the park's own plant: repeated use, no non-conventional source; the city's 30 are one, and no repeated use."""
    sources = RIVER + ", city: {kind: reclaimed, origin: municipal, price: 1 CNY/m3, capacity: 30 m3/h, quality: {TDS: 200 mg/L}}"
    plant = "treatments: {plant: {technology: removal, removal: {TDS: 50 %}, capacity: 200 m3/h, existing: true}}\n"
    users = "  a: {kind: process, demand: 60 m3/h}\n  b: {kind: process, demand: 40 m3/h}\n  c: {kind: process, demand: 30 m3/h}"
    _, told = simulated(folder, "twice", park(users, "[river, a], [a, plant], [plant, b], [plant, out], [b, out], [city, c], [c, out]", sources, plant))
    other = rows(told, "non_conventional")
    reuse = rows(told, "repeated_use")
    claim("2: the city's water alone is non-conventional: 26.28 x 10^4 m3/a", other and all(any(close_text(v, 30 * HOUR) for v in row.values()) for row in other), other)
    claim("2: the plant's water alone is repeated use: 40 m3/h", reuse and any(close_text(v, 40 * HOUR) for row in reuse for v in row.values()), reuse)
    claim("2: no row takes them together", not any(close_text(v, 70 * HOUR) for row in other + reuse for v in row.values()), other + reuse)


def close_text(text, want):
    """Is the printed number that volume, in m3 or in 10^4 m3?"""
    try:
        number = float(text)
    except (TypeError, ValueError):
        return False
    return any(abs(number - want / factor) <= 1e-6 * want / factor + 1e-4 for factor in (1.0, 1e4, 365.0))


def series_use(folder):
    """3. The same 100 m3/h used in a, then b, then c: taken once, used again twice, R = 2/3. Counted once only it would be 1/2."""
    users = "".join(f"  {u}: {{kind: process, demand: 100 m3/h}}\n" for u in "abc")
    _, told = simulated(folder, "series", park(users, "[river, a], [a, b], [b, c], [c, out]"))
    serial, rate = rows(told, "serial_use"), rows(told, "reuse_rate")
    claim("3: series use counts at each later use: 200 m3/h", serial and any(close_text(v, 200 * HOUR) for v in serial[0].values()), serial)
    claim("3: R = 2/3, not 1/2", any(v.startswith("66.67") for row in rate for v in row.values()) and not any(v.startswith("50.0") for row in rate for v in row.values()), rate)
    path = write(folder, "three.yaml", park(users, "[river, a], [a, b], [b, c], [c, out]"))
    done = run("run", path, "-o", os.path.join(folder, "three"), "-q", "--no-worth")
    page = open(os.path.join(folder, "three", "report.html"), encoding="utf-8").read() if done.returncode == 0 else ""
    claim("3: the page declares the rule in both languages", "重复利用量在每次再用时于受水单元计一次" in page and "Repeated use counts once at each later use" in page, done.stderr)


TOWER = "  cooling: {kind: cooling_tower, circulation: 5000 m3/h, range: 8 K, drift: 0, cycles: 4}"
DRY = "  cooling: {kind: process, demand: 5 m3/h}"
PAIR = "  a: {kind: process, demand: 100 m3/h}\n  b: {kind: process, demand: 100 m3/h}\n"


def cooled(folder, name, tower, sources=RIVER, feed="river"):
    leaves = "cooling.blowdown" if tower else "cooling"
    return simulated(folder, name, park(PAIR + (TOWER if tower else DRY), f"[river, a], [a, b], [b, out], [{feed}, cooling], [{leaves}, out]", sources))[0]


def compared(folder, name, *files):
    out = os.path.join(folder, name)
    done = run("compare", *files, "-o", out, "--json")
    claim(f"{name}: compared", done.returncode == 0, done.stdout + done.stderr)
    told = json.loads(done.stdout)
    return told["runs"], [f for f in told["findings"]], open(os.path.join(out, "report.html"), encoding="utf-8").read()


def evaporation(folder, wet, dry):
    """4. The tower evaporates E and is fed E 4/3: without it E less evaporates, but what is saved is intake less, 4/3 E - 5, not E."""
    runs, _, _ = compared(folder, "evaporated", wet, dry)
    saved = runs["wet"]["intake_conventional_m3_per_a"] - runs["dry"]["intake_conventional_m3_per_a"]
    claim("4: saved is intake less", abs(runs["dry"]["saved_m3_per_a"] - saved) < 1e-6 and saved > 0.0, runs)
    makeup = runs["wet"]["intake_conventional_m3_per_a"] / HOUR - 100.0
    evaporated = 0.75 * makeup  # cycles of 4: what is blown down is a quarter of the make-up
    claim("4: nor is it what evaporated", abs(saved / HOUR - (makeup - 5.0)) < 1e-6 * makeup and abs(saved / HOUR - evaporated) > 5.0, (saved / HOUR, makeup))


def salt(folder):
    """5. 20 kg/h of salt enter a closed loop: refused before anything runs, with the salt's name."""
    text = """parkwater: 1
period: steady
constituents: [TDS]
sources: {river: {kind: surface, quality: {TDS: 200 mg/L}}}
users: {dye: {kind: process, demand: 50 m3/h, adds: {TDS: 20 kg/h}, loss: {evaporation: 10 %}}}
connections: {existing: [[river, dye], [dye, dye]], self: true}
"""
    done = run("check", write(folder, "salt.yaml", text))
    claim("5: salt without an exit is refused (E0503)", done.returncode == 1 and "E0503" in done.stdout + done.stderr and "TDS" in done.stdout + done.stderr, done.stdout + done.stderr)


def units(folder):
    """6. 100 m3/h, 2400 m3/d and 87.6 万m3/a are the same demand; a demand of 100 m3/d is another, and a volume without its time is refused."""
    got = []
    for name, demand in (("hour", "100 m3/h"), ("day", "2400 m3/d"), ("year", "87.6 万m3/a"), ("slow", "100 m3/d")):
        h5, told = simulated(folder, name, park(f"  a: {{kind: process, demand: {demand}}}", "[river, a], [a, out]"))
        got.append(next(iter(rows(told, "intake")))["value"] if "value" in told[0] else list(rows(told, "intake")[0].values()))
    claim("6: m3/h, m3/d and 万m3 are the same water", got[0] == got[1] == got[2], got)
    claim("6: m3/d for m3/h is a twenty-fourth", got[3] != got[0], got)
    done = run("check", write(folder, "timeless.yaml", park("  a: {kind: process, demand: 100 m3}", "[river, a], [a, out]")))
    claim("6: a volume where a flow belongs is refused", done.returncode == 1 and "demand" in done.stdout + done.stderr, done.stdout + done.stderr)


def calendar(folder):
    """7. February 2024 has 29 days, of 2025 28; a pattern of the day begins at midnight of +08:00, in the series at 16:00 of the day before in UTC."""
    for year, days in ((2024, 29), (2025, 28)):
        text = park("  a: {kind: process, demand: {base: 100 m3/h, pattern: noon}}", "[river, a], [a, out]", period=f"{{start: {year}-02-01, end: {year}-03-01}}",
                    more="patterns: {noon: {every: 1h, factors: [" + ", ".join("24" if h == 12 else "0" for h in range(24)) + "]}}\n"
                         "tariffs: {power: {peak: {hours: [12-13], price: 2 CNY/kWh}, flat: {hours: [8-12, 13-24], price: 1 CNY/kWh}, valley: {hours: [0-8], price: 0.5 CNY/kWh}}}\n").replace(
            "[river, a]", "{from: river, to: a, length: 1000 m, lift: 30 m}").replace("existing: [{from: river, to: a, length: 1000 m, lift: 30 m}, [a, out]]",
                                                                                   "existing: {pump: {from: river, to: a, length: 1000 m, lift: 30 m}, drain: {from: a, to: out}}")
        path = write(folder, f"february{year}.yaml", text)
        done = run("run", path, "-o", os.path.join(folder, f"february{year}"), "-q", "--no-worth", "--lang", "en")
        claim(f"7: February {year} runs", done.returncode in (0, 6), done.stdout + done.stderr)
        if done.returncode not in (0, 6):
            continue
        month = table(os.path.join(folder, f"february{year}"), "bill.csv")[0]
        values = list(month.values())
        claim(f"7: it has {days} days", f"{days}.00" in values, month)
        energy = {title.split()[0]: float(value or 0) for title, value in month.items() if "kWh" in title}
        claim("7: noon of +08:00 is the tariff's noon: all energy is peak", energy.get("peak", 0) > 0 and all(v == 0 for k, v in energy.items() if k != "peak"), month)


def bases(folder, wet):
    """8. The city's water for the tower: less intake on basis A, the same on B; both are printed."""
    city = RIVER + ", city: {kind: reclaimed, origin: municipal, price: 1 CNY/m3, quality: {TDS: 300 mg/L}}"
    runs, _, page = compared(folder, "bases", wet, cooled(folder, "mixed", True, city, "city"))
    a, b = ([runs[r][f"intake_{basis}_m3_per_a"] for r in ("wet", "mixed")] for basis in ("conventional", "all_sources"))
    claim("8: less on basis A, as much on basis B", a[1] < a[0] and abs(b[1] - b[0]) < 1e-6 * b[0], runs)
    claim("8: both stand on the page", "取水量 A（常规水源）" in page and "取水量 B（全部水源）" in page)


def dry_cooling(folder, wet, dry):
    """9. The tower's 5000 m3/h circulate no more: R falls, intake falls; the page and the terminal say so, and say nothing where both go one way."""
    runs, told, page = compared(folder, "cooling", wet, dry)
    warned = [f for f in told if f["code"] == "W0809"]
    claim("9: it is told (W0809)", len(warned) == 1 and "reuse rate falls" in str(warned[0]) and "dry" in str(warned[0]), told)
    claim("9: on the page in both languages, intake and rate in one table", "应以取水量判断" in page and "judge it by its intake" in page and
          page.index("重复利用率 A，计循环") > page.index("取水量 A（常规水源）"))
    _, back, _ = compared(folder, "back", dry, wet)
    claim("9: the way back is told, too: more is taken though the rate rises", any(f["code"] == "W0809" and "rate rises" in str(f) for f in back), back)
    saver = simulated(folder, "saver", park("  a: {kind: process, demand: 50 m3/h}\n  b: {kind: process, demand: 50 m3/h}\n" + TOWER,
                                            "[river, a], [a, b], [b, out], [river, cooling], [cooling.blowdown, out]"))[0]
    _, quiet, _ = compared(folder, "quiet", wet, saver)
    claim("9: a saving that raises the rate is not warned of", not any(f["code"] == "W0809" for f in quiet), quiet)


FOUR = """parkwater: 1
period: steady
constituents: [TDS, COD]
sources: {river: {kind: surface, price: 2 CNY/m3, quality: {TDS: 200 mg/L, COD: 10 mg/L}}}
users:
""" + "".join(f"  u{i}: {{kind: process, demand: {20 + 7 * i} m3/h, inlet: {{TDS: {300 + 90 * i} mg/L, COD: {15 + 11 * i} mg/L}}, adds: {{TDS: {4 + i} kg/h, COD: {2 + i} kg/h}}}}\n" for i in range(6)) + """treatments:
  plant: {technology: removal, removal: {COD: 90 %}, capacity: {min: 10 m3/h, max: 200 m3/h}, opex: 0.6 CNY/m3, capex: {scale: 16800 CNY, reference: 1 m3/h, exponent: 0.7}}
sinks: {out: {kind: outfall, limits: {COD: 50 mg/L}, price: 1.4 CNY/m3}}
connections: {candidates: all}
"""


def without_a_gap(folder):
    """10. A plan that was stopped says how far from the best it may be, in every place; "optimal" is said only within 1e-4 and with the bound."""
    path = write(folder, "four.yaml", FOUR)
    for words, fine in ((("--work-limit", "200"), (0, 6)), (("--gap", "1e-4", "--work-limit", "300000"), (0, 6))):
        done = run("optimize", path, "-o", os.path.join(folder, "four.h5"), "--json", "--no-worth", *words)
        claim("10: a plan stands", done.returncode in fine, done.stdout[-500:] + done.stderr[-500:])
        told = json.loads(done.stdout)
        gap = told["gap"]
        known = told["objective"] is not None and told["bound"] is not None
        claim("10: gap is what objective and bound say", not known or abs(gap - abs(told["objective"] - told["bound"]) / abs(told["objective"])) < 1e-9, told)
        claim(f"10: {told['status']} with a gap of {gap}", (told["status"] == "optimal") == (gap is not None and gap <= 1e-4), told)
    done = run("optimize", path, "-o", os.path.join(folder, "four.h5"), "--no-worth", "--work-limit", "200", "--lang", "en")
    claim("10: the terminal says the gap", "gap" in done.stdout, done.stdout)
    done = run("run", path, "-o", os.path.join(folder, "four"), "-q", "--no-worth", "--work-limit", "2000")
    page = open(os.path.join(folder, "four", "report.html"), encoding="utf-8").read() if done.returncode in (0, 6) else ""
    claim("10: the page's verdict has gap and bound", "最优性间隙（已证明）" in page and "no design can be below" in page, done.stderr[-300:])


def main():
    with tempfile.TemporaryDirectory() as folder:
        averaged_rates(folder)
        counted_twice(folder)
        series_use(folder)
        wet, dry = cooled(folder, "wet", True), cooled(folder, "dry", False)
        evaporation(folder, wet, dry)
        salt(folder)
        units(folder)
        calendar(folder)
        bases(folder, wet)
        dry_cooling(folder, wet, dry)
        without_a_gap(folder)
    end()


if __name__ == "__main__":
    main()

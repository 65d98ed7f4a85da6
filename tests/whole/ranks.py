#!/usr/bin/env python3
"""One optimization over ranks and threads: the same bits as alone, whatever their number; and what can befall a rank.

usage: ranks.py PARKWATER
"""
import json, os, re, shutil, signal, subprocess, sys, tempfile, time

PARKWATER = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
PARKS = os.path.join(HERE, "../../scenarios/parks")
CASES = os.path.join(HERE, "../../validation")
failures = []

try:
    import h5py
except ImportError:  # the interpreter that has it may be the system's
    if os.path.exists("/usr/bin/python3") and os.path.realpath(sys.executable) != os.path.realpath("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    print("skipped: python3-h5py is not installed")
    sys.exit(77)
if shutil.which("mpirun") is None:
    print("skipped: there is no mpirun")
    sys.exit(77)

ENV = {**os.environ, "LANG": "C", "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
       "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_mpi_yield_when_idle": "1"}
FIGURES = ("status", "objective", "bound", "gap", "nodes", "lps", "work", "reproducible", "indicators", "sensitivity", "retrofits_ranked", "path")


def claim(what, holds):
    print(("ok     " if holds else "FAILED ") + what, flush=True)
    if not holds:
        failures.append(what)


def words(n, *rest):
    return [*(["mpirun", "--oversubscribe", "-n", str(n)] if n > 1 else []), PARKWATER, *rest]


def run(n, *rest):
    return subprocess.run(words(n, *rest, "-q"), capture_output=True, text=True, env=ENV, timeout=1200)


def object_of(text):
    """The JSON object; mpirun may add lines of its own."""
    for line in text.splitlines():
        if line.startswith("{"):
            return json.loads(line)
    return {}


def contents(path):
    """Everything a result file holds but the clock's group, as bytes."""
    found = {}
    with h5py.File(path) as file:
        def attributes(name, item):
            for key, value in item.attrs.items():
                if key not in ("REFERENCE_LIST", "DIMENSION_LIST"):
                    found[f"{name}@{key}"] = str(value)

        def visit(name, item):
            if name.split("/")[0] == "wall_clock":
                return
            if isinstance(item, h5py.Dataset):
                value = item[()]
                found[name] = value.tobytes() if getattr(value, "dtype", None) != object and hasattr(value, "tobytes") else str(value.tolist() if hasattr(value, "tolist") else value)
            attributes(name, item)
        file.visititems(visit)
        attributes("", file)
    return found


def equal(name, folder, park, least, ways, *rest):
    """The park optimized in all these ways of (ranks, threads); `least`: nodes and parts that others than rank 0 must have done."""
    first = told = None
    for n, threads in ways:
        at = os.path.join(folder, f"{name}.h5")
        done = run(n, "optimize", park, "-o", at, "--json", "--threads", str(threads), *rest)
        told = object_of(done.stdout)
        figures = {key: told.get(key) for key in FIGURES}
        here = (done.returncode, figures, contents(at))
        if first is None:
            first = here
            print(f"       {name}: {figures['status']}, {figures['nodes']} nodes, {figures['work']} iterations", flush=True)
            claim(f"{name}: there is an answer", figures["objective"] is not None and done.returncode in (0, 6))
            continue
        claim(f"{name}: {n} ranks x {threads} threads: every figure and the file's contents are those of one rank", here == first)
        ranks = told.get("ranks", [])
        away = sum(r["nodes"] + r["parts"] for r in ranks[1:])
        if ranks:
            print(f"       {name}: {n} x {threads}: nodes {[r['nodes'] for r in ranks]}, parts {[r['parts'] for r in ranks]}, iterations "
                  f"{[r['work'] for r in ranks]}, {sum(r['messages'] for r in ranks)} messages, "
                  f"{sum(r['bytes_sent'] + r['bytes_taken'] for r in ranks) / max(1, away):.0f} bytes each", flush=True)
        if n > 1:
            claim(f"{name}: {n} x {threads}: work was done elsewhere, and none twice", len(ranks) == n and away >= least
                  and (sum(r["parts"] for r in ranks) > 0 or sum(r["nodes"] for r in ranks) <= told["nodes"]))
    return told


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def many_seasons(folder, case, count):
    """A published case as `count` seasons of one year: a program of that many blocks."""
    days = [365 * k // count for k in range(count + 1)]
    date = [time.strftime("%m-%d", time.gmtime(86400 * d)) for d in range(365)]  # 1970 is no leap year
    seasons = "\n".join(f"  s{k}: {{name: s{k}, dates: {date[days[k]]}..{date[days[k + 1] - 1]}}}" for k in range(count))
    with open(os.path.join(CASES, case, "case.yaml"), encoding="utf-8") as file:
        text = file.read()
    return write(folder, "seasons.yaml", text.replace(
        "period: steady", f"period: {{start: 2025-01-01, end: 2026-01-01}}\ninitial: periodic\nseasons:\n{seasons}"))


def whole_job(folder):
    park = write(folder, "new.yaml", subprocess.run([PARKWATER, "new"], capture_output=True, text=True, env=ENV).stdout)
    for n in (1, 2):
        claim(f"run on {n} ranks ends well", run(n, "run", park, "-o", os.path.join(folder, f"run{n}")).returncode == 0)
    a, b = os.path.join(folder, "run1"), os.path.join(folder, "run2")
    claim("run: the same result", contents(os.path.join(a, "run.h5")) == contents(os.path.join(b, "run.h5")))
    tables = sorted(os.listdir(os.path.join(a, "tables")))
    same = all(open(os.path.join(a, "tables", t), "rb").read() == open(os.path.join(b, "tables", t), "rb").read() for t in tables)
    claim(f"run: the same {len(tables)} tables, and nothing half-written", same and sorted(os.listdir(os.path.join(b, "tables"))) == tables
          and sorted(os.listdir(a)) == sorted(os.listdir(b)))


def misuse(folder):
    park = os.path.join(folder, "new.yaml")
    alone = run(2, "simulate", park, "-o", os.path.join(folder, "sim.h5"))
    claim("a job for one process says so, once, and writes nothing", alone.returncode == 1 and not os.path.exists(os.path.join(folder, "sim.h5"))
          and alone.stderr.count("start it without mpirun") == 1)
    at = os.path.join(folder, "odd.h5")
    odd = subprocess.run(["mpirun", "--oversubscribe", "-n", "1", PARKWATER, "optimize", park, "-o", at, ":", "-n", "1", PARKWATER, "optimize", park, "-o",
                          at + "x"], capture_output=True, text=True, env=ENV, timeout=300)
    claim("ranks that were told different things do not begin", odd.returncode == 1 and "other words than rank 0" in odd.stderr
          and not os.path.exists(at) and not os.path.exists(at + "x"))
    wrong = write(folder, "wrong.yaml", "parkwater: 1\nperiod: steady\nusers: {a: {kind: proces}}\n")
    told = run(3, "optimize", wrong, "-o", at)
    claim("a mistake is told once, with its place", told.returncode == 1 and told.stderr.count("wrong.yaml:3:19") == 1 and not os.path.exists(at))


def ranks_of(job):
    """Processes of the ranks, rank 0 first."""
    for _ in range(200):
        with open(f"/proc/{job.pid}/task/{job.pid}/children") as file:
            found = sorted(int(word) for word in file.read().split())
        found = [p for p in found if os.path.realpath(f"/proc/{p}/exe") == os.path.realpath(PARKWATER)]
        if len(found) == 3:
            return found
        time.sleep(0.05)
    return found


def at_work(folder, name, who, number, case, after):
    """A long optimization on three ranks, one of which (or mpirun, -1) gets a signal."""
    at = os.path.join(folder, f"{name}.h5")
    job = subprocess.Popen(words(3, "optimize", os.path.join(CASES, case, "case.yaml"), "-o", at, "--gap", "1e-7", "--no-worth", "--json", "-q"),
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENV, start_new_session=True)
    ranks = ranks_of(job)
    time.sleep(after)
    begun = time.time()
    os.kill(job.pid if who < 0 else ranks[who], number)
    try:
        out, said = job.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(job.pid, signal.SIGKILL)
        out, said = job.communicate()
    told = object_of(out)
    print(f"       {name}: exit {job.returncode} after {time.time() - begun:.1f} s, {told.get('status')}, {told.get('nodes')} nodes, gap {told.get('gap')}", flush=True)
    half = [f for f in os.listdir(folder) if f.startswith(name) and f != f"{name}.h5"]
    claim(f"{name}: nothing half-written is left", not half)
    return job.returncode, told, said, os.path.exists(at) and contents(at)


def holds(told, best, tolerance=1e-4):
    return told.get("status") == "limit_feasible" and told["reproducible"] is False and told["bound"] <= best * (1 + tolerance) \
        and told["objective"] >= best * (1 - tolerance)


def bad_days(folder):
    case, best = "minlplib_waterund25", 410.6353929 * 8000  # published; the park runs 8000 h/a
    code, told, _, kept = at_work(folder, "interrupt0", 0, signal.SIGINT, case, 5)
    claim("an interrupt of rank 0 ends with 130, incumbent and bound kept", code == 130 and holds(told, best) and bool(kept))
    code, told, _, kept = at_work(folder, "interrupt1", 1, signal.SIGTERM, case, 5)
    claim("an interrupt of another rank ends with 143, incumbent and bound kept", code == 143 and holds(told, best) and bool(kept))
    code, told, said, kept = at_work(folder, "killed", 2, signal.SIGKILL, case, 5)
    claim("a killed rank ends the job, and mpirun names it", code == 137 and re.search(r"rank 2 .*signal 9", said) is not None)
    claim("what rank 0 had found by then is whole where it is kept", kept is False or holds(told, best))
    code, told, said, kept = at_work(folder, "killed0", 0, signal.SIGKILL, case, 1.0)
    claim("without rank 0 there is no result", code == 137 and kept is False)
    begun = time.time()
    limited = run(2, "optimize", os.path.join(CASES, case, "case.yaml"), "-o", os.path.join(folder, "limit.h5"), "--gap", "1e-7", "--no-worth",
                  "--json", "--time-limit", "3")
    told = object_of(limited.stdout)
    claim(f"--time-limit holds over ranks (exit 6; {told.get('time_s', 0):.1f} s)", limited.returncode == 6 and holds(told, best) and told["time_s"] < 8
          and time.time() - begun < 60)


def main():
    folder = tempfile.mkdtemp(prefix="parkwater-ranks-")
    all_ways = [(1, 1), (1, 2), (2, 1), (2, 2), (4, 1), (4, 2)]
    try:
        told = equal("branching", folder, os.path.join(CASES, "minlplib_wastewater05", "case.yaml"), 100, all_ways, "--gap", "1e-3")
        claim("branching: hundreds of nodes", told["nodes"] > 300)
        # a small tree: two threads of a rank would take its batches alone
        equal("two-sources", folder, os.path.join(CASES, "kg2006_ex1", "case.yaml"), 1, [(1, 1), (2, 1), (4, 1)], "--gap", "1e-4")
        equal("blocks", folder, many_seasons(folder, "minlplib_waterund17", 32), 32, [(1, 1), (2, 1), (4, 2)], "--gap", "0.03", "--work-limit", "120000",
              "--no-worth")
        equal("retrofits", folder, os.path.join(PARKS, "yueyang.yaml"), 1, [(1, 1), (2, 1)], "--work-limit", "60000")
        whole_job(folder)
        misuse(folder)
        bad_days(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""A batch and what can befall it: hands, ranks and whole jobs killed at random moments, full disks, read-only folders, variants that stall, two at once. After resuming, every
variant is there once and every bit is that of a quiet run of one process.

usage: batch.py PARKWATER [full]      full: 2 000 variants of a Net3-sized network and 100 runs of Yueyang, 20 kills of each kind
"""
import csv, glob, json, os, random, re, resource, shutil, signal, subprocess, sys, tempfile, time

PARKWATER = os.path.abspath(sys.argv[1])
FULL = sys.argv[2:] == ["full"]
HERE = os.path.dirname(os.path.abspath(__file__))
PARKS = os.path.join(HERE, "../../scenarios/parks")
failures = []

try:
    import h5py
    import numpy
except ImportError:  # the interpreter that has them may be the system's
    if os.path.exists("/usr/bin/python3") and os.path.realpath(sys.executable) != os.path.realpath("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    print("skipped: python3-h5py is not installed")
    sys.exit(77)

ENV = {**os.environ, "LANG": "C", "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
       "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_mpi_yield_when_idle": "1"}
# Shards are flushed to the disk; a disk in memory does not wait.
SHM = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def claim(what, holds):
    print(("ok     " if holds else "FAILED ") + what, flush=True)
    if not holds:
        failures.append(what)


def ranks(n):
    return ["mpirun", "--oversubscribe", "-n", str(n)] if n > 1 else []


def run(*words, n=1, **how):
    return subprocess.run([*ranks(n), PARKWATER, "batch", *words, "-q"], capture_output=True, text=True, env=ENV, timeout=40000 if FULL else 3000, **how)


def start(*words, n=1):
    return subprocess.Popen([*ranks(n), PARKWATER, "batch", *words, "-q"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env=ENV, start_new_session=True)


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def is_program(pid):
    try:
        return os.path.realpath(f"/proc/{pid}/exe") == os.path.realpath(PARKWATER)
    except OSError:
        return False


def family(pid):
    found = [pid]
    for at in found:
        found += children(at)
    return found


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass


def table(folder):
    """Everything study.h5 tells of variants, as bytes."""
    found = {}
    with h5py.File(os.path.join(folder, "study.h5")) as file:
        def visit(name, item):
            if isinstance(item, h5py.Dataset):
                value = item[()]
                found[name] = value.tobytes() if getattr(value, "dtype", None) != object and hasattr(value, "tobytes") else str(value.tolist() if hasattr(value, "tolist") else value)
        file.visititems(visit)
    return found


def rows_of_shards(folder):
    hashes = []
    for path in glob.glob(os.path.join(folder, "shards", "*.h5")):
        with h5py.File(path) as file:
            hashes += [h.decode() for h in file["variant"][()]]
    return hashes


def same(what, folder, reference, variants):
    hashes = rows_of_shards(folder)
    claim(f"{what}: {variants} variants, each once ({len(hashes)})", len(hashes) == variants and len(set(hashes)) == variants)
    claim(f"{what}: bits equal to the quiet serial run", table(folder) == table(reference))
    claim(f"{what}: nothing half-written is left", not glob.glob(os.path.join(folder, "shards", "*.tmp")))


def until_done(study, folder, n=1, threads=2, most=60, extra=()):
    """Start again until it is through; the exits."""
    exits = []
    while len(exits) < most and (not exits or exits[-1] not in (0, 7)):
        exits.append(run(study, "-o", folder, "--threads", str(threads), *extra, n=n).returncode)
    return exits


def killed_hands(study, folder, kills, pace, extra=()):
    """One run during which hands are killed; hands of two lives may lose a variant, which the next start tries again."""
    job, done = start(study, "-o", folder, "--threads", "2", *extra), 0
    while job.poll() is None and done < kills:
        time.sleep(random.uniform(0, pace))
        hands = children(job.pid)
        if hands:
            kill(random.choice(hands))
            done += 1
    job.wait()
    job.communicate()
    return done


def killed_at_random(study, folder, kills, pace, n, extra=()):
    """A hand, a rank or the whole job, killed at random moments; each start goes on where the last one ended. How many of each, and starts."""
    done, starts, job = dict.fromkeys(("hand", "rank", "job"), 0), 0, None
    while sum(done.values()) < kills:
        if job is None:
            job = start(study, "-o", folder, "--threads", "2" if n == 1 else "1", *extra, n=n)
            starts += 1
        time.sleep(random.uniform(0, pace))
        if job.poll() is None:
            everybody = family(job.pid)
            programs = [p for p in everybody if is_program(p)]
            hands = [p for p in programs if is_program_of(p)]
            of = {"hand": hands, "rank": [p for p in programs if p not in hands], "job": everybody}
            what = random.choice([kind for kind in of if of[kind]])
            for pid in everybody if what == "job" else [random.choice(of[what])]:
                kill(pid)
            done[what] += 1
            if what == "hand":  # the job lives on
                continue
        job.wait()
        job.communicate()
        if job.returncode in (0, 7):
            break
        job = None
        time.sleep(1.2)  # orphans end within a second
    if job is not None:
        job.communicate()
    return done, starts


def is_program_of(pid):
    """A hand: its parent is a parkwater too."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return is_program(int(file.read().rsplit(")", 1)[1].split()[1]))
    except OSError:
        return True


PARK = """parkwater: 1
period: steady
constituents: [TDS, COD]
sources: {river: {kind: surface, price: 2.05 CNY/m3, quality: {TDS: 180 mg/L, COD: 12 mg/L}}}
users:
  wash: {kind: process, demand: 80 m3/h, inlet: {COD: 60 mg/L}, adds: {COD: 4 kg/h, TDS: 20 kg/h}}
  dye: {kind: process, demand: 120 m3/h, inlet: {COD: 30 mg/L}, adds: {COD: 3 kg/h, TDS: 60 kg/h}}
sinks: {outfall: {kind: outfall, limits: {COD: 80 mg/L}, price: 1.4 CNY/m3}}
connections: {existing: [[river, wash], [river, dye], [wash, outfall], [dye, outfall]]}
"""
STUDY = """parkwater_study: 1
name: kills
base: existing.yaml
job: simulate
vary:
  - {set: users.wash.demand, times: [0.8, 0.9, 1, 1.1, 1.2, 1.3]}
  - {set: users.dye.demand, times: [0.8, 0.9, 1, 1.1, 1.2, 1.3]}
  - {set: sources.river.quality.TDS, times: [0.5, 0.7, 1, 1.5, 2]}
  - {set: sources.river.price, draw: {normal: {mean: 2 CNY/m3, sd: 0.1 CNY/m3}}}
keep: {series: [users.*.flow, sinks.outfall.flow]}
"""
VARIANTS = 6 * 6 * 5


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def ordinary(folder, study, reference):
    first = run(study, "-o", reference, "--json")
    told = json.loads(first.stdout)
    claim("a quiet run ends with 0 and tells how many", first.returncode == 0 and told["done"] == VARIANTS and told["computed"] == VARIANTS)
    again = json.loads(run(study, "-o", reference, "--json").stdout)
    claim("the same command computes nothing twice", again["computed"] == 0 and again["found"] == VARIANTS)
    with open(os.path.join(reference, "summary.csv"), encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    claim("summary.csv has a row a variant, named by its parameters",
          len(rows) == VARIANTS and len({row["variant"] for row in rows}) == VARIANTS and rows[0]["users.wash.demand"] == "x0.8"
          and rows[0]["variant"].startswith("users.wash.demand=x0.8, users.dye.demand=x0.8"))
    try:
        one_line = subprocess.run(["/usr/bin/python3", "-c", "import xarray, sys; d = xarray.open_dataset(sys.argv[1]); print(d.sizes['variant'], "
                                   "float(d.value.sel(indicator='intake.all_sources').mean()))", os.path.join(reference, "study.h5")],
                                  capture_output=True, text=True)
        if "No module" not in one_line.stderr:
            claim("xarray opens study.h5 in one line", one_line.stdout.startswith(f"{VARIANTS} "))
    except OSError:
        pass
    with h5py.File(os.path.join(reference, "study.h5")) as file:
        series = file["series/series"]
        columns = [c.decode() for c in file["series/column"][()]]
        claim("series are virtual over the shards", series.is_virtual and series.shape == (VARIANTS, 3, 168)
              and columns == ["users.wash.flow", "users.dye.flow", "sinks.outfall.flow"])
        wash = series[:, 0, 0] * 3600
        wanted = numpy.repeat([0.8, 0.9, 1, 1.1, 1.2, 1.3], 30) * 80
        claim("a kept series is the unit's flow", numpy.allclose(wash, wanted, rtol=1e-4))
    with open(os.path.join(reference, "report.html"), encoding="utf-8") as file:
        page = file.read()
    claim("the page has its chapters in two languages, drawings, and nothing that is no number",
          all(f'id="{chapter}"' in page for chapter in ("outcome", "targets", "spread", "sensitivity", "parallel", "missed")) and "超过概率" in page
          and "exceedance" in page and page.count("<svg") >= 3 and re.search(r"\bnan\b", page) is None)
    first = page.split('id="sensitivity"')[1].split("<table>")[1].split("</table>")[0]
    indices = {row.split("</td>")[0].split("<td>")[1]: float(row.split('<td class="n">')[1].split("<")[0]) for row in first.split("<tr>")[2:]}
    # water in = 80 a + 120 b for factors a, b of the same levels: first orders 80^2 : 120^2 = 0.308 : 0.692; the drawn price makes it
    # a sample, from whose indices 0.692 * 5 / 174 = 0.020 is taken for chance
    claim("first-order effects by hand", abs(indices["users.wash.demand"] - 0.298) < 0.012 and abs(indices["users.dye.demand"] - 0.687) < 0.012)
    sample = write(os.path.dirname(study), "sample.yaml", """parkwater_study: 1
base: existing.yaml
job: simulate
vary:
  - {set: users.wash.demand, draw: {uniform: {min: 60 m3/h, max: 90 m3/h}}}
  - {set: users.dye.demand, draw: {uniform: {min: 100 m3/h, max: 180 m3/h}}}
  - {set: sources.river.price, draw: {uniform: {min: 1 CNY/m3, max: 3 CNY/m3}}}
combine: {latin_hypercube: 400}
""")
    run(sample, "-o", os.path.join(folder, "sample"))
    with open(os.path.join(folder, "sample", "report.html"), encoding="utf-8") as file:
        page = file.read()
    claim("a park without a name goes by its file's on the page", "existing.yaml" in page.split("<nav>")[0])
    page = page.split('id="sensitivity"')[1].split('id="missed"')[0]
    found = [[float(number) for number in re.findall(r'<td class="n">([^<]*)<', row)[:2]] for row in page.split("<table>")[1].split("</table>")[0].split("<tr>")[2:]]
    # water in = a + b: first and total orders are 30^2 : 80^2 = 0.123 : 0.877 alike, the price has none; 400 rows
    claim("total effects of a sample by hand", len(found) == 3 and "too large" in page
          and all(abs(x - wanted) < 0.05 for row, wanted in zip(found, (0.123, 0.877, 0.0)) for x in row))
    dry = json.loads(run(study, "-o", os.path.join(folder, "dry"), "--dry-run", "--json", "--ranks", "4").stdout)
    claim("--dry-run tells variants, time and memory, and writes nothing",
          dry["variants"] == VARIANTS and dry["time_s"] > 0 and dry["memory_per_hand"] > 1e6 and dry["hands"] == 4
          and not os.path.exists(os.path.join(folder, "dry")))
    script = run(study, "-o", "out dir", "--emit", "slurm", "--ranks", "3").stdout
    syntax = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True)
    claim("--emit slurm prints a script that resumes", syntax.returncode == 0 and "--requeue" in script and "--ntasks=3" in script
          and "-o 'out dir'" in script and "--emit" not in script.split("mpirun")[1])


def targets_varied(folder, study):
    """What is asked differs between variants: the page tells the range, and who misses what in the unit that the page speaks."""
    asked = write(os.path.dirname(study), "asked.yaml", """parkwater_study: 1
base: asked-park.yaml
job: simulate
vary: [{set: targets.intake.max, values: [1700000 m3/year, 1760000 m3/year]}]
""")
    write(os.path.dirname(study), "asked-park.yaml", PARK + "targets: {intake: {max: 1800000 m3/year}}\n")
    run(asked, "-o", os.path.join(folder, "asked"))
    with open(os.path.join(folder, "asked", "report.html"), encoding="utf-8") as file:
        page = re.sub(r"<[^>]*>", "", file.read().split('id="targets"')[1])
    # 200 m3/h through 8760 h are 175.2 x 10^4 m3: above 170, below 176
    claim("targets: the range of what is asked, who reaches it", "170.00 – 176.00" in page and "1 / 2" in page)
    claim("targets: who misses one, in the unit of the page", re.search(r"175\.20.{0,40}170\.00 .{0,20}10⁴", page.split("Variants that miss")[1]) is not None)


def one_missing(folder, study, reference):
    shutil.copytree(reference, folder)
    shard = sorted(glob.glob(os.path.join(folder, "shards", "*.h5")))[0]
    with h5py.File(shard) as file:
        gone = len(file["variant"])
    os.remove(shard)
    with h5py.File(os.path.join(folder, "study.h5")) as file:
        values = file["series/series"][:, 0, 0]
    claim("where a shard is missing the series read NaN", int(numpy.isnan(values).sum()) == gone)
    told = json.loads(run(study, "-o", folder, "--json").stdout)
    claim("and only its variants are computed anew", told["computed"] == gone and told["found"] == VARIANTS - gone)
    same("one shard lost", folder, reference, VARIANTS)
    forced = json.loads(run(study, "-o", folder, "--force", "--json").stdout)
    claim("--force computes all", forced["computed"] == VARIANTS)
    same("forced", folder, reference, VARIANTS)


def bad_days(folder, study, reference):
    bad = write(os.path.dirname(study), "bad.yaml", """parkwater_study: 1
base: park.yaml
job: optimize
vary: [{set: targets.reuse_rate.min, values: [0 %, 99.9 %]}, {set: users.wash.demand, times: [1]}]
""")
    some = run(bad, "-o", os.path.join(folder, "bad"), "--work-limit", "2000", "--json")
    told = json.loads(some.stdout) if some.stdout else {}
    claim("a variant that cannot be is told, the rest goes on (exit 7)", some.returncode == 7 and told["done"] == 1 and told["failed"] == 1)
    with open(os.path.join(folder, "bad", "summary.csv"), encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    claim("with its reason, and no number", rows[1]["status"] == "failed" and "infeasible" in rows[1]["reason"] and rows[1]["intake.all_sources [m3 year-1]"] == "")
    with h5py.File(os.path.join(folder, "bad", "study.h5")) as file:
        claim("NaN in the table", numpy.isnan(file["value"][1]).all() and not numpy.isnan(file["value"][0]).all())
    again = json.loads(run(bad, "-o", os.path.join(folder, "bad"), "--work-limit", "2000", "--json").stdout)
    claim("a failure of its own is not tried again", again["computed"] == 0 and again["failed"] == 1)
    shutil.rmtree(os.path.join(folder, "bad"))

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (30000, resource.RLIM_INFINITY))
    full = run(study, "-o", folder + "/full", preexec_fn=small)
    claim("a full disk ends the batch with 4 and says so", full.returncode == 4 and "cannot write" in full.stderr)
    claim("and leaves nothing half-written", not glob.glob(folder + "/full/shards/*.tmp") and not os.path.exists(folder + "/full/study.h5"))
    claim("the same command goes on when there is room", run(study, "-o", folder + "/full").returncode == 0)
    same("after a full disk", folder + "/full", reference, VARIANTS)
    closed = run(study, "-o", "/proc/parkwater")
    claim("a folder that cannot be written is told", closed.returncode == 4 and "/proc/parkwater" in closed.stderr)
    missing = run(study + "x", "-o", folder + "/none")
    claim("a study that is not there is a file error, and no folder is made", missing.returncode == 4 and not os.path.exists(folder + "/none"))
    wrong = write(os.path.dirname(study), "wrong.yaml", "parkwater_study: 1\nbase: park.yaml\nvary: [{set: users.wish.demand, times: [1]}]\n")
    told = run(wrong, "-o", folder + "/none")
    claim("a study with a mistake is told with its place", told.returncode == 1 and "wrong.yaml:3" in told.stderr and not os.path.exists(folder + "/none"))

    job = start(study, "-o", folder + "/two")
    time.sleep(0.3)
    second = run(study, "-o", folder + "/two")
    claim("two batches in one folder: the second one is refused", job.poll() is not None or (second.returncode == 4 and "another batch" in second.stderr))
    job.communicate()
    claim("and the first one is not disturbed", job.returncode == 0)
    same("two in one folder", folder + "/two", reference, VARIANTS)

    job = start(study, "-o", folder + "/int", "--threads", "2")
    while job.poll() is None and not glob.glob(folder + "/int/shards/*.h5"):  # something has been finished
        time.sleep(0.005)
    try:
        os.killpg(job.pid, signal.SIGINT)
    except ProcessLookupError:
        pass
    job.communicate()
    claim("an interrupt ends with 130", job.returncode in (130, 0))  # 0: it was faster
    claim("what was finished is kept", os.path.exists(folder + "/int/study.h5"))
    until_done(study, folder + "/int")
    same("after an interrupt", folder + "/int", reference, VARIANTS)


def bytes_of(folder):
    found = {}
    for at, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(at, name), "rb") as file:
                found[os.path.relpath(os.path.join(at, name), folder)] = file.read()
    return found


def nobody():
    """In the child: a user who owns nothing, so that what root may not be refused is."""
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


def mounted(*words):
    """Why something cannot be mounted, or None where it is."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        return "only root mounts"
    tried = subprocess.run(["mount", *words], capture_output=True, text=True)
    return None if tried.returncode == 0 else tried.stderr.strip() or "mount fails"


def read_only(folder, study, reference):
    """A folder that cannot be written: another user's, and one on a file system that is read-only."""
    shutil.copytree(reference, folder)
    os.remove(sorted(glob.glob(os.path.join(folder, "shards", "*.h5")))[0])
    before = bytes_of(folder)

    def refused(what, why, at, **how):
        told = run(study, "-o", at, **how)
        claim(f"{what}: exit 4, the folder and the reason are told", told.returncode == 4 and at in told.stderr and why in told.stderr)
        claim(f"{what}: nothing is spoilt", bytes_of(folder) == before)

    if os.geteuid() == 0:
        os.chmod(os.path.dirname(folder), 0o755)  # the way there is open to all
        try:
            starts = subprocess.run([PARKWATER, "--version"], capture_output=True, preexec_fn=nobody).returncode == 0
        except PermissionError:  # on the way to it
            starts = False
        if starts:
            refused("another user's folder", "Permission denied", folder, preexec_fn=nobody)
            refused("a new folder in another user's", "Permission denied", folder + "/new", preexec_fn=nobody)
        else:
            print("skipped: another user's folder: nobody may not start the program where it lies")
    else:
        for at, folders, names in os.walk(folder):
            os.chmod(at, 0o555)
        refused("a folder without the right to write", "Permission denied", folder)
        for at, folders, names in os.walk(folder):
            os.chmod(at, 0o755)
    why = mounted("--bind", folder, folder)
    if why is None:
        try:
            why = mounted("-o", "remount,ro,bind", folder)
            if why is None:
                refused("a read-only file system", "Read-only file system", folder)
        finally:
            subprocess.run(["umount", folder])
    if why is not None:
        print(f"skipped: a read-only file system: {why}")
    claim("the same command goes on when the folder can be written", run(study, "-o", folder).returncode == 0)
    same("after a read-only folder", folder, reference, VARIANTS)


def small_disk(folder, study, reference):
    """A disk that is really full: 100 KB, of which shards, journal and tables need more; then it grows."""
    os.mkdir(folder)
    why = mounted("-t", "tmpfs", "-o", "size=100k", "tmpfs", folder)
    if why is not None:
        print(f"skipped: a small disk: {why}")
        return
    try:
        told = run(study, "-o", folder + "/out")
        claim("a disk without room ends the batch with 4 and says so", told.returncode == 4 and "No space left on device" in told.stderr)
        kept = len(rows_of_shards(folder + "/out"))  # all of them open
        claim(f"and leaves nothing half-written on it ({kept} variants whole)", not glob.glob(folder + "/out/shards/*.tmp") and not os.path.exists(folder + "/out/report.html"))
        claim("the disk grows", mounted("-o", "remount,size=64m", folder) is None)
        told = json.loads(run(study, "-o", folder + "/out", "--json").stdout)
        claim("the same command computes the rest", told["found"] == kept and told["computed"] == VARIANTS - kept)
        same("after a disk without room", folder + "/out", reference, VARIANTS)
    finally:
        subprocess.run(["umount", folder])


# What is given stands; or, with candidates, a hundred things to choose among.
HARD = """parkwater: 1
period: steady
constituents: [TDS, COD]
sources: {river: {kind: surface, price: 2.05 CNY/m3, quality: {TDS: 180 mg/L, COD: 12 mg/L}}}
users:
  wash: {kind: process, demand: 80 m3/h, inlet: {COD: 60 mg/L, TDS: 1000 mg/L}, adds: {COD: 16 kg/h, TDS: 20 kg/h}}
  dye: {kind: process, demand: 120 m3/h, inlet: {COD: 30 mg/L, TDS: 500 mg/L}, adds: {COD: 96 kg/h, TDS: 60 kg/h}}
treatments:
  wwtp: {technology: AO, capacity: 300 m3/h, existing: true}
  reuse: {train: [MMF, UF, BWRO], capacity: {min: 50 m3/h, max: 200 m3/h, step: 50 m3/h}}
sinks: {outfall: {kind: outfall, limits: {COD: 80 mg/L}, price: 1.4 CNY/m3}}
connections: {existing: [[river, wash], [river, dye], [wash, wwtp], [dye, wwtp], [wwtp, outfall]]}
objective: cost
"""


def work_limit(folder, study, reference):
    """Variants that reach their limit of work are told as such, one of them with a plan and no proof; the others are as without them."""
    write(os.path.dirname(study), "hard.yaml", HARD)
    limited = write(os.path.dirname(study), "limited.yaml", """parkwater_study: 1
base: hard.yaml
job: optimize
vary: [{set: connections.candidates, values: [none, all]}, {set: users.wash.demand, times: [0.9, 1]}]
""")
    at = os.path.join(folder, "limited")
    told = json.loads(run(limited, "-o", at, "--work-limit", "50", "--threads", "2", "--json").stdout)
    with open(os.path.join(at, "summary.csv"), encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    claim("a limit of work: every variant ends", told["done"] == 4 and told["failed"] == told["lost"] == told["missing"] == 0)
    claim("those that reach it are told with what they found, the rest is proven",
          [row["status"] for row in rows] == ["optimal", "optimal", "limit_feasible", "limit_feasible"]
          and all(float(row["bound"]) < float(row["objective"]) for row in rows[2:]))
    easy = write(os.path.dirname(study), "easy.yaml", """parkwater_study: 1
base: hard.yaml
job: optimize
vary: [{set: connections.candidates, values: [none]}, {set: users.wash.demand, times: [0.9, 1]}]
""")
    run(easy, "-o", at + "-easy", "--work-limit", "50")
    with open(os.path.join(at + "-easy", "summary.csv"), encoding="utf-8-sig") as file:
        claim("and the rest is as it is without them", list(csv.DictReader(file)) == rows[:2])


def stopped_hand(study, folder):
    """A batch one of whose hands stands still for ever (SIGSTOP), as a solve without end would: started here, looked at by `stalled`."""
    for attempt in range(20):
        job = start(study, "-o", f"{folder}-{attempt}", "--threads", "2", "--time-limit", "1", "--json")
        while job.poll() is None:
            hands = [pid for pid in children(job.pid) if is_program(pid)]
            if len(hands) == 2:
                os.kill(hands[0], signal.SIGSTOP)
                time.sleep(0.5)
                if job.poll() is None:
                    return job, f"{folder}-{attempt}"
                break
            time.sleep(0.001)
        job.communicate()
    return None, None


def stalled(job, folder):
    claim("a hand can be stopped while it computes", job is not None)
    if job is None:
        return
    out, _ = job.communicate(timeout=600)
    told = json.loads(out) if out else {}
    claim("a variant that stalls ends the batch with 7, the rest is done", job.returncode == 7 and told["failed"] == 1 and told["done"] == VARIANTS - 1)
    with open(os.path.join(folder, "summary.csv"), encoding="utf-8-sig") as file:
        reasons = [row["reason"] for row in csv.DictReader(file) if row["status"] == "failed"]
    claim("and is told with its reason", len(reasons) == 1 and "it stalled" in reasons[0])


def story(folder, name, study, variants, kills, pace, n_of_ranks, extra=()):
    reference = os.path.join(folder, name + "-ref")
    begun = time.time()
    first = run(study, "-o", reference, "--json", *extra)
    told = json.loads(first.stdout)
    if "work_s" not in told:
        claim(f"{name}: a quiet run goes through: {first.stdout[:300]}{first.stderr[:300]}", False)
        return
    print(f"       {name}: serial {time.time() - begun:.1f} s, work {told['work_s']:.1f} s, efficiency {told['efficiency']:.3f}", flush=True)
    claim(f"{name}: all accounted for", told["done"] + told["failed"] == variants and told["lost"] == told["missing"] == 0)
    stored = told["done"]
    pace = pace or told["work_s"] / kills  # so that the kills are spread over a run of two hands
    at = os.path.join(folder, name)
    if not FULL:
        done = killed_hands(study, at + "-hands", kills, pace, extra)
        until_done(study, at + "-hands", extra=extra)
        same(f"{name}: {done} hands killed", at + "-hands", reference, stored)
    for n in (1, *n_of_ranks) if shutil.which("mpirun") else (1,):
        begun = time.time()
        if n > 1:
            whole = run(study, "-o", f"{at}-{n}", "--json", *extra, n=n)
            told = json.loads(whole.stdout) if whole.stdout else {}
            print(f"       {name}: {n} ranks {time.time() - begun:.1f} s, efficiency {told.get('efficiency', 0):.3f}", flush=True)
            claim(f"{name}: {n} ranks end with 0 or 7", whole.returncode in (0, 7) and told["ranks"] == n)
            same(f"{name}: {n} ranks", f"{at}-{n}", reference, stored)
            begun = time.time()
        killed, starts = killed_at_random(study, f"{at}-killed-{n}", kills, pace, n, extra)
        exits = until_done(study, f"{at}-killed-{n}", n=n, extra=extra)
        lines = open(f"{at}-killed-{n}/journal", encoding="utf-8").read().splitlines()
        print(f"       {name}: {n} ranks, killed {killed}, {starts + len(exits)} starts, {time.time() - begun:.1f} s; journal of {len(lines)} lines", flush=True)
        claim(f"{name}: {n} ranks, something was killed, and it ends", sum(killed.values()) > 0 and exits[-1] in (0, 7))
        same(f"{name}: {n} ranks, {sum(killed.values())} killed", f"{at}-killed-{n}", reference, stored)


def main():
    seed = int(os.environ.get("PARK_TEST_SEED", time.time()))
    random.seed(seed)
    print(f"       seed {seed}")
    folder = tempfile.mkdtemp(prefix="parkwater-batch-", dir=SHM)
    try:
        write(folder, "park.yaml", subprocess.run([PARKWATER, "new"], capture_output=True, text=True, env=ENV).stdout)
        write(folder, "existing.yaml", PARK)
        study = write(folder, "study.yaml", STUDY)
        if not FULL:
            reference = os.path.join(folder, "quiet")
            stopped = stopped_hand(study, os.path.join(folder, "stalled"))  # it takes half a minute to be found out
            ordinary(folder, study, reference)
            targets_varied(folder, study)
            one_missing(os.path.join(folder, "missing"), study, reference)
            bad_days(os.path.join(folder, "bad-days"), study, reference)
            read_only(os.path.join(folder, "read-only"), study, reference)
            small_disk(os.path.join(folder, "small-disk"), study, reference)
            work_limit(folder, study, reference)
            stalled(*stopped)
            story(folder, "kills", study, VARIANTS, 4, 0.3, (2, 4))
        else:
            full(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(failures)} failed")
    return 1 if failures else 0


def archive(folder):
    """A study of 10^5 variants, killed after a while: no file a variant."""
    write(folder, "existing.yaml", PARK)
    study = write(folder, "large.yaml", """parkwater_study: 1
base: existing.yaml
job: simulate
vary: [{set: users.wash.demand, draw: {uniform: {min: 60 m3/h, max: 90 m3/h}}}]
combine: {monte_carlo: 100000}
""")
    at, begun = os.path.join(folder, "archive"), time.time()
    job = start(study, "-o", at, "--threads", "2")
    while len(glob.glob(at + "/shards/*.h5")) < 3 and job.poll() is None and time.time() - begun < 1800:
        time.sleep(1)
    for pid in family(job.pid):
        kill(pid)
    job.communicate()
    names = [os.path.basename(path) for path in glob.glob(at + "/shards/*.h5")]
    hashes = rows_of_shards(at)
    print(f"       archive: {len(hashes)} variants in {len(names)} files after {time.time() - begun:.0f} s")
    claim("10^5 variants: packs alone", len(names) >= 3 and all(name.startswith("pack-") for name in names))
    claim("10^5 variants: each once", len(hashes) == len(set(hashes)) and len(hashes) > 100 * len(names))


def full(folder):
    for name in os.listdir(PARKS):
        if name.endswith((".yaml", ".inp")):
            shutil.copy(os.path.join(PARKS, name), folder)
    share = float(os.environ.get("PARK_TEST_SHARE", 1))  # of the variants, for a slow machine
    demands = max(2, int(round(50 * share)))
    times = ", ".join(f"{0.8 + 0.4 * i / max(1, demands - 1):.4f}" for i in range(demands))
    if not os.path.exists(NET3):
        print(f"skipped: {NET3} is not there")
        sys.exit(77)
    shutil.copy(NET3, os.path.join(folder, "Net3.inp"))
    made = subprocess.run([PARKWATER, "import", os.path.join(folder, "Net3.inp"), "-o", os.path.join(folder, "net3.yaml")], env=ENV, capture_output=True, text=True)
    claim("a park around Net3 is made", made.returncode == 0)
    net = write(folder, "net.yaml", f"""parkwater_study: 1
base: net3.yaml
job: simulate
vary:
  - {{set: users.1.demand, times: [{times}]}}
  - {{set: users.3.demand, times: [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4]}}
  - {{set: users.5.demand, times: [0.8, 0.9, 1, 1.1]}}
keep: {{series: [sources.*.flow]}}
""")
    stories = os.environ.get("PARK_TEST_STORIES", "network yueyang archive").split()
    if "archive" in stories:
        archive(folder)
    if "network" in stories:
        story(folder, "network", net, 40 * demands, max(2, int(20 * share)), None, (2, 4))
    if "yueyang" not in stories:
        return
    count = max(4, int(round(100 * share)))
    yueyang = write(folder, "yueyang-study.yaml", f"""parkwater_study: 1
base: yueyang.yaml
job: run
vary: [{{set: sources.tap.price, draw: {{times: {{lognormal: {{mean: 1, cv: 0.1}}}}}}}}]
combine: {{latin_hypercube: {count}}}
""")
    # cut by work, never by the clock: bits
    story(folder, "yueyang", yueyang, count, max(5, int(20 * share)), None, (2, 4), ("--gap", "0.05", "--work-limit", "2000", "--rounds", "1"))


NET3 = os.path.join(os.environ.get("PARK_SHARED", os.path.join(HERE, "../../../shared")), "data/networks/inp/Net3.inp")

if __name__ == "__main__":
    sys.exit(main())

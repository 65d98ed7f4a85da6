"""What tests of the whole program share: claims, the program run with the locale off, its tables."""
import csv, os, subprocess, sys

TOP = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
PARKWATER = os.path.abspath(sys.argv[1])
failures = []


def claim(what, holds, said=""):
    print(("ok     " if holds else "FAILED ") + what, flush=True)
    if not holds:
        failures.append(what)
        print("      ", str(said)[:900])


def run(*words):
    return subprocess.run([PARKWATER, *words], capture_output=True, text=True, env={**os.environ, "LANG": "C"}, timeout=600)


def run_ranks(ranks, *words):
    """The program over ranks of mpirun; what MPI itself keeps to its end is no leak of ours."""
    env = {**os.environ, "LANG": "C", "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_mpi_yield_when_idle": "1",
           "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}
    return subprocess.run(["mpirun", "--oversubscribe", "-n", str(ranks), PARKWATER, *words], capture_output=True, text=True, env=env, timeout=600)


def table(folder, name):
    with open(os.path.join(folder, "tables", name), encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def bytes_of(folder):
    """Every table's bytes, by name."""
    tables = os.path.join(folder, "tables")
    return {name: open(os.path.join(tables, name), "rb").read() for name in sorted(os.listdir(tables))}


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def end():
    sys.exit(1 if failures else 0)

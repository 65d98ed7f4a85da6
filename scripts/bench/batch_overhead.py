"""Overhead of a variant, and efficiency of two ranks. usage: batch_overhead.py PARKWATER"""
import json, os, shutil, subprocess, sys, tempfile

PARKWATER = os.path.abspath(sys.argv[1])
ENV = {**os.environ, "LANG": "C", "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
PARK = """parkwater: 1
period: %s
constituents: [TDS, COD]
sources: {river: {kind: surface, price: 2.05 CNY/m3, quality: {TDS: 180 mg/L, COD: 12 mg/L}}}
users:
  wash: {kind: process, demand: 80 m3/h, inlet: {COD: 60 mg/L}, adds: {COD: 4 kg/h, TDS: 20 kg/h}}
  dye: {kind: process, demand: 120 m3/h, inlet: {COD: 30 mg/L}, adds: {COD: 3 kg/h, TDS: 60 kg/h}}
sinks: {outfall: {kind: outfall, limits: {COD: 80 mg/L}, price: 1.4 CNY/m3}}
connections: {existing: [[river, wash], [river, dye], [wash, outfall], [dye, outfall]]}
"""
STUDY = """parkwater_study: 1
base: park.yaml
job: simulate
vary: [{set: users.wash.demand, draw: {uniform: {min: 60 m3/h, max: 90 m3/h}}}]
combine: {sobol: %d}
"""


def batch(folder, out, *before):
    usage = lambda: sum(os.times()[2:4])
    begun = usage()
    told = json.loads(subprocess.run([*before, PARKWATER, "batch", os.path.join(folder, "study.yaml"), "-o", os.path.join(folder, out), "-q", "--json"],
                                     capture_output=True, text=True, env=ENV, check=True).stdout)
    told["cpu_s"] = usage() - begun
    return told


def put(folder, period, count):
    for name, text in (("park.yaml", PARK % period), ("study.yaml", STUDY % count)):
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)


folder = tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
try:
    put(folder, "steady", 2000)
    told = batch(folder, "tiny")
    print(f"2000 tiny variants: {told['time_s']:.2f} s, work {told['work_s']:.2f} s; overhead {1e3 * (told['time_s'] - told['work_s']) / 2000:.2f} ms "
          f"a variant by the clock; CPU of everything {told['cpu_s']:.2f} s = {1e3 * told['cpu_s'] / 2000:.2f} ms a variant")
    put(folder, "{start: 2025-01-01, end: 2028-01-01}", 40)  # three years: above 0.1 s
    for name, before in (("one hand", []), ("two ranks", ["mpirun", "--oversubscribe", "-n", "2"])):
        if before and shutil.which("mpirun") is None:
            continue
        told = batch(folder, name, *before)
        print(f"{name}: {1e3 * told['work_s'] / 40:.0f} ms of work a variant; {told['time_s']:.2f} s, work {told['work_s']:.2f} s, write {told['write_s']:.3f} s, wait {told['wait_s']:.3f} s, "
              f"efficiency {told['efficiency']:.3f}")
finally:
    shutil.rmtree(folder)

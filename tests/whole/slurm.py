#!/usr/bin/env python3
"""The script that `batch --emit slurm` prints, on a real Slurm of this machine: it runs, it is requeued in the midst, it goes on.

usage: slurm.py PARKWATER
Skipped with the reason where Slurm is not installed and cannot be, where this is not root, or where MPI is absent.
"""
import json, os, shutil, signal, socket, subprocess, sys, tempfile, time

PARKWATER = os.path.abspath(sys.argv[1])
PACKAGES = ["slurmctld", "slurmd", "slurm-client", "munge"]
failures = []


def claim(what, holds):
    print(("ok     " if holds else "FAILED ") + what, flush=True)
    if not holds:
        failures.append(what)


def skip(why):
    print("skipped: " + why)
    sys.exit(77)


def there(program):
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


if os.geteuid() != 0:
    skip("a Slurm of one's own needs root")
if there("mpirun") is None:
    skip("no mpirun")
if not all(there(p) for p in ("slurmctld", "slurmd", "sbatch", "munged")):
    if os.environ.get("PARK_TEST_INSTALL", "1") != "1" or there("apt-get") is None:
        skip("Slurm is not installed")
    got = subprocess.run(["apt-get", "-o", "DPkg::Lock::Timeout=200", "-qq", "install", "-y", "--no-install-recommends", *PACKAGES],
                         capture_output=True, text=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    if got.returncode != 0:
        skip("Slurm cannot be installed: " + (got.stderr.strip().splitlines() or ["?"])[-1])

PARK = """parkwater: 1
period: {start: 2025-01-01, end: 2025-07-01}
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
combine: {sobol: 60}
"""


def main():
    host = socket.gethostname().split(".")[0]
    folder = tempfile.mkdtemp(prefix="parkwater-slurm-")
    for name in ("state", "spool", "log"):
        os.mkdir(os.path.join(folder, name))
    conf = os.path.join(folder, "slurm.conf")
    ports = []
    for _ in range(2):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            ports.append(s.getsockname()[1])
    with open(conf, "w") as file:
        file.write(f"""ClusterName=park
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldLogFile={folder}/log/slurmctld
SlurmdLogFile={folder}/log/slurmd
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
KillWait=5
NodeName={host} NodeAddr=127.0.0.1 CPUs={os.cpu_count()} RealMemory=1000 State=UNKNOWN
PartitionName=debug Nodes=ALL Default=YES MaxTime=INFINITE State=UP OverSubscribe=YES:4
""")
    env = {**os.environ, "SLURM_CONF": conf, "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin", "PARKWATER": PARKWATER, "LANG": "C",
           "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_rmaps_base_oversubscribe": "1",
           "OMPI_MCA_plm": "isolated"}

    def say(*words):
        return subprocess.run(words, capture_output=True, text=True, env=env, timeout=120)

    munge = None
    if not os.path.exists("/run/munge/munge.socket.2") or say("munge", "-n").returncode != 0:
        subprocess.run(["install", "-d", "-o", "munge", "-g", "munge", "-m", "755", "/run/munge"], check=True)
        if not os.path.exists("/etc/munge/munge.key"):
            say("su", "-s", "/bin/sh", "munge", "-c", "/usr/sbin/mungekey")
        munge = subprocess.Popen(["su", "-s", "/bin/sh", "munge", "-c", "exec /usr/sbin/munged --foreground --force"], env=env,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1)
    daemons = [subprocess.Popen(["slurmctld", "-D", "-c"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)]
    time.sleep(2)
    daemons.append(subprocess.Popen(["slurmd", "-D", "-N", host], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    try:
        for _ in range(60):
            if "idle" in say("sinfo", "-h", "-o", "%t").stdout:
                break
            time.sleep(1)
        else:
            print(open(f"{folder}/log/slurmctld").read()[-1500:])
            skip("Slurm does not come up on this machine")
        play(folder, env, say)
    finally:
        for daemon in reversed(daemons):
            daemon.terminate()
        for daemon in daemons:
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()
        if munge is not None:
            munge.terminate()
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failures else 0


def play(folder, env, say):
    for name, text in (("park.yaml", PARK), ("study.yaml", STUDY)):
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    study, out = os.path.join(folder, "study.yaml"), os.path.join(folder, "out")
    script = say(PARKWATER, "batch", study, "-o", out, "-q", "--emit", "slurm", "--ranks", "2").stdout
    path = os.path.join(folder, "job.sh")
    with open(path, "w") as file:
        file.write(script)
    sent = say("sbatch", "--parsable", f"--output={folder}/log/job", path)
    claim("sbatch takes the script", sent.returncode == 0)
    if sent.returncode != 0:
        print(sent.stderr)
        return
    job = sent.stdout.strip()

    def state():
        return say("scontrol", "show", "job", job).stdout

    def stored():
        try:
            with open(os.path.join(out, "journal")) as file:
                return file.read().count("\nstored")
        except OSError:
            return 0

    begun = time.time()
    while stored() < 5 and time.time() - begun < 90 and "COMPLETED" not in state():
        time.sleep(0.2)
    before = stored()
    say("scancel", "--batch", "--signal=TERM", job)  # as Slurm does before the time is up
    begun = time.time()
    while "Restarts=0" in state() and "COMPLETED" not in state() and time.time() - begun < 60:
        time.sleep(0.5)
    claim(f"at a signal the job requeues itself ({before} of 60 were stored)", "Restarts=1" in state() or before == 60)
    # A node refuses a second copy while the first one leaves; Slurm itself waits two minutes.
    begun = time.time()
    while say("pgrep", "-f", f"slurmstepd: \\[{job}").returncode == 0 and time.time() - begun < 60:
        time.sleep(0.2)
    time.sleep(1)
    say("scontrol", "update", f"JobId={job}", "StartTime=now")
    begun = time.time()
    while "JobState=COMPLETED" not in state() and "JobState=FAILED" not in state() and time.time() - begun < 240:
        time.sleep(1)
        if "BeginTime" in state():
            say("scontrol", "update", f"JobId={job}", "StartTime=now")
    claim("and comes to its end", "JobState=COMPLETED" in state())
    told = say(PARKWATER, "batch", study, "-o", out, "-q", "--json")
    told = json.loads(told.stdout) if told.stdout.startswith("{") else {}
    claim("all variants are there, none computed twice", told.get("done") == 60 and told.get("computed") == 0)
    if failures:
        print(state(), open(f"{folder}/log/job").read()[-2000:])


if __name__ == "__main__":
    sys.exit(main())

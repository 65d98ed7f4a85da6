#!/usr/bin/env python3
"""The quick published networks through the program: scripts/validate finds nothing wrong, and finds what is made wrong.

usage: validation.py PARKWATER
"""
import os, shutil, subprocess, sys, tempfile

TOP = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
failures = []


def claim(what, holds, said=""):
    print(("ok     " if holds else "FAILED ") + what, flush=True)
    if not holds:
        failures.append(what)
        print(said)


def validate(*words):
    done = subprocess.run([sys.executable, os.path.join(TOP, "scripts/validate"), "--program", os.path.abspath(sys.argv[1]), "--no-page",
                           "--time-limit", "120", *words], capture_output=True, text=True, env={**os.environ, "LANG": "C"}, timeout=800)
    return done.returncode, done.stdout + done.stderr


def planted(folder, factor):
    """One case whose published value is another."""
    source, case = os.path.join(TOP, "validation/op1996_plant_B"), os.path.join(folder, f"plant_{factor}")
    shutil.copytree(source, os.path.join(case, "B"))
    path = os.path.join(case, "B/expected.yaml")
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    lines[0] = f"value: {float(lines[0].split()[1]) * factor}"
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return case


def main():
    end, said = validate("--quick")
    print(said)
    claim("the quick cases meet their published values", end == 0 and said.count(" optimal") + said.count(" gap_reached") >= 12, said)
    with tempfile.TemporaryDirectory() as folder:
        end, said = validate("--cases", planted(folder, 0.99))
        claim("a bound above the published value is told", end == 1 and "bound is above" in said, said)
        end, said = validate("--cases", planted(folder, 1.01))
        claim("an answer below the published value is told", end == 1 and "answer is below" in said, said)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

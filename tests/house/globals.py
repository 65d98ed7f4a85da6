#!/usr/bin/env python3
"""No variable outlives a call: the libraries of solver/ and io/ hold no writable static data.

usage: globals.py ROOMS_FILE ARCHIVE...     (the archives libpark_<room>.a of one build without sanitizers)

Reads the symbol tables with objdump. Tables of constants with pointers lie in .data.rel.ro, which the loader makes
read-only; what stands in .data, .bss or thread-local storage can change, and is a breach. First, variables of each kind
are planted in a file compiled on the spot and must be found, so that a silent objdump cannot pass.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

PLANTED = """static int counter; int park_planted_tick(void) { return ++counter; }
int park_planted_global = 3; static _Thread_local int own; int park_planted_own(void) { return ++own; }
static const char *const WORDS[] = {"a", "b"}; const char *park_planted_word(int i) { return WORDS[i]; }
int park_planted_once(void) { static int hidden = 5; return hidden++; }
"""
# Variables that stay, with the reason: (object, name).
ALLOWED = {
    ("lp_glpk.c.o", "HOME"): "GLPK keeps its environment in thread-local storage; this counts what lives in it",
    ("lp_glpk.c.o", "ENDING"): "the key by which a thread that ends frees its GLPK environment",
    ("lp_glpk.c.o", "ENDING_ONCE"): "makes that key",
}
ROW = re.compile(r"^[0-9a-f]+ (?P<flags>.{7}) (?P<section>\.(?:data|bss|tdata|tbss)\S*|\*COM\*)\s+[0-9a-f]+\s+(?P<name>\S+)$")


def writable(objects):
    """Names of the writable symbols in object files or archives, with the member they stand in."""
    table = subprocess.run(["objdump", "-t", *objects], stdout=subprocess.PIPE, text=True, check=True).stdout
    found, member = [], ""
    for line in table.splitlines():
        head = re.match(r"^(\S+):\s+file format", line)
        if head:
            member = head.group(1)
        row = ROW.match(line)
        if row and "d" not in row.group("flags") and not row.group("section").startswith(".data.rel.ro"):
            found.append((member, row.group("name")))
    return found


def planted():
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "planted.c"), os.path.join(folder, "planted.o")
        with open(source, "w", encoding="utf-8") as file:
            file.write(PLANTED)
        subprocess.run(["cc", "-std=c11", "-fPIE", "-O1", "-c", source, "-o", target], check=True)
        return sorted(name.split(".")[0] for _, name in writable([target]))


def main():
    if shutil.which("objdump") is None or shutil.which("cc") is None:
        print("skipped: objdump or cc is absent")
        return 77
    if planted() != ["counter", "hidden", "own", "park_planted_global"]:
        print("the planted variables are not found:", planted())
        return 1
    with open(sys.argv[1], encoding="utf-8") as lines:
        inner = {f"libpark_{line.split(':')[0]}.a" for line in lines if "scenarios/" not in line.split("|")[1]}
    archives = [path for path in sys.argv[2:] if os.path.basename(path) in inner]
    found = {(member, name.split(".")[0]) for member, name in writable(archives)} if archives else set()
    breaches = sorted(found - set(ALLOWED))
    for member, name in breaches:
        print(f"{name} in {member} is a variable that outlives its call; hold it in the model, the state or the scratch")
    for member, name in sorted(set(ALLOWED) - found):
        print(f"{name} in {member} is gone; take it out of the allowed ones")
    print(f"{len(archives)} libraries, {len(found)} variables, {len(breaches)} breaches")
    return 1 if breaches or not archives else 0


if __name__ == "__main__":
    sys.exit(main())

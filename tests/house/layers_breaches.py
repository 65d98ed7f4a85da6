#!/usr/bin/env python3
"""That layers.py sees each kind of breach: a little house is built in a temporary folder, sound first, then with one
breach at a time. The sound house must pass; each breach must give its sentence, at its line, and no other.

usage: layers_breaches.py
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOMS = """base:  | solver/base/arena.c solver/base/pool_openmp.c
numerics: base | solver/numerics/lp_glpk.c
model: base | solver/model/freeze.c
design: numerics | solver/design/tree.c
json: base | io/json.c
load: json model | io/load_park.c
"""
SOUND = {
    "solver/include/parkwater/status.h": "#include <stdint.h>\n",
    "solver/include/parkwater/model.h": "#include <parkwater/status.h>\n",
    "solver/base/arena.h": "#include <parkwater/status.h>\n",
    "solver/base/arena.c": '#include "base/arena.h"\n#include <stdio.h>\n/* printf("%d") and fopen */\n'
                           'static const char *s = "stderr // printf(";\nint n(char *b) { return snprintf(b, 1, "printf("); }\n',
    "solver/base/pool_openmp.c": "#ifdef _OPENMP\n#include <omp.h>\n#endif\n",
    "solver/numerics/lp.h": '#include "base/arena.h"\n',
    "solver/numerics/lp_glpk.c": '#include "numerics/lp.h"\n#include <glpk.h>\n',
    "solver/model/freeze.c": "#include <parkwater/model.h>\n",
    "solver/design/tree.h": '#include "base/arena.h"\n',
    "solver/design/tree.c": '#include "design/tree.h"\n#include "numerics/lp.h"\n',
    "io/json.h": "#include <stdbool.h>\n",
    "io/json.c": '#include "json.h"\n#include <stdio.h>\nvoid f(void) { printf("x"); }\n',
    "io/load_park.c": '#include "json.h"\n#include <parkwater/model.h>\n',
    "scenarios/cli/main.c": '#include "json.h"\n',
}
# (file, line that is added at its top, a part of the sentence that must come)
BREACHES = [
    ("solver/base/arena.c", '#include "model/freeze.h"', "is not found"),
    ("solver/base/arena.c", '#include "numerics/lp.h"', "belongs to room 'numerics', which room 'base'"),
    ("solver/base/arena.h", '#include "design/tree.h"', "belongs to room 'design'"),
    ("solver/base/arena.c", "#include <parkwater/model.h>", "belongs to room 'model'"),
    ("solver/design/tree.c", "#include <parkwater/model.h>", "belongs to room 'model', which room 'design'"),
    ("solver/model/freeze.c", '#include "json.h"', "solver/ looks up: io/json.h"),
    ("io/json.c", '#include "cli/options.h"', "io/ looks up: scenarios/cli/options.h"),
    ("io/json.c", '#include "design/tree.h"', "belongs to room 'design', which room 'json'"),
    ("solver/design/tree.c", "#include <glpk.h>", "of GLPK may be included only in solver/numerics/lp_glpk.c"),
    ("solver/numerics/lp_glpk.c", "#include <coin/Clp_C_Interface.h>", "of Clp may be included only in solver/numerics/lp_clp.c"),
    ("solver/design/tree.h", "  #  include <ida/ida.h>", "of SUNDIALS"),
    ("solver/design/tree.c", "#include <nvector/nvector_serial.h>", "of SUNDIALS"),
    ("solver/numerics/lp_glpk.c", "#include <suitesparse/klu.h>", "of SuiteSparse"),
    ("solver/numerics/lp_glpk.c", "#include <cholmod.h>", "of SuiteSparse"),
    ("solver/numerics/lp.h", "#include <metis.h>", "of METIS"),
    ("io/load_park.c", "#include <hdf5.h>", "of HDF5"),
    ("io/load_park.c", "#include <yaml.h>", "of libyaml"),
    ("scenarios/cli/main.c", "#include <mpi.h>", "of MPI"),
    ("solver/numerics/lp_glpk.c", "#include <omp.h>", "of OpenMP"),
    ("io/json.c", "#include <openssl/evp.h>", "of OpenSSL"),
    ("io/json.c", "#include <xlsxwriter.h>", "of libxlsxwriter"),
    ("io/json.c", "#include <sqlite3.h>", "of SQLite"),
    ("io/json.c", "#include <curl/curl.h>", "is neither C, POSIX nor a library with a door"),
    ("solver/model/freeze.c", 'void g(void) { printf("x"); }', "here stands 'printf'"),
    ("solver/model/freeze.c", "void g(void) { fputs(0, stderr); }", "here stands 'fputs'"),
    ("solver/model/freeze.c", 'void *g(void) { return fopen ("a", "r"); }', "here stands 'fopen'"),
    ("solver/model/freeze.c", 'char *g(void) { return getenv("HOME"); }', "here stands 'getenv'"),
    ("solver/model/freeze.c", "void g(void) { exit(1); }", "here stands 'exit'"),
    ("solver/base/arena.h", "#define SHOUT(x) fprintf(stderr, x)", "here stands 'fprintf'"),
]


def build(top, files):
    for path, text in files.items():
        full = os.path.join(top, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)
    rooms = os.path.join(top, "rooms.txt")
    with open(rooms, "w", encoding="utf-8") as file:
        file.write(ROOMS)
    result = subprocess.run([sys.executable, os.path.join(HERE, "layers.py"), top, rooms],
                            stdout=subprocess.PIPE, text=True, check=False)
    return result.returncode, result.stdout.splitlines()


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as top:
        files = dict(SOUND, **{"scenarios/cli/options.h": ""})
        code, lines = build(top, files)
        if code != 0 or len(lines) != 1:
            print("the sound house does not pass:", *lines, sep="\n  ")
            return 1
        for path, line, sentence in BREACHES:
            code, lines = build(top, dict(files, **{path: line + "\n" + files[path]}))
            if code != 1 or len(lines) != 2 or not lines[0].startswith(path + ":1: ") or sentence not in lines[0]:
                failures += 1
                print(f"planted in {path}: {line}\n  wanted: {sentence}\n  got:   ", "\n          ".join(lines))
    print(f"{len(BREACHES)} breaches planted, {failures} missed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

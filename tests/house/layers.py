#!/usr/bin/env python3
"""The house's walls: a room looks down only, a library has one door, solver/ is silent.

usage: layers.py SOURCE_DIR ROOMS_FILE

Prints a sentence per breach and exits 1 when there is one. ROOMS_FILE is written when CMake configures: a line a room,
"name: needs | sources", cellar first.

Whose room a file is: that of the room which lists it; a header belongs with the source of the same stem beside it, else
to the rooms that have a source in its folder. A file may include headers of its own room and of those its room needs,
directly or through others. Public headers (solver/include/parkwater) belong to the room of their name, and those without
such a room to everybody.
"""
import fnmatch
import os
import re
import sys

# Headers of a library -> the files that may include them.
DOORS = [
    ("GLPK", r"glpk\.h", ["solver/numerics/lp_glpk.c"]),
    ("Clp", r"coin/.*", ["solver/numerics/lp_clp.c"]),
    ("SUNDIALS", r"(sundials|ida|idas|kinsol|cvode|arkode|nvector|sunmatrix|sunlinsol|sunnonlinsol)/.*",
     ["solver/numerics/dae_sundials.c", "solver/numerics/newton_sundials.c"]),
    ("SuiteSparse", r"(suitesparse/.*|(cholmod|amd|colamd|klu|btf|umfpack|SuiteSparse_config).*\.h)",
     ["solver/numerics/spd_cholmod.c", "solver/numerics/order_amd.c"]),
    ("METIS", r"metis\.h", ["solver/numerics/partition_metis.c"]),
    ("HDF5", r"(hdf5|hdf5_hl|H5.*)\.h", ["io/results/*"]),
    ("libyaml", r"yaml\.h", ["io/yaml/*"]),
    ("MPI", r"mpi\.h", ["scenarios/cluster/*"]),
    ("OpenMP", r"omp\.h", ["solver/base/pool_openmp.c"]),
    ("OpenSSL", r"openssl/.*", ["io/hash_openssl.c"]),
    ("libxlsxwriter", r"xlsxwriter.*", ["io/report/xlsx.c", "io/import/book_template.c"]),
    ("librsvg", r"librsvg/.*", ["io/report/png.c"]),
    ("libzip", r"zip\.h", ["io/report/docx.c", "io/import/xlsx_pack.c"]),
    ("expat", r"expat.*\.h", ["io/import/xlsx_xml.c"]),
    ("SQLite and mosquitto", r"(sqlite3|mosquitto)\.h", ["io/meters/*"]),
]
# Headers of C and POSIX; any other name in angle brackets is a library without a door.
PLAIN = set("""assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg
stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype
dirent fcntl glob iconv langinfo libgen poll pthread pwd regex sched strings termios unistd
sys/stat sys/types sys/time sys/resource sys/wait sys/mman sys/ioctl sys/utsname sys/file sys/statvfs""".split())
# What solver/ must not call: it opens no file, prints nothing, ends no process and asks no environment.
SILENT = re.compile(r"\b(v?printf|v?fprintf|puts|putchar|fputs|fputc|putc|fwrite|perror|fopen|freopen|fdopen|tmpfile|"
                    r"getenv|secure_getenv|setenv|system|popen|exit|_Exit|_exit|abort)\s*\(|\b(stdout|stderr|stdin)\b")
ROOTS = ["solver/include", "solver", "io", "scenarios"]  # in the order of the compiler's include path
LAYERS = ["solver", "io", "scenarios"]                   # a layer sees itself and those before it


def without_comments(text):
    """Blank out comments, keep the lines."""
    blank = lambda m: m.group(0) if m.group(0)[0] in "\"'" else re.sub(r"[^\n]", " ", m.group(0))
    return re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/|//[^\n]*', blank, text, flags=re.S)


def without_strings(text):
    return re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', '""', text)


class House:
    def __init__(self, top, rooms_file):
        self.top = top
        self.needs, self.room_of, self.rooms_in = {}, {}, {}
        self.breaches = []
        with open(rooms_file, encoding="utf-8") as lines:
            for line in lines:
                name, rest = line.split(":", 1)
                needs, sources = rest.split("|")
                below = set()
                for need in needs.split():
                    below |= {need} | self.needs[need]
                self.needs[name] = below
                for source in sources.split():
                    self.room_of[source] = name
                    self.rooms_in.setdefault(os.path.dirname(source), set()).add(name)

    def say(self, path, line, sentence):
        self.breaches.append(f"{path}:{line}: {sentence}")

    def rooms_of(self, path):
        """The rooms a file may count itself to; empty: everybody's."""
        folder, base = os.path.split(path)
        stem = os.path.splitext(base)[0]
        if folder == "solver/include/parkwater":
            if path[:-2] + ".c" in self.room_of:
                return {self.room_of[path[:-2] + ".c"]}
            return {stem} if stem in self.needs else self.room_of_public_twin(stem)
        source = os.path.join(folder, stem + ".c")
        if source in self.room_of:
            return {self.room_of[source]}
        return self.rooms_in.get(folder, set())

    def room_of_public_twin(self, stem):
        return {room for source, room in self.room_of.items()
                if source.startswith("solver/") and os.path.basename(source) == stem + ".c"}

    def resolve(self, name, folder):
        for root in [folder] + ROOTS:
            path = os.path.normpath(os.path.join(root, name))
            if os.path.isfile(os.path.join(self.top, path)):
                return path
        return None

    def check_door(self, path, line, name):
        for library, pattern, doors in DOORS:
            if re.fullmatch(pattern, name):
                if not any(fnmatch.fnmatch(path, door) for door in doors):
                    self.say(path, line, f"<{name}> of {library} may be included only in {' and '.join(doors)}")
                return True
        return False

    def check_include(self, path, line, bracket, name):
        if self.check_door(path, line, name):
            return
        if bracket == "<" and not name.startswith("parkwater/"):
            if name.endswith(".h") and name[:-2] in PLAIN:
                return
            self.say(path, line, f"<{name}> is neither C, POSIX nor a library with a door")
            return
        target = self.resolve(name, os.path.dirname(path))
        if target is None and path not in self.room_of:
            return  # no room builds this file yet
        if target is None:
            self.say(path, line, f"\"{name}\" is not found in {', '.join(ROOTS)}")
            return
        layer, other = path.split("/")[0], target.split("/")[0]
        if other not in LAYERS or LAYERS.index(other) > LAYERS.index(layer):
            self.say(path, line, f"{layer}/ looks up: {target} lies above it")
            return
        own, theirs = self.rooms_of(path), self.rooms_of(target)
        if not own or not theirs or own & theirs:
            return
        if path.endswith(".h") and len(own) > 1:
            return  # a header without a source of its name, in a folder of several rooms: whose it is shows when it is built
        if not any(theirs & self.needs[room] for room in own):
            self.say(path, line, f"{target} belongs to room '{'/'.join(sorted(theirs))}', which room "
                                 f"'{'/'.join(sorted(own))}' does not name in its NEEDS")

    def check_file(self, path):
        with open(os.path.join(self.top, path), encoding="utf-8") as file:
            code = without_comments(file.read())
        for number, text in enumerate(code.split("\n"), 1):
            include = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', text)
            if include:
                self.check_include(path, number, include.group(1), include.group(2))
            elif path.startswith("solver/"):
                call = SILENT.search(without_strings(text))
                if call:
                    self.say(path, number, f"solver/ opens no file, prints nothing, ends no process and reads no "
                                           f"environment, but here stands '{call.group(0).rstrip('(').strip()}'")

    def check(self):
        count = 0
        for layer in LAYERS:
            for folder, folders, files in os.walk(os.path.join(self.top, layer)):
                folders.sort()
                for file in sorted(files):
                    if file.endswith((".c", ".h", ".def")):
                        count += 1
                        self.check_file(os.path.relpath(os.path.join(folder, file), self.top))
        return count


def main():
    house = House(sys.argv[1], sys.argv[2])
    count = house.check()
    for breach in house.breaches:
        print(breach)
    print(f"{count} files in {len(house.needs)} rooms, {len(house.breaches)} breaches")
    return 1 if house.breaches or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

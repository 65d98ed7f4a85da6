#!/usr/bin/env python3
"""Every source is in a room and has its test at the mirrored path: solver/base/lu.c <-> tests/solver/base/test_lu.c.
And every room has its row in docs/architecture.md.

usage: names.py SOURCE_DIR ROOMS_FILE

Where another test does the work, tests/house/names.exceptions says which:  pattern : test file : why.  A pattern without
a source, a test file that is not there, and an exception for a source that has its mirror are breaches too.
"""
import fnmatch
import glob
import os
import re
import sys


def sources(top):
    for layer in ("solver", "io", "scenarios"):
        for folder, folders, files in os.walk(os.path.join(top, layer)):
            folders.sort()
            for file in sorted(files):
                if file.endswith(".c"):
                    yield os.path.relpath(os.path.join(folder, file), top)


def exceptions(top):
    with open(os.path.join(top, "tests/house/names.exceptions"), encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("#"):
                pattern, test, why = (part.strip() for part in line.split(":", 2))
                yield number, pattern, test, why


def there(top, test):
    """tests/whole/report stands for tests/whole/report.*, test_report.* or the folder itself."""
    folder, base = os.path.split(os.path.join(top, test))
    return any(glob.glob(os.path.join(folder, form)) for form in (base, base + ".*", "test_" + base + ".*"))


def main():
    top = sys.argv[1]
    with open(sys.argv[2], encoding="utf-8") as lines:
        lines = list(lines)
    in_rooms = {source for line in lines for source in line.split("|")[1].split()}
    with open(os.path.join(top, "docs/architecture.md"), encoding="utf-8") as page:
        on_page = {name for row in page if row.startswith("| `") for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    rules = list(exceptions(top))
    used, count = set(), 0
    breaches = [f"room '{room}' has no row in docs/architecture.md"
                for room in (line.split(":")[0] for line in lines) if room not in on_page]
    for path in sources(top):
        count += 1
        folder, base = os.path.split(path)
        if path not in in_rooms and base != "main.c":
            breaches.append(f"{path} belongs to no room: name it in a park_room of its CMakeLists.txt, or delete it")
        mirror = os.path.join("tests", folder, "test_" + base)
        if os.path.exists(os.path.join(top, mirror)):
            used |= {rule[0] for rule in rules if rule[1] == path}
            breaches += [f"{path} has its test {mirror}; take it out of names.exceptions"
                         for rule in rules if rule[1] == path]
            continue
        rule = next((rule for rule in rules if fnmatch.fnmatch(path, rule[1])), None)
        if rule is None:
            breaches.append(f"{path} has no test {mirror}; write it, or name the test that covers it in "
                            f"tests/house/names.exceptions")
        else:
            used.add(rule[0])
    for number, pattern, test, why in rules:
        if number not in used:
            breaches.append(f"names.exceptions:{number}: no source needs '{pattern}'")
        if not why or not there(top, test):
            breaches.append(f"names.exceptions:{number}: '{test}' is not there, or no reason is given")
    print("\n".join(breaches + [f"{count} sources, {len(rules)} exceptions, {len(breaches)} breaches"]))
    return 1 if breaches or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

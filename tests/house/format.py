#!/usr/bin/env python3
"""Every C file stands as clang-format would write it (version 14, as on Debian 12); scripts/format puts it right.

usage: format.py SOURCE_DIR
"""
import glob
import os
import shutil
import subprocess
import sys


def main():
    top = sys.argv[1]
    tool = shutil.which("clang-format-14") or shutil.which("clang-format")
    if tool is None:
        print("skipped: clang-format is absent")
        return 77
    version = subprocess.run([tool, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    if " 14." not in version:
        print(f"skipped: {version.strip()}; another version than 14 breaks lines elsewhere")
        return 77
    files = sorted(path for root in ("solver", "io", "scenarios", "tests") for end in ("c", "h")
                   for path in glob.glob(os.path.join(top, root, "**", "*." + end), recursive=True))
    result = subprocess.run([tool, "--dry-run", "--Werror", *files], stderr=subprocess.PIPE, text=True, check=False)
    wrong = sorted({line.split(":")[0] for line in result.stderr.splitlines() if "clang-format-violations" in line})
    for path in wrong:
        print(f"{os.path.relpath(path, top)} is not in the house's format; run scripts/format")
    if result.returncode != 0 and not wrong:
        print(result.stderr)
    print(f"{len(files)} files, {len(wrong)} not in format")
    return 1 if result.returncode != 0 or not files else 0


if __name__ == "__main__":
    sys.exit(main())

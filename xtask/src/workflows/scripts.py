# Writes every bash script of some workflows into a folder: scripts.py FOLDER FILE...
import pathlib
import sys

from ruamel.yaml import YAML

folder = pathlib.Path(sys.argv[1])


def scripts(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "run":
                # GitHub runs bash with these.
                yield "set -eo pipefail\n" + value
            elif key in ("bash", "inlineScript"):
                yield value
            else:
                yield from scripts(value)
    elif isinstance(node, list):
        for value in node:
            yield from scripts(value)


for file in map(pathlib.Path, sys.argv[2:]):
    document = YAML(typ="safe").load(file)
    for number, script in enumerate(scripts(document), 1):
        (folder / f"{file.stem}-{number}.sh").write_text(script)

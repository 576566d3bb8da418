"""Fills in what Jinja2 itself makes of the conformance cases.

Run by hand when cases are added: `python3 generate.py`, then `biome format --write cases`.
Needs jinja2 3.1 (Debian: python3-jinja2; these were made by 3.1.6). Each case gets "expected", or "error" with the
kind of the exception and the template and line it came from. A case is { template, templates?, context? }; "template" is rendered
under the name "main" with autoescape on, and sees the other templates by their names.
"""

import json
import pathlib
import sys
import traceback

import jinja2

assert jinja2.__version__.startswith("3.1."), jinja2.__version__


def render(case):
    templates = {"main": case["template"], **case.get("templates", {})}
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (templates[name], name, lambda: True) if name in templates else None),
        autoescape=True,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    try:
        return {"expected": environment.get_template("main").render(case.get("context", {}))}
    except Exception as error:  # noqa: BLE001
        return {"error": describe(error, templates)}


def describe(error, templates):
    kind = type(error).__name__
    if isinstance(error, jinja2.TemplateSyntaxError):
        return {"kind": kind, "template": error.name, "line": error.lineno}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in templates]
    return {"kind": kind, "template": frames[-1].filename, "line": frames[-1].lineno} if frames else {"kind": kind}


def main(folder):
    total = 0
    for path in sorted(folder.glob("*.json")):
        cases = json.loads(path.read_text())
        for case in cases:
            for key in ("expected", "error"):
                case.pop(key, None)
            case.update(render(case))
        total += len(cases)
        path.write_text(json.dumps(cases, indent=2, ensure_ascii=False) + "\n")
    print(f"{total} cases")


main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "cases")

"""Which tests belong to a room: its own, and those of every room that stands on it."""

from pathlib import Path

import grimp


HERE = Path(__file__).parent


def tests_of(room: str) -> list[str]:
    """The folders of tests, found by what imports what."""
    module = f"varna.{room}"
    graph = grimp.build_graph("varna")
    if module not in graph.modules:
        raise SystemExit(f"There is no room {room!r}.")
    above = graph.find_downstream_modules(module, as_package=True) | {module}
    names = sorted({name.split(".")[1] for name in above if "." in name})
    found = [str(HERE / name) for name in names if (HERE / name).is_dir()]
    print("Rooms:", ", ".join(names), flush=True)
    return found

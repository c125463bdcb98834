"""The rules of docs/architecture.md. The name of each test is the rule that it holds."""

import ast
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
OURS = ("schemas", "pipelines", "dashboard", "pages", "app", "asgi", "tests", "benchmarks")
# The two modules that may speak to DuckDB: one opens and checks a published file, one queries it.
GATEWAY = ("dashboard/version.py", "dashboard/warehouse.py")
# Readers' own work is kept in SQLite, which one module opens; no published figure is.
WORKSPACE = tuple(
    f"dashboard/workspace/{name}.py"
    for name in ("database", "scenarios", "baskets", "papers", "pinned", "plan", "tried")
)


def python_files(*places: str) -> list[Path]:
    """Return the Python files of folders and files named from the project's root."""
    found: list[Path] = []
    for place in places:
        path = PROJECT / place
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return found


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported_names(path: Path) -> Iterator[str]:
    """Yield the full name of everything a file imports, also within functions."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(PROJECT).parts[: -node.level] if node.level else ()
            module = ".".join((*package, *([node.module] if node.module else [])))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def is_within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def imports_of(files: list[Path], packages: tuple[str, ...]) -> list[str]:
    """Return `file imports name` for each import from one of the packages."""
    return [
        f"{path.relative_to(PROJECT)} imports {name}"
        for path in files
        for name in imported_names(path)
        if is_within(name, packages)
    ]


def imports_beyond(files: list[Path], allowed: tuple[str, ...]) -> list[str]:
    """Return `file imports name` for what is neither allowed nor in the standard library."""
    return [
        f"{path.relative_to(PROJECT)} imports {name}"
        for path in files
        for name in imported_names(path)
        if not is_within(name, allowed) and name.split(".")[0] not in sys.stdlib_module_names
    ]


def calls_of(files: list[Path], methods: set[str]) -> list[str]:
    """Return `file:line method` for each call of a method of one of the names."""
    return [
        f"{path.relative_to(PROJECT)}:{node.lineno} {node.func.attr}"
        for path in files
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in methods
    ]


def dashboard_without_ui() -> list[Path]:
    ui = PROJECT / "dashboard" / "ui"
    return [path for path in python_files("dashboard") if ui not in path.parents]


def page_files() -> list[Path]:
    return [path for path in python_files("pages") if path.name != "__init__.py"]


# Who may import whom


def test_schemas_import_only_pandera_and_polars() -> None:
    assert imports_beyond(python_files("schemas"), ("schemas", "pandera", "polars")) == []


def test_pipelines_import_nothing_of_ours_but_schemas() -> None:
    others = tuple(package for package in OURS if package not in ("schemas", "pipelines"))
    assert imports_of(python_files("pipelines"), others) == []


def test_pipelines_know_no_screen() -> None:
    assert imports_of(python_files("pipelines"), ("streamlit", "plotly", "pydeck")) == []


def test_dashboard_never_imports_pipelines_or_pages() -> None:
    assert imports_of(python_files("dashboard"), ("pipelines", "pages", "app", "asgi")) == []


def test_streamlit_stays_in_the_ui() -> None:
    assert imports_of(dashboard_without_ui(), ("streamlit",)) == []


def test_the_ui_is_imported_by_screens_only_and_by_the_command_that_runs_them() -> None:
    """docs/decisions/0009 says why one command replays pages."""
    assert imports_of(dashboard_without_ui(), ("dashboard.ui",)) == [
        "dashboard/commands/paper.py imports dashboard.ui.replay.replay"
    ]


def test_pages_import_only_ui_metrics_charts_and_schemas() -> None:
    allowed = ("dashboard.ui", "dashboard.metrics", "dashboard.charts", "schemas")
    assert imports_beyond(page_files(), allowed) == []


def test_app_and_asgi_import_only_streamlit_starlette_and_the_ui() -> None:
    allowed = ("streamlit", "starlette", "dashboard.ui")
    assert imports_beyond(python_files("app.py", "asgi.py"), allowed) == []


# Pages


def test_there_are_pages_to_check() -> None:
    assert page_files()


def test_no_page_file_lies_directly_in_pages() -> None:
    """Streamlit would run such a file by its address without app.py, and so unchecked."""
    assert [path.name for path in (PROJECT / "pages").glob("*.py")] == []


@pytest.mark.parametrize("path", page_files(), ids=lambda path: path.stem)
def test_each_page_opens_with_open_page(path: Path) -> None:
    first = next(node for node in parsed(path).body if not _is_docstring_or_import(node))
    assert isinstance(first, ast.Assign), f"{path.name}:{first.lineno} is not open_page(…)"
    call = first.value
    assert isinstance(call, ast.Call)
    assert isinstance(call.func, ast.Name)
    assert call.func.id == "open_page"
    assert [type(argument) for argument in call.args] == [ast.Constant]


def _is_docstring_or_import(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


# One place for each dangerous thing


def test_html_is_written_in_one_module_that_escapes_it() -> None:
    files = python_files("dashboard", "pages", "app.py", "asgi.py")
    elsewhere = [path for path in files if path != PROJECT / "dashboard" / "ui" / "markup.py"]
    assert calls_of(elsewhere, {"html"}) == []
    assert [path for path in elsewhere if "unsafe_allow_html" in path.read_text("utf-8")] == []


def test_queries_run_through_the_warehouse_only() -> None:
    gateway = [PROJECT / name for name in (*GATEWAY, *WORKSPACE)]
    files = python_files("dashboard", "pages", "app.py", "asgi.py")
    elsewhere = [path for path in files if path not in gateway]
    assert calls_of(elsewhere, {"execute", "executemany", "sql"}) == []
    assert imports_of(elsewhere, ("duckdb",)) == []


def test_only_the_warehouse_opens_a_published_file() -> None:
    everywhere = python_files("dashboard", "pages", "app.py", "asgi.py")
    others = [path for path in everywhere if path != PROJECT / "dashboard" / "warehouse.py"]
    opening = ("dashboard.version.open_version", "duckdb.connect")
    assert imports_of(others, opening) == []


def test_only_the_workspace_opens_a_file_that_readers_write() -> None:
    everywhere = python_files("dashboard", "pages", "app.py", "asgi.py")
    assert imports_of(everywhere, ("sqlite3",)) == [f"{WORKSPACE[0]} imports sqlite3"]
    assert (
        imports_of([PROJECT / name for name in WORKSPACE], ("duckdb", "dashboard.warehouse")) == []
    )


def test_only_the_check_of_a_dropped_file_starts_another_process() -> None:
    files = python_files("dashboard", "pages", "app.py", "asgi.py")
    assert imports_of(files, ("subprocess", "multiprocessing")) == [
        "dashboard/ui/check_file.py imports subprocess"
    ]


# Data and tests


def manifest() -> list[dict[str, str]]:
    with (PROJECT / "data" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_reference_file_stands_in_the_manifest_and_the_other_way_round() -> None:
    listed = [row["file"] for row in manifest() if row["file"].startswith("reference/")]
    data = PROJECT / "data"
    present = {path.relative_to(data).as_posix() for path in data.glob("reference/**/*.*")}
    assert sorted(listed) == sorted(present)


def test_every_file_in_the_manifest_has_source_licence_and_its_rows() -> None:
    for row in manifest():
        assert row["source"], row["file"]
        assert row["licence"], row["file"]
        with (PROJECT / "data" / row["file"]).open(encoding="utf-8", newline="") as file:
            assert sum(1 for _ in csv.DictReader(file)) == int(row["rows"]), row["file"]


def test_every_bad_input_has_a_test_that_names_it() -> None:
    with (PROJECT / "tests" / "bad_inputs.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    assert len(known) > 90
    assert sorted(known ^ _ids_named_by_tests()) == []


def _ids_named_by_tests() -> set[str]:
    """Return the ids in the names of test functions, such as B07 in `test_b07_…`."""
    return {
        f"B{number}"
        for path in python_files("tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        for number in re.findall(r"(?<=_)b(\d\d)(?=_)", node.name)
    }

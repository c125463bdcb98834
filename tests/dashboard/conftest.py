"""A tiny published file for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.directory.read import directory
from dashboard.directory.service import Directory
from dashboard.warehouse import Warehouse, open_warehouse
from tests.support import declared_cells
from tests.support.tiny_directory import add_directory
from tests.support.tiny_warehouse import write_version


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the tiny version published."""
    data_dir = tmp_path_factory.mktemp("tiny")
    write_version(data_dir)
    return data_dir


@pytest.fixture(scope="session")
def tiny(tiny_data: Path) -> Iterator[Warehouse]:
    """The tiny version, opened."""
    warehouse = open_warehouse(tiny_data)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="session")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    """The directory of four invented services."""
    data_dir = tmp_path_factory.mktemp("listed")
    add_directory(write_version(data_dir))
    warehouse = open_warehouse(data_dir)
    yield directory(warehouse)
    warehouse.close()


@pytest.fixture(scope="session")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The tiny version with a cell for everything that the menu publishes, opened."""
    data_dir = tmp_path_factory.mktemp("declared")
    write_version(
        data_dir,
        cells=declared_cells.counts(),
        waits=declared_cells.waits(),
        changes=declared_cells.changes(),
    )
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()

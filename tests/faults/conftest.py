"""Everything here is a fault test: it breaks a real server on purpose."""

import pytest

from faults import house as houses


def pytest_collection_modifyitems(items):
    for item in items:
        if "faults" in item.path.parts:
            item.add_marker(pytest.mark.fault)


@pytest.fixture
def house():
    with houses.opened() as house:
        yield house

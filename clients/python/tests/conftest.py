"""The tests speak to what `npm run stand` starts: its settings are in the environment."""

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import number_orders as no
import pytest

ROOT = Path(__file__).parents[3]


def read_json(path: str) -> Any:
    return json.loads((ROOT / path).read_text())


@pytest.fixture
async def orders() -> AsyncIterator[no.NumberOrders]:
    if "NUMBER_ORDERS_INTAKE_TOKEN" not in os.environ:
        pytest.exit("Run `npm run test:clients`: it starts what these tests speak to.", returncode=1)
    async with no.connect() as connected:
        yield connected


@pytest.fixture
def reference() -> str:
    return f"python-{uuid4()}"

"""The codec, by the vectors of packages/contract."""

from typing import Any

import pytest
from conftest import read_json
from google.protobuf.json_format import ParseDict
from number_orders import CodecError, EncryptionCodec, parse_keys
from temporalio.api.common.v1 import Payload

VECTORS = read_json("packages/contract/vectors/encryption.json")
codec = EncryptionCodec(parse_keys(",".join(f"{key['id']}:{key['key']}" for key in VECTORS["keys"])))


def payload_of(json: Any) -> Payload:
    return ParseDict(json, Payload())


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["name"])
async def test_reads_what_the_service_writes(vector: Any) -> None:
    assert await codec.decode([payload_of(vector["encrypted"])]) == [payload_of(vector["plain"])]


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["name"])
async def test_reads_what_it_writes_under_the_first_key(vector: Any) -> None:
    plain = payload_of(vector["plain"])
    [encrypted] = await codec.encode([plain])
    assert encrypted.metadata["encryption-key-id"].decode() == VECTORS["keys"][0]["id"]
    assert plain.SerializeToString() not in encrypted.SerializeToString()
    assert await codec.decode([encrypted]) == [plain]


@pytest.mark.parametrize("refused", VECTORS["refused"], ids=lambda refused: refused["name"])
async def test_reads_nothing_that_was_changed(refused: Any) -> None:
    with pytest.raises(CodecError):
        await codec.decode([payload_of(refused["encrypted"])])


async def test_lets_plain_payloads_pass() -> None:
    plain = Payload(metadata={"encoding": b"json/plain"}, data=b"{}")
    assert await codec.decode([plain]) == [plain]


@pytest.mark.parametrize("text", ["", "one", "one:c2hvcnQ=", "o/ne:" + "A" * 43 + "=", "one:" + "A" * 43 + "=,"])
def test_names_the_key_that_is_malformed_and_not_its_value(text: str) -> None:
    with pytest.raises(ValueError, match="see key [12]$"):
        parse_keys(text)

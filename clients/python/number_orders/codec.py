"""Encrypts payloads as the service does: packages/contract/vectors/README.md describes how they look."""

import base64
import binascii
import os
import re
import zlib
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.message import DecodeError
from temporalio.api.common.v1 import Payload
from temporalio.converter import DataConverter, PayloadCodec

ENCRYPTED = b"binary/encrypted"
DEFLATED = b"binary/zlib"
KEY_ID = "encryption-key-id"
IV_BYTES = 12
KEY_BYTES = 32
# More than Temporal takes of a payload that is not deflated.
MOST_INFLATED_BYTES = 4 * 1024 * 1024

Key = tuple[str, bytes]


class CodecError(Exception):
    """A payload could not be decrypted. Names the key, never what was in it."""


def parse_keys(text: str) -> list[Key]:
    """Reads `id:base64key[,id:base64key…]`, the form of NUMBER_ORDERS_ENCRYPTION_KEYS."""
    return [_parse_key(entry.strip(), index) for index, entry in enumerate(text.split(","), start=1)]


def _parse_key(entry: str, position: int) -> Key:
    key_id, _, encoded = entry.partition(":")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES or not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", key_id):
        raise ValueError(
            f"NUMBER_ORDERS_ENCRYPTION_KEYS must be id:base64key, separated by commas, each key 32 bytes: see key {position}"
        )
    return key_id, key


class EncryptionCodec(PayloadCodec):
    """The first key encrypts, all decrypt. Payloads in plain text pass."""

    def __init__(self, keys: Sequence[Key]) -> None:
        if not keys:
            raise ValueError("at least one key is needed")
        self._current = keys[0]
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys}

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._encrypt(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._decrypt(payload) for payload in payloads]

    def _encrypt(self, payload: Payload) -> Payload:
        key_id = self._current[0]
        iv = os.urandom(IV_BYTES)
        sealed = self._ciphers[key_id].encrypt(iv, payload.SerializeToString(), _bound_to(key_id.encode()))
        return Payload(metadata={"encoding": ENCRYPTED, KEY_ID: key_id.encode()}, data=iv + sealed)

    def _decrypt(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCRYPTED:
            return payload
        key_id = payload.metadata.get(KEY_ID, b"")
        name = key_id.decode(errors="replace")
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise CodecError(f"the key {name!r} is missing: this client needs the encryption keys of the workers")
        try:
            plain = cipher.decrypt(payload.data[:IV_BYTES], payload.data[IV_BYTES:], _bound_to(key_id))
            return _inflated(Payload.FromString(plain))
        except (InvalidTag, ValueError, DecodeError, zlib.error) as error:
            raise CodecError(f"a payload under the key {name!r} is damaged") from error


def data_converter(keys: Sequence[Key]) -> DataConverter:
    """For a Temporal client of your own."""
    return DataConverter(payload_codec=EncryptionCodec(keys))


def _bound_to(key_id: bytes) -> bytes:
    return ENCRYPTED + b"\0" + key_id


def _inflated(payload: Payload) -> Payload:
    if payload.metadata.get("encoding") != DEFLATED:
        return payload
    inflater = zlib.decompressobj()
    inner = inflater.decompress(payload.data, MOST_INFLATED_BYTES)
    if not inflater.eof:
        raise ValueError("it inflates to more than it may")
    return Payload.FromString(inner)

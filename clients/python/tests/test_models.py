"""The models, held to the contract's JSON Schemas."""

from typing import Any

import number_orders as no
import pytest
from conftest import read_json
from pydantic import BaseModel, TypeAdapter, ValidationError

Schema = dict[str, Any]

HELD: dict[str, Any] = {
    "number-order-request": no.NumberOrderRequest,
    "registration": no.Registration,
    "attachment": no.StoredAttachment,
    "cancel-request": no.CancelRequest,
    "kyc-answer": no.KycAnswer,
    "reservation-answer": no.ReservationAnswer,
    "order-view": no.OrderView,
    "number-order-result": no.NumberOrderResult,
    "failure-details": no.FailureDetails,
}


def shape_of(schema: Schema, definitions: Schema) -> Any:
    """What a schema takes, without its words: references resolved, unions sorted, null in optional fields left out."""
    if "$ref" in schema:
        return shape_of(definitions[schema["$ref"].removeprefix("#/$defs/")], definitions)
    if "anyOf" in schema:
        shapes = [shape_of(each, definitions) for each in schema["anyOf"] if each != {"type": "null"}]
        values = [value for shape in shapes for value in shape.get("enum", [])]
        if values and all("enum" in shape for shape in shapes):
            return {"enum": sorted(values)}
        return shapes[0] if len(shapes) == 1 else {"anyOf": sorted(shapes, key=repr)}
    if "const" in schema or "enum" in schema:
        return {"enum": sorted(schema.get("enum", [schema.get("const")]))}
    kept: Schema = {key: schema[key] for key in ("type", "pattern", "minimum", "maximum") if key in schema}
    if "items" in schema:
        kept["items"] = shape_of(schema["items"], definitions)
    if "properties" in schema:
        kept["properties"] = {name: shape_of(each, definitions) for name, each in sorted(schema["properties"].items())}
        kept["required"] = sorted(set(schema.get("required", [])) | discriminators_in(schema))
    return kept


def discriminators_in(schema: Schema) -> set[str]:
    """A `type` of one value has that value as its default."""
    return {name for name, each in schema["properties"].items() if each.get("const") and "default" in each}


@pytest.mark.parametrize("name", HELD)
def test_takes_what_the_schema_describes(name: str) -> None:
    theirs = read_json(f"packages/contract/schemas/{name}.json")
    ours = TypeAdapter(HELD[name]).json_schema(by_alias=True)
    assert shape_of(ours, ours.get("$defs", {})) == shape_of(theirs, theirs.get("$defs", {}))


def test_tells_requests_apart_as_the_service_does() -> None:
    for vector in read_json("packages/contract/vectors/fingerprints.json")["vectors"]:
        request = no.NumberOrderRequest.model_validate(vector["request"])
        assert no.fingerprint_of(request) == vector["fingerprint"], vector["name"]


def test_refuses_an_option_that_is_misspelt() -> None:
    with pytest.raises(ValidationError, match="onExpirey"):
        no.NumberOrderRequest.model_validate(
            {"reference": "a", "regionCode": "AU", "numberType": "MOBILE", "selection": {"search": {}}, "onExpirey": "end"}
        )


def test_takes_answers_of_a_later_version() -> None:
    answer = no.KycAnswer.model_validate({"status": "ACCEPTED", "violations": [], "new": 1})
    assert isinstance(answer, BaseModel) and answer.status == "ACCEPTED"


def test_sends_kyc_as_it_is() -> None:
    assert no.RegistrationData(data=[{"middleName": None}]).to_wire() == {"data": [{"middleName": None}]}

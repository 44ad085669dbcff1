"""Orders at a real Temporal server, a worker, an intake and a fake Sinch, encrypted."""

import asyncio
import os
import sys
from uuid import uuid4

import number_orders as no
import pytest
from conftest import ROOT, read_json
from number_orders import NumberOrders

sys.path.insert(0, str(ROOT / "clients/python/examples"))
import order_number  # noqa: E402


def a_request(reference: str, **changes: object) -> no.NumberOrderRequest:
    request = {
        "reference": reference,
        "regionCode": "AU",
        "numberType": "MOBILE",
        "selection": {"search": {"capabilities": ["SMS"]}},
    }
    return no.NumberOrderRequest.model_validate({**request, **changes})


async def test_orders_a_number_to_its_end_though_the_first_registration_is_refused(
    orders: NumberOrders, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "demo/examples")
    reservation = await order_number.reserve(orders, reference)
    assert reservation.stage == "AWAITING_KYC" and len(reservation.phone_numbers) == 1
    assert reservation.requirements and reservation.requirements.attachments[0].title == "Proof of identity"

    with_mistakes = read_json("demo/examples/au-registration-with-mistakes.json")["data"]
    refused = await order_number.register(orders, reference, with_mistakes)
    assert refused.status == "REFUSED" and len(refused.violations) == 2
    accepted = await order_number.register(orders, reference, read_json("demo/examples/au-registration.json")["data"])
    assert accepted.status == "ACCEPTED"
    assert (await order_number.attach(orders, reference)).status in ("ACCEPTED", "KEPT")

    result = await order_number.follow(orders, reference)
    assert (result.outcome, result.phone_numbers) == ("COMPLETED", reservation.phone_numbers)
    assert (await orders.reserve(a_request(reference))).outcome == "COMPLETED"
    with pytest.raises(no.OrderEndedError):
        await orders.register(reference, no.RegistrationData(data=[{}]))
    with pytest.raises(no.OrderEndedError):
        await order_number.attach(orders, reference)


async def test_starts_one_order_however_often_it_is_called(orders: NumberOrders, reference: str) -> None:
    first, second = await asyncio.gather(*(orders.start(a_request(reference)) for _ in range(2)))
    assert first.id == second.id == no.workflow_id_of(reference)
    assert await (await first.describe()).static_summary() == "AU MOBILE"
    with pytest.raises(no.RequestMismatchError):
        await orders.start(a_request(reference, onExpiry="renew"))
    await orders.reserve(a_request(reference))
    await orders.cancel(reference, "no longer needed", author="the test")
    assert (await orders.result(reference)).outcome == "CANCELLED"


async def test_says_which_field_of_a_request_the_order_refuses(orders: NumberOrders, reference: str) -> None:
    with pytest.raises(no.OrderFailedError) as failed:
        await orders.reserve(a_request(reference, correctionWindow="soon"))
    assert failed.value.type == "InvalidRequest"
    assert [violation.field for violation in failed.value.violations] == ["correctionWindow"]
    with pytest.raises(no.OrderFailedError):
        await orders.result(reference)


async def test_tells_an_order_that_is_not_there_from_one_that_has_ended(orders: NumberOrders) -> None:
    missing = f"python-{uuid4()}"
    with pytest.raises(no.OrderNotFoundError):
        await orders.view(missing)
    with pytest.raises(no.OrderNotFoundError):
        await orders.attach(missing, "any", b"bytes", file_name="a.pdf", mime_type="application/pdf")


async def test_is_told_why_the_intake_refuses_a_document(orders: NumberOrders, reference: str) -> None:
    await orders.reserve(a_request(reference))
    with pytest.raises(no.IntakeError) as refused:
        await orders.attach(reference, "any", b"", file_name="Ausweis – Größe.pdf", mime_type="application/pdf")
    assert refused.value.problem == "invalid-request"
    async with no.Intake(os.environ["NUMBER_ORDERS_INTAKE_URL"], "a token that nobody knows") as stranger:
        with pytest.raises(no.IntakeError) as turned_away:
            await stranger.attach(reference, "any", b"bytes", file_name="a.pdf", mime_type="application/pdf")
    assert (turned_away.value.status, turned_away.value.problem) == (401, "not-authenticated")
    await orders.cancel(reference, "no longer needed")


async def test_keeps_what_it_sends_from_those_who_read_temporal(orders: NumberOrders, reference: str) -> None:
    handle = await orders.start(a_request(reference))
    await orders.cancel(reference, "a reason that nobody may read")
    events = str((await handle.fetch_history()).events)
    assert "a reason that nobody may read" not in events and "binary/encrypted" in events

"""Orders a number in Australia, from its reservation to its end: `python order_number.py REFERENCE`."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import number_orders as no
from number_orders import NumberOrders


async def reserve(orders: NumberOrders, reference: str) -> no.ReservationAnswer:
    # docs: start
    request = no.NumberOrderRequest(
        reference=reference,  # your own unique key, never personal data: starting it twice is one order
        region_code="AU",
        number_type="MOBILE",
        selection=no.FirstOfSearch(search=no.NumberSearch(capabilities=["SMS"])),
    )
    reservation = await orders.reserve(request)
    print(reservation.phone_numbers, "until", reservation.expire_time)
    # docs: end
    return reservation


async def register(orders: NumberOrders, reference: str, kyc: Any) -> no.KycAnswer:
    # docs: register
    answer = await orders.register(reference, no.RegistrationData(data=kyc))
    for violation in answer.violations:  # REFUSED: correct it and send it again
        print(violation.field, violation.description)
    # docs: end
    return answer


async def attach(orders: NumberOrders, reference: str) -> no.KycAnswer:
    # docs: attach
    answer = await orders.attach(
        reference,
        "01jxn21ykc3vq8m5d7e0ga4hfr",  # Sinch's id: requirements.attachments has its title
        Path("identity.pdf"),
        file_name="identity.pdf",
        mime_type="application/pdf",
    )
    # docs: end
    return answer


async def follow(orders: NumberOrders, reference: str) -> no.NumberOrderResult:
    # docs: follow
    view = await orders.view(reference)
    print(view.stage, [missing.title for missing in view.missing_titles])

    result = await orders.result(reference)
    print(result.outcome, result.phone_numbers)
    # docs: end
    return result


async def main(reference: str) -> None:
    async with no.connect() as orders:
        await reserve(orders, reference)
        await register(orders, reference, json.loads(Path("au-registration.json").read_text())["data"])
        await attach(orders, reference)
        await follow(orders, reference)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))

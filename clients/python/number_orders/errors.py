"""What goes wrong. `except NumberOrdersError` tells it from defects. No message holds KYC."""

from collections.abc import Sequence
from typing import Optional

from .models import FieldViolation


class NumberOrdersError(Exception):
    """What all of these are."""


class OrderNotFoundError(NumberOrdersError):
    """There is no order of that reference, or none any more."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no order {reference}: check the reference and the namespace.")


class OrderEndedError(NumberOrdersError):
    """A message came too late: the order has its outcome."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"Order {reference} has ended: its result tells how.")


class RequestMismatchError(NumberOrdersError):
    """The reference belongs to an order of a different request."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"Order {reference} exists already and asks for something else: "
            "repeat its request as it was, or use a reference of its own."
        )


class OrderRefusedError(NumberOrdersError):
    """The order refuses a message."""


class OrderFailedError(NumberOrdersError):
    """The order failed before anything was reserved. `type` is one of docs/errors.md, None when it was ended from outside."""

    def __init__(self, reference: str, reason: str, type: Optional[str], violations: Sequence[FieldViolation]) -> None:
        super().__init__(f"Order {reference} failed{f' with {type}' if type else ''}: {reason}")
        self.type = type
        self.violations = list(violations)


class NoAnswerError(NumberOrdersError):
    """No answer came in time. Whether the message was taken is unknown; sending it again is safe."""


class IntakeError(NumberOrdersError):
    """The intake refuses a document: `problem` is its name in docs/http-intake.md, `status` the HTTP status."""

    def __init__(self, status: int, problem: str, reason: str) -> None:
        super().__init__(f"The intake answered {status} ({problem}): {reason}")
        self.status = status
        self.problem = problem

"""Starts orders, sends their KYC and follows them."""

import asyncio
import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, AsyncIterator, Optional, Union

from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowFailureError,
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.envconfig import ClientConfigProfile
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from .codec import data_converter, parse_keys
from .errors import (
    NoAnswerError,
    OrderEndedError,
    OrderFailedError,
    OrderNotFoundError,
    OrderRefusedError,
    RequestMismatchError,
)
from .intake import Intake
from .models import (
    CancelRequest,
    FailureDetails,
    KycAnswer,
    NumberOrderRequest,
    NumberOrderResult,
    OrderView,
    Registration,
    ReservationAnswer,
)

TASK_QUEUE = "number-orders"
WORKFLOW_TYPE = "numberOrder"
FINGERPRINT_MEMO = "requestFingerprint"
RESERVING = ("LOOKING_UP", "RESERVING")
UNANSWERED = (RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED, RPCStatusCode.FAILED_PRECONDITION)


def workflow_id_of(reference: str) -> str:
    return f"number-order-{reference}"


def fingerprint_of(request: NumberOrderRequest) -> str:
    """Tells two requests apart without keeping either: of the request without its KYC and its batch."""
    left_out = ("registration", "attachments", "batch")
    rest = {name: value for name, value in request.to_wire().items() if name not in left_out}
    canonical = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


class NumberOrders:
    """One order for each reference, however often and by whatever service it is started."""

    def __init__(
        self,
        client: Client,
        *,
        intake: Optional[Intake] = None,
        task_queue: str = TASK_QUEUE,
        timeout: timedelta = timedelta(seconds=30),
    ) -> None:
        """
        :param client: with :func:`number_orders.data_converter` where payloads are encrypted
        :param intake: needed by :meth:`attach`
        :param timeout: how long to wait for an answer
        """
        self._client = client
        self._intake = intake
        self._task_queue = task_queue
        self._timeout = timeout

    async def start(self, request: NumberOrderRequest) -> WorkflowHandle[Any, Any]:
        """Starts an order, or attaches to the one its reference has, open or ended. Calling it again is safe."""
        try:
            await self._client.start_workflow(
                WORKFLOW_TYPE, request.to_wire(), rpc_timeout=self._timeout, **self._start_options(request)
            )
        except WorkflowAlreadyStartedError:
            pass  # It has ended.
        except RPCError as error:
            raise await self._translated(request.reference, error) from error
        await self._refuse_mismatch(request)
        return self._handle(request.reference)

    async def reserve(
        self, request: NumberOrderRequest, *, timeout: timedelta = timedelta(seconds=60)
    ) -> ReservationAnswer:
        """Starts an order and waits for what it could reserve. After `timeout`, answers how it stands."""
        reference = request.reference
        operation: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
            WORKFLOW_TYPE, request.to_wire(), **self._start_options(request)
        )
        try:
            raw = await self._client.execute_update_with_start_workflow(
                "reservation", start_workflow_operation=operation, rpc_timeout=timeout
            )
        except WorkflowAlreadyStartedError:
            await self._refuse_mismatch(request)
            return _reservation_in(await self.view(reference))
        except WorkflowUpdateFailedError as error:
            raise _failure_of(reference, error.cause) from error
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
            raise await self._translated(reference, error) from error
        await self._refuse_mismatch(request)
        return await self._reserved(reference, ReservationAnswer.model_validate(raw), timeout)

    async def register(self, reference: str, registration: Registration) -> KycAnswer:
        """Sends KYC fields, and answers what Sinch says of them. A later registration replaces an earlier one."""
        raw = await self._update(reference, "submitRegistration", registration.to_wire())
        return KycAnswer.model_validate(raw)

    async def attach(
        self,
        reference: str,
        attachment_id: str,
        content: Union[bytes, Path],
        *,
        file_name: str,
        mime_type: str,
        document_type: Optional[str] = None,
    ) -> KycAnswer:
        """Hands a document to the intake, which stores it and tells the order. The same bytes again are no second document."""
        if self._intake is None:
            raise ValueError("This client knows no intake: pass one to its constructor.")
        return await self._intake.attach(
            reference, attachment_id, content, file_name=file_name, mime_type=mime_type, document_type=document_type
        )

    async def cancel(self, reference: str, reason: str, *, author: Optional[str] = None) -> None:
        """Stops the order as far as that is still possible; its result tells how far."""
        argument = CancelRequest(reason=reason, author=author).to_wire()
        try:
            await self._handle(reference).signal("cancel", argument, rpc_timeout=self._timeout)
        except RPCError as error:
            raise await self._translated(reference, error) from error

    async def view(self, reference: str) -> OrderView:
        """What the order is doing, or has come to."""
        try:
            raw = await self._handle(reference).query("order", rpc_timeout=self._timeout)
        except RPCError as error:
            raise await self._translated(reference, error) from error
        return OrderView.model_validate(raw)

    async def result(self, reference: str) -> NumberOrderResult:
        """Waits for the order's end, which may be weeks away."""
        try:
            raw = await self._handle(reference).result()
        except WorkflowFailureError as error:
            raise _failure_of(reference, error.cause) from error
        except RPCError as error:
            raise await self._translated(reference, error) from error
        return NumberOrderResult.model_validate(raw)

    def _start_options(self, request: NumberOrderRequest) -> dict[str, Any]:
        """No retry policy, cron or time-out: with any of them a run could follow the one that has ended, and reserve again."""
        return {
            "id": workflow_id_of(request.reference),
            "task_queue": self._task_queue,
            "id_conflict_policy": WorkflowIDConflictPolicy.USE_EXISTING,
            "id_reuse_policy": WorkflowIDReusePolicy.REJECT_DUPLICATE,
            "memo": {FINGERPRINT_MEMO: fingerprint_of(request)},
            "static_summary": f"{request.region_code} {request.number_type}",
        }

    def _handle(self, reference: str) -> WorkflowHandle[Any, Any]:
        return self._client.get_workflow_handle(workflow_id_of(reference))

    async def _update(self, reference: str, name: str, argument: dict[str, Any]) -> Any:
        try:
            return await self._handle(reference).execute_update(name, argument, rpc_timeout=self._timeout)
        except WorkflowUpdateFailedError as error:
            raise OrderRefusedError(f"Order {reference} refuses: {error.cause}") from error
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
            raise await self._translated(reference, error) from error

    async def _reserved(self, reference: str, answer: ReservationAnswer, timeout: timedelta) -> ReservationAnswer:
        """The order answers within seconds, if only how it stands. From then on it is asked by query."""
        until = asyncio.get_running_loop().time() + timeout.total_seconds()
        pause = 0.5
        while answer.stage in RESERVING and asyncio.get_running_loop().time() + pause < until:
            await asyncio.sleep(pause)
            pause = min(2 * pause, 5)
            answer = _reservation_in(await self.view(reference))
        return answer

    async def _refuse_mismatch(self, request: NumberOrderRequest) -> None:
        """An order that was started by other means has no fingerprint: nothing to compare."""
        try:
            description = await self._handle(request.reference).describe(rpc_timeout=self._timeout)
        except RPCError as error:
            raise await self._translated(request.reference, error) from error
        fingerprint = (await description.memo()).get(FINGERPRINT_MEMO)
        if fingerprint is not None and fingerprint != fingerprint_of(request):
            raise RequestMismatchError(request.reference)

    async def _translated(self, reference: str, error: Exception) -> Exception:
        if not isinstance(error, RPCError) or error.status in UNANSWERED:
            return NoAnswerError(f"No answer of order {reference} in time: is a worker polling {self._task_queue}?")
        if error.status != RPCStatusCode.NOT_FOUND:
            return error
        # Temporal answers a message to a closed workflow as if there were none.
        try:
            await self._handle(reference).describe(rpc_timeout=self._timeout)
        except RPCError as again:
            return OrderNotFoundError(reference) if again.status == RPCStatusCode.NOT_FOUND else again
        return OrderEndedError(reference)


@asynccontextmanager
async def connect(environment: Mapping[str, str] = os.environ) -> AsyncIterator[NumberOrders]:
    """Orders as the environment describes them: TEMPORAL_ADDRESS, NUMBER_ORDERS_ENCRYPTION_KEYS, NUMBER_ORDERS_INTAKE_URL, …"""
    options: dict[str, Any] = dict(ClientConfigProfile.load(override_env_vars=dict(environment)).to_client_connect_config())
    keys = environment.get("NUMBER_ORDERS_ENCRYPTION_KEYS")
    if keys:
        options["data_converter"] = data_converter(parse_keys(keys))
    client = await Client.connect(**options)
    task_queue = environment.get("NUMBER_ORDERS_TASK_QUEUE") or TASK_QUEUE
    url = environment.get("NUMBER_ORDERS_INTAKE_URL")
    token = environment.get("NUMBER_ORDERS_INTAKE_TOKEN")
    if not (url and token):
        yield NumberOrders(client, task_queue=task_queue)
        return
    async with Intake(url, token) as intake:
        yield NumberOrders(client, intake=intake, task_queue=task_queue)


def _reservation_in(view: OrderView) -> ReservationAnswer:
    return ReservationAnswer(
        stage=view.stage,
        sinch_order_id=view.sinch_order_id,
        phone_numbers=view.phone_numbers,
        expire_time=view.expire_time,
        requirements=view.requirements,
        outcome=view.outcome,
    )


def _failure_of(reference: str, cause: Optional[BaseException]) -> OrderFailedError:
    if not isinstance(cause, ApplicationError):
        return OrderFailedError(reference, str(cause), None, [])
    violations = FailureDetails.model_validate(cause.details[0]).violations if cause.details else []
    return OrderFailedError(reference, cause.message, cause.type, violations)

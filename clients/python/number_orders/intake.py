"""Documents by HTTP, see docs/http-intake.md."""

from pathlib import Path
from types import TracebackType
from typing import Optional, Union
from urllib.parse import quote

import httpx

from .errors import IntakeError, NoAnswerError, OrderEndedError, OrderNotFoundError
from .models import KycAnswer


class Intake:
    """Where `number-orders intake` is, and the token of this service there, whose scope has `documents`."""

    def __init__(self, url: str, token: str, *, timeout: float = 60) -> None:
        headers = {"authorization": f"Bearer {token}"}
        self._http = httpx.AsyncClient(base_url=url, headers=headers, timeout=timeout)

    async def __aenter__(self) -> "Intake":
        return self

    async def __aexit__(
        self, type: Optional[type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        await self._http.aclose()

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
        try:
            answer = await self._http.put(
                f"/v1/orders/{quote(reference, safe='')}/attachments/{quote(attachment_id, safe='')}",
                content=content.read_bytes() if isinstance(content, Path) else content,
                headers={
                    "content-type": mime_type,
                    "content-disposition": f"attachment; filename*=UTF-8''{quote(file_name, safe='')}",
                },
                params={"documentType": document_type} if document_type else None,
            )
        except httpx.TransportError as error:
            raise NoAnswerError("The intake could not be reached, or did not answer in time.") from error
        if answer.is_success:
            return KycAnswer.model_validate_json(answer.content)
        problem = _problem_in(answer)
        name = str(problem.get("type", "")).removeprefix("urn:number-orders:") or "unknown"
        if name == "not-found":
            raise OrderNotFoundError(reference)
        if name == "order-ended":
            raise OrderEndedError(reference)
        raise IntakeError(answer.status_code, name, str(problem.get("detail") or problem.get("title") or "no reason given"))


def _problem_in(answer: httpx.Response) -> dict[str, object]:
    """A proxy before the intake may answer with anything."""
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}

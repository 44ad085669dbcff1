"""What crosses between a service and an order. A test holds it to the JSON Schemas of packages/contract/schemas.

Fields are snake_case here and camelCase on the wire. Answers may have fields that a later version adds: they are
ignored.
"""

from typing import Annotated, Any, Literal, Optional, Union

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

OpenStage = Literal[
    "LOOKING_UP",
    "RESERVING",
    "UNCONFIRMED",
    "AWAITING_KYC",
    "SUBMITTING",
    "IN_REVIEW",
    "ACTION_REQUIRED",
    "PROVISIONING",
]
Outcome = Literal["COMPLETED", "EXPIRED", "REJECTED", "CANCELLED", "UNAVAILABLE"]
Stage = Union[OpenStage, Outcome]
NumberType = Literal["MOBILE", "LOCAL", "TOLL_FREE"]
SearchPattern = Literal["START", "CONTAINS", "END"]
Capability = Literal["SMS", "VOICE"]


class Model(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")

    def to_wire(self) -> dict[str, Any]:
        """As JSON has it. What is None is left out: in the contract the two mean the same."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class Request(Model):
    """A misspelt option would silently change an order."""

    model_config = ConfigDict(extra="forbid")


# -- what is asked for


class NumberSearch(Request):
    """What narrows a search. A `pattern` matches the full E.164 string: START needs `+1212`, not `212`."""

    pattern: Optional[Annotated[str, Field(pattern=r"^\+?\d{1,15}$")]] = None
    search_pattern: Optional[SearchPattern] = None
    capabilities: Optional[list[Capability]] = None


class NumberQuantity(NumberSearch):
    requested_quantity: Optional[Annotated[int, Field(ge=1, le=100)]] = None
    sequential: Optional[bool] = None


class ThisNumber(Request):
    """E.164."""

    phone_number: Annotated[str, Field(pattern=r"^\+[1-9]\d{6,14}$")]


class FirstOfSearch(Request):
    """The first of a search that can be reserved."""

    search: NumberSearch


class Quantity(Request):
    """So many numbers, which Sinch chooses."""

    quantity: NumberQuantity


Selection = Union[ThisNumber, FirstOfSearch, Quantity]


class SmsConfiguration(Request):
    service_plan_id: str
    campaign_id: Optional[str] = None


class RtcVoice(Request):
    type: Literal["RTC"] = "RTC"
    app_id: str


class EstVoice(Request):
    type: Literal["EST"] = "EST"
    trunk_id: str


class FaxVoice(Request):
    type: Literal["FAX"] = "FAX"
    service_id: str


class RegistrationData(Model):
    """KYC fields: `data` becomes `requestDetails.data`."""

    data: Any


class RegistrationDetails(Model):
    """KYC fields, sent as they are."""

    request_details: dict[str, Any]


Registration = Union[RegistrationData, RegistrationDetails]


class StoredAttachment(Model):
    """A document that is in the attachment store already."""

    attachment_id: str
    key: Annotated[str, Field(pattern=r"^[^/]+/[0-9a-f]{64}$")]
    file_name: str
    mime_type: str
    size: Annotated[int, Field(ge=1)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    document_type: Optional[str] = None


AmountText = Annotated[str, Field(pattern=r"^\d{1,12}(\.\d{1,6})?$")]


class PriceLimit(Request):
    """What one number may cost at most. At least one of the two amounts; decimal strings, such as `1.50`."""

    currency_code: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    setup: Optional[AmountText] = None
    monthly: Optional[AmountText] = None


class NumberOrderRequest(Request):
    """`reference` is your own unique key, never personal data. Starting it twice is one order."""

    reference: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]
    region_code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    number_type: NumberType
    selection: Selection
    sms_configuration: Optional[SmsConfiguration] = None
    voice_configuration: Optional[Union[RtcVoice, EstVoice, FaxVoice]] = None
    expected_attachments: Optional[list[str]] = None
    registration: Optional[Registration] = None
    attachments: Optional[list[StoredAttachment]] = None
    on_expiry: Optional[Literal["end", "renew"]] = None
    max_renewals: Optional[Annotated[int, Field(ge=0, le=100)]] = None
    on_rejection: Optional[Literal["end", "correct"]] = None
    max_corrections: Optional[Annotated[int, Field(ge=0, le=100)]] = None
    correction_window: Optional[str] = None
    notification_url: Optional[str] = None
    price_limit: Optional[PriceLimit] = None
    kyc_profile: Optional[Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]] = None
    batch: Optional[Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]] = None
    project: Optional[Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]] = None


class CancelRequest(Model):
    author: Optional[str] = None
    reason: str


# -- what is answered


class FieldViolation(Model):
    """A field that is wrong, and what would correct it."""

    field: str
    description: str


class Violation(FieldViolation):
    """The same, in the words of the requirements."""

    title: Optional[str] = None
    hint: Optional[str] = None


class KycAnswer(Model):
    """ACCEPTED: Sinch took it. KEPT: it is sent later. REFUSED: see reason and violations, and send it again."""

    status: Literal["ACCEPTED", "KEPT", "REFUSED", "SUPERSEDED"]
    reason: Optional[str] = None
    violations: list[Violation]


class DocumentTemplate(Model):
    name: str
    url: str


class RequiredAttachment(Model):
    id: str
    title: Optional[str] = None
    description: Optional[str] = None
    mandatory: bool
    template: list[DocumentTemplate]
    allowed_mime_types: list[str]
    allowed_document_types: list[str]


class Requirements(Model):
    """`fields` is free-form: `data[i]` of a registration answers `rules[i].template`."""

    fields_: dict[str, Any] = Field(alias="fields")
    attachments: list[RequiredAttachment]


class ReservationAnswer(Model):
    stage: Stage
    sinch_order_id: Optional[str] = None
    phone_numbers: list[str]
    expire_time: Optional[str] = None
    requirements: Optional[Requirements] = None
    outcome: Optional[Outcome] = None


class Amount(Model):
    currency_code: str
    amount: str


class Price(Model):
    phone_number: str
    setup_price: Optional[Amount] = None
    monthly_price: Optional[Amount] = None
    payment_interval_months: Optional[float] = None


class Outstanding(Model):
    registration: bool
    attachments: list[str]


class Titled(Model):
    id: str
    title: str


class ViewAttachment(Model):
    attachment_id: str
    title: Optional[str] = None
    file_name: str
    status: Literal["RECEIVED", "UPLOADED", "COMPLETED", "FAILED", "REFUSED"]
    reason: Optional[str] = None


class ReviewLogEntry(Model):
    message: str
    create_time: str


class Provisioning(Model):
    phone_number: str
    target: Literal["SMS", "VOICE"]
    status: str
    failure_code: Optional[str] = None


class Notice(Model):
    time: str
    message: str


NotificationType = Literal[
    "order.reserved",
    "order.kyc_refused",
    "order.kyc_reminder",
    "order.submitted",
    "order.action_required",
    "order.review_feedback",
    "order.completed",
    "order.expired",
    "order.rejected",
    "order.unavailable",
    "order.cancelled",
    "order.failed",
]


class UndeliveredNotification(Model):
    type: NotificationType
    time: str


class OrderView(Model):
    """How an order stands. Times are RFC 3339."""

    reference: str
    project: Optional[str] = None
    stage: Stage
    sinch_order_id: Optional[str] = None
    sinch_state: Optional[str] = None
    phone_numbers: list[str]
    prices: Optional[list[Price]] = None
    expire_time: Optional[str] = None
    attempt: int
    requirements: Optional[Requirements] = None
    outstanding: Outstanding
    missing_titles: list[Titled]
    violations: list[Violation]
    attachments: list[ViewAttachment]
    review_log: list[ReviewLogEntry]
    provisioning: list[Provisioning]
    notices: list[Notice]
    undelivered: Optional[list[UndeliveredNotification]] = None
    kyc_links_revoked_at: Optional[str] = None
    outcome: Optional[Outcome] = None


class ReservationRecord(Model):
    sinch_order_id: Optional[str] = None
    phone_numbers: list[str]
    state: Literal["COMPLETED", "LAPSED", "LAPSING", "POSSIBLY_ORPHANED"]
    expire_time: Optional[str] = None
    asked_for: Optional[str] = None
    accepted: Optional[Literal[False]] = None


class Compensation(Model):
    action: str
    ok: bool
    detail: Optional[str] = None


class NumberOrderResult(Model):
    reference: str
    outcome: Outcome
    sinch_order_id: Optional[str] = None
    phone_numbers: list[str]
    missing: list[str]
    missing_titles: list[Titled]
    review_log: list[ReviewLogEntry]
    provisioning: list[Provisioning]
    attempts: int
    erased: Optional[bool] = None
    reservations: list[ReservationRecord]
    compensations: list[Compensation]


class FailureDetails(Model):
    """The first entry of an ApplicationError's details."""

    violations: list[FieldViolation]
    said: Optional[str] = None
    status: Optional[float] = None
    retry_after_ms: Optional[float] = None
    earlier: Optional[Literal[True]] = None

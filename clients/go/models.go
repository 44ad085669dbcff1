package numberorders

import "encoding/json"

// What crosses between a service and an order. A test holds it to the JSON Schemas of packages/contract/schemas. What is
// empty is left out: in the contract the two mean the same.

// Request is what is asked for. Reference is your own unique key, never personal data: starting it twice is one order.
type Request struct {
	Reference           string              `json:"reference"`
	RegionCode          string              `json:"regionCode"` // ISO 3166-1 alpha-2
	NumberType          string              `json:"numberType"` // MOBILE, LOCAL or TOLL_FREE
	Selection           Selection           `json:"selection"`
	SmsConfiguration    *SmsConfiguration   `json:"smsConfiguration,omitempty"`
	VoiceConfiguration  *VoiceConfiguration `json:"voiceConfiguration,omitempty"`
	ExpectedAttachments []string            `json:"expectedAttachments,omitempty"`
	Registration        *Registration       `json:"registration,omitempty"`
	Attachments         []StoredAttachment  `json:"attachments,omitempty"`
	OnExpiry            string              `json:"onExpiry,omitempty"`       // end (the default) or renew
	MaxRenewals         *int                `json:"maxRenewals,omitempty"`    // 3 when left out
	OnRejection         string              `json:"onRejection,omitempty"`    // end (the default) or correct
	MaxCorrections      *int                `json:"maxCorrections,omitempty"` // 2 when left out
	CorrectionWindow    string              `json:"correctionWindow,omitempty"`
	NotificationURL     string              `json:"notificationUrl,omitempty"`
	KycProfile          string              `json:"kycProfile,omitempty"` // KYC kept under this name answers the order, as far as it fits
	PriceLimit          *PriceLimit         `json:"priceLimit,omitempty"`
	Project             string              `json:"project,omitempty"` // of the fleet's Sinch projects; the default one when left out
	Batch               string              `json:"batch,omitempty"`
}

// Selection is exactly one of: this number (E.164), the first of a search that can be reserved, or so many that Sinch chooses.
type Selection struct {
	PhoneNumber string    `json:"phoneNumber,omitempty"`
	Search      *Search   `json:"search,omitempty"`
	Quantity    *Quantity `json:"quantity,omitempty"`
}

// Search narrows a search. Pattern matches the full E.164 string: START needs "+1212", not "212".
type Search struct {
	Pattern       string   `json:"pattern,omitempty"`
	SearchPattern string   `json:"searchPattern,omitempty"` // START, CONTAINS or END
	Capabilities  []string `json:"capabilities,omitempty"`  // SMS, VOICE
}

type Quantity struct {
	Pattern           string   `json:"pattern,omitempty"`
	SearchPattern     string   `json:"searchPattern,omitempty"`
	Capabilities      []string `json:"capabilities,omitempty"`
	RequestedQuantity int      `json:"requestedQuantity,omitempty"` // 1 when left out
	Sequential        bool     `json:"sequential,omitempty"`
}

type SmsConfiguration struct {
	ServicePlanID string `json:"servicePlanId"`
	CampaignID    string `json:"campaignId,omitempty"` // US only
}

// VoiceConfiguration is RTC with AppID, EST with TrunkID, or FAX with ServiceID.
type VoiceConfiguration struct {
	Type      string `json:"type"`
	AppID     string `json:"appId,omitempty"`
	TrunkID   string `json:"trunkId,omitempty"`
	ServiceID string `json:"serviceId,omitempty"`
}

// PriceLimit is what one number may cost at most, in decimal strings such as "1.50".
type PriceLimit struct {
	CurrencyCode string `json:"currencyCode"`
	Setup        string `json:"setup,omitempty"`
	Monthly      string `json:"monthly,omitempty"`
}

// Registration holds KYC fields: Data becomes requestDetails.data, RequestDetails is sent as it is. Exactly one of the two.
type Registration struct {
	Data           any            `json:"data,omitempty"`
	RequestDetails map[string]any `json:"requestDetails,omitempty"`
}

// StoredAttachment is a document that is in the attachment store already.
type StoredAttachment struct {
	AttachmentID string `json:"attachmentId"`
	Key          string `json:"key"`
	FileName     string `json:"fileName"`
	MimeType     string `json:"mimeType"`
	Size         int    `json:"size"`
	Sha256       string `json:"sha256"`
	DocumentType string `json:"documentType,omitempty"`
}

type cancelRequest struct {
	Author string `json:"author,omitempty"`
	Reason string `json:"reason"`
}

// Violation is a field that is wrong, and what would correct it.
type Violation struct {
	Field       string `json:"field"`
	Description string `json:"description"`
	Title       string `json:"title"`
	Hint        string `json:"hint"`
}

// KycAnswer says what became of KYC. ACCEPTED: Sinch took it. KEPT: it is sent later. REFUSED: see Reason and Violations,
// and send it again. SUPERSEDED: a later one replaced it.
type KycAnswer struct {
	Status     string      `json:"status"`
	Reason     string      `json:"reason"`
	Violations []Violation `json:"violations"`
}

type RequiredAttachment struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Mandatory   bool   `json:"mandatory"`
	Template    []struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	} `json:"template"`
	AllowedMimeTypes     []string `json:"allowedMimeTypes"` // empty: any
	AllowedDocumentTypes []string `json:"allowedDocumentTypes"`
}

// Requirements are what the regulator asks for. Fields is free-form: data[i] of a registration answers rules[i].template.
type Requirements struct {
	Fields      map[string]json.RawMessage `json:"fields"`
	Attachments []RequiredAttachment       `json:"attachments"`
}

type Reservation struct {
	Stage        string        `json:"stage"`
	SinchOrderID string        `json:"sinchOrderId"`
	PhoneNumbers []string      `json:"phoneNumbers"`
	ExpireTime   string        `json:"expireTime"` // RFC 3339
	Requirements *Requirements `json:"requirements"`
	Outcome      string        `json:"outcome"` // empty: it has none yet
}

type Amount struct {
	CurrencyCode string `json:"currencyCode"`
	Amount       string `json:"amount"`
}

type Price struct {
	PhoneNumber           string  `json:"phoneNumber"`
	SetupPrice            *Amount `json:"setupPrice"`
	MonthlyPrice          *Amount `json:"monthlyPrice"`
	PaymentIntervalMonths float64 `json:"paymentIntervalMonths"`
}

type Titled struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type ViewAttachment struct {
	AttachmentID string `json:"attachmentId"`
	Title        string `json:"title"`
	FileName     string `json:"fileName"`
	Status       string `json:"status"` // RECEIVED, UPLOADED, COMPLETED, FAILED or REFUSED
	Reason       string `json:"reason"`
}

type ReviewLogEntry struct {
	Message    string `json:"message"`
	CreateTime string `json:"createTime"`
}

type Provisioning struct {
	PhoneNumber string `json:"phoneNumber"`
	Target      string `json:"target"` // SMS or VOICE
	Status      string `json:"status"`
	FailureCode string `json:"failureCode"`
}

type Notice struct {
	Time    string `json:"time"`
	Message string `json:"message"`
}

// Undelivered is a notification that its receiver has not taken.
type Undelivered struct {
	Type string `json:"type"`
	Time string `json:"time"`
}

// View is how an order stands. Times are RFC 3339.
type View struct {
	Reference    string        `json:"reference"`
	Stage        string        `json:"stage"`
	SinchOrderID string        `json:"sinchOrderId"`
	SinchState   string        `json:"sinchState"`
	Project      string        `json:"project"` // empty: the default one
	PhoneNumbers []string      `json:"phoneNumbers"`
	Prices       []Price       `json:"prices"`
	ExpireTime   string        `json:"expireTime"`
	Attempt      int           `json:"attempt"`
	Requirements *Requirements `json:"requirements"`
	Outstanding  struct {
		Registration bool     `json:"registration"`
		Attachments  []string `json:"attachments"`
	} `json:"outstanding"`
	MissingTitles     []Titled         `json:"missingTitles"`
	Violations        []Violation      `json:"violations"`
	Attachments       []ViewAttachment `json:"attachments"`
	ReviewLog         []ReviewLogEntry `json:"reviewLog"`
	Provisioning      []Provisioning   `json:"provisioning"`
	Notices           []Notice         `json:"notices"`
	Undelivered       []Undelivered    `json:"undelivered"`
	KycLinksRevokedAt string           `json:"kycLinksRevokedAt"`
	Outcome           string           `json:"outcome"`
}

type ReservationRecord struct {
	SinchOrderID string   `json:"sinchOrderId"`
	PhoneNumbers []string `json:"phoneNumbers"`
	State        string   `json:"state"` // COMPLETED, LAPSED, LAPSING or POSSIBLY_ORPHANED
	ExpireTime   string   `json:"expireTime"`
	AskedFor     string   `json:"askedFor"`
	Accepted     *bool    `json:"accepted"` // false: it was not what was asked for, and was left to lapse
}

type Compensation struct {
	Action string `json:"action"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

// Result is what an order has come to. Outcome: COMPLETED, EXPIRED, REJECTED, CANCELLED or UNAVAILABLE.
type Result struct {
	Reference     string              `json:"reference"`
	Outcome       string              `json:"outcome"`
	SinchOrderID  string              `json:"sinchOrderId"`
	PhoneNumbers  []string            `json:"phoneNumbers"`
	Missing       []string            `json:"missing"`
	MissingTitles []Titled            `json:"missingTitles"`
	ReviewLog     []ReviewLogEntry    `json:"reviewLog"`
	Provisioning  []Provisioning      `json:"provisioning"`
	Attempts      int                 `json:"attempts"`
	Erased        bool                `json:"erased"`
	Reservations  []ReservationRecord `json:"reservations"`
	Compensations []Compensation      `json:"compensations"`
}

type failureDetails struct {
	Violations []struct {
		Field       string `json:"field"`
		Description string `json:"description"`
	} `json:"violations"`
	Said         string  `json:"said"`
	Status       float64 `json:"status"`
	RetryAfterMs float64 `json:"retryAfterMs"`
	Earlier      bool    `json:"earlier"`
}

// Package numberorders starts number orders, sends their KYC and follows them.
package numberorders

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
)

const (
	// TaskQueue is what workers poll unless NUMBER_ORDERS_TASK_QUEUE names another.
	TaskQueue       = "number-orders"
	workflowType    = "numberOrder"
	fingerprintMemo = "requestFingerprint"
)

// WorkflowID of an order: one order for each reference, whoever starts it.
func WorkflowID(reference string) string { return "number-order-" + reference }

// Client of orders. Every context bounds its call.
type Client struct {
	temporal  client.Client
	converter converter.DataConverter
	taskQueue string
	intake    *Intake
}

// Options of New.
type Options struct {
	// Converter is the Temporal client's own; the default one when left out, which encrypts nothing.
	Converter converter.DataConverter
	// TaskQueue is "number-orders" when left out.
	TaskQueue string
	// Intake is needed by Attach.
	Intake *Intake
}

// New makes a client of orders from a Temporal client.
func New(temporalClient client.Client, options Options) *Client {
	if options.Converter == nil {
		options.Converter = converter.GetDefaultDataConverter()
	}
	if options.TaskQueue == "" {
		options.TaskQueue = TaskQueue
	}
	return &Client{temporal: temporalClient, converter: options.Converter, taskQueue: options.TaskQueue, intake: options.Intake}
}

// Connect reads the environment: TEMPORAL_ADDRESS, NUMBER_ORDERS_ENCRYPTION_KEYS, NUMBER_ORDERS_INTAKE_URL, … Call close at the end.
func Connect(ctx context.Context) (orders *Client, close func(), err error) {
	options, err := envconfig.LoadDefaultClientOptions()
	if err != nil {
		return nil, nil, err
	}
	options.DataConverter = converter.GetDefaultDataConverter()
	if keys := os.Getenv("NUMBER_ORDERS_ENCRYPTION_KEYS"); keys != "" {
		codec, err := NewCodec(keys)
		if err != nil {
			return nil, nil, err
		}
		options.DataConverter = codec.DataConverter()
	}
	options.FailureConverter = temporal.NewDefaultFailureConverter(temporal.DefaultFailureConverterOptions{DataConverter: options.DataConverter})
	temporalClient, err := client.DialContext(ctx, options)
	if err != nil {
		return nil, nil, err
	}
	ours := Options{Converter: options.DataConverter, TaskQueue: os.Getenv("NUMBER_ORDERS_TASK_QUEUE")}
	if address, token := os.Getenv("NUMBER_ORDERS_INTAKE_URL"), os.Getenv("NUMBER_ORDERS_INTAKE_TOKEN"); address != "" && token != "" {
		ours.Intake = &Intake{URL: address, Token: token}
	}
	return New(temporalClient, ours), temporalClient.Close, nil
}

// Start starts an order, or attaches to the one its reference has, open or ended. Calling it again is safe.
func (c *Client) Start(ctx context.Context, request Request) error {
	options, err := c.startOptions(request)
	if err != nil {
		return err
	}
	_, err = c.temporal.ExecuteWorkflow(ctx, options, workflowType, request)
	var ended *serviceerror.WorkflowExecutionAlreadyStarted
	if err != nil && !errors.As(err, &ended) {
		return err
	}
	return c.refuseMismatch(ctx, request)
}

// Reserve starts an order and waits for what it could reserve, or answers how it stands when ctx has a deadline that is near.
func (c *Client) Reserve(ctx context.Context, request Request) (*Reservation, error) {
	options, err := c.startOptions(request)
	if err != nil {
		return nil, err
	}
	handle, err := c.temporal.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: c.temporal.NewWithStartWorkflowOperation(options, workflowType, request),
		UpdateOptions: client.UpdateWorkflowOptions{
			WorkflowID: options.ID, UpdateName: "reservation", WaitForStage: client.WorkflowUpdateStageCompleted,
		},
	})
	reservation := &Reservation{}
	if err == nil {
		err = handle.Get(ctx, reservation)
	}
	var ended *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &ended) {
		if err := c.refuseMismatch(ctx, request); err != nil {
			return nil, err
		}
		return c.reservationInView(ctx, request.Reference)
	}
	if err != nil {
		return nil, failureOf(request.Reference, err)
	}
	if err := c.refuseMismatch(ctx, request); err != nil {
		return nil, err
	}
	return c.untilReserved(ctx, request.Reference, reservation)
}

// Register sends KYC fields, and answers what Sinch says of them. A later registration replaces an earlier one.
func (c *Client) Register(ctx context.Context, reference string, registration Registration) (*KycAnswer, error) {
	answer := &KycAnswer{}
	handle, err := c.temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: WorkflowID(reference), UpdateName: "submitRegistration", Args: []any{registration}, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err == nil {
		err = handle.Get(ctx, answer)
	}
	if err != nil {
		return nil, c.whyNot(ctx, reference, err)
	}
	return answer, nil
}

// Attach hands a document to the intake, which stores it and tells the order. The same bytes again are no second document.
func (c *Client) Attach(ctx context.Context, reference string, document Document) (*KycAnswer, error) {
	if c.intake == nil {
		return nil, errors.New("this client knows no intake: pass one in its options")
	}
	return c.intake.attach(ctx, reference, document)
}

// Cancel stops the order as far as that is still possible; its result tells how far. Author may be empty.
func (c *Client) Cancel(ctx context.Context, reference, reason, author string) error {
	err := c.temporal.SignalWorkflow(ctx, WorkflowID(reference), "", "cancel", cancelRequest{Author: author, Reason: reason})
	return c.whyNot(ctx, reference, err)
}

// View says what the order is doing, or has come to.
func (c *Client) View(ctx context.Context, reference string) (*View, error) {
	value, err := c.temporal.QueryWorkflow(ctx, WorkflowID(reference), "", "order")
	if err != nil {
		return nil, c.whyNot(ctx, reference, err)
	}
	view := &View{}
	return view, value.Get(view)
}

// Result waits for the order's end, which may be weeks away.
func (c *Client) Result(ctx context.Context, reference string) (*Result, error) {
	result := &Result{}
	if err := c.temporal.GetWorkflow(ctx, WorkflowID(reference), "").Get(ctx, result); err != nil {
		return nil, failureOf(reference, err)
	}
	return result, nil
}

// No retry policy, cron or time-out: with any of them a run could follow the one that has ended, and reserve again.
func (c *Client) startOptions(request Request) (client.StartWorkflowOptions, error) {
	fingerprint, err := fingerprintOf(request)
	return client.StartWorkflowOptions{
		ID:                                       WorkflowID(request.Reference),
		TaskQueue:                                c.taskQueue,
		WorkflowIDConflictPolicy:                 enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowIDReusePolicy:                    enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		WorkflowExecutionErrorWhenAlreadyStarted: true,
		Memo:                                     map[string]any{fingerprintMemo: fingerprint},
		StaticSummary:                            request.RegionCode + " " + request.NumberType,
	}, err
}

// An order that was started by other means has no fingerprint: nothing to compare.
func (c *Client) refuseMismatch(ctx context.Context, request Request) error {
	description, err := c.temporal.DescribeWorkflowExecution(ctx, WorkflowID(request.Reference), "")
	if err != nil {
		return err
	}
	payload, known := description.GetWorkflowExecutionInfo().GetMemo().GetFields()[fingerprintMemo]
	if !known {
		return nil
	}
	var theirs string
	if err := c.converter.FromPayload(payload, &theirs); err != nil {
		return err
	}
	if ours, err := fingerprintOf(request); err != nil || ours != theirs {
		return errors.Join(fmt.Errorf("order %s: %w", request.Reference, ErrMismatch), err)
	}
	return nil
}

// The order answers within seconds, if only how it stands. From then on it is asked by query.
func (c *Client) untilReserved(ctx context.Context, reference string, answer *Reservation) (*Reservation, error) {
	for pause := 500 * time.Millisecond; answer.Stage == "LOOKING_UP" || answer.Stage == "RESERVING"; pause = min(2*pause, 5*time.Second) {
		if deadline, has := ctx.Deadline(); has && time.Until(deadline) < 2*pause {
			return answer, nil
		}
		select {
		case <-ctx.Done():
			return answer, nil
		case <-time.After(pause):
		}
		var err error
		if answer, err = c.reservationInView(ctx, reference); err != nil {
			return nil, err
		}
	}
	return answer, nil
}

func (c *Client) reservationInView(ctx context.Context, reference string) (*Reservation, error) {
	view, err := c.View(ctx, reference)
	if err != nil {
		return nil, err
	}
	return &Reservation{view.Stage, view.SinchOrderID, view.PhoneNumbers, view.ExpireTime, view.Requirements, view.Outcome}, nil
}

// Temporal answers a message to a closed workflow as if there were none.
func (c *Client) whyNot(ctx context.Context, reference string, err error) error {
	var notFound *serviceerror.NotFound
	if !errors.As(err, &notFound) {
		return err
	}
	_, err = c.temporal.DescribeWorkflowExecution(ctx, WorkflowID(reference), "")
	if errors.As(err, &notFound) {
		return fmt.Errorf("order %s: %w", reference, ErrNotFound)
	}
	return errors.Join(fmt.Errorf("order %s: %w", reference, ErrEnded), err)
}

func failureOf(reference string, err error) error {
	var notFound *serviceerror.NotFound
	if errors.As(err, &notFound) {
		return fmt.Errorf("order %s: %w", reference, ErrNotFound)
	}
	var failure *temporal.ApplicationError
	if !errors.As(err, &failure) {
		return err
	}
	failed := &FailedError{Reference: reference, Type: failure.Type(), Message: failure.Message()}
	var details failureDetails
	if failure.HasDetails() && failure.Details(&details) == nil {
		for _, violation := range details.Violations {
			failed.Violations = append(failed.Violations, Violation{Field: violation.Field, Description: violation.Description})
		}
	}
	return failed
}

// Tells two requests apart without keeping either: of the request without its KYC and its batch.
func fingerprintOf(request Request) (string, error) {
	request.Registration, request.Attachments, request.Batch = nil, nil, ""
	plain, err := json.Marshal(request)
	if err != nil {
		return "", err
	}
	// As a map its fields are sorted; numbers are kept as they are written.
	var fields any
	decoder := json.NewDecoder(bytes.NewReader(plain))
	decoder.UseNumber()
	if err := decoder.Decode(&fields); err != nil {
		return "", err
	}
	var canonical bytes.Buffer
	encoder := json.NewEncoder(&canonical)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(fields); err != nil {
		return "", err
	}
	sum := sha256.Sum256(bytes.TrimSuffix(canonical.Bytes(), []byte("\n")))
	return hex.EncodeToString(sum[:]), nil
}

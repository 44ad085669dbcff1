package numberorders

import (
	"errors"
	"fmt"
)

// What errors.Is tells apart. No message holds KYC.
var (
	// ErrNotFound: there is no order of that reference, or none any more.
	ErrNotFound = errors.New("there is no such order: check the reference and the namespace")
	// ErrEnded: the order has its outcome; its result tells how.
	ErrEnded = errors.New("the order has ended: its result tells how")
	// ErrMismatch: the reference belongs to an order of a different request.
	ErrMismatch = errors.New("the order exists already and asks for something else: repeat its request as it was, or use a reference of its own")
)

// FailedError says that an order failed before anything was reserved. Type is one of docs/errors.md, empty when it was ended
// from outside.
type FailedError struct {
	Reference  string
	Type       string
	Message    string
	Violations []Violation
}

func (e *FailedError) Error() string {
	return fmt.Sprintf("order %s failed (%s): %s", e.Reference, e.Type, e.Message)
}

// IntakeError says why the intake refuses a document: Problem is its name in docs/http-intake.md, Status the HTTP status.
type IntakeError struct {
	Status  int
	Problem string
	Reason  string
}

func (e *IntakeError) Error() string {
	return fmt.Sprintf("the intake answered %d (%s): %s", e.Status, e.Problem, e.Reason)
}

package numberorders

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

func connected(t *testing.T) (context.Context, *Client) {
	t.Helper()
	if os.Getenv("NUMBER_ORDERS_INTAKE_TOKEN") == "" {
		t.Fatal("run `npm run test:clients`: it starts what these tests speak to")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	t.Cleanup(cancel)
	orders, close, err := Connect(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(close)
	return ctx, orders
}

func aRequest() Request {
	search := &Search{Capabilities: []string{"SMS"}}
	return Request{Reference: "go-" + uuid.NewString(), RegionCode: "AU", NumberType: "MOBILE", Selection: Selection{Search: search}}
}

func kycOf(t *testing.T, file string) Registration {
	t.Helper()
	var registration Registration
	readJSON(t, "demo/examples/"+file, &registration)
	return registration
}

func identity() Document {
	return Document{AttachmentID: "01jxn21ykc3vq8m5d7e0ga4hfr", FileName: "Ausweis – Größe.pdf", MimeType: "application/pdf", Content: strings.NewReader("%PDF- an example")}
}

func TestOrdersANumberToItsEndThoughTheFirstRegistrationIsRefused(t *testing.T) {
	ctx, orders := connected(t)
	reference := "go-" + uuid.NewString()
	// docs: start
	request := Request{
		Reference:  reference, // your own unique key, never personal data: starting it twice is one order
		RegionCode: "AU",
		NumberType: "MOBILE",
		Selection:  Selection{Search: &Search{Capabilities: []string{"SMS"}}},
	}
	reservation, err := orders.Reserve(ctx, request)
	// docs: end
	if err != nil || reservation.Stage != "AWAITING_KYC" || len(reservation.PhoneNumbers) != 1 || reservation.Requirements.Attachments[0].Title != "Proof of identity" {
		t.Fatal(reservation, err)
	}
	if refused, err := orders.Register(ctx, reference, kycOf(t, "au-registration-with-mistakes.json")); err != nil || refused.Status != "REFUSED" || len(refused.Violations) != 2 {
		t.Fatal(refused, err)
	}
	kyc := kycOf(t, "au-registration.json").Data
	// docs: register
	answer, err := orders.Register(ctx, reference, Registration{Data: kyc})
	// docs: end
	if err != nil || answer.Status != "ACCEPTED" {
		t.Fatal(answer, err)
	}
	content := identity().Content
	// docs: attach
	answer, err = orders.Attach(ctx, reference, Document{
		AttachmentID: "01jxn21ykc3vq8m5d7e0ga4hfr", // Sinch's id: requirements.attachments has its title
		FileName:     "Ausweis – Größe.pdf",
		MimeType:     "application/pdf",
		Content:      content, // an io.Reader
	})
	// docs: end
	if err != nil || (answer.Status != "ACCEPTED" && answer.Status != "KEPT") {
		t.Fatal(answer, err)
	}
	// docs: follow
	view, err := orders.View(ctx, reference)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(view.Stage, view.MissingTitles)

	result, err := orders.Result(ctx, reference)
	// docs: end
	if err != nil || result.Outcome != "COMPLETED" || result.PhoneNumbers[0] != reservation.PhoneNumbers[0] {
		t.Fatal(result, err)
	}
	if again, err := orders.Reserve(ctx, request); err != nil || again.Outcome != "COMPLETED" {
		t.Fatal(again, err)
	}
	if view, err := orders.View(ctx, reference); err != nil || view.Attachments[0].FileName != "Ausweis – Größe.pdf" {
		t.Fatal(view, err)
	}
	if _, err := orders.Register(ctx, reference, kycOf(t, "au-registration.json")); !errors.Is(err, ErrEnded) {
		t.Fatal(err)
	}
	if _, err := orders.Attach(ctx, reference, identity()); !errors.Is(err, ErrEnded) {
		t.Fatal(err)
	}
}

func TestStartsOneOrderHoweverOftenItIsCalled(t *testing.T) {
	ctx, orders := connected(t)
	request := aRequest()
	if err := errors.Join(orders.Start(ctx, request), orders.Start(ctx, request)); err != nil {
		t.Fatal(err)
	}
	description, err := orders.temporal.DescribeWorkflow(ctx, WorkflowID(request.Reference), "")
	if err != nil {
		t.Fatal(err)
	}
	if summary, err := description.GetStaticSummary(); err != nil || summary != "AU MOBILE" {
		t.Fatal(summary, err)
	}
	other := request
	other.OnExpiry = "renew"
	if err := orders.Start(ctx, other); !errors.Is(err, ErrMismatch) {
		t.Fatal(err)
	}
	if err := orders.Cancel(ctx, request.Reference, "a reason that nobody may read", "the test"); err != nil {
		t.Fatal(err)
	}
	if result, err := orders.Result(ctx, request.Reference); err != nil || result.Outcome != "CANCELLED" {
		t.Fatal(result, err)
	}
	history := orders.temporal.GetWorkflowHistory(ctx, WorkflowID(request.Reference), "", false, 0)
	for history.HasNext() {
		event, err := history.Next()
		if err != nil || strings.Contains(event.String(), "a reason that nobody may read") {
			t.Fatal("in plain text", err)
		}
	}
}

func TestSaysWhichFieldOfARequestTheOrderRefuses(t *testing.T) {
	ctx, orders := connected(t)
	request := aRequest()
	request.CorrectionWindow = "soon"
	_, err := orders.Reserve(ctx, request)
	var failed *FailedError
	if !errors.As(err, &failed) || failed.Type != "InvalidRequest" || failed.Violations[0].Field != "correctionWindow" {
		t.Fatal(err)
	}
	if _, err := orders.Result(ctx, request.Reference); !errors.As(err, &failed) {
		t.Fatal(err)
	}
}

func TestTellsWhatIsNotThereAndWhoIsNotLetIn(t *testing.T) {
	ctx, orders := connected(t)
	missing := "go-" + uuid.NewString()
	if _, err := orders.View(ctx, missing); !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
	if _, err := orders.Attach(ctx, missing, identity()); !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
	stranger := New(orders.temporal, Options{Intake: &Intake{URL: orders.intake.URL, Token: "a token that nobody knows"}})
	var refused *IntakeError
	if _, err := stranger.Attach(ctx, missing, identity()); !errors.As(err, &refused) || refused.Problem != "not-authenticated" {
		t.Fatal(err)
	}
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile("../../" + path)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

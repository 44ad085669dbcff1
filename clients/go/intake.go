package numberorders

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Intake is where `number-orders intake` is, and the token of this service there, whose scope has `documents`.
type Intake struct {
	URL   string
	Token string
	// HTTP is http.DefaultClient when left out.
	HTTP *http.Client
}

// Document is what is attached. Content is read to its end.
type Document struct {
	AttachmentID string
	FileName     string
	MimeType     string
	DocumentType string
	Content      io.Reader
}

func (i *Intake) attach(ctx context.Context, reference string, document Document) (*KycAnswer, error) {
	address := fmt.Sprintf("%s/v1/orders/%s/attachments/%s", strings.TrimRight(i.URL, "/"), url.PathEscape(reference), url.PathEscape(document.AttachmentID))
	if document.DocumentType != "" {
		address += "?documentType=" + url.QueryEscape(document.DocumentType)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, address, document.Content)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+i.Token)
	request.Header.Set("Content-Type", document.MimeType)
	request.Header.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(document.FileName))
	client := i.HTTP
	if client == nil {
		client = http.DefaultClient
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == http.StatusOK {
		answer := &KycAnswer{}
		return answer, json.Unmarshal(body, answer)
	}
	return nil, problemIn(response.StatusCode, reference, body)
}

func problemIn(status int, reference string, body []byte) error {
	var problem struct{ Type, Title, Detail string }
	// A proxy before the intake may answer with anything.
	_ = json.Unmarshal(body, &problem)
	name := strings.TrimPrefix(problem.Type, "urn:number-orders:")
	switch name {
	case "not-found":
		return fmt.Errorf("order %s: %w", reference, ErrNotFound)
	case "order-ended":
		return fmt.Errorf("order %s: %w", reference, ErrEnded)
	case "":
		name = "unknown"
	}
	if problem.Detail == "" {
		problem.Detail = problem.Title
	}
	return &IntakeError{Status: status, Problem: name, Reason: problem.Detail}
}

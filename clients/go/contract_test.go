package numberorders

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	commonpb "go.temporal.io/api/common/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"encoding/json"
)

func payloadOf(t *testing.T, text json.RawMessage) *commonpb.Payload {
	t.Helper()
	payload := &commonpb.Payload{}
	if err := protojson.Unmarshal(text, payload); err != nil {
		t.Fatal(err)
	}
	return payload
}

func TestReadsAndWritesPayloadsAsTheServiceDoes(t *testing.T) {
	var vectors struct {
		Keys    []struct{ ID, Key string }
		Vectors []struct {
			Name             string
			Plain, Encrypted json.RawMessage
		}
		Refused []struct {
			Name      string
			Encrypted json.RawMessage
		}
	}
	readJSON(t, "packages/contract/vectors/encryption.json", &vectors)
	keys := make([]string, len(vectors.Keys))
	for i, key := range vectors.Keys {
		keys[i] = key.ID + ":" + key.Key
	}
	codec, err := NewCodec(strings.Join(keys, ","))
	if err != nil {
		t.Fatal(err)
	}
	for _, vector := range vectors.Vectors {
		plain := payloadOf(t, vector.Plain)
		ours, err := codec.Encode([]*commonpb.Payload{plain})
		if err != nil || string(ours[0].Metadata[keyIDMetadata]) != vectors.Keys[0].ID {
			t.Fatal(vector.Name, err)
		}
		for _, encrypted := range []*commonpb.Payload{payloadOf(t, vector.Encrypted), ours[0]} {
			if decoded, err := codec.Decode([]*commonpb.Payload{encrypted}); err != nil || !proto.Equal(decoded[0], plain) {
				t.Error(vector.Name, err)
			}
		}
	}
	for _, refused := range vectors.Refused {
		if _, err := codec.Decode([]*commonpb.Payload{payloadOf(t, refused.Encrypted)}); err == nil {
			t.Error("is read:", refused.Name)
		}
	}
	for _, text := range []string{"", "one", "one:c2hvcnQ=", keys[0] + ","} {
		if _, err := NewCodec(text); err == nil {
			t.Error("is taken for keys:", text)
		}
	}
}

func TestTellsRequestsApartAsTheServiceDoes(t *testing.T) {
	var vectors struct {
		Vectors []struct {
			Name        string
			Request     Request
			Fingerprint string
		}
	}
	readJSON(t, "packages/contract/vectors/fingerprints.json", &vectors)
	for _, vector := range vectors.Vectors {
		if fingerprint, err := fingerprintOf(vector.Request); err != nil || fingerprint != vector.Fingerprint {
			t.Error(vector.Name, err)
		}
	}
}

func TestHasEachFieldThatTheSchemasDescribe(t *testing.T) {
	for name, model := range map[string]any{
		"number-order-request": Request{}, "registration": Registration{}, "attachment": StoredAttachment{},
		"cancel-request": cancelRequest{}, "kyc-answer": KycAnswer{}, "reservation-answer": Reservation{},
		"order-view": View{}, "number-order-result": Result{}, "failure-details": failureDetails{},
	} {
		var schema map[string]any
		readJSON(t, "packages/contract/schemas/"+name+".json", &schema)
		definitions, _ := schema["$defs"].(map[string]any)
		compare(t, name, schema, definitions, reflect.TypeOf(model))
	}
}

// compare looks at names and at what is an object, a list or a value, at any depth.
func compare(t *testing.T, where string, schema any, definitions map[string]any, model reflect.Type) {
	properties, items := map[string]any{}, []any{}
	gather(schema, definitions, properties, &items)
	for model.Kind() == reflect.Pointer {
		model = model.Elem()
	}
	if len(items) > 0 {
		if model.Kind() != reflect.Slice {
			t.Error(where, "is a list")
			return
		}
		compare(t, where+"[]", items[0], definitions, model.Elem())
		return
	}
	if len(properties) == 0 {
		return
	}
	if model.Kind() != reflect.Struct {
		t.Error(where, "is an object")
		return
	}
	known := []string{}
	for i := range model.NumField() {
		name, _, _ := strings.Cut(model.Field(i).Tag.Get("json"), ",")
		known = append(known, name)
		if property, there := properties[name]; there {
			compare(t, where+"."+name, property, definitions, model.Field(i).Type)
		} else {
			t.Error(where, "has no", name)
		}
	}
	for name := range properties {
		if !slices.Contains(known, name) {
			t.Error(where, "lacks", name)
		}
	}
}

// gather puts the members of a union together.
func gather(schema any, definitions map[string]any, properties map[string]any, items *[]any) {
	object, _ := schema.(map[string]any)
	if reference, is := object["$ref"].(string); is {
		gather(definitions[strings.TrimPrefix(reference, "#/$defs/")], definitions, properties, items)
	}
	union, _ := object["anyOf"].([]any)
	for _, member := range union {
		gather(member, definitions, properties, items)
	}
	own, _ := object["properties"].(map[string]any)
	for name, property := range own {
		properties[name] = property
	}
	if item, there := object["items"]; there {
		*items = append(*items, item)
	}
}

package numberorders

import (
	"bytes"
	"compress/zlib"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"regexp"
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/proto"
)

const (
	encrypted     = "binary/encrypted"
	deflated      = "binary/zlib"
	keyIDMetadata = "encryption-key-id"
	ivBytes       = 12
	keyBytes      = 32
	// More than Temporal takes of a payload that is not deflated.
	mostInflatedBytes = 4 << 20
)

var keyIDPattern = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// Codec encrypts payloads as the service does: packages/contract/vectors/README.md describes how they look. The first key
// encrypts, all decrypt; payloads in plain text pass.
type Codec struct {
	current string
	ciphers map[string]cipher.AEAD
}

var _ converter.PayloadCodec = (*Codec)(nil)

// NewCodec reads "id:base64key[,id:base64key…]", the form of NUMBER_ORDERS_ENCRYPTION_KEYS. Its errors name no key's value.
func NewCodec(keys string) (*Codec, error) {
	codec := &Codec{ciphers: map[string]cipher.AEAD{}}
	for index, entry := range strings.Split(keys, ",") {
		id, encoded, _ := strings.Cut(strings.TrimSpace(entry), ":")
		key, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || len(key) != keyBytes || !keyIDPattern.MatchString(id) {
			return nil, fmt.Errorf("NUMBER_ORDERS_ENCRYPTION_KEYS must be id:base64key, separated by commas, each key 32 bytes: see key %d", index+1)
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		if codec.ciphers[id], err = cipher.NewGCM(block); err != nil {
			return nil, err
		}
		if index == 0 {
			codec.current = id
		}
	}
	return codec, nil
}

// DataConverter is for a Temporal client of your own.
func (c *Codec) DataConverter() converter.DataConverter {
	return converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), c)
}

func (c *Codec) Encode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	return each(payloads, c.encrypt)
}

func (c *Codec) Decode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	return each(payloads, c.decrypt)
}

func (c *Codec) encrypt(payload *commonpb.Payload) (*commonpb.Payload, error) {
	plain, err := proto.Marshal(payload)
	if err != nil {
		return nil, err
	}
	iv := make([]byte, ivBytes)
	if _, err := rand.Read(iv); err != nil {
		return nil, err
	}
	return &commonpb.Payload{
		Metadata: map[string][]byte{converter.MetadataEncoding: []byte(encrypted), keyIDMetadata: []byte(c.current)},
		Data:     c.ciphers[c.current].Seal(iv, iv, plain, boundTo(c.current)),
	}, nil
}

func (c *Codec) decrypt(payload *commonpb.Payload) (*commonpb.Payload, error) {
	if string(payload.GetMetadata()[converter.MetadataEncoding]) != encrypted {
		return payload, nil
	}
	id := string(payload.GetMetadata()[keyIDMetadata])
	opener, known := c.ciphers[id]
	if !known {
		return nil, fmt.Errorf("the key %q is missing: this client needs the encryption keys of the workers", id)
	}
	damaged := fmt.Errorf("a payload under the key %q is damaged", id)
	if len(payload.GetData()) < ivBytes {
		return nil, damaged
	}
	plain, err := opener.Open(nil, payload.GetData()[:ivBytes], payload.GetData()[ivBytes:], boundTo(id))
	if err != nil {
		return nil, damaged
	}
	inner := &commonpb.Payload{}
	if err := proto.Unmarshal(plain, inner); err != nil {
		return nil, damaged
	}
	if string(inner.GetMetadata()[converter.MetadataEncoding]) != deflated {
		return inner, nil
	}
	return inflate(inner.GetData(), damaged)
}

func inflate(data []byte, damaged error) (*commonpb.Payload, error) {
	reader, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, damaged
	}
	plain, err := io.ReadAll(io.LimitReader(reader, mostInflatedBytes+1))
	if err != nil || len(plain) > mostInflatedBytes {
		return nil, damaged
	}
	payload := &commonpb.Payload{}
	if err := proto.Unmarshal(plain, payload); err != nil {
		return nil, damaged
	}
	return payload, nil
}

// The metadata around a ciphertext is as authentic as the ciphertext.
func boundTo(id string) []byte {
	return []byte(encrypted + "\x00" + id)
}

func each(payloads []*commonpb.Payload, change func(*commonpb.Payload) (*commonpb.Payload, error)) ([]*commonpb.Payload, error) {
	changed := make([]*commonpb.Payload, len(payloads))
	for i, payload := range payloads {
		var err error
		if changed[i], err = change(payload); err != nil {
			return nil, err
		}
	}
	return changed, nil
}

package numberorders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codec, by the vectors of packages/contract. */
class EncryptionCodecTest {
  private static final JsonNode VECTORS = read("../../packages/contract/vectors/encryption.json");
  private static final JsonNode KEYS = VECTORS.get("keys");
  private static final String KEY = "FLb+tHCcYXge6JlJMbSRyGcKTNxOsmCZhO36B3CkArU=";
  private static final EncryptionCodec CODEC = new EncryptionCodec(
      StreamSupport.stream(KEYS.spliterator(), false)
          .map(key -> key.get("id").asText() + ":" + key.get("key").asText())
          .collect(Collectors.joining(",")));

  static Iterable<JsonNode> vectors() {
    return VECTORS.get("vectors");
  }

  static Iterable<JsonNode> refused() {
    return VECTORS.get("refused");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void readsWhatTheServiceWrites(JsonNode vector) throws IOException {
    assertEquals(payload(vector.get("plain")), decode(payload(vector.get("encrypted"))));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void readsWhatItWritesUnderTheFirstKey(JsonNode vector) throws IOException {
    Payload plain = payload(vector.get("plain"));
    Payload encrypted = CODEC.encode(List.of(plain)).get(0);
    assertEquals(
        KEYS.get(0).get("id").asText(),
        encrypted.getMetadataOrThrow("encryption-key-id").toStringUtf8());
    assertEquals(plain, decode(encrypted));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void readsNothingThatWasChanged(JsonNode vector) throws IOException {
    Payload changed = payload(vector.get("encrypted"));
    assertThrows(PayloadCodecException.class, () -> decode(changed));
  }

  @Test
  void letsPlainPayloadsPass() throws IOException {
    Payload plain = payload(VECTORS.get("vectors").get(0).get("plain"));
    assertEquals(plain, decode(plain));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", "one:c2hvcnQ=", "o/ne:" + KEY, "one:" + KEY + ","})
  void namesTheKeyThatIsMalformedAndNotItsValue(String text) {
    String told = assertThrows(IllegalArgumentException.class, () -> new EncryptionCodec(text)).getMessage();
    assertTrue(told.matches(".* see key [12]"));
    assertFalse(told.contains("c2hvcnQ=") || told.contains(KEY));
  }

  private static Payload decode(Payload payload) {
    return CODEC.decode(List.of(payload)).get(0);
  }

  private static Payload payload(JsonNode json) throws IOException {
    Payload.Builder payload = Payload.newBuilder();
    JsonFormat.parser().merge(json.toString(), payload);
    return payload.build();
  }

  private static JsonNode read(String path) {
    try {
      return new ObjectMapper().readTree(new File(path));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}

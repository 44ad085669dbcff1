package numberorders;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts payloads as the service does: packages/contract/vectors/README.md describes how they look. The first key
 * encrypts, all decrypt; payloads in plain text pass.
 */
public final class EncryptionCodec implements PayloadCodec {
  private static final ByteString ENCRYPTED = ByteString.copyFromUtf8("binary/encrypted");
  private static final ByteString DEFLATED = ByteString.copyFromUtf8("binary/zlib");
  private static final String ENCODING = "encoding";
  private static final String KEY_ID = "encryption-key-id";
  private static final Pattern KEY_ID_PATTERN = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int IV_BYTES = 12;
  private static final int KEY_BYTES = 32;
  private static final int TAG_BYTES = 16;
  // More than Temporal takes of a payload that is not deflated.
  private static final int MOST_INFLATED_BYTES = 4 * 1024 * 1024;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, SecretKey> keys = new LinkedHashMap<>();
  private final String current;

  /**
   * Reads {@code id:base64key[,id:base64key…]}, the form of NUMBER_ORDERS_ENCRYPTION_KEYS.
   *
   * @throws IllegalArgumentException names no key's value
   */
  public EncryptionCodec(String text) {
    String[] entries = text.split(",", -1);
    for (int index = 0; index < entries.length; index++) {
      String[] parts = entries[index].trim().split(":", 2);
      byte[] key = parts.length == 2 ? decoded(parts[1]) : new byte[0];
      if (key.length != KEY_BYTES || !KEY_ID_PATTERN.matcher(parts[0]).matches()) {
        throw new IllegalArgumentException(
            "NUMBER_ORDERS_ENCRYPTION_KEYS must be id:base64key, separated by commas, each key 32 bytes: see key "
                + (index + 1));
      }
      keys.put(parts[0], new SecretKeySpec(key, "AES"));
    }
    current = keys.keySet().iterator().next();
  }

  /** For a Temporal client. */
  public DataConverter dataConverter() {
    return new CodecDataConverter(DefaultDataConverter.newDefaultInstance(), List.of(this));
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads.stream().map(this::encrypt).toList();
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::decrypt).toList();
  }

  private Payload encrypt(Payload payload) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    ByteString id = ByteString.copyFromUtf8(current);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.get(current), iv, id).doFinal(payload.toByteArray());
      return Payload.newBuilder()
          .putMetadata(ENCODING, ENCRYPTED)
          .putMetadata(KEY_ID, id)
          .setData(ByteString.copyFrom(iv).concat(ByteString.copyFrom(sealed)))
          .build();
    } catch (GeneralSecurityException error) {
      throw new PayloadCodecException("a payload could not be encrypted", error);
    }
  }

  private Payload decrypt(Payload payload) {
    if (!ENCRYPTED.equals(payload.getMetadataMap().get(ENCODING))) {
      return payload;
    }
    ByteString id = payload.getMetadataOrDefault(KEY_ID, ByteString.EMPTY);
    String name = id.toStringUtf8();
    SecretKey key = keys.get(name);
    if (key == null) {
      throw new PayloadCodecException(
          "the key '" + name + "' is missing: this client needs the encryption keys of the workers");
    }
    ByteString data = payload.getData();
    try {
      if (data.size() < IV_BYTES + TAG_BYTES) {
        throw new IOException("it is too short");
      }
      byte[] iv = data.substring(0, IV_BYTES).toByteArray();
      byte[] plain = cipher(Cipher.DECRYPT_MODE, key, iv, id).doFinal(data.substring(IV_BYTES).toByteArray());
      return inflated(Payload.parseFrom(plain));
    } catch (GeneralSecurityException | IOException error) {
      throw new PayloadCodecException("a payload under the key '" + name + "' is damaged", error);
    }
  }

  /** The metadata around a ciphertext is as authentic as the ciphertext. */
  private static Cipher cipher(int mode, SecretKey key, byte[] iv, ByteString id) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
    cipher.updateAAD(ENCRYPTED.toByteArray());
    cipher.updateAAD(new byte[] {0});
    cipher.updateAAD(id.toByteArray());
    return cipher;
  }

  private static Payload inflated(Payload payload) throws IOException {
    if (!DEFLATED.equals(payload.getMetadataMap().get(ENCODING))) {
      return payload;
    }
    try (var inflater = new InflaterInputStream(new ByteArrayInputStream(payload.getData().toByteArray()))) {
      byte[] plain = inflater.readNBytes(MOST_INFLATED_BYTES + 1);
      if (plain.length > MOST_INFLATED_BYTES) {
        throw new IOException("it inflates to more than it may");
      }
      return Payload.parseFrom(plain);
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException error) {
      return new byte[0];
    }
  }
}

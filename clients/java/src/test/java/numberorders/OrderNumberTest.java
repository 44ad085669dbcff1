package numberorders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.failure.ApplicationFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import numberorders.example.OrderNumber;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example at a real Temporal server, a worker, an intake and a fake Sinch, encrypted. */
@Timeout(90)
class OrderNumberTest {
  private static final Path EXAMPLES = Path.of("../../demo/examples");
  private static WorkflowClient client;

  private final String reference = "java-" + UUID.randomUUID();

  @BeforeAll
  static void connect() throws IOException {
    assertNotNull(
        System.getenv("NUMBER_ORDERS_INTAKE_TOKEN"),
        "run `npm run test:clients`: it starts what these tests speak to");
    client = OrderNumber.connect();
  }

  @AfterAll
  static void close() {
    client.getWorkflowServiceStubs().shutdown();
  }

  @Test
  void ordersANumberToItsEndThoughTheFirstRegistrationIsRefused() throws IOException, InterruptedException {
    JsonNode reservation = reserved();
    assertEquals("AWAITING_KYC", reservation.get("stage").asText());
    assertEquals(1, reservation.get("phoneNumbers").size());

    JsonNode refused = OrderNumber.register(client, reference, kyc("au-registration-with-mistakes.json"));
    assertEquals("REFUSED", refused.get("status").asText());
    assertEquals(2, refused.get("violations").size());
    JsonNode accepted = OrderNumber.register(client, reference, kyc("au-registration.json"));
    assertEquals("ACCEPTED", accepted.get("status").asText());
    JsonNode attached = OrderNumber.attach(reference, EXAMPLES.resolve("identity.pdf"));
    assertTrue(List.of("ACCEPTED", "KEPT").contains(attached.get("status").asText()));

    JsonNode result = OrderNumber.follow(client, reference);
    assertEquals("COMPLETED", result.get("outcome").asText());
    assertEquals(reservation.get("phoneNumbers"), result.get("phoneNumbers"));
    assertThrows(WorkflowServiceException.class, () -> OrderNumber.reserve(client, reference));
  }

  @Test
  void startsOneOrderHoweverOftenItIsCalledAndKeepsWhatItSendsFromThoseWhoReadTemporal() throws InterruptedException {
    assertEquals(reserved().get("phoneNumbers"), reserved().get("phoneNumbers"));
    order().cancel(Map.of("author", "the test", "reason", "a reason that nobody may read"));
    assertEquals("CANCELLED", OrderNumber.follow(client, reference).get("outcome").asText());
    String history = client.fetchHistory("number-order-" + reference).toJson(false);
    assertFalse(history.contains("a reason that nobody may read"));
  }

  @Test
  void isToldWhatIsWrongWithARequest() {
    WorkflowOptions options =
        WorkflowOptions.newBuilder().setWorkflowId("number-order-" + reference).setTaskQueue("number-orders").build();
    NumberOrder order = client.newWorkflowStub(NumberOrder.class, options);
    WorkflowFailedException failed =
        assertThrows(WorkflowFailedException.class, () -> order.run(Map.of("reference", reference)));
    ApplicationFailure cause = assertInstanceOf(ApplicationFailure.class, failed.getCause());
    assertEquals("InvalidRequest", cause.getType());
    assertTrue(cause.getOriginalMessage().contains("regionCode"), cause.getOriginalMessage());
  }

  /** It answers within seconds, if only how the order stands. */
  private JsonNode reserved() throws InterruptedException {
    JsonNode answer = OrderNumber.reserve(client, reference);
    while (List.of("LOOKING_UP", "RESERVING").contains(answer.get("stage").asText())) {
      Thread.sleep(500);
      answer = order().order();
    }
    return answer;
  }

  private NumberOrder order() {
    return client.newWorkflowStub(NumberOrder.class, "number-order-" + reference);
  }

  private static JsonNode kyc(String file) throws IOException {
    return new ObjectMapper().readTree(new File(EXAMPLES.toFile(), file)).get("data");
  }
}

package numberorders.example;

import static io.temporal.api.enums.v1.WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;
import static io.temporal.api.enums.v1.WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import numberorders.EncryptionCodec;
import numberorders.NumberOrder;

/** Orders a number in Australia, from its reservation to its end, in the folder demo/examples. Takes a reference. */
public final class OrderNumber {
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String reference = arguments[0];
    WorkflowClient client = connect();
    reserve(client, reference);
    register(client, reference, new ObjectMapper().readTree(new File("au-registration.json")).get("data"));
    attach(reference, Path.of("identity.pdf"));
    follow(client, reference);
    client.getWorkflowServiceStubs().shutdown();
  }

  /** Reads the environment: TEMPORAL_ADDRESS, NUMBER_ORDERS_ENCRYPTION_KEYS, … */
  public static WorkflowClient connect() throws IOException {
    ClientConfigProfile profile = ClientConfigProfile.load();
    WorkflowClientOptions.Builder options = profile.toWorkflowClientOptions().toBuilder();
    String keys = System.getenv("NUMBER_ORDERS_ENCRYPTION_KEYS");
    if (keys != null && !keys.isEmpty()) {
      options.setDataConverter(new EncryptionCodec(keys).dataConverter());
    }
    return WorkflowClient.newInstance(
        WorkflowServiceStubs.newServiceStubs(profile.toWorkflowServiceStubsOptions()), options.build());
  }

  public static JsonNode reserve(WorkflowClient client, String reference) {
    // docs: start
    NumberOrder order = client.newWorkflowStub(
        NumberOrder.class,
        WorkflowOptions.newBuilder()
            .setWorkflowId("number-order-" + reference)
            .setTaskQueue("number-orders")
            .setWorkflowIdConflictPolicy(WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setWorkflowIdReusePolicy(WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
            .setStaticSummary("AU MOBILE") // shown in the Web UI
            .build());
    Map<String, ?> request = Map.of(
        "reference", reference, // your own unique key, never personal data: starting it twice is one order
        "regionCode", "AU",
        "numberType", "MOBILE",
        "selection", Map.of("search", Map.of("capabilities", List.of("SMS"))));
    JsonNode reservation = WorkflowClient.executeUpdateWithStart(
        order::reservation,
        UpdateOptions.<JsonNode>newBuilder().build(),
        new WithStartWorkflowOperation<>(order::run, request));
    // docs: end
    return reservation;
  }

  public static JsonNode register(WorkflowClient client, String reference, Object kyc) {
    // docs: register
    NumberOrder order = client.newWorkflowStub(NumberOrder.class, "number-order-" + reference);
    JsonNode answer = order.submitRegistration(Map.of("data", kyc));
    for (JsonNode violation : answer.get("violations")) { // REFUSED: correct it and send it again
      System.out.println(violation.get("field").asText() + ": " + violation.get("description").asText());
    }
    // docs: end
    return answer;
  }

  public static JsonNode attach(String reference, Path document) throws IOException, InterruptedException {
    String intake = System.getenv("NUMBER_ORDERS_INTAKE_URL");
    String token = System.getenv("NUMBER_ORDERS_INTAKE_TOKEN");
    // docs: attach
    String attachmentId = "01jxn21ykc3vq8m5d7e0ga4hfr"; // Sinch's: requirements.attachments has its title
    HttpRequest request = HttpRequest.newBuilder()
        .uri(URI.create(intake + "/v1/orders/" + reference + "/attachments/" + attachmentId))
        .header("authorization", "Bearer " + token)
        .header("content-type", "application/pdf")
        .header("content-disposition", "attachment; filename=\"identity.pdf\"")
        .PUT(BodyPublishers.ofFile(document))
        .build();
    HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    // docs: end
    return new ObjectMapper().readTree(response.body());
  }

  public static JsonNode follow(WorkflowClient client, String reference) {
    // docs: follow
    NumberOrder order = client.newWorkflowStub(NumberOrder.class, "number-order-" + reference);
    JsonNode view = order.order();
    System.out.println(view.get("stage").asText() + " " + view.get("missingTitles"));

    JsonNode result = WorkflowStub.fromTyped(order).getResult(JsonNode.class);
    System.out.println(result.get("outcome").asText() + " " + result.get("phoneNumbers"));
    // docs: end
    return result;
  }
}

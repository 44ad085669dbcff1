package numberorders;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Map;

/** What an order is sent: packages/contract/schemas describes each argument and answer. */
@WorkflowInterface
public interface NumberOrder {
  @WorkflowMethod(name = "numberOrder")
  JsonNode run(Map<String, ?> request);

  /** What could be reserved, or after 5 seconds how the order stands. */
  @UpdateMethod
  JsonNode reservation();

  @UpdateMethod
  JsonNode submitRegistration(Map<String, ?> registration);

  @SignalMethod
  void cancel(Map<String, ?> reason);

  @QueryMethod
  JsonNode order();
}

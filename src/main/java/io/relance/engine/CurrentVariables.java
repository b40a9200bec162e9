package io.relance.engine;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.JsonMapper;
import io.camunda.client.api.response.ActivatedJob;
import io.relance.kernel.PayerIds;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Reads the variables of a job as its worker wants them. A process keeps the payer's id that it
 * began with; the facts win: a payer who was merged meanwhile is the one that is left.
 */
@Component
class CurrentVariables {

  private static final String PAYER = "payerId";

  /**
   * @param ofFormerPayer whether the variable names a payer who was merged into another one
   */
  record Read<I>(I input, boolean ofFormerPayer) {}

  private final PayerIds payers;
  private final JsonMapper json;

  CurrentVariables(CamundaClient client, PayerIds payers) {
    this.payers = payers;
    this.json = client.getConfiguration().getJsonMapper();
  }

  <I> Read<I> of(ActivatedJob job, Class<I> type) {
    // only what the worker asks for was fetched
    if (job.getVariablesAsMap().get(PAYER) instanceof Number known) {
      long current = payers.current(known.longValue());
      if (current != known.longValue()) {
        Map<String, Object> variables = new HashMap<>(job.getVariablesAsMap());
        variables.put(PAYER, current);
        return new Read<>(json.fromJson(json.toJson(variables), type), true);
      }
    }
    return new Read<>(job.getVariablesAsType(type), false);
  }
}

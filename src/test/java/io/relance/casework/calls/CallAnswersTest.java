package io.relance.casework.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tasklist and the engine's API take anything: it is read, and goes back as it was put in. */
class CallAnswersTest {

  @Test
  void partsAreReadAsTextsWhateverTheyAre() {
    CallRecords.Answer answer =
        CallAnswers.read(
            Map.of(
                "outcome", List.of("promised"),
                "promisedAmount", 1250,
                "note", Map.of("a", true),
                "instalments", Map.of("count", 3, "rhythm", "monthly")));
    assertThat(answer.outcome()).isEqualTo("[promised]");
    assertThat(answer.promisedAmount()).isEqualTo("1250");
    assertThat(answer.note()).isEqualTo("{a=true}");
    assertThat(answer.instalments()).isEqualTo(new CallRecords.Wish("3", null, "monthly", null));
    assertThat(answer.promisedFor()).isNull();
  }

  @Test
  void nothingAtAllIsNoAnswer() {
    assertThat(CallAnswers.read(null).outcome()).isNull();
    assertThat(CallAnswers.read(Map.of("instalments", "many")).instalments())
        .isEqualTo(new CallRecords.Wish(null, null, null, null));
  }

  @Test
  void whatCameIsGivenBackByTheNamesOfTheForm() {
    Map<String, @Nullable Object> call = new HashMap<>();
    call.put("outcome", "sing");
    call.put("reason", null);
    call.put("instalments", Map.of("count", 4));
    assertThat(CallAnswers.fieldsOf(CallAnswers.read(call)))
        .containsEntry("callOutcome", "sing")
        .containsEntry("instalmentCount", "4")
        .containsEntry("nonpaymentReason", null)
        .hasSize(13);
  }
}

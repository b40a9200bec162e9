package io.relance.access;

import java.security.Principal;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes tokens for whoever asks, with their own rights. */
@RestController
class TokenController {

  record NewToken(String name) {}

  private final ApiTokens tokens;

  TokenController(ApiTokens tokens) {
    this.tokens = tokens;
  }

  @PostMapping("/api/v1/tokens")
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, String> create(@RequestBody NewToken request, Principal principal) {
    return Map.of("token", tokens.create(principal.getName(), request.name()));
  }
}

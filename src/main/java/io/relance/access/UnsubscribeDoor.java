package io.relance.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The door for payers who want no more mails: open to everybody, without a session. Its form
 * carries a CSRF token; the one click of RFC 8058 comes from a mail provider, which has none and
 * needs none: the address itself is the secret.
 */
@Configuration(proxyBeanMethods = false)
class UnsubscribeDoor {

  private static final int BODY_BYTES_MAX = 4096;

  private static final String CONTENT_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  @Bean
  @Order(2)
  SecurityFilterChain unsubscribe(HttpSecurity http) throws Exception {
    return http.securityMatcher("/unsubscribe/**")
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .csrf(
            csrf ->
                csrf.csrfTokenRepository(new CookieCsrfTokenRepository())
                    .ignoringRequestMatchers(UnsubscribeDoor::isOneClick))
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
        .addFilterBefore(new SmallBodyFilter(), CsrfFilter.class)
        .build();
  }

  private static boolean isOneClick(HttpServletRequest request) {
    return "One-Click".equals(request.getParameter("List-Unsubscribe"));
  }

  /** Bodies are read before anybody knows who sends them: only small ones of a known length are. */
  private static final class SmallBodyFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      if (request.getHeader("Transfer-Encoding") != null) {
        response.sendError(HttpServletResponse.SC_LENGTH_REQUIRED);
      } else if (request.getContentLengthLong() > BODY_BYTES_MAX) {
        response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
      } else {
        chain.doFilter(request, response);
      }
    }
  }
}

package io.relance.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/**
 * Three doors. The API takes HTTP Basic or a token, keeps no session and so needs no CSRF token;
 * the pages take a form log-in, a session and a CSRF token; of the actuator only bare health is
 * public.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  private static final String CONTENT_POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none';"
          + " frame-ancestors 'self'; base-uri 'self'; form-action 'self'";

  @Bean
  static PasswordEncoder passwordEncoder() {
    return new BCryptPasswordEncoder();
  }

  @Bean
  @Order(1)
  SecurityFilterChain api(HttpSecurity http, ApiTokens tokens, Users users) throws Exception {
    return http.securityMatcher("/api/**", "/v3/api-docs/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/api/v1/clock/**")
                    .hasAnyRole("ADMIN", "MANAGER")
                    .requestMatchers(
                        "/api/v1/imports/**", "/api/v1/collections/**", "/api/v1/incidents/**")
                    .hasAnyRole("ADMIN", "MANAGER")
                    .requestMatchers(HttpMethod.POST, "/api/v1/tasks/**")
                    .hasAnyRole("AGENT", "ADMIN", "MANAGER")
                    .requestMatchers(HttpMethod.POST, "/api/v1/tokens")
                    .authenticated()
                    .requestMatchers(HttpMethod.GET, "/**")
                    .authenticated()
                    .anyRequest()
                    .hasAnyRole("ADMIN", "MANAGER"))
        .csrf(csrf -> csrf.disable())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .httpBasic(Customizer.withDefaults())
        .addFilterBefore(new TokenFilter(tokens, users), BasicAuthenticationFilter.class)
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain actuator(HttpSecurity http) throws Exception {
    return http.securityMatcher("/actuator/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/actuator/health/**")
                    .permitAll()
                    .anyRequest()
                    .hasRole("ADMIN"))
        .csrf(csrf -> csrf.disable())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .httpBasic(Customizer.withDefaults())
        .build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        "/login",
                        "/css/**",
                        "/js/**",
                        "/vendor/**",
                        "/webjars/**",
                        "/favicon.svg",
                        "/error")
                    .permitAll()
                    .requestMatchers("/operations/**", "/imports/**")
                    .hasAnyRole("ADMIN", "MANAGER")
                    .requestMatchers(HttpMethod.POST, "/tasks/**")
                    .hasAnyRole("AGENT", "ADMIN", "MANAGER")
                    .anyRequest()
                    .authenticated())
        .formLogin(login -> login.loginPage("/login").defaultSuccessUrl("/tasks", false))
        .logout(logout -> logout.logoutSuccessUrl("/login?out"))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                    .frameOptions(frames -> frames.sameOrigin()))
        .build();
  }
}

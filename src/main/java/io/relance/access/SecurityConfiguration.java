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
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Four doors. The API takes HTTP Basic or a token, keeps no session, and refuses what another
 * site's page makes a browser send; the pages take a form log-in, a session and a CSRF token; of
 * the actuator only bare health is public; the hooks are open to everybody, and check who signed
 * what they are told.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  private static final String CONTENT_POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'"
          + " data:; object-src 'none'; frame-ancestors 'self'; base-uri 'self'; form-action"
          + " 'self'";

  @Bean
  static PasswordEncoder passwordEncoder() {
    return new RecentPasswords(new BCryptPasswordEncoder());
  }

  /** Invoice and customer numbers stand in paths, and they may hold a slash or a percent sign. */
  @Bean
  static HttpFirewall httpFirewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowUrlEncodedSlash(true);
    firewall.setAllowUrlEncodedDoubleSlash(true);
    firewall.setAllowUrlEncodedPercent(true);
    firewall.setAllowBackSlash(true);
    firewall.setAllowSemicolon(true);
    return firewall;
  }

  @Bean
  @Order(1)
  SecurityFilterChain api(HttpSecurity http, ApiTokens tokens, Users users) throws Exception {
    return http.securityMatcher("/api/**", "/v3/api-docs/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(HttpMethod.PUT, "/api/v1/rates/**", "/api/v1/creditors/**")
                    .hasRole("ADMIN")
                    .requestMatchers(HttpMethod.DELETE, "/api/v1/creditors/**")
                    .hasRole("ADMIN")
                    .requestMatchers("/api/v1/letters/**", "/api/v1/invoices/*/document")
                    .hasAnyRole("AGENT", "ADMIN", "MANAGER")
                    .requestMatchers(
                        "/api/v1/clock/**",
                        "/api/v1/customers/*/merge",
                        "/api/v1/customers/*/erase")
                    .hasAnyRole("ADMIN", "MANAGER")
                    .requestMatchers(
                        "/api/v1/imports/**",
                        "/api/v1/collections/**",
                        "/api/v1/incidents/**",
                        "/api/v1/analytics/**",
                        "/api/v1/me/**",
                        "/api/v1/workload/**")
                    .hasAnyRole("ADMIN", "MANAGER")
                    .requestMatchers(
                        HttpMethod.POST,
                        "/api/v1/tasks/**",
                        "/api/v1/signals/**",
                        "/api/v1/calls/**",
                        "/api/v1/payments/**",
                        "/api/v1/inbox/**")
                    .hasAnyRole("AGENT", "ADMIN", "MANAGER")
                    .requestMatchers(
                        "/api/v1/customers/*/hold",
                        "/api/v1/customers/*/insolvency",
                        "/api/v1/customers/*/credit",
                        "/api/v1/invoices/*/hold",
                        "/api/v1/invoices/*/dispute",
                        "/api/v1/invoices/*/promise",
                        "/api/v1/invoices/*/handover",
                        "/api/v1/customers/*/plans/**",
                        "/api/v1/customers/*/opt-outs/**",
                        "/api/v1/customers/*/opt-ins/**",
                        "/api/v1/customers/*/signals",
                        "/api/v1/customers/*/messages",
                        "/api/v1/customers/*/notes",
                        "/api/v1/customers/*/payments",
                        "/api/v1/customers/*/promises",
                        "/api/v1/customers/*/contacts/**",
                        "/api/v1/customers/*/questions/**",
                        "/api/v1/customers/*/files/**",
                        "/api/v1/customers/*/acts/**",
                        "/api/v1/questions",
                        "/api/v1/plans/**")
                    .hasAnyRole("AGENT", "ADMIN", "MANAGER")
                    .requestMatchers(HttpMethod.POST, "/api/v1/processes/**")
                    .hasAnyRole("ADMIN", "MANAGER")
                    .requestMatchers(
                        "/api/v1/models/**",
                        "/api/v1/templates/**",
                        "/api/v1/processes/**",
                        "/api/v1/studio/running/**")
                    .hasAnyRole("DESIGNER", "ADMIN", "MANAGER")
                    .requestMatchers("/api/v1/studio/**")
                    .hasAnyRole("DESIGNER", "ADMIN")
                    .requestMatchers("/api/v1/absences/**", "/api/v1/task-views/**")
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
        .addFilterBefore(new SameOriginFilter(), BasicAuthenticationFilter.class)
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
  SecurityFilterChain hooks(HttpSecurity http) throws Exception {
    return http.securityMatcher("/hooks/**")
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .csrf(csrf -> csrf.disable())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }

  @Bean
  @Order(4)
  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        "/login",
                        "/language",
                        "/css/**",
                        "/js/**",
                        "/vendor/**",
                        "/favicon.svg",
                        "/error")
                    .permitAll()
                    .requestMatchers(HttpMethod.POST, "/rates/**")
                    .hasRole("ADMIN")
                    .requestMatchers(
                        "/figures/**",
                        "/operations/**",
                        "/imports/**",
                        "/rates/**",
                        "/teams/**",
                        "/workload/**")
                    .hasAnyRole("ADMIN", "MANAGER")
                    .requestMatchers("/studio/running", "/studio/running/**")
                    .hasAnyRole("DESIGNER", "ADMIN", "MANAGER")
                    .requestMatchers("/studio", "/studio/**")
                    .hasAnyRole("DESIGNER", "ADMIN")
                    .requestMatchers(HttpMethod.POST, "/flow/**")
                    .hasAnyRole("ADMIN", "MANAGER")
                    .requestMatchers("/templates/**", "/flow", "/flow/**")
                    .hasAnyRole("DESIGNER", "ADMIN", "MANAGER")
                    .requestMatchers("/letters/**", "/customers/*/files/**")
                    .hasAnyRole("AGENT", "ADMIN", "MANAGER")
                    .requestMatchers("/customers/*/merge", "/customers/*/erase")
                    .hasAnyRole("ADMIN", "MANAGER")
                    .requestMatchers(HttpMethod.POST, "/invoices/*/charges/**")
                    .hasAnyRole("ADMIN", "MANAGER")
                    .requestMatchers(
                        HttpMethod.POST,
                        "/tasks/**",
                        "/invoices/**",
                        "/customers/**",
                        "/calls/**",
                        "/payments/**",
                        "/absences/**",
                        "/inbox/**")
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

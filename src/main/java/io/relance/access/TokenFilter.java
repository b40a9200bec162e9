package io.relance.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets in who shows an API token: {@code Authorization: Bearer rl_…}. */
class TokenFilter extends OncePerRequestFilter {

  private static final String PREFIX = "Bearer ";
  private final ApiTokens tokens;
  private final Users users;

  TokenFilter(ApiTokens tokens, Users users) {
    this.tokens = tokens;
    this.users = users;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader("Authorization");
    if (header != null && header.startsWith(PREFIX)) {
      tokens
          .loginOf(header.substring(PREFIX.length()).strip())
          .map(users::loadUserByUsername)
          .filter(UserDetails::isEnabled)
          .ifPresent(
              user -> {
                var context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(
                    UsernamePasswordAuthenticationToken.authenticated(
                        user, null, user.getAuthorities()));
                SecurityContextHolder.setContext(context);
              });
    }
    chain.doFilter(request, response);
  }
}

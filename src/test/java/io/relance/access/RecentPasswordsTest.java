package io.relance.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

class RecentPasswordsTest {

  private final AtomicLong nanos = new AtomicLong();
  private final List<@Nullable CharSequence> slowly = new ArrayList<>();
  private final PasswordEncoder bcrypt = new BCryptPasswordEncoder(4);
  private final RecentPasswords passwords = new RecentPasswords(new Slow(), nanos::get);
  private final @Nullable String hash = passwords.encode("right");

  @Test
  void theRightOneIsCheckedSlowlyOnceInFiveMinutes() {
    assertThat(passwords.matches("right", hash)).isTrue();
    nanos.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
    assertThat(passwords.matches("right", hash)).isTrue();
    assertThat(slowly).hasSize(1);
    nanos.addAndGet(1);
    assertThat(passwords.matches("right", hash)).isTrue();
    assertThat(slowly).hasSize(2);
  }

  @Test
  void aWrongOneIsAlwaysCheckedSlowly() {
    assertThat(passwords.matches("right", hash)).isTrue();
    for (int guess = 0; guess < 3; guess++) {
      assertThat(passwords.matches("wrong", hash)).isFalse();
    }
    assertThat(slowly).containsExactly("right", "wrong", "wrong", "wrong");
  }

  @Test
  void afterAChangeTheOldOneIsWrong() {
    assertThat(passwords.matches("right", hash)).isTrue();
    @Nullable String changed = passwords.encode("new one");
    assertThat(passwords.matches("right", changed)).isFalse();
    assertThat(passwords.matches("new one", changed)).isTrue();
  }

  @Test
  void whatOneUserMayNoOtherMay() {
    @Nullable String other = passwords.encode("other");
    assertThat(passwords.matches("right", hash)).isTrue();
    assertThat(passwords.matches("right", other)).isFalse();
  }

  @Test
  void nothingIsNoPassword() {
    assertThat(passwords.matches("", hash)).isFalse();
    assertThat(passwords.matches("right", "")).isFalse();
  }

  private final class Slow implements PasswordEncoder {

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
      return bcrypt.encode(password);
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String stored) {
      slowly.add(password);
      return bcrypt.matches(password, stored);
    }
  }
}

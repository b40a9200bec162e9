package io.relance.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Spares who calls the API with a password the slow check for minutes after it has succeeded once.
 * A wrong password is always checked slowly. What is kept is a keyed digest of password and stored
 * hash together, under a key that only this process has: no password, and nothing that holds after
 * the password was changed.
 */
final class RecentPasswords implements PasswordEncoder {

  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final int MAX = 1_000;
  private static final String DIGEST = "HmacSHA256";

  private final PasswordEncoder slow;
  private final LongSupplier nanos;
  private final SecretKey key;
  private final Map<String, Long> checkedAt = new LinkedHashMap<>();

  RecentPasswords(PasswordEncoder slow) {
    this(slow, System::nanoTime);
  }

  RecentPasswords(PasswordEncoder slow, LongSupplier nanos) {
    this.slow = slow;
    this.nanos = nanos;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, DIGEST);
  }

  @Override
  public @Nullable String encode(@Nullable CharSequence password) {
    return slow.encode(password);
  }

  @Override
  public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
    if (password == null || hash == null) {
      return slow.matches(password, hash);
    }
    String pair = digest(password, hash);
    if (isRecent(pair)) {
      return true;
    }
    boolean right = slow.matches(password, hash);
    if (right) {
      keep(pair);
    }
    return right;
  }

  @Override
  public boolean upgradeEncoding(@Nullable String hash) {
    return slow.upgradeEncoding(hash);
  }

  private synchronized boolean isRecent(String pair) {
    Long at = checkedAt.get(pair);
    return at != null && nanos.getAsLong() - at < KEPT.toNanos();
  }

  private synchronized void keep(String pair) {
    checkedAt.remove(pair);
    checkedAt.put(pair, nanos.getAsLong());
    while (checkedAt.size() > MAX) {
      checkedAt.remove(checkedAt.keySet().iterator().next());
    }
  }

  /** A stored hash has no zero byte, so that both parts are told apart. */
  private String digest(CharSequence password, String hash) {
    try {
      Mac mac = Mac.getInstance(DIGEST);
      mac.init(key);
      mac.update(hash.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(password.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This Java has no " + DIGEST, missing);
    }
  }
}

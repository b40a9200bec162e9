package io.relance.outreach.print;

import io.relance.kernel.Actor;
import io.relance.ledger.Balances;
import io.relance.outreach.FormalNotices;
import io.relance.outreach.Letters;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands letters of a batch to the provider, each at most once. As with other messages, a row
 * "planned" is committed first; then, while the payer is locked, the letter is looked at again, the
 * row is marked "submitting" and committed apart, and the letter goes over. After a crash from
 * there on the provider is asked; where it cannot tell, the row is "unknown", and only a person
 * says what became of the letter.
 */
@Component
public class PostalHandOver {

  private static final Logger log = LoggerFactory.getLogger(PostalHandOver.class);

  private static final String UNKNOWN =
      "nobody knows whether the provider has it: ask there, and say what became of it";

  /**
   * What became of a letter.
   *
   * @param providerId the provider's name for it; null if the provider does not have it
   * @param problem why it does not, or that nobody knows; null if it has it
   */
  public record Outcome(@Nullable String providerId, @Nullable String problem) {

    static Outcome has(String providerId) {
      return new Outcome(providerId, null);
    }

    static Outcome not(String problem) {
      return new Outcome(null, problem);
    }
  }

  /** A letter that the provider has, and whose task is not completed yet. */
  public record Completion(long batchId, long noticeId, String providerId, Actor releasedBy) {}

  private final SubmissionStore store;
  private final PrintBatches batches;
  private final LetterPdfs pdfs;
  private final Letters letters;
  private final FormalNotices formalNotices;
  private final Balances balances;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final TransactionTemplate apart;
  private final @Nullable PostalProvider provider;

  PostalHandOver(
      SubmissionStore store,
      PrintBatches batches,
      LetterPdfs pdfs,
      Letters letters,
      FormalNotices formalNotices,
      Balances balances,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      ObjectProvider<PostalProvider> provider) {
    this.store = store;
    this.batches = batches;
    this.pdfs = pdfs;
    this.letters = letters;
    this.formalNotices = formalNotices;
    this.balances = balances;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.apart =
        new TransactionTemplate(
            Objects.requireNonNull(transactions.getTransactionManager()),
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
    this.provider = provider.getIfAvailable();
  }

  /** Who posts letters; empty if people do. */
  public Optional<String> provider() {
    return Optional.ofNullable(provider).map(PostalProvider::word);
  }

  /**
   * Hands a letter over, or says what became of it before.
   *
   * @param releasedBy the person who said that it may go
   */
  public Outcome submit(long batchId, PrintBatches.Item item, Actor releasedBy) {
    PostalProvider post = required();
    store.plan(batchId, item.noticeId(), post.word(), releasedBy);
    try {
      recoverLocked(post, item); // committed apart: what was found out stays known
      return Objects.requireNonNull(
          transactions.execute(
              status -> {
                balances.lock(List.of(item.payerId()));
                return submitLocked(post, item);
              }));
    } catch (PostalProvider.Away away) {
      return Outcome.not("the provider cannot be asked now: " + away.getMessage());
    } catch (IllegalArgumentException unprintable) {
      return Outcome.not("it cannot be printed: " + unprintable.getMessage());
    }
  }

  private PostalProvider required() {
    if (provider == null) {
      throw new IllegalArgumentException(
          "No provider posts letters here: set relance.post.provider, or post them yourself");
    }
    return provider;
  }

  private Outcome submitLocked(PostalProvider post, PrintBatches.Item item) {
    SubmissionStore.Row row = store.find(item.noticeId()).orElse(null);
    if (row == null) {
      return Outcome.not("it was taken out meanwhile");
    }
    return switch (row.state()) {
      case "submitted" -> Outcome.has(Objects.requireNonNull(row.providerId()));
      case "unknown", "submitting" -> Outcome.not(UNKNOWN);
      default -> hand(post, item);
    };
  }

  private Outcome hand(PostalProvider post, PrintBatches.Item item) {
    boolean waits =
        Boolean.TRUE.equals(
            jdbc.queryForObject(
                "SELECT state = 'prepared' FROM notice WHERE id = ?",
                Boolean.class,
                item.noticeId()));
    boolean stale =
        item.registered()
            ? formalNotices.isStale(item.noticeId())
            : letters.isStale(item.payerId());
    if (!waits || stale) {
      store.forget(item.noticeId());
      return Outcome.not("what it says is not so any more");
    }
    LetterPdfs.Printed printed = pdfs.keep(item.noticeId());
    PostalProvider.Letter letter =
        new PostalProvider.Letter(
            keyOf(item.messageId()),
            item.noticeId(),
            item.recipient().name(),
            item.recipient().lines(),
            item.country(),
            item.registered(),
            printed.content(),
            printed.pages(),
            printed.sha256());
    if (!Boolean.TRUE.equals(apart.execute(s -> store.begin(item.noticeId())))) {
      return Outcome.not("it was taken out meanwhile");
    }
    try {
      String providerId = post.submit(letter).providerId();
      store.submitted(item.noticeId(), providerId);
      return Outcome.has(providerId);
    } catch (PostalProvider.Away away) {
      store.change(item.noticeId(), "planned", away.getMessage());
      return Outcome.not(String.valueOf(away.getMessage()));
    } catch (PostalProvider.Refused refused) {
      store.change(item.noticeId(), "refused", refused.getMessage());
      return Outcome.not("the provider refuses it: " + refused.getMessage());
    } catch (RuntimeException unknown) {
      log.warn("It is not known whether letter {} was taken", item.noticeId(), unknown);
      store.change(item.noticeId(), "unknown", unknown.getMessage());
      return Outcome.not(UNKNOWN);
    }
  }

  private void recover(PostalProvider post, long noticeId, String messageId) {
    Optional<PostalProvider.Status> known = post.statusOf(keyOf(messageId));
    log.info("The hand-over of letter {} was interrupted; the provider says: {}", noticeId, known);
    if (known.isEmpty()) {
      store.change(noticeId, "unknown", "the application died while it was handed over");
    } else if (known.get().taken()) {
      store.submitted(noticeId, known.get().providerId());
    } else {
      store.change(noticeId, "planned", null);
    }
  }

  static String keyOf(String messageId) {
    return messageId.replaceAll("[<>]", "");
  }

  /**
   * Finds out what became of letters whose hand-over a crash interrupted, and returns those that
   * the provider has and whose tasks are not completed.
   */
  public List<Completion> interrupted() {
    PostalProvider post = provider;
    if (post == null) {
      return List.of();
    }
    for (SubmissionStore.Row row : store.underWay()) {
      batches.items(row.batchId()).stream()
          .filter(item -> item.noticeId() == row.noticeId())
          .forEach(item -> recoverIfAble(post, item));
    }
    return store.toComplete().stream()
        .map(
            row ->
                new Completion(
                    row.batchId(),
                    row.noticeId(),
                    Objects.requireNonNull(row.providerId()),
                    new Actor(row.releasedBy())))
        .toList();
  }

  /** Nobody else is at it while we have the payer's lock. */
  private void recoverLocked(PostalProvider post, PrintBatches.Item item) {
    transactions.executeWithoutResult(
        status -> {
          balances.lock(List.of(item.payerId()));
          if (store
              .find(item.noticeId())
              .filter(row -> row.state().equals("submitting"))
              .isPresent()) {
            recover(post, item.noticeId(), item.messageId());
          }
        });
  }

  private void recoverIfAble(PostalProvider post, PrintBatches.Item item) {
    try {
      recoverLocked(post, item);
    } catch (PostalProvider.Away away) {
      log.warn("The provider of letters cannot be asked now: {}", away.getMessage());
    }
  }

  /**
   * A person says what became of a letter of which nobody knew.
   *
   * @param providerId the provider's name for it; null if the provider does not have it
   * @return false if it was not unknown
   */
  public boolean resolve(PrintBatches.Item item, @Nullable String providerId) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status -> {
              balances.lock(List.of(item.payerId()));
              if (store
                  .find(item.noticeId())
                  .filter(row -> row.state().equals("unknown"))
                  .isEmpty()) {
                return false;
              }
              if (providerId == null) {
                store.forget(item.noticeId());
              } else {
                store.submitted(item.noticeId(), providerId);
              }
              return true;
            }));
  }
}

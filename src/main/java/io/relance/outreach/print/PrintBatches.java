package io.relance.outreach.print;

import io.relance.kernel.Actor;
import io.relance.outreach.Letters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Letters that are printed and posted together. A letter is in one batch at a time; one that is
 * taken back after the batch was made is not in its files any more. What a batch is at follows from
 * its letters, so that it is never out of step with them.
 */
@Component
public class PrintBatches {

  private static final Logger log = LoggerFactory.getLogger(PrintBatches.class);

  /** As many as a person can fold in a day; the others are the next batch. */
  static final int LETTERS_MAX = 500;

  private static final int WAITING_SHOWN = 1000;

  /**
   * A letter that waits to be posted.
   *
   * @param country of the payer; empty if it is not known
   * @param registered whether it is a formal notice, which needs proof of posting
   * @param batch the one that it is in; null if none
   */
  public record Waiting(
      long noticeId,
      long payerId,
      long creditorId,
      String customer,
      String customerName,
      String country,
      String recipient,
      String subject,
      boolean registered,
      Instant writtenAt,
      @Nullable Long batch) {}

  /** A letter that is not in the batch, and why. */
  public record LeftOut(long noticeId, String recipient, String reason) {}

  /** The batches that were made: those of registered letters are apart. */
  public record Made(List<Long> batches, List<LeftOut> leftOut) {}

  /**
   * @param letters as many as it had when it was made, as are {@code pages}
   * @param open how many of them wait to be posted still
   */
  public record Batch(
      long id,
      String creditor,
      String creditorName,
      boolean registered,
      int letters,
      int pages,
      Instant madeAt,
      String madeBy,
      int open) {}

  /** What is with a letter of a batch. */
  public enum Status {
    OPEN("open"),
    POSTED("posted"),
    /** By its own task, not with the batch. */
    POSTED_APART("posted by its task"),
    /** By a person, from the batch. */
    LEFT_OUT("left out"),
    /** What it said is not so any more. */
    TAKEN_BACK("taken back");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /**
   * A letter's way to a provider: its state, the provider's name for it, and what is the matter.
   */
  public record Submission(String state, @Nullable String providerId, @Nullable String note) {}

  /**
   * A letter of a batch.
   *
   * @param messageId names it to others
   * @param sha256 of its part of the PDF
   * @param note why it is not posted
   */
  public record Item(
      int position,
      long noticeId,
      long payerId,
      String customer,
      String country,
      Recipients.Recipient recipient,
      String subject,
      boolean registered,
      String messageId,
      int pages,
      String sha256,
      Status status,
      @Nullable String note,
      @Nullable Submission submission) {

    /** Whether the batch's files have it. */
    public boolean isPrinted() {
      return status == Status.OPEN || status == Status.POSTED;
    }

    /** Whether a provider has it, or nobody knows. */
    public boolean mayBeWithProvider() {
      return submission != null
          && !submission.state().equals("planned")
          && !submission.state().equals("refused");
    }

    /** Whether nobody knows if the provider has it. */
    public boolean isUnknown() {
      return submission != null && submission.state().equals("unknown");
    }

    /** Name and address in one line. */
    public String to() {
      return recipient.lines().isEmpty()
          ? recipient.name()
          : recipient.name() + ", " + String.join(", ", recipient.lines());
    }
  }

  private record Kind(long creditorId, boolean registered) {}

  private final BatchStore store;
  private final LetterPdfs pdfs;
  private final Letters letters;

  PrintBatches(BatchStore store, LetterPdfs pdfs, Letters letters) {
    this.store = store;
    this.pdfs = pdfs;
    this.letters = letters;
  }

  /** The letters that wait to be posted, the oldest first, up to a thousand. */
  public List<Waiting> waiting() {
    return store.waiting(WAITING_SHOWN);
  }

  /**
   * Puts the letters that are in no batch into new ones, a creditor each, registered ones apart. A
   * letter whose words are not true any more, or that cannot be printed, is left out.
   */
  public Made make(Actor actor) {
    List<LeftOut> leftOut = new ArrayList<>();
    TreeMap<Kind, List<Waiting>> kinds =
        new TreeMap<>(Comparator.comparing(Kind::creditorId).thenComparing(Kind::registered));
    for (Waiting letter : store.free(LETTERS_MAX)) {
      if (!letter.registered() && letters.isStale(letter.payerId())) {
        leftOut.add(
            new LeftOut(
                letter.noticeId(),
                letter.recipient(),
                "what it says is not so any more; it is written anew if it is still asked for"));
      } else {
        kinds
            .computeIfAbsent(
                new Kind(letter.creditorId(), letter.registered()), k -> new ArrayList<>())
            .add(letter);
      }
    }
    List<Long> batches = new ArrayList<>();
    kinds.forEach(
        (kind, all) -> {
          all.sort(Comparator.comparing(Waiting::country).thenComparing(Waiting::noticeId));
          List<BatchStore.Part> parts = print(all, leftOut);
          Long id =
              parts.isEmpty()
                  ? null
                  : store.add(kind.creditorId(), kind.registered(), parts, actor);
          if (id != null) {
            batches.add(id);
          }
        });
    return new Made(batches, leftOut);
  }

  private List<BatchStore.Part> print(List<Waiting> all, List<LeftOut> leftOut) {
    List<BatchStore.Part> parts = new ArrayList<>();
    for (Waiting letter : all) {
      try {
        parts.add(new BatchStore.Part(letter.noticeId(), pdfs.keep(letter.noticeId()).pages()));
      } catch (IllegalArgumentException unprintable) {
        log.warn("Letter {} cannot be printed", letter.noticeId(), unprintable);
        leftOut.add(
            new LeftOut(
                letter.noticeId(),
                letter.recipient(),
                "it cannot be printed: " + unprintable.getMessage()));
      }
    }
    return parts;
  }

  /** The newest ones. */
  public List<Batch> newest(int most) {
    return store.newest(most);
  }

  public Optional<Batch> find(long id) {
    return store.find(id);
  }

  /** The letters of a batch in their order. */
  public List<Item> items(long id) {
    return store.items(id);
  }

  /** Its task is completed. */
  public void posted(long id, long noticeId, Actor actor) {
    store.posted(id, noticeId, actor);
  }

  /** Keeps why a letter could not be completed as posted. */
  public void note(long id, long noticeId, String note) {
    store.note(id, noticeId, note);
  }

  /**
   * Takes a letter out of the batch: it may go in another one.
   *
   * @return false if it is posted, out already, or a provider may have it
   */
  public boolean leaveOut(long id, long noticeId, Actor actor) {
    return store.leaveOut(id, noticeId, actor);
  }
}
